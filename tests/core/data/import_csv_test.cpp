// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/base/time.h"
#include "core/data/import.h"
#include "tests/core/data/import_fixture.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using CsvImportTest = CsvFixture;

TEST_F(CsvImportTest, TelcoComesInWhole) {
  const auto file = test::sharedFile("data/telco-churn/Telco-Customer-Churn.csv");
  LODESTONE_NEEDS(file);
  const auto report = import(file);
  ASSERT_TRUE(report) << report.error().message(Language::English);
  EXPECT_EQ(report->rows, 7043);
  EXPECT_EQ(report->rejected, 0);
  EXPECT_TRUE(report->skipped.empty());
  EXPECT_EQ(report->columns.at(19).name, "TotalCharges");
  EXPECT_EQ(report->columns.at(19).type, "DOUBLE");
  EXPECT_EQ(cells("SELECT count(*) - count(TotalCharges), count(*) FILTER (Churn = 'Yes') FROM t"),
            "[[11,1869]]");
  EXPECT_EQ(cells("SELECT customerID FROM t LIMIT 2"), "[[\"7590-VHVEG\"],[\"5575-GNVDE\"]]")
      << "in file order";
}

TEST_F(CsvImportTest, FindsTypesAndMissingCells) {
  const auto report = importText(
      "id,zip,when,at,ok,x,note,card\n"
      "1,00123,2026-03-01,2026-03-01 09:30:00,true,1.5,NA,1234567890123456\n"
      "2,04567,2026-3-2,2026-03-02T10:00:00,FALSE,NA,\"a, b\",1234567890123457\n"
      "3,12345,,2026-03-03,true,-2e3,  ,1234567890123458\n");
  EXPECT_EQ(types(report.columns),
            "id:BIGINT zip:VARCHAR when:DATE at:TIMESTAMP ok:BOOLEAN x:DOUBLE note:VARCHAR card:VARCHAR");
  EXPECT_EQ(cells(),
            "[[1,\"00123\",\"2026-03-01\",\"2026-03-01 09:30:00\",true,1.5,\"NA\",\"1234567890123456\"],"
            "[2,\"04567\",\"2026-03-02\",\"2026-03-02 10:00:00\",false,null,\"a, b\",\"1234567890123457\"],"
            "[3,\"12345\",null,\"2026-03-03 00:00:00\",true,-2000.0,null,\"1234567890123458\"]]");
}

TEST_F(CsvImportTest, ReadsDatesOfOtherCountriesWhenTheyAreCertain) {
  EXPECT_EQ(types(importText("d,n\n01.02.2026,1\n15.02.2026,2\n").columns), "d:DATE n:BIGINT");
  EXPECT_EQ(cells(), "[[\"2026-02-01\",1],[\"2026-02-15\",2]]");
  importText("d,n\n12/31/2025 08:15,1\n01/02/2026 10:00,2\n");
  EXPECT_EQ(cells(), "[[\"2025-12-31 08:15:00\",1],[\"2026-01-02 10:00:00\",2]]");
  importText("d,n\n2026年3月1日,1\n2026年12月31日,2\n");
  EXPECT_EQ(cells(), "[[\"2026-03-01\",1],[\"2026-12-31\",2]]");
  EXPECT_EQ(types(importText("d,n\n01/02/2026,1\n03/04/2026,2\n").columns), "d:VARCHAR n:BIGINT")
      << "day and month cannot be told apart";
}

