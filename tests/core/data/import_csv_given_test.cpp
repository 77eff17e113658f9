// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the user says of a CSV file: its dialect, and the types of its columns.
#include <gmock/gmock.h>

#include "tests/core/data/import_fixture.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

class GivenCsvTest : public CsvFixture {};

/// The same table as it stands, and so that it is read from a mended copy.
std::vector<std::string> plainAndMended(const std::string& table) {
  return {table, "A title\n\n" + table};
}

TEST_F(GivenCsvTest, WhatTheUserSaysHolds) {
  auto report = importText("x\ny\na;b\n1;007\n2;-\n", {.delimiter = ";", .skip_lines = 2});
  EXPECT_EQ(types(report), "a:BIGINT b:VARCHAR");
  EXPECT_EQ(skipped(report, "preamble"), 2);
  report = importText("a,b,c\n1,no value,yes\n2,5,no\n", {.null_words = std::vector<std::string>{"no value"},
                                                          .column_types = {{"C", "BOOLEAN"}}});
  EXPECT_EQ(cells(), "[[1,null,true],[2,5,false]]");
  report = importText("d,n\n03/04/2026,7\n05/06/2026,8\n",
                      {.column_types = {{"d", "DATE %d/%m/%Y"}, {"n", "VARCHAR"}}});
  EXPECT_EQ(cells(), "[[\"2026-04-03\",\"7\"],[\"2026-06-05\",\"8\"]]");
  const auto file = folder_.write("in.csv", "a,b\n1,2\n");
  for (const auto& given :
       {std::map<std::string, std::string>{{"z", "DATE"}}, {{"a", "MONEY"}}, {{"a", "BIGINT %d"}}}) {
    const auto refused = importFile(database_, file, "u", {.column_types = given}, job_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  }
}

TEST_F(GivenCsvTest, AGivenTypeStaysWhateverTheCells) {
  std::string table = "id,v\n";
  for (int i = 0; i < 95; ++i) table += std::to_string(i) + "," + std::to_string(i) + "\n";
  for (int i = 0; i < 5; ++i) table += "1,bad\n2,NA\n";
  for (const std::string& text : plainAndMended(table)) {
    ImportOptions options{.column_types = {{"v", "BIGINT"}}};
    const auto report = importText(text, options);
    EXPECT_EQ(types(report), "id:BIGINT v:BIGINT");
    EXPECT_EQ(cells("SELECT count(*), count(v) FROM t"), "[[100,95]]") << "NA is a gap";
    EXPECT_EQ(report.rejected, 5);
    const auto kept = rejects(database_, {"t"});
    ASSERT_EQ(kept->size(), 5U);
    EXPECT_EQ(kept->at(0).column, "v");
    EXPECT_EQ(kept->at(0).reason, "'bad' is not a number");
    const auto preview = previewFile(folder_ / "in.csv", options, job_);
    ASSERT_TRUE(preview);
    EXPECT_EQ(types(preview->columns), types(report));
    options.on_bad_rows = OnBadRows::Fail;
    options.on_existing = OnExisting::Replace;
    EXPECT_FALSE(import(folder_ / "in.csv", options));
  }
}

TEST_F(GivenCsvTest, CellsThatDoNotFitAGivenTypeAreRejectedWithTheReason) {
  const struct {
    std::string type, good, bad, read, reason;
  } cases[] = {
      {"BIGINT", "12", "12.5", "12", "is not a whole number"},
      {"BIGINT", "9007199254740993", "99999999999999999999", "9007199254740993",
       "is beyond the whole numbers of 64 bits"},
      {"BIGINT", "007", "2026-03-01", "7", "is not a number"},
      {"BIGINT", "7", "50 %", "7", "is not a whole number"},
      {"DOUBLE", "1.5", "1e400", "1.5", "is beyond the numbers of 64 bits"},
      {"DATE", "2026-01-01", "2026-01-01 10:00:00", "\"2026-01-01\"", "has a time of day beside its date"},
      {"DATE %d.%m.%Y", "13.03.2026", "2026-03-13", "\"2026-03-13\"", "is not a date written as %d.%m.%Y"},
      {"DATE %d.%m.%Y %H:%M", "13.03.2026 00:00", "13.03.2026 10:00", "\"2026-03-13\"",
       "is not a date written as %d.%m.%Y %H:%M"},
      {"TIMESTAMP", "2026-01-01 10:00:00", "soon", "\"2026-01-01 10:00:00\"", "is not a date and time"},
      {"BOOLEAN", "yes", "7", "true", "is neither true nor false"}};
  for (const auto& one : cases) {
    std::string table = "n,v\n";
    table += "1," + one.good + "\n2," + one.bad + "\n3," + one.good + "\n4," + one.bad + "\n";
    for (const std::string& text : plainAndMended(table)) {
      const auto report = importText(text, {.column_types = {{"v", one.type}}});
      EXPECT_EQ(report.columns.at(1).type, one.type.substr(0, one.type.find(' '))) << one.bad;
      EXPECT_EQ(cells(), "[[1," + one.read + "],[3," + one.read + "]]") << one.type;
      EXPECT_EQ(report.rejected, 2) << one.bad;
      EXPECT_EQ(rejects(database_, {"t"})->at(0).reason, "'" + one.bad + "' " + one.reason);
    }
    const auto none =
        importText("n,v\n1," + one.bad + "\n2," + one.bad + "\n\n", {.column_types = {{"v", one.type}}});
    EXPECT_EQ(none.rows, 0) << one.bad;
    EXPECT_EQ(none.rejected, 2) << one.bad;
    EXPECT_EQ(skipped(none), 1) << one.bad;
  }
}

TEST_F(GivenCsvTest, AGivenTypeReadsTheFormatOfMostCells) {
  std::string table = "day;amount\n";
  for (int i = 0; i < 9; ++i) table += "1" + std::to_string(i) + ".03.2026;1.00" + std::to_string(i) + ",5\n";
  for (const std::string& text : plainAndMended(table + "soon;a lot\n")) {
    const auto report = importText(text, {.column_types = {{"day", "DATE"}, {"amount", "DOUBLE"}}});
    EXPECT_EQ(report.rejected, 1);
    EXPECT_EQ(cells("SELECT min(day), max(amount) FROM t"), "[[\"2026-03-10\",1008.5]]");
  }
}

TEST_F(GivenCsvTest, NoRowOfALargeFileOfBadCellsIsLost) {
  std::string table = "n,v,pad\n";
  const std::string pad(4000, 'p');
  constexpr int kRows = 18000;
  for (int i = 0; i < kRows; ++i) table += std::to_string(i) + ",bad," + pad + "\n";
  const auto report = importText(table, {.column_types = {{"v", "DOUBLE"}}});
  EXPECT_EQ(report.rows, 0);
  EXPECT_EQ(report.rejected, kRows);
}

TEST_F(GivenCsvTest, ADistanceFromUtcIsNotDroppedFromADate) {
  // Longer than what is looked at of a large file. Midnight there is no midnight in UTC.
  std::string table = "day,n,word\n";
  constexpr int kRows = 200000;
  for (int i = 0; i < kRows; ++i) {
    const bool late = i == kRows - 77777;
    table +=
        std::string("2026-01-31") + (late ? "T00:00:00+02:00" : "") + "," + std::to_string(i) + ",abcdef\n";
  }
  for (const std::string& text : plainAndMended(table)) {
    const auto report = importText(text, {.column_types = {{"day", "DATE"}}});
    EXPECT_EQ(types(report), "day:DATE n:BIGINT word:VARCHAR");
    EXPECT_EQ(report.rows, kRows - 1);
    EXPECT_EQ(report.rejected, 1);
  }
}

TEST_F(GivenCsvTest, NumbersThatAreTooLargeAreRejectedNotInfinite) {
  std::string table = "n,x\n";
  for (int i = 0; i < 99; ++i) table += std::to_string(i) + ",1.5\n";
  for (const std::string& text : plainAndMended(table + "99,-1e400\n")) {
    const auto report = importText(text);
    EXPECT_EQ(types(report), "n:BIGINT x:DOUBLE");
    EXPECT_EQ(cells("SELECT count(*), sum(x) FROM t"), "[[99,148.5]]");
    EXPECT_EQ(report.rejected, 1);
    EXPECT_EQ(rejects(database_, {"t"})->at(0).reason, "'-1e400' is beyond the numbers of 64 bits");
  }
  EXPECT_EQ(types(importText("n,x\n1,1e400\n2,1e401\n")), "n:BIGINT x:VARCHAR");
}

TEST_F(GivenCsvTest, WhatTheUserSaysMustFitTheFile) {
  const auto file = folder_.write("two.csv", "a,b\n1,2\n");
  const auto told = [&](const ImportOptions& options) {
    const auto report = importFile(database_, file, "u", options, job_);
    if (report) return std::string("nothing");
    EXPECT_EQ(report.error().code, ErrorCode::InvalidArgument);
    return report.error().message(Language::English);
  };
  EXPECT_THAT(told({.skip_lines = 10}), HasSubstr("two.csv has only 2 lines, but 10 are to be skipped"));
  EXPECT_THAT(told({.column_types = {{"a", "DATE %Q"}}}),
              HasSubstr("The pattern %Q for column a has %Q, which stands for nothing. Use %Y"));
  std::string lines;
  for (int i = 0; i < 2500; ++i) lines += "remark\n";
  EXPECT_EQ(types(importText(lines + "a;b\n1;2\n", {.delimiter = ";", .skip_lines = 2500})),
            "a:BIGINT b:BIGINT");
  const auto blank = import(folder_.write("blank.csv", ",,\n,,\n"), {}, "u");
  ASSERT_FALSE(blank);
  EXPECT_THAT(blank.error().message(Language::English), HasSubstr("no cell with anything in it"));
}

}  // namespace
}  // namespace lodestone::data
