// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cell_format.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/data/database.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

class CellFormatTest : public testing::Test {
 protected:
  CellFormatTest() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {}

  std::string parsed(const std::string& cell, CellType type, const CellFormat& format = {}) {
    auto rows = database_.rows("SELECT " + parseSql(quoteLiteral(cell), type, format) + " AS x", job_);
    if (!rows) return rows.error().message(Language::English);
    return dumpJson(rows->rows.at(0).at(0));
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

TEST_F(CellFormatTest, WholeNumbersAreNeverRoundedNorInvented) {
  EXPECT_EQ(parsed(" 42 ", CellType::Integer), "42");
  EXPECT_EQ(parsed("-7", CellType::Integer), "-7");
  for (const char* bad : {"1.5", "1e3", "1_000", "0x1F", "", "  ", "seven", "9999999999999999999999"})
    EXPECT_EQ(parsed(bad, CellType::Integer), "null") << bad;
  EXPECT_EQ(parsed("1,234,567", CellType::Integer, {.group = ','}), "1234567");
  EXPECT_EQ(parsed("1,23,4567", CellType::Integer, {.group = ','}), "null");
  EXPECT_EQ(parsed("1 234", CellType::Integer, {.group = ' '}), "1234");
  EXPECT_EQ(parsed("1\u202F234", CellType::Integer, {.group = ' '}), "1234") << "a narrow blank";
}

TEST_F(CellFormatTest, NumbersInOtherDress) {
  EXPECT_EQ(parsed("1.5", CellType::Real), "1.5");
  EXPECT_EQ(parsed("-.5e2", CellType::Real), "-50.0");
  for (const char* bad : {"1e400", "inf", "nan", "1,5", "1.2.3", "-"})
    EXPECT_EQ(parsed(bad, CellType::Real), "null") << bad;
  EXPECT_EQ(parsed("1.234,5", CellType::Real, {.decimal = ',', .group = '.'}), "1234.5");
  EXPECT_EQ(parsed("12,75", CellType::Real, {.decimal = ','}), "12.75");
  EXPECT_EQ(parsed("12.75", CellType::Real, {.decimal = ','}), "null");
  EXPECT_EQ(parsed("1'234.5", CellType::Real, {.group = '\''}), "1234.5");
  EXPECT_EQ(parsed("12.5 %", CellType::Real, {.percent = true}), "0.125");
  EXPECT_EQ(parsed("12.5", CellType::Real, {.percent = true}), "null") << "12.5 of what?";
  const CellFormat money{.group = ',', .currency = true};
  EXPECT_EQ(parsed("$1,234.50", CellType::Real, money), "1234.5");
  EXPECT_EQ(parsed("-£3.00", CellType::Real, money), "-3.0");
  EXPECT_EQ(parsed("$ -3", CellType::Real, money), "-3.0");
  EXPECT_EQ(parsed("(€ 20.5)", CellType::Real, money), "-20.5");
  EXPECT_EQ(parsed("12.5 EUR", CellType::Real, money), "12.5");
  EXPECT_EQ(parsed("99元", CellType::Integer, money), "99");
}

TEST_F(CellFormatTest, DaysAndMoments) {
  EXPECT_EQ(parsed("2026-03-01", CellType::Date), "\"2026-03-01\"");
  EXPECT_EQ(parsed("2026-03-01 09:30:00", CellType::Date), "null") << "the time of day would be lost";
  EXPECT_EQ(parsed("2026-02-30", CellType::Date), "null");
  EXPECT_EQ(parsed("1.3.2026", CellType::Date, {.pattern = "%d.%m.%Y"}), "\"2026-03-01\"");
  EXPECT_EQ(parsed("3 Mar 26", CellType::Date, {.pattern = "%d %b %y"}), "\"2026-03-03\"");
  EXPECT_EQ(parsed("2026年3月1日", CellType::Date, {.pattern = "%Y年%m月%d日"}), "\"2026-03-01\"");
  EXPECT_EQ(parsed("2026-03-01T09:30:00", CellType::Timestamp), "\"2026-03-01 09:30:00\"");
  EXPECT_EQ(parsed("12/31/2025 8:15 PM", CellType::Timestamp, {.pattern = "%m/%d/%Y %I:%M %p"}),
            "\"2025-12-31 20:15:00\"");
  EXPECT_EQ(parsed("2026年3月1日 下午3:05", CellType::Timestamp, {.pattern = "%Y年%m月%d日 %p%I:%M"}),
            "\"2026-03-01 15:05:00\"");
  EXPECT_EQ(parsed("infinity", CellType::Timestamp), "null");
}

TEST_F(CellFormatTest, YesAndNo) {
  for (const char* yes : {"true", "YES", " y ", "1", "on", "是"})
    EXPECT_EQ(parsed(yes, CellType::Boolean), "true") << yes;
  for (const char* no : {"False", "no", "N", "0", "off", "否"})
    EXPECT_EQ(parsed(no, CellType::Boolean), "false") << no;
  EXPECT_EQ(parsed("maybe", CellType::Boolean), "null");
  EXPECT_EQ(parsed(" as it is ", CellType::Text), "\" as it is \"");
}

}  // namespace
}  // namespace lodestone::data