TEST_F(CsvImportTest, RejectsAreKeptWithLineColumnTextAndReason) {
  std::string text = "name,amount,city\n";
  for (int i = 0; i < 200; ++i) text += "\"two\nlines\"," + std::to_string(i) + ",x\n";  // lines 2 to 401
  text += "bad,12x,y\n";                                                                 // 402
  text += "1,2,3,4\n";                                                                   // 403
  text += "\n   \n";                                                                     // 404, 405: blank
  text += "long,1,2,3,4\n";                                                              // 406
  text += "\"open,1\n";                                                                  // 407
  text += "good,7,z\n\n";                                                                // 408, 409 blank
  const auto report = importText(text);
  EXPECT_EQ(report.rows, 201);
  EXPECT_EQ(report.rejected, 4);
  EXPECT_EQ(skipped(report), 3);
  EXPECT_EQ(report.skipped.at(0).kind, "blank");
  const auto kept = rejects(database_, {"t"});
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 4U);
  EXPECT_EQ(kept->at(0).line, 402);
  EXPECT_EQ(kept->at(0).column, "amount");
  EXPECT_EQ(kept->at(0).text, "bad,12x,y");
  EXPECT_EQ(kept->at(0).reason, "'12x' is not a number");
  EXPECT_EQ(kept->at(1).line, 403);
  EXPECT_EQ(kept->at(1).column, "");
  EXPECT_EQ(kept->at(1).reason, "4 cells where 3 are expected");
  EXPECT_EQ(kept->at(2).line, 406);
  EXPECT_EQ(kept->at(2).text, "long,1,2,3,4");
  EXPECT_EQ(kept->at(2).reason, "5 cells where 3 are expected");
  EXPECT_EQ(kept->at(3).line, 407);
  EXPECT_EQ(kept->at(3).reason, "a quote is opened and never closed");
  EXPECT_THAT(kept->at(3).file, HasSubstr("in.csv"));
}

