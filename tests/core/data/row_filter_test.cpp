// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "core/data/query.h"
#include "core/data/row_window.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RowFilterTest : public testing::Test {
 protected:
  RowFilterTest() {
    make(
        "CREATE TABLE t (n INTEGER, city VARCHAR, price DECIMAL(9,2), big BIGINT, day DATE, \"at\" "
        "TIMESTAMP, "
        "yes BOOLEAN)");
    make(
        "INSERT INTO t VALUES "
        "(0, 'Madrid', 9.50, 9007199254740993, '2026-01-31', '2026-01-31 23:59:59.5', true), "
        "(1, 'MÜNCHEN', 10, 9007199254740992, '2026-02-01', '2026-02-01 00:00:00', false), "
        "(2, NULL, NULL, NULL, NULL, NULL, NULL), "
        "(3, '马德里 madrid', 100.25, 5, '2025-12-31', '2026-01-31 00:00:00', true), "
        "(4, '50% O''Neil', -3, -5, '2026-01-31', '2026-01-30 23:59:59', false)");
  }
  void make(const std::string& sql) {
    const auto made = database_.execute(sql, job_);
    if (!made) throw std::runtime_error(made.error().message(Language::English));
  }
  /// The numbers of the rows that are left, in order.
  std::vector<int> left(const RowFilter& filter, const std::optional<SortOrder>& sort = {},
                        const std::string& table = "t") {
    const auto window = RowWindow::open(database_, {table}, sort, filter, job_);
    if (!window) throw std::runtime_error(window.error().message(Language::English));
    const auto rows = window->read(database_, 0, 100, job_);
    if (!rows) throw std::runtime_error(rows.error().message(Language::English));
    EXPECT_EQ(std::ssize(*rows), window->info().rows);
    std::vector<int> numbers;
    for (const auto& row : *rows) numbers.push_back(row.at(0).get<int>());
    return numbers;
  }
  std::vector<int> left(const std::string& column, CellTest test, std::vector<std::string> values = {}) {
    return left(RowFilter{{{column, test, std::move(values)}}, {}});
  }
  Error refused(const RowFilter& filter) {
    const auto window = RowWindow::open(database_, {"t"}, {}, filter, job_);
    if (window) throw std::runtime_error("not refused");
    return window.error();
  }

  Database database_ = std::move(*Database::openInMemory());
  JobContext job_;
};

