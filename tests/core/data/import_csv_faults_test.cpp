// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What may go wrong with the file itself: it changes, it is far too wide or long, it is no text.
#include <gmock/gmock.h>

#include <fstream>
#include <utility>

#include "tests/core/data/import_fixture.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

class CsvFaultsTest : public CsvFixture {
 protected:
  Result<ImportReport> import(const std::filesystem::path& file) {
    return importFile(database_, file, "t", {.on_existing = OnExisting::Replace}, job_);
  }
  /// Imports a file and does something to it when the import first tells how far it is.
  template <typename Change>
  Result<ImportReport> importWhile(const std::filesystem::path& file, Change change) {
    bool done = false;
    JobContext job({}, nullptr, [&](const Progress&) {
      if (!std::exchange(done, true)) change();
    });
    auto report = importFile(database_, file, "t", {.on_existing = OnExisting::Replace}, job);
    EXPECT_TRUE(done);
    return report;
  }
  void expectTold(const Result<ImportReport>& report, ErrorCode code, const std::string& file) {
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, code) << report.error().message(Language::English);
    EXPECT_THAT(report.error().message(Language::English), HasSubstr(file));
    EXPECT_TRUE(database_.tables()->empty());
  }
  static std::string rows(int count) {
    std::string text = "a,b\n";
    for (int i = 0; i < count; ++i) text += std::to_string(i) + ",some words\n";
    return text;
  }
};

TEST_F(CsvFaultsTest, ACellOfManyMegabytesCostsNoOtherColumnItsType) {
  const std::string giant(std::size_t{6} << 20U, 'x');
  std::string text = "id,note,price\n0,\"" + giant + ", and more\n\",0.5\n";
  for (int i = 1; i < 100; ++i) text += std::to_string(i) + ",short," + std::to_string(i) + ".5\n";
  const ImportReport report = must(import(folder_.write("giant.csv", text)));
  EXPECT_EQ(types(report), "id:BIGINT note:VARCHAR price:DOUBLE");
  EXPECT_EQ(cells("SELECT count(*), sum(id), sum(price), max(length(note)) FROM t"),
            "[[100,4950,5000.0,6291467]]");
}

TEST_F(CsvFaultsTest, ALineLongerThanAnyBufferIsNotLost) {
  std::string text = "id,note,price\n";
  for (int i = 0; i < 1000; ++i) {
    text += std::to_string(i) + ",";
    text += i == 500 ? std::string(std::size_t{70} << 20U, 'x') : "short";
    text += ",0.5\n";
  }
  const ImportReport report = must(import(folder_.write("long.csv", text)));
  EXPECT_EQ(report.rows, 1000);
  EXPECT_EQ(types(report), "id:BIGINT note:VARCHAR price:DOUBLE");
  EXPECT_EQ(cells("SELECT max(length(note)), sum(id) FROM t"), "[[73400320,499500]]");
}

TEST_F(CsvFaultsTest, AFileThatChangesWhileItIsReadIsTold) {
  for (const std::string title : {"", "Title of it all\n\n"}) {
    const auto file = folder_.write("log.csv", title + rows(50000));
    const auto size = std::filesystem::file_size(file);
    expectTold(importWhile(file, [&] { std::ofstream(file, std::ios::app) << "7,more\n"; }), ErrorCode::Io,
               "log.csv");
    folder_.write("log.csv", title + rows(50000));
    const auto overwrite = [&] {
      std::fstream out(file, std::ios::in | std::ios::out);
      out.seekp(static_cast<std::streamoff>(size) - 6);
      out << "WORDS";
    };
    expectTold(importWhile(file, overwrite), ErrorCode::Io, "log.csv");
    folder_.write("log.csv", title + rows(50000));
    expectTold(importWhile(file, [&] { std::filesystem::resize_file(file, size / 2); }), ErrorCode::Io,
               "log.csv");
    folder_.write("log.csv", title + rows(50000));
    EXPECT_TRUE(import(file)) << "left alone, it is read";
    ASSERT_TRUE(database_.drop({"t"}));
  }
}

TEST_F(CsvFaultsTest, ACharacterCutOffAtTheEndCostsItsLineAlone) {
  EXPECT_EQ(importText("id,x\n1,a\n2,b\n3,caf\xE9").detected.encoding, "windows-1252");
  EXPECT_EQ(cells("SELECT x FROM t"), R"([["a"],["b"],["café"]])");
  const std::string whole = "id,x\n2,中文\n3,中文";
  for (const std::size_t cut : {1U, 2U}) {
    const auto report = importText(whole.substr(0, whole.size() - cut));
    EXPECT_EQ(report.detected.encoding, "utf-8");
    EXPECT_EQ(cells(), R"([[2,"中文"]])");
    ASSERT_EQ(report.rejected, 1);
    EXPECT_EQ(rejects(database_, {"t"})->at(0).line, 3);
    EXPECT_EQ(rejects(database_, {"t"})->at(0).reason, "it is not UTF-8");
  }
  importText("id,x\n1,a\n2,b\n3,caf\xE9", {.encoding = "utf-8"});
  EXPECT_EQ(cells("SELECT x FROM t"), R"([["a"],["b"]])") << "as named";
}