TEST_F(CsvImportTest, FailingOnBadRowsWritesNothingAndSaysWhere) {
  std::string text = "a,b\n";
  for (int i = 0; i < 100; ++i) text += "1,2\n";
  ImportOptions options;
  options.on_bad_rows = OnBadRows::Fail;
  const auto report = import(folder_.write("in.csv", text + "1,x\n"), options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(report.error().where.line, 102);
  EXPECT_EQ(report.error().where.column, "b");
  EXPECT_THAT(report.error().message(Language::English), HasSubstr("'x' is not a number"));
  EXPECT_TRUE(database_.tables()->empty());
}

TEST_F(CsvImportTest, TwoPercentDecideBetweenRejectsAndText) {
  const auto column = [](int good, int bad) {
    std::string text = "n,m\n";
    for (int i = 0; i < good; ++i) text += std::to_string(i) + ",1\n";
    for (int i = 0; i < bad; ++i) text += "word,1\n";
    return text;
  };
  EXPECT_EQ(importText(column(98, 2)).rejected, 2);
  const auto text = importText(column(97, 3));
  EXPECT_EQ(text.rejected, 0);
  EXPECT_EQ(text.rows, 100);
  EXPECT_EQ(types(text.columns), "n:VARCHAR m:BIGINT");
}

/// A file whose beginning, far beyond any sample, says one thing and whose end another.
std::string longThen(const std::string& more) {
  std::string text = "n,d,pad\n";
  const std::string pad(400, 'p');
  for (int i = 0; i < 30000; ++i) text += std::to_string(i) + ",2026-03-01," + pad + "\n";
  return text + more;
}

TEST_F(CsvImportTest, TypesAreRightForTheWholeFileNotOnlyItsBeginning) {
  std::string words;
  for (int i = 0; i < 10; ++i) words += "word,2026-03-02,p\n";
  auto report = importText(longThen(words));
  EXPECT_EQ(types(report.columns), "n:BIGINT d:DATE pad:VARCHAR");
  EXPECT_EQ(report.rows, 30000);
  EXPECT_EQ(report.rejected, 10);

  words.clear();
  for (int i = 0; i < 5000; ++i) words += "word,2026-03-02,p\n";
  report = importText(longThen(words));
  EXPECT_EQ(types(report.columns), "n:VARCHAR d:DATE pad:VARCHAR");
  EXPECT_EQ(report.rows, 35000);
  EXPECT_EQ(report.rejected, 0);
}

TEST_F(CsvImportTest, NoFractionAndNoTimeOfDayIsLostLateInAFile) {
  const auto report = importText(longThen("1.5,2026-03-02 09:30:00,p\n7,2026-03-03,p\n"));
  EXPECT_EQ(types(report.columns), "n:DOUBLE d:TIMESTAMP pad:VARCHAR");
  EXPECT_EQ(
      cells("SELECT n, d FROM t OFFSET 29999"),
      "[[29999.0,\"2026-03-01 00:00:00\"],[1.5,\"2026-03-02 09:30:00\"],[7.0,\"2026-03-03 00:00:00\"]]");
}

TEST_F(CsvImportTest, LongIdentifiersLateInAFileStayExact) {
  const auto report = importText(longThen("12345678901234567,2026-03-02,p\n"));
  EXPECT_EQ(types(report.columns), "n:VARCHAR d:DATE pad:VARCHAR");
  EXPECT_EQ(cells("SELECT n FROM t OFFSET 30000"), "[[\"12345678901234567\"]]");
}

TEST_F(CsvImportTest, FindsDelimiterQuotesMarkAndLineEnds) {
  for (const std::string delimiter : {",", ";", "\t", "|"})
    for (const std::string end : {"\n", "\r\n"}) {
      const auto& d = delimiter;
      const auto report = importText("\xEF\xBB\xBF名称" + d + "金额" + end + "\"甲" + d + "\"\"乙\"\"\"" + d +
                                     "1" + end + "丙" + d + "2" + end);
      EXPECT_EQ(types(report.columns), "名称:VARCHAR 金额:BIGINT");
      EXPECT_EQ(report.detected.delimiter, d);
      EXPECT_EQ(report.detected.encoding, "utf-8");
      EXPECT_EQ(cells("SELECT \"名称\" FROM t"), dumpJson(Json{{"甲" + d + "\"乙\""}, {"丙"}}));
    }
  EXPECT_EQ(importText("a,b\r1,2\r3,4\r").rows, 2) << "carriage returns alone";
  const auto mixed = importText("a,b\r\n1,\"x\ny\"\n3,4\r\n5,6,7\n");
  EXPECT_EQ(mixed.rows, 2);
  EXPECT_EQ(mixed.rejected, 1);
  EXPECT_EQ(rejects(database_, {"t"})->at(0).line, 5);
}

TEST_F(CsvImportTest, LineEndsThatChangeLateAreReadToo) {
  std::string text = "a,b,pad\n";
  const std::string pad(400, 'p');
  for (int i = 0; i < 30000; ++i) text += "1,2," + pad + "\n";
  for (int i = 0; i < 100; ++i) text += "1,2,q\r\n";
  const auto report = importText(text);
  EXPECT_EQ(report.rows + report.rejected, 30100);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT count(*) FROM t WHERE pad = 'q'"), "[[100]]");
}

TEST_F(CsvImportTest, TellsAHeaderFromARow) {
  EXPECT_TRUE(importText("name,city\nAnn,Bonn\nBob,Wien\n").detected.header);
  EXPECT_FALSE(importText("1,2\n3,4\n").detected.header);
  EXPECT_FALSE(importText("Ann,2026-03-01\nBob,2026-03-02\n").detected.header);
  EXPECT_TRUE(importText("country,2019,2020\nDE,x,y\n", {.header = Header::Yes}).detected.header);
  EXPECT_EQ(importText("a,b\n1,2\n", {.header = Header::No}).rows, 2);
  const auto one = importText("word\nalpha\nbeta\n\n\ngamma\n");
  EXPECT_TRUE(one.detected.header);
  EXPECT_EQ(one.rows, 3);
  EXPECT_EQ(skipped(one), 2);
  const auto numbers = importText("7\n\n8\n");
  EXPECT_FALSE(numbers.detected.header);
  EXPECT_EQ(numbers.rows, 2);
  EXPECT_EQ(numbers.rejected, 0);
  EXPECT_EQ(skipped(numbers), 1);
}

TEST_F(CsvImportTest, OddNamesOfColumnsWork) {
  const auto report = importText("\"select\",\"a\"\"b\",\"; DROP TABLE x\",Select, ,流失 \n1,2,3,4,5,6\n");
  std::vector<std::string> names;
  for (const auto& column : report.columns) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("select", "a\"b", "; DROP TABLE x", "Select_2", "column_5", "流失"));
  EXPECT_EQ(cells(), "[[1,2,3,4,5,6]]");
}

