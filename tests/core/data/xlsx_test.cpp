// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/data/import.h"
#include "tests/core/data/made_workbook.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using test::MadeWorkbook;
using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

/// A row of inline texts and numbers: what reads as a number is one.
std::string row(int line, const std::vector<std::string>& cells) {
  std::string out = "<row r=\"" + std::to_string(line) + "\">";
  for (const std::string& cell : cells) {
    double value = 0;
    if (cell.empty())
      out += "<c/>";
    else if (parseNumber(cell, value))
      out += "<c><v>" + cell + "</v></c>";
    else
      out += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
  }
  return out + "</row>";
}

std::string rows(int first, const std::vector<std::vector<std::string>>& cells) {
  std::string out;
  for (const auto& one : cells) out += row(first++, one);
  return out;
}

class XlsxTest : public testing::Test {
 protected:
  XlsxTest() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {}

  Result<ImportReport> import(const fs::path& file, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    return importFile(database_, file, "t", options, job_);
  }
  Result<ImportReport> tryBook(const MadeWorkbook& book, const ImportOptions& options = {}) {
    test::writeWorkbook(folder_ / "book.xlsx", book);
    return import(folder_ / "book.xlsx", options);
  }
  ImportReport importBook(const MadeWorkbook& book, const ImportOptions& options = {}) {
    auto report = tryBook(book, options);
    if (!report) throw std::runtime_error(report.error().message(Language::English));
    return *report;
  }
  ImportReport importRows(const std::string& cells, const ImportOptions& options = {}) {
    return importBook({.sheets = {{"S", cells}}}, options);
  }
  std::string cells(const std::string& sql = "SELECT * FROM t") {
    auto answer = database_.rows(sql, job_);
    if (!answer) return answer.error().message(Language::English);
    return dumpJson(Json(answer->rows));
  }
  static std::string types(const std::vector<ColumnInfo>& columns) {
    std::string out;
    for (const auto& column : columns) out += (out.empty() ? "" : " ") + column.name + ":" + column.type;
    return out;
  }
  static std::string skipped(const ImportReport& report) {
    std::string out;
    for (const auto& one : report.skipped)
      out += (out.empty() ? "" : " ") + one.kind + ":" + std::to_string(one.lines);
    return out;
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

TEST_F(XlsxTest, ReadsEveryKindOfCell) {
  const MadeWorkbook book{
      .sheets =
          {{"S",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>n</t></is></c>"
            "<c r=\"C1\" t=\"str\"><f>x</f><v>yes</v></c><c r=\"D1\" t=\"s\"><v>1</v></c>"
            "<c r=\"E1\" t=\"s\"><v>3</v></c><c r=\"F1\" t=\"s\"><v>4</v></c></row>"
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>1.5</v></c><c r=\"C2\" "
            "t=\"b\"><v>1</v></c>"
            "<c r=\"D2\"><f>B2*2</f><v>3</v></c><c r=\"E2\" t=\"d\"><v>2026-03-01T09:30:00</v></c>"
            "<c r=\"F2\" t=\"str\"><f>A2&amp;\"\"</f><v>a &lt; b_x000D__x0041_</v></c></row>"
            "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> two </t></is></c>"
            "<c r=\"B3\"><v>-2E-3</v></c><c r=\"C3\" t=\"b\"><v>0</v></c><c r=\"D3\" t=\"e\"><v>#N/A</v></c>"
            "<c r=\"F3\" t=\"str\"><v></v></c></row>"}},
      .shared = {"<t>text</t>", "<t>whole</t>",
                 "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh><t>no</t></rPh>", "<t>  at  </t>",
                 "<t>formula</t>"}};
  const auto report = importBook(book);
  EXPECT_EQ(types(report.columns),
            "text:VARCHAR n:DOUBLE yes:BOOLEAN whole:BIGINT at:TIMESTAMP formula:VARCHAR");
  EXPECT_EQ(cells(),
            "[[\"richtext\",1.5,true,3,\"2026-03-01 09:30:00\",\"a < b\\rA\"],[\" two "
            "\",-0.002,false,null,null,null]]")
      << "blanks around a text count only where it says so";
  EXPECT_EQ(report.detected.format, "xlsx");
  EXPECT_EQ(report.detected.source_table, "S");
}

TEST_F(XlsxTest, LongWholeNumbersKeepTheirDigits) {
  const auto row = [](int number, const std::vector<std::string>& values) {
    std::string xml = "<row r=\"" + std::to_string(number) + "\">";
    for (const std::string& value : values) xml += "<c><v>" + value + "</v></c>";
    return xml + "</row>";
  };
  const std::string header =
      "<row r=\"1\"><c t=\"inlineStr\"><is><t>exact</t></is></c><c t=\"inlineStr\"><is><t>longer</t></is></c>"
      "<c t=\"inlineStr\"><is><t>mixed</t></is></c><c t=\"inlineStr\"><is><t>round</t></is></c></row>";
  const auto report = importRows(
      header + row(2, {"9007199254740993", "12345678901234567890", "0.5", "100000000000000000000"}) +
      row(3, {"-9223372036854775807", "12345678901234567891", "9007199254740993", "2.5"}));
  EXPECT_EQ(types(report.columns), "exact:BIGINT longer:VARCHAR mixed:VARCHAR round:DOUBLE");
  EXPECT_EQ(cells(),
            "[[9007199254740993,\"12345678901234567890\",\"0.5\",1e+20],"
            "[-9223372036854775807,\"12345678901234567891\",\"9007199254740993\",2.5]]");
}

TEST_F(XlsxTest, DatesByTheirFormat) {
  const std::vector<std::string> formats = {"yyyy\\-mm\\-dd",
                                            "yyyy/m/d h:mm;@",
                                            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                                            "hh:mm:ss.000",
                                            "[h]:mm",
                                            "0.00E+00",
                                            "#,##0.00\\ &quot;days&quot;",
                                            "[Red]General",
                                            "mmm",
                                            "h:mm AM/PM",
                                            "[$-804]yyyy&quot;年&quot;m&quot;月&quot;",
                                            "0%"};
  const std::vector<int> built_in = {14, 20, 22, 31, 45, 57, 9};
  std::string cell_row = "<row r=\"2\">";
  std::string header = "<row r=\"1\">";
  const std::vector<std::string> values = {"42005",
                                           "42005.5",
                                           "42005.25",
                                           "0.25",
                                           "1.5",
                                           "42005",
                                           "42005",
                                           "42005",
                                           "42005",
                                           "0.75",
                                           "42005",
                                           "0.25",
                                           "1",
                                           "0.5",
                                           "42005",
                                           "42005",
                                           "0.000694444444444444",
                                           "42005",
                                           "0.125"};
  ASSERT_EQ(values.size(), formats.size() + built_in.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    header += "<c t=\"inlineStr\"><is><t>h" + std::to_string(i) + "</t></is></c>";
    cell_row += "<c s=\"" + std::to_string(i + 1) + "\"><v>" + values[i] + "</v></c>";
  }
  importBook(
      {.sheets = {{"S", header + "</row>" + cell_row + "</row>"}}, .formats = formats, .built_in = built_in});
  EXPECT_EQ(
      cells(),
      "[[\"2015-01-01\",\"2015-01-01 12:00:00\",\"2015-01-01 06:00:00\",\"06:00:00\",1.5,42005,42005,42005,"
      "\"2015-01-01\",\"18:00:00\",\"2015-01-01\",0.25,\"1900-01-01\",\"12:00:00\",\"2015-01-01 00:00:00\","
      "\"2015-01-01\",\"00:01:00\",\"2015-01-01\",0.125]]");
}

TEST_F(XlsxTest, BothDateSystemsAndTheLeapDayThatNeverWas) {
  const auto days = [](const std::vector<std::string>& values) {
    std::string out = row(1, {"day"});
    int line = 2;
    for (const std::string& value : values)
      out += "<row r=\"" + std::to_string(line++) + "\"><c s=\"1\"><v>" + value + "</v></c></row>";
    return out;
  };
  importBook({.sheets = {{"S", days({"1", "59", "61", "45292", "2958465"})}}, .built_in = {14}});
  EXPECT_EQ(cells(),
            "[[\"1900-01-01\"],[\"1900-02-28\"],[\"1900-03-01\"],[\"2024-01-01\"],[\"9999-12-31\"]]");
  importBook({.sheets = {{"S", days({"0", "1", "43830"})}}, .built_in = {14}, .from_1904 = true});
  EXPECT_EQ(cells(), "[[\"1904-01-01\"],[\"1904-01-02\"],[\"2024-01-01\"]]");
  // 1900-02-29, a day too late, a day too early: numbers among dates, so the column is text.
  importBook({.sheets = {{"S", days({"60", "2958466", "-1", "45292"})}}, .built_in = {14}});
  EXPECT_EQ(cells(), "[[\"60\"],[\"2958466\"],[\"-1\"],[\"2024-01-01\"]]");
  // A date with a time of day is never cut to the day; half a millisecond below midnight is midnight.
  importBook({.sheets = {{"S", days({"45292", "45292.5", "45292.999999999"})}}, .built_in = {14}});
  EXPECT_EQ(cells(), "[[\"2024-01-01 00:00:00\"],[\"2024-01-01 12:00:00\"],[\"2024-01-02 00:00:00\"]]");
}

TEST_F(XlsxTest, CellsStandWhereTheySay) {
  importRows(
      "<row><c r=\"C1\" t=\"inlineStr\"><is><t>c</t></is></c><c r=\"A1\" "
      "t=\"inlineStr\"><is><t>a</t></is></c></row>"
      "<row><c><v>1</v></c><c r=\"C2\"><v>3</v></c><c><v>4</v></c></row>"
      "<row r=\"5\"><c r=\"C5\"><v>33</v></c><c r=\"A5\"><v>10</v></c><c r=\"A5\"><v>11</v></c></row>");
  EXPECT_EQ(cells("SELECT a, c, column_3 FROM t"), "[[1,3,4],[11,33,null]]");
  // Rows with the numbers of other ones are rows all the same.
  const auto report_of_three = importRows(row(1, {"n"}) + row(5, {"1"}) + row(5, {"2"}) + row(1, {"3"}));
  EXPECT_EQ(report_of_three.rows, 3);
  EXPECT_EQ(cells(), "[[1],[2],[3]]");
  // The last column there can be.
  std::string wide = "<row r=\"1\">";
  std::string data = "<row r=\"2\">";
  for (int i = 0; i < 16384; ++i) {
    wide += "<c t=\"inlineStr\"><is><t>same</t></is></c>";
    data += "<c><v>" + std::to_string(i) + "</v></c>";
  }
  const auto report = importRows(wide + "</row>" + data + "</row>", {.header = Header::Yes});
  ASSERT_EQ(report.columns.size(), 16384U);
  EXPECT_EQ(report.columns.back().name, "same_16384");
  EXPECT_EQ(cells("SELECT same, same_16384 FROM t"), "[[0,16383]]");
  const auto behind = tryBook({.sheets = {{"S", "<row><c r=\"XFE1\"><v>1</v></c></row>"}}});
  ASSERT_FALSE(behind);
  EXPECT_EQ(behind.error().code, ErrorCode::Corrupt);
}

TEST_F(XlsxTest, RowsThatAreNoneOfTheTableAreCounted) {
  const auto report =
      importRows(row(2, {"Monthly report"}) + row(3, {"Made by", "Ann"}) +
                 rows(5, {{"day", "shop", "sales", "note"},
                          {"1", "A", "10", "x"},
                          {"2", "B", "20", ""},
                          {"3", "A", "", ""}}) +
                 "<row r=\"9\"><c r=\"A9\" s=\"1\"/></row>" + row(10, {"4", "B", "40", "late"}) +
                 row(12, {"Source: the till"}) + row(13, {"not audited"}));
  EXPECT_EQ(types(report.columns), "day:BIGINT shop:VARCHAR sales:BIGINT note:VARCHAR");
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(skipped(report), "preamble:2 blank:4 footnote:2");
  EXPECT_EQ(report.rows + 6 + 2 + report.detected.header_lines, 13) << "all rows of the sheet";
  EXPECT_EQ(report.detected.preamble_lines, 4);
  EXPECT_EQ(report.detected.footnote_lines, 2);

  const auto two = importRows(rows(1, {{"a", "b"}, {"1", "2"}, {"3", "4"}}) + row(5, {"Table 2"}) +
                              rows(6, {{"city", "people"}, {"Rome", "3"}, {"Oslo", "1"}}));
  EXPECT_EQ(two.rows, 2);
  EXPECT_EQ(skipped(two), "blank:1 second table:4");
}

TEST_F(XlsxTest, ThinRowsAreDataAllTheSame) {
  const auto report = importRows(rows(
      1,
      {{"name", "age", "city"}, {"Ann", "30", "Rome"}, {"Bob", "", ""}, {"Cid", "20", ""}, {"Dan", "", ""}}));
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(skipped(report), "");
  EXPECT_EQ(cells("SELECT name FROM t"), "[[\"Ann\"],[\"Bob\"],[\"Cid\"],[\"Dan\"]]");
  // A remark far to the right, below what the beginning shows, is a column of its own.
  std::string many = row(1, {"x", "y"});
  for (int i = 2; i <= 6000; ++i) many += row(i, {std::to_string(i), "1"});
  const auto wide = importRows(many + row(6001, {"6001", "1", "", "checked"}));
  EXPECT_EQ(types(wide.columns), "x:BIGINT y:BIGINT column_3:VARCHAR");
  EXPECT_EQ(wide.rows, 6000);
  EXPECT_EQ(cells("SELECT x, column_3 FROM t WHERE column_3 IS NOT NULL"), "[[6001,\"checked\"]]");
}

TEST_F(XlsxTest, HeadersOfSeveralRowsYearsAndNone) {
  EXPECT_EQ(types(importRows("<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>2025</t></is></c><c r=\"D1\" "
                             "t=\"inlineStr\"><is><t>plan</t></is></c></row>" +
                             rows(2, {{"shop", "Q1", "Q2", "Q3", "Q4"}, {"A", "1", "2", "3", "4"}}))
                      .columns),
            "shop:VARCHAR 2025 Q1:BIGINT 2025 Q2:BIGINT plan Q3:BIGINT plan Q4:BIGINT");
  EXPECT_EQ(
      types(importRows(rows(1, {{"shop", "sales", "weight"}, {"", "USD", "kg"}, {"A", "1", "2"}})).columns),
      "shop:VARCHAR sales USD:BIGINT weight kg:BIGINT");
  EXPECT_EQ(types(importRows(rows(1, {{"land", "2024", "2025"}, {"A", "1", "2"}, {"B", "3", "4"}})).columns),
            "land:VARCHAR 2024:BIGINT 2025:BIGINT");
  const auto none = importRows(rows(1, {{"Ann", "1990"}, {"Bob", "1985"}, {"Ann", "1970"}}));
  EXPECT_EQ(types(none.columns), "column_1:VARCHAR column_2:BIGINT");
  EXPECT_EQ(none.rows, 3);
  EXPECT_EQ(importRows(rows(1, {{"a", "b"}, {"c", "d"}}), {.header = Header::No}).rows, 2);
  const auto told =
      importRows(rows(1, {{"junk", "junk", "junk"}, {"a", "b", "c"}, {"x", "y", "z"}, {"1", "2", "3"}}),
                 {.header_lines = 2, .skip_lines = 1});
  EXPECT_EQ(types(told.columns), "a x:BIGINT b y:BIGINT c z:BIGINT");
  EXPECT_EQ(skipped(told), "preamble:1");
}

TEST_F(XlsxTest, NamesAreMadeDistinctAndKeptHarmless) {
  const auto report =
      importRows(rows(1, {{"id", "ID", "", "select", "x\"; DROP TABLE t", "表 😀", "a&#10;b", "id"},
                          {"1", "2", "3", "4", "5", "6", "7", "8"}}));
  EXPECT_EQ(
      types(report.columns),
      "id:BIGINT ID_2:BIGINT column_3:BIGINT select:BIGINT x\"; DROP TABLE t:BIGINT 表 😀:BIGINT a b:BIGINT "
      "id_3:BIGINT");
  EXPECT_EQ(cells(), "[[1,2,3,4,5,6,7,8]]");
}

TEST_F(XlsxTest, MisfitsBecomeRejectsOrMakeTheColumnText) {
  std::string sheet = row(1, {"few", "many", "marks", "errors"});
  for (int i = 2; i <= 401; ++i)
    sheet += "<row r=\"" + std::to_string(i) + "\">" +
             (i % 100 == 0 ? "<c t=\"inlineStr\"><is><t>n. n.</t></is></c>" : "<c><v>7</v></c>") +
             (i % 10 == 0 ? "<c t=\"b\"><v>1</v></c>" : "<c><v>1.25</v></c>") +
             (i % 3 == 0 ? "<c t=\"inlineStr\"><is><t>NA</t></is></c>" : "<c><v>1</v></c>") +
             (i == 50 ? "<c t=\"e\"><v>#DIV/0!</v></c>" : "<c><v>2</v></c>") + "</row>";
  const auto report = importRows(sheet);
  EXPECT_EQ(types(report.columns), "few:BIGINT many:VARCHAR marks:BIGINT errors:BIGINT");
  EXPECT_EQ(report.rows, 395);
  EXPECT_EQ(report.rejected, 5);
  EXPECT_EQ(
      cells("SELECT count(*) FILTER (many = 'true'), count(*) FILTER (many = '1.25'), count(marks) FROM t"),
      "[[35,360,263]]");
  const auto kept = rejects(database_, {"t"});
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 5U);
  EXPECT_EQ(kept->at(0).line, 50);
  EXPECT_EQ(kept->at(0).column, "errors");
  EXPECT_EQ(kept->at(0).reason, "'#DIV/0!' is not a whole number");
  EXPECT_EQ(kept->at(1).line, 100);
  EXPECT_EQ(kept->at(1).text, "n. n.\ttrue\t1\t2");
}

TEST_F(XlsxTest, AFormulaWithoutASavedValueIsSeen) {
  importRows(rows(1, {{"a", "b"}}) +
             "<row><c><v>1</v></c><c><f>A2*2</f></c></row><row><c><v>2</v></c><c><f t=\"shared\" "
             "si=\"0\"/><v/></c></row>");
  EXPECT_EQ(cells(), "[[1,\"=A2*2\"],[2,\"=(formula)\"]]");
}

TEST_F(XlsxTest, SheetsByNameAndNumber) {
  const MadeWorkbook book{.sheets = {{"Secret", rows(1, {{"s"}, {"1"}}), "hidden"},
                                     {"Cover", ""},
                                     {"Data", rows(1, {{"d"}, {"2"}})},
                                     {"资料", rows(1, {{"z"}, {"3"}})}}};
  auto report = importBook(book);
  EXPECT_EQ(report.detected.source_table, "Data") << "the first that is not empty";
  EXPECT_THAT(report.detected.source_tables, ElementsAre("Cover", "Data", "资料", "Secret"));
  EXPECT_EQ(types(importBook(book, {.source_table = "资料"}).columns), "z:BIGINT");
  EXPECT_EQ(types(importBook(book, {.source_table = "secret"}).columns), "s:BIGINT");
  EXPECT_EQ(types(importBook(book, {.source_table = "2"}).columns), "d:BIGINT");
  const auto missing = tryBook(book, {.source_table = "Date"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_THAT(missing.error().message(Language::English), HasSubstr("Cover, Data, 资料, Secret"));
  const auto empty = tryBook(book, {.source_table = "Cover"});
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().message(Language::English), HasSubstr("Cover"));
}

TEST_F(XlsxTest, OtherWritersNamespaces) {
  MadeWorkbook strict{.sheets = {{"S",
                                  "<x:row r=\"1\"><x:c t=\"s\"><x:v>0</x:v></x:c></x:row><x:row r=\"2\"><x:c "
                                  "s=\"1\"><x:v>45292</x:v></x:c></x:row>"}},
                      .shared = {"<x:t>day</x:t>"},
                      .built_in = {14},
                      .space = "http://purl.oclc.org/ooxml/spreadsheetml/main",
                      .prefix = "x:"};
  importBook(strict);
  EXPECT_EQ(cells(), "[[\"2024-01-01\"]]");
  test::writeWorkbook(folder_ / "macro book 表.xlsm", {.sheets = {{"S", rows(1, {{"a"}, {"1"}})}}});
  EXPECT_TRUE(import(folder_ / "macro book 表.xlsm"));
}

TEST_F(XlsxTest, WhatCannotBeReadSaysWhy) {
  const auto refused = [&](const Result<ImportReport>& report, ErrorCode code, const std::string& part) {
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, code) << report.error().message(Language::English);
    EXPECT_THAT(report.error().message(Language::English), HasSubstr(part));
    EXPECT_FALSE(*database_.has({"t"}));
  };
  const std::string container("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  refused(import(folder_.write("old.xls", container + std::string(2000, '\0'))), ErrorCode::Unsupported,
          ".xlsx");
  std::string package;
  for (const char c : std::string("EncryptedPackage")) package += {c, '\0'};
  refused(import(folder_.write("secret.xlsx", container + std::string(3000, '\0') + package)),
          ErrorCode::Unsupported, "password");
  refused(import(folder_.write("page.xlsx", "<html>")), ErrorCode::Unsupported, "HTML");

  const std::string sheet = "xl/worksheets/sheet1.xml";
  const std::string good = rows(1, {{"a", "b"}, {"1", "2"}});
  const auto broken = [&](const std::string& xml) {
    return tryBook({.sheets = {{"S", good}}, .others = {{sheet, xml}}});
  };
  refused(broken("<worksheet><sheetData>" + good + "<row r=\"3\"><c><v>1</c>"), ErrorCode::Corrupt,
          "near row 3");
  refused(broken("<worksheet><sheetData>" + good), ErrorCode::Corrupt, "ends in the middle");
  refused(broken("<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>"), ErrorCode::Corrupt,
          "number '0'");
  refused(broken("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet/>"), ErrorCode::Corrupt, "not well formed");
  refused(tryBook({.sheets = {{"S", "<row><c t=\"s\"><v>7</v></c></row>"}}}), ErrorCode::Corrupt,
          "shared text '7'");
  refused(tryBook({.sheets = {{"S", good}}, .others = {{"xl/workbook.xml", "<workbook>"}}}),
          ErrorCode::Corrupt, "xl/workbook.xml");

  test::writeWorkbook(folder_ / "whole.xlsx", {.sheets = {{"S", good}}});
  std::ifstream stream(folder_ / "whole.xlsx", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  refused(import(folder_.write("cut.xlsx", bytes.substr(0, bytes.size() / 2))), ErrorCode::Corrupt,
          "cut.xlsx");
  std::string flipped = bytes;
  const auto at = flipped.find(sheet) + sheet.size() + 20;
  flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
  refused(import(folder_.write("flipped.xlsx", flipped)), ErrorCode::Corrupt, "flipped.xlsx");
}

TEST_F(XlsxTest, AZipBombIsNotUnpacked) {
  const std::string blanks(std::size_t{80} << 20U, ' ');
  const auto bomb = tryBook({.sheets = {{"S", rows(1, {{"a"}, {"1"}}) + blanks}}});
  ASSERT_FALSE(bomb);
  EXPECT_EQ(bomb.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(bomb.error().message(Language::English), HasSubstr("unpacks to far more"));
}

TEST_F(XlsxTest, StopsAndTellsHowFarItIs) {
  std::string sheet = row(1, {"a", "b"});
  for (int i = 2; i < 20000; ++i) sheet += row(i, {"1", "text"});
  test::writeWorkbook(folder_ / "long.xlsx", {.sheets = {{"S", sheet}}});
  std::stop_source stop;
  std::vector<double> told;
  JobContext job(stop.get_token(), nullptr, [&](const Progress& progress) {
    told.push_back(progress.fraction);
    stop.request_stop();
  });
  const auto stopped = importFile(database_, folder_ / "long.xlsx", "t", {}, job);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
  EXPECT_FALSE(*database_.has({"t"}));
  EXPECT_FALSE(told.empty());
}

TEST_F(XlsxTest, PreviewShowsTheSheetAndItsChoices) {
  test::writeWorkbook(folder_ / "p.xlsx",
                      {.sheets = {{"One", rows(1, {{"a", "b"}, {"1", "x"}, {"2", ""}})}, {"Two", ""}}});
  const auto preview = previewFile(folder_ / "p.xlsx", {}, job_);
  ASSERT_TRUE(preview);
  EXPECT_EQ(types(preview->columns), "a:BIGINT b:VARCHAR");
  EXPECT_EQ(dumpJson(Json(preview->sample)), "[[1,\"x\"],[2,null]]");
  EXPECT_THAT(preview->detected.source_tables, ElementsAre("One", "Two"));
}

TEST_F(XlsxTest, KnownWorkbooksComeInWhole) {
  const auto known = [](const std::string& name) { return test::sharedFile("data/" + name); };
  const auto media = known("formats/xlsx/meridian_geo_media.xlsx");
  LODESTONE_NEEDS(media);
  const auto report = import(media);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->rows, 6240);
  EXPECT_EQ(report->rejected, 0);
  EXPECT_EQ(report->columns.at(0).name, "column_1");
  EXPECT_EQ(report->columns.at(2).name + " " + report->columns.at(2).type, "time DATE");

  const std::string folder = "messy-csv/pandas-tests/";
  ASSERT_TRUE(import(known(folder + "times_1900.xlsx")));
  const std::string times = cells();
  EXPECT_THAT(times, HasSubstr("[\"01:02:03\"],[\"02:45:56.1\"]"));
  ASSERT_TRUE(import(known(folder + "times_1904.xlsx")));
  EXPECT_EQ(cells(), times);
  const auto skipping = import(known(folder + "testskiprows.xlsx"));
  ASSERT_TRUE(skipping);
  EXPECT_EQ(types(skipping->columns), "a:BIGINT b:DOUBLE c:TIMESTAMP d:BOOLEAN");
  EXPECT_EQ(skipping->rows, 4);
  EXPECT_EQ(skipped(*skipping), "blank:2");
  const auto header = import(known(folder + "blank_with_header.xlsx"));
  ASSERT_TRUE(header);
  EXPECT_EQ(types(header->columns), "col_1:VARCHAR col_2:VARCHAR");
  EXPECT_EQ(header->rows, 0);
  ASSERT_TRUE(import(known(folder + "testdateoverflow.xlsx")));
  EXPECT_EQ(cells("SELECT DateColWithBigInt FROM t"), "[[\"2016-03-12\"],[\"2016-03-16\"],[\"1e+20\"]]");
  const auto old = import(known(folder + "test4.xls"));
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace lodestone::data