TEST_F(CsvFaultsTest, AStrayByteCostsItsLineAlone) {
  for (const int good : {1, 2, 10, 200, 20000})
    for (const bool bad_first : {false, true}) {
      std::string lines;
      for (int i = 0; i < good; ++i) lines += std::to_string(i) + ",Łódź café\n";
      const auto report = importText(bad_first ? "i,s\n99,\xFF\n" + lines : "i,s\n" + lines + "99,\xFF\n");
      EXPECT_EQ(report.detected.encoding, "utf-8") << good << bad_first;
      EXPECT_EQ(report.rows, good);
      ASSERT_EQ(report.rejected, 1);
      EXPECT_EQ(rejects(database_, {"t"})->at(0).line, bad_first ? 2 : good + 2);
      EXPECT_EQ(cells("SELECT DISTINCT s FROM t"), R"([["Łódź café"]])");
    }
  const auto refused = importFile(database_, folder_.write("in.csv", "id,x\n1,caf\xE9\n2,th\xE9\n"), "u",
                                  {.encoding = "utf-8"}, job_);
  ASSERT_FALSE(refused) << "hardly a line is what it is said to be";
  EXPECT_EQ(refused.error().where.line, 2);
}

TEST_F(CsvFaultsTest, BytesOfAllKindsAreNoText) {
  std::string noise;
  for (unsigned i = 0, next = 1; i < 3000; ++i) {
    next = next * 1103515245 + 12345;
    noise += static_cast<char>(next >> 16U);
  }
  for (const std::size_t length : {200U, 3000U}) {
    const auto report = import(folder_.write("noise.csv", noise.substr(0, length)));
    expectTold(report, ErrorCode::InvalidArgument, "noise.csv is not a text file");
  }
  importText(
      "1\x01"
      "2\x01"
      "3\n4\x01"
      "5\x01"
      "6\n7\x01"
      "8\x01"
      "9\n");
  EXPECT_EQ(cells(), "[[1,2,3],[4,5,6],[7,8,9]]") << "one control character between short cells";
}

TEST_F(CsvFaultsTest, PathsOfAnyCharactersAreRead) {
  for (const char* name :
       {"my sales 2026.csv", "销售 数据.csv", "🛒 cart's \"best\".csv", "%20;--.csv", "-x.csv"}) {
    const auto report = import(folder_.write(name, "a,b\n1,x\n"));
    ASSERT_TRUE(report) << name << report.error().message(Language::English);
    EXPECT_EQ(report->rows, 1) << name;
  }
}

TEST_F(CsvFaultsTest, TenThousandColumns) {
  std::string text;
  for (int row = 0; row < 3; ++row)
    for (int i = 0; i < 10000; ++i)
      text += (row == 0 ? "c" : "") + std::to_string(i + row) + (i == 9999 ? "\n" : ",");
  const auto report = importText(text);
  EXPECT_EQ(report.rows, 2);
  ASSERT_EQ(report.columns.size(), 10000U);
  EXPECT_EQ(cells("SELECT c9999 FROM t"), "[[10000],[10001]]");
}

TEST_F(CsvFaultsTest, ACellOfAHundredMegabytes) {
  constexpr std::size_t kBytes = std::size_t{100} << 20U;
  const auto report = importText("id,text\n1,\"" + std::string(kBytes, 'x') + "\"\n2,short\n");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT id::BIGINT, length(text) FROM t"), "[[1,104857600],[2,5]]");
}

TEST_F(CsvFaultsTest, NulBytesAreKept) {
  const std::string nul(1, '\0');
  for (const int before : {0, 400000}) {
    importText(rows(before) + "7,a" + nul + "b\n8,c\n");
    EXPECT_EQ(cells("SELECT length(b), b FROM t WHERE b LIKE 'a%'"), R"([[3,"a\u0000b"]])") << before;
  }
}

TEST_F(CsvFaultsTest, NamesOfColumnsAreNeverSql) {
  const auto report = importText(
      "\"SELECT\",\"select\",\"a\"\"b\",\"; DROP TABLE t; --\",\"it's\",Größe,🛒,客户,rowid,\"x.y\"\n"
      "1,2,3,4,5,6,7,8,9,10\n");
  ASSERT_EQ(report.columns.size(), 10U);
  EXPECT_EQ(report.columns[1].name, "select_2");
  EXPECT_EQ(report.columns[3].name, "; DROP TABLE t; --");
  EXPECT_EQ(cells(), "[[1,2,3,4,5,6,7,8,9,10]]");
  EXPECT_TRUE(rejects(database_, {"t"})->empty());
}

}  // namespace
}  // namespace lodestone::data