TEST_F(CsvImportTest, MarksOfAbsenceAreWordsInTextAndMissingInNumbers) {
  std::string text = "country,n,day\n";
  for (int i = 0; i < 98; ++i) text += "DE,1,2026-03-01\n";
  auto report = importText(text + "DE,NA,?\nDE,12x,2026-03-01\n");
  EXPECT_EQ(types(report.columns), "country:VARCHAR n:BIGINT day:DATE");
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(cells("SELECT count(*) - count(n), count(*) - count(day) FROM t"), "[[1,1]]");
  report = importText(text + "NA,NA,?\nNA,7,2026-03-01\n");
  EXPECT_EQ(types(report.columns), "country:VARCHAR n:BIGINT day:DATE");
  EXPECT_EQ(cells("SELECT * FROM t OFFSET 98"), "[[\"NA\",null,null],[\"NA\",7,\"2026-03-01\"]]");
  report = importText(longThen("NA,2026-03-02,NA\n8,null,p\n"));
  EXPECT_EQ(types(report.columns), "n:BIGINT d:DATE pad:VARCHAR");
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT n, d FROM t OFFSET 30000"), "[[null,\"2026-03-02\"],[8,null]]");
}

TEST_F(CsvImportTest, OnlyAHeaderIsATableWithoutRows) {
  const auto report = importText("x,y\n");
  EXPECT_EQ(report.rows, 0);
  EXPECT_EQ(types(report.columns), "x:VARCHAR y:VARCHAR");
}

TEST_F(CsvImportTest, ThreeThousandColumnsAreFine) {
  std::string text;
  for (int line = 0; line < 3; ++line)
    for (int i = 0; i < 3000; ++i)
      text += (line == 0 ? "c" : "") + std::to_string(i) + (i == 2999 ? "\n" : ",");
  const Stopwatch watch;
  const auto report = importText(text);
  EXPECT_EQ(report.columns.size(), 3000U);
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(cells("SELECT c2999 FROM t"), "[[2999],[2999]]");
  EXPECT_LT(watch.seconds(), 30);
}

TEST_F(CsvImportTest, BadFilesAreClearErrorsAndLeaveNothing) {
  const auto code = [&](const std::filesystem::path& file) {
    const auto report = import(file);
    EXPECT_FALSE(report) << file;
    if (report) return ErrorCode::Internal;
    EXPECT_THAT(report.error().message(Language::English), HasSubstr(file.filename().string()));
    return report.error().code;
  };
  EXPECT_EQ(code(folder_ / "missing.csv"), ErrorCode::NotFound);
  EXPECT_EQ(code(folder_.write("empty.csv", "")), ErrorCode::InvalidArgument);
  EXPECT_EQ(code(folder_.write("blank.csv", "\n \n")), ErrorCode::InvalidArgument);
  std::filesystem::create_directory(folder_ / "dir.csv");
  EXPECT_EQ(code(folder_ / "dir.csv"), ErrorCode::InvalidArgument);
  EXPECT_EQ(code(folder_.write("binary.csv", std::string("a,b\n1,\0\0\1\2\3\4\xFF\x01\n", 15))),
            ErrorCode::InvalidArgument);
  EXPECT_TRUE(database_.tables()->empty());
}

TEST_F(CsvImportTest, OtherEncodingsAreRead) {
  importText("a,b\n1,M\xFCnchen\n", {.encoding = "latin-1"});
  EXPECT_EQ(cells(), "[[1,\"München\"]]");
  importText("a,b\n1,\xC1\xF7\xCA\xA7\n", {.encoding = "gb18030"});
  EXPECT_EQ(cells(), "[[1,\"流失\"]]");
  const auto report =
      importText(std::string("\xFF\xFE"
                             "a\0,\0b\0\n\0001\0,\0\x41\x6D\n\0",
                             18));
  EXPECT_EQ(report.detected.encoding, "utf-16le");
  EXPECT_EQ(cells(), "[[1,\"流\"]]") << cells();
  EXPECT_EQ(import(folder_.write("x.csv", "a\n1\n"), {.encoding = "klingon"}, "u").error().code,
            ErrorCode::InvalidArgument);
}

TEST_F(CsvImportTest, ATableIsReplacedOnlyWhenAsked) {
  const auto file = folder_.write("shop.csv", "a,b\n1,2\n");
  EXPECT_EQ(defaultTableName(file), "shop");
  ASSERT_TRUE(import(file, {}, "shop"));
  EXPECT_EQ(import(file, {}, "shop").error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(import(file, {}, "SHOP").error().code, ErrorCode::AlreadyExists);
  folder_.write("shop.csv", "a,b\n1,2\n3,4\n5,6,7\n");
  ASSERT_TRUE(import(file, {.on_existing = OnExisting::Replace}, "shop"));
  EXPECT_EQ(cells("SELECT count(*) FROM shop"), "[[2]]");
  EXPECT_EQ(rejects(database_, {"shop"})->size(), 1U);
  ASSERT_TRUE(database_.drop({"shop"}));
  EXPECT_EQ(rejects(database_, {"shop"}).error().code, ErrorCode::NotFound);
  folder_.write("shop.csv", "a,b\n1,2\n");
  ASSERT_TRUE(import(file, {.on_existing = OnExisting::Replace}, "shop"));
  EXPECT_TRUE(rejects(database_, {"shop"})->empty()) << "those of the old file are gone";
  for (const std::string& name :
       {std::string(), std::string("  "), std::string(201, 'x'), std::string("a\xFF")})
    EXPECT_EQ(import(file, {}, name).error().code, ErrorCode::InvalidArgument) << name;
  EXPECT_TRUE(import(file, {}, "; DROP TABLE \"shop\" --"));
  EXPECT_TRUE(import(file, {}, "客户"));
  EXPECT_EQ(database_.tables()->size(), 3U);
}

TEST_F(CsvImportTest, NamesOfFilesWithWildcardsAreTakenAsTheyAre) {
  folder_.write("a1.csv", "x,y\n1,1\n");
  const auto file = folder_.write("a[1]*.csv", "x,y\n2,2\n");
  ASSERT_TRUE(import(file));
  EXPECT_EQ(cells(), "[[2,2]]");
}

TEST_F(CsvImportTest, AllTextKeepsEveryCellAsItStands) {
  const auto report = importText("a,b\n1,2026-03-01\n007,NA\n", {.types = Types::AllText});
  EXPECT_EQ(types(report.columns), "a:VARCHAR b:VARCHAR");
  EXPECT_EQ(cells(), "[[\"1\",\"2026-03-01\"],[\"007\",\"NA\"]]");
}

TEST_F(CsvImportTest, APreviewSaysWhatTheImportDoes) {
  const auto file = folder_.write("in.csv", "a;b;c\n1;x;2026-03-01\n2;;NA\n");
  const auto preview = previewFile(file, {}, job_);
  ASSERT_TRUE(preview);
  EXPECT_EQ(types(preview->columns), "a:BIGINT b:VARCHAR c:DATE");
  EXPECT_EQ(preview->detected.delimiter, ";");
  EXPECT_EQ(dumpJson(Json(preview->sample)), "[[1,\"x\",\"2026-03-01\"],[2,null,null]]");
  EXPECT_TRUE(database_.tables()->empty());
  EXPECT_EQ(types(import(file)->columns), types(preview->columns));
}

TEST_F(CsvImportTest, AStopInTheMiddleLeavesNothing) {
  std::string text = "a,b,c\n";
  for (int i = 0; i < 600000; ++i) text += std::to_string(i) + ",some words here,1.25\n";
  const auto file = folder_.write("big.csv", text);
  ASSERT_TRUE(import(folder_.write("old.csv", "x,y\n1,2\n"), {}, "old"));
  std::stop_source stop;
  JobContext job(stop.get_token(), nullptr, [&](const Progress& progress) {
    if (progress.fraction > 0) stop.request_stop();
  });
  std::thread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto report = importFile(database_, file, "old", {.on_existing = OnExisting::Replace}, job);
  late.join();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::Cancelled);
  EXPECT_EQ(cells("SELECT * FROM old"), "[[1,2]]") << "the old table is as it was";
  EXPECT_EQ(database_.tables()->size(), 1U);
}

TEST_F(CsvImportTest, RowsRejectedAndSkippedAddUpToTheFile) {
  std::string text = "id,v\n";
  std::int64_t lines = 0;
  for (int i = 0; i < 5000; ++i, ++lines) {
    if (i % 100 == 7)
      text += "\n";
    else if (i % 500 == 13)
      text += "1,2,3\n";
    else if (i % 500 == 14)
      text += "x" + std::to_string(i) + ",oops\n";
    else
      text += "x" + std::to_string(i) + "," + std::to_string(i) + "\n";
  }
  const auto report = importText(text);
  EXPECT_EQ(report.rejected, 20);
  EXPECT_EQ(skipped(report), 50);
  EXPECT_EQ(report.rows + report.rejected + skipped(report), lines);
}

TEST_F(CsvImportTest, DistancesFromUtcAreKeptWhereverTheyBegin) {
  // Longer than what is looked at of a large file; the pieces from all over it miss a single row.
  std::string text = "moment,n,price\n";
  constexpr int kRows = 170000;
  for (int i = 0; i < kRows; ++i) {
    const bool late = i == kRows - 77777;
    text += std::string("2026-03-01 10:00:00") + (late ? "+02:00" : "") + "," + std::to_string(i) + ",1.5\n";
  }
  const auto report = importText(text);
  EXPECT_EQ(types(report.columns), "moment:TIMESTAMP n:BIGINT price:DOUBLE");
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT moment::VARCHAR, count(*) FROM t GROUP BY 1 ORDER BY 1"),
            R"([["2026-03-01 08:00:00",1],["2026-03-01 10:00:00",169999]])");
}

TEST_F(CsvImportTest, FindsABlankLineWhereverItLies) {
  // Round the edges of what is compared at once, and of a block that is read at once.
  constexpr std::size_t kBlock = std::size_t{1} << 20U;
  for (const char* line_end : {"\n", "\r\n"})
    for (const std::size_t at : {std::size_t{8}, std::size_t{62}, std::size_t{63}, std::size_t{64},
                                 std::size_t{65}, kBlock - 2, kBlock - 1, kBlock, kBlock + 1}) {
      std::string text = std::string("a,b") + line_end;
      while (text.size() + 200 < at)
        text += std::string("1,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") + line_end;
      text += "1," + std::string(at > text.size() + 2 ? at - text.size() - 2 : 1, 'y') + line_end;
      text += std::string(line_end) + "2,z" + line_end;
      const ImportReport report = importText(text, {.on_existing = OnExisting::Replace});
      ASSERT_EQ(report.skipped.size(), 1U) << at;
      EXPECT_EQ(report.skipped[0].lines, 1) << at;
    }
}

}  // namespace
}  // namespace lodestone::data