TEST_F(RowFilterTest, ComparesTextWithoutRegardToCase) {
  EXPECT_THAT(left("city", CellTest::Contains, {"mAd"}), ElementsAre(0, 3));
  EXPECT_THAT(left("city", CellTest::Contains, {"münch"}), ElementsAre(1));
  EXPECT_THAT(left("city", CellTest::Contains, {"马德"}), ElementsAre(3));
  EXPECT_THAT(left("city", CellTest::Contains, {"%"}), ElementsAre(4));
  EXPECT_THAT(left("city", CellTest::Contains, {"_"}), ElementsAre());
  EXPECT_THAT(left("city", CellTest::Contains, {"o'neil"}), ElementsAre(4));
  EXPECT_THAT(left("city", CellTest::ContainsNot, {"mad"}), ElementsAre(1, 2, 4));
  EXPECT_THAT(left("city", CellTest::Equals, {"madrid"}), ElementsAre(0));
  EXPECT_THAT(left("city", CellTest::Differs, {"MADRID"}), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(left("city", CellTest::OneOf, {"madrid", "münchen", "nowhere"}), ElementsAre(0, 1));
  EXPECT_THAT(left("city", CellTest::AtLeast, {"MADRID"}), ElementsAre(0, 1, 3));
}

TEST_F(RowFilterTest, ComparesNumbersAsNumbers) {
  EXPECT_THAT(left("price", CellTest::AtLeast, {"9.5"}), ElementsAre(0, 1, 3));
  EXPECT_THAT(left("price", CellTest::AtMost, {" 10 "}), ElementsAre(0, 1, 4));
  EXPECT_THAT(left("price", CellTest::Between, {"-3", "9.5"}), ElementsAre(0, 4));
  EXPECT_THAT(left("price", CellTest::Equals, {"10"}), ElementsAre(1));
  EXPECT_THAT(left("price", CellTest::Contains, {"0.2"}), ElementsAre(3));
  EXPECT_THAT(left("n", CellTest::Equals, {"1.5"}), ElementsAre());
  EXPECT_THAT(left("n", CellTest::AtLeast, {"1.5"}), ElementsAre(2, 3, 4));
  EXPECT_THAT(left("n", CellTest::OneOf, {"0", "4", "7"}), ElementsAre(0, 4));
  // Two that are one as doubles.
  EXPECT_THAT(left("big", CellTest::Equals, {"9007199254740993"}), ElementsAre(0));
  EXPECT_THAT(left("big", CellTest::AtLeast, {"-5"}), ElementsAre(0, 1, 3, 4));
}

TEST_F(RowFilterTest, ADayIsAWholeDayOfMoments) {
  EXPECT_THAT(left("day", CellTest::Equals, {"2026-01-31"}), ElementsAre(0, 4));
  EXPECT_THAT(left("day", CellTest::Between, {"2026-01-01", "2026-02-01"}), ElementsAre(0, 1, 4));
  EXPECT_THAT(left("at", CellTest::Equals, {"2026-01-31"}), ElementsAre(0, 3));
  EXPECT_THAT(left("at", CellTest::AtMost, {"2026-01-31"}), ElementsAre(0, 3, 4));
  EXPECT_THAT(left("at", CellTest::AtLeast, {"2026-01-31"}), ElementsAre(0, 1, 3));
  EXPECT_THAT(left("at", CellTest::OneOf, {"2026-02-01", "2026-01-30"}), ElementsAre(1, 4));
  EXPECT_THAT(left("at", CellTest::AtLeast, {"2026-01-31 12:00:00"}), ElementsAre(0, 1));
  EXPECT_THAT(left("yes", CellTest::Equals, {"true"}), ElementsAre(0, 3));
  EXPECT_THAT(left("yes", CellTest::Differs, {"true"}), ElementsAre(1, 2, 4));
}

TEST_F(RowFilterTest, KnowsWhatIsMissingAndPatterns) {
  EXPECT_THAT(left("city", CellTest::Missing), ElementsAre(2));
  EXPECT_THAT(left("city", CellTest::NotMissing), ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(left("city", CellTest::Matches, {"^m.*[dn]$"}), ElementsAre(0, 1));
  EXPECT_THAT(left("day", CellTest::Matches, {"-12-\\d+"}), ElementsAre(3));
}

TEST_F(RowFilterTest, CombinesConditionsAnExpressionAndASort) {
  RowFilter filter{{{"city", CellTest::NotMissing}, {"price", CellTest::AtLeast, {"0"}}},
                   "length(city) < 8 -- short"};
  EXPECT_THAT(left(filter), ElementsAre(0, 1));
  EXPECT_THAT(left(filter, SortOrder{"price", Direction::Descending}), ElementsAre(1, 0));
  EXPECT_THAT(left(RowFilter{{}, "price > 9 OR city IS NULL"}, SortOrder{"n", Direction::Descending}),
              ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(left(RowFilter{{{"n", CellTest::AtLeast, {"99"}}}, {}}), ElementsAre());
  EXPECT_EQ(refused(RowFilter{{{"n", CellTest::AtMost, {"1"}}}, "1 = 2) OR (1 = 1"}).code,
            ErrorCode::InvalidArgument);
}

TEST_F(RowFilterTest, TellsItsRowsAsAHarmlessQuery) {
  const auto window = RowWindow::open(database_, {"t"}, SortOrder{"price", Direction::Descending},
                                      {{{"city", CellTest::Matches, {"m|'"}}}, "n < 4 -- not all"}, job_);
  ASSERT_TRUE(window);
  const auto rows = query(database_, window->select({"n", "city"}), job_);
  ASSERT_TRUE(rows) << rows.error().message(Language::English);
  EXPECT_EQ(dumpJson(Json(rows->rows)), "[[3,\"马德里 madrid\"],[1,\"MÜNCHEN\"],[0,\"Madrid\"]]");
  make("CREATE TABLE hides AS SELECT 5 - i AS n, 'r' || i AS \"RowId\" FROM range(5) r(i)");
  const auto hides = RowWindow::open(database_, {"hides"}, {}, {{{"n", CellTest::AtMost, {"2"}}}, {}}, job_);
  ASSERT_TRUE(hides);
  EXPECT_EQ(dumpJson(Json(query(database_, hides->select(), job_)->rows)), "[[2,\"r3\"],[1,\"r4\"]]");
}

TEST_F(RowFilterTest, CountsWhatIsLeftOfHowMany) {
  make("CREATE TABLE big AS SELECT i AS n, i % 1000 AS k FROM range(500000) r(i)");
  const auto window = RowWindow::open(database_, {"big"}, SortOrder{"n", Direction::Descending},
                                      {{{"k", CellTest::Equals, {"7"}}}, {}}, job_);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->info().rows, 500);
  EXPECT_EQ(window->tableRows(), 500000);
  const auto rows = window->read(database_, 0, 600, job_);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 500U);
  for (std::size_t i = 0; i < rows->size(); ++i)
    ASSERT_EQ((*rows)[i][0], Json(499007 - 1000 * static_cast<std::int64_t>(i)));
}

TEST_F(RowFilterTest, WorksWithGapsAndWithAColumnCalledRowid) {
  make("CREATE TABLE gaps AS SELECT i AS n, i % 2 AS k FROM range(1000) r(i)");
  make("DELETE FROM gaps WHERE n % 3 = 0");
  EXPECT_THAT(
      left(RowFilter{{{"n", CellTest::AtMost, {"8"}}, {"k", CellTest::Equals, {"1"}}}, {}}, {}, "gaps"),
      ElementsAre(1, 5, 7));
  make("CREATE TABLE hides AS SELECT i AS n, 'r' || i AS \"RowId\" FROM range(5) r(i)");
  EXPECT_THAT(left(RowFilter{{{"RowId", CellTest::OneOf, {"R1", "r4"}}}, {}}, {}, "hides"),
              ElementsAre(1, 4));
}

TEST_F(RowFilterTest, TakesAnyColumnName) {
  make(
      "CREATE TABLE odd AS SELECT 1 AS n, 'a' AS \"select\", 'b' AS \"x\"\"; DROP TABLE t; --\", 'c' AS "
      "\"🙂\"");
  for (const char* column : {"select", "x\"; DROP TABLE t; --", "🙂"})
    EXPECT_THAT(left(RowFilter{{{column, CellTest::NotMissing}}, {}}, {}, "odd"), ElementsAre(1)) << column;
  EXPECT_THAT(left("city", CellTest::Contains, {"'; DROP TABLE t; --"}), ElementsAre());
  EXPECT_TRUE(*database_.has({"t"}));
}

TEST_F(RowFilterTest, SaysWhatDoesNotFit) {
  EXPECT_EQ(refused({{{"town", CellTest::Missing}}, {}}).code, ErrorCode::NotFound);
  const Error number = refused({{{"price", CellTest::AtLeast, {"cheap"}}}, {}});
  EXPECT_EQ(number.code, ErrorCode::InvalidArgument);
  EXPECT_EQ(number.where.column, "price");
  EXPECT_THAT(number.message(Language::English), HasSubstr("cheap"));
  EXPECT_EQ(refused({{{"price", CellTest::Equals, {"1; DROP TABLE t"}}}, {}}).code,
            ErrorCode::InvalidArgument);
  EXPECT_THAT(refused({{{"day", CellTest::Equals, {"31.12."}}}, {}}).message(Language::English),
              HasSubstr("2026-01-31"));
  EXPECT_EQ(refused({{{"city", CellTest::Matches, {"(["}}}, {}}).code, ErrorCode::InvalidArgument);
  EXPECT_EQ(refused({{{"n", CellTest::Between, {"1"}}}, {}}).code, ErrorCode::InvalidArgument);
  EXPECT_EQ(refused({{{"n", CellTest::OneOf, {}}}, {}}).code, ErrorCode::InvalidArgument);
  for (const char* expression :
       {"nothing > 1", "n >", "1; DROP TABLE t", "getenv('HOME') = 'x'", "n IN (SELECT n FROM t)"})
    EXPECT_EQ(refused({{}, expression}).code, ErrorCode::InvalidArgument) << expression;
}

TEST_F(RowFilterTest, StopsWhenTold) {
  std::stop_source stop;
  stop.request_stop();
  JobContext job(stop.get_token());
  const auto window = RowWindow::open(database_, {"t"}, {}, {{{"city", CellTest::Matches, {"a"}}}, {}}, job);
  ASSERT_FALSE(window);
  EXPECT_EQ(window.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace lodestone::data
