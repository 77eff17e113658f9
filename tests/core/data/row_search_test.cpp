// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "core/data/column_values.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;

class RowSearchTest : public testing::Test {
 protected:
  void make(const std::string& sql) {
    const auto made = database_.execute(sql, job_);
    if (!made) throw std::runtime_error(made.error().message(Language::English));
  }
  RowWindow open(const std::string& table, const std::optional<SortOrder>& sort = {},
                 const RowFilter& filter = {}) {
    auto window = RowWindow::open(database_, {table}, sort, filter, job_);
    if (!window) throw std::runtime_error(window.error().message(Language::English));
    return std::move(*window);
  }
  RowSearch search(const RowWindow& window, const CellText& text) {
    auto search = RowSearch::open(database_, window, text, job_);
    if (!search) throw std::runtime_error(search.error().message(Language::English));
    return std::move(*search);
  }
  std::optional<CellPlace> step(const RowSearch& search, const RowWindow& window, const CellPlace& from,
                                Way way) {
    const auto place = search.next(database_, window, from, way, job_);
    if (!place) throw std::runtime_error(place.error().message(Language::English));
    return *place;
  }
  std::optional<CellPlace> near(const RowWindow& window, const CellText& text, const CellPlace& from,
                                Way way) {
    const auto place = RowSearch::near(database_, window, text, from, way, job_);
    if (!place) throw std::runtime_error(place.error().message(Language::English));
    return *place;
  }
  void makeCells() {
    make("CREATE TABLE t (a VARCHAR, n DOUBLE, b VARCHAR)");
    make(
        "INSERT INTO t VALUES ('x', 1, 'Needle'), ('y', 1234.5, NULL), ('NEEDLES', 3, 'needle'), ('z', 4, "
        "'hay')");
  }

  Database database_ = std::move(*Database::openInMemory());
  JobContext job_;
};

TEST_F(RowSearchTest, GoesFromCellToCellAndRound) {
  makeCells();
  const RowWindow window = open("t");
  const RowSearch found = search(window, {"nEEdle"});
  EXPECT_EQ(found.count(), 2);
  EXPECT_EQ(found.position(2), 2);
  EXPECT_EQ(found.position(1), 0);
  EXPECT_EQ(step(found, window, {0, 0}, Way::Next), (CellPlace{0, 2}));
  EXPECT_EQ(step(found, window, {0, 2}, Way::Next), (CellPlace{2, 0}));
  EXPECT_EQ(step(found, window, {2, 0}, Way::Next), (CellPlace{2, 2}));
  EXPECT_EQ(step(found, window, {2, 2}, Way::Next), (CellPlace{0, 2}));
  EXPECT_EQ(step(found, window, {2, 2}, Way::HereOrNext), (CellPlace{2, 2}));
  EXPECT_EQ(step(found, window, {3, 0}, Way::Previous), (CellPlace{2, 2}));
  EXPECT_EQ(step(found, window, {2, 2}, Way::Previous), (CellPlace{2, 0}));
  EXPECT_EQ(step(found, window, {0, 2}, Way::Previous), (CellPlace{2, 2}));
}

TEST_F(RowSearchTest, TheOnlyCellFollowsItself) {
  makeCells();
  const RowWindow window = open("t");
  const RowSearch found = search(window, {"hay"});
  EXPECT_EQ(step(found, window, {3, 2}, Way::Next), (CellPlace{3, 2}));
  EXPECT_EQ(step(found, window, {3, 2}, Way::Previous), (CellPlace{3, 2}));
  EXPECT_EQ(step(search(window, {"nowhere"}), window, {0, 0}, Way::Next), std::nullopt);
}

TEST_F(RowSearchTest, LooksAtTheGivenColumnsInTheirOrder) {
  makeCells();
  const RowWindow window = open("t");
  const CellText text{.text = "needle", .columns = {"b", "a"}};
  EXPECT_EQ(step(search(window, text), window, {1, 0}, Way::Next), (CellPlace{2, 2}));
  EXPECT_EQ(step(search(window, text), window, {2, 2}, Way::Next), (CellPlace{2, 0}));
  EXPECT_EQ(search(window, {.text = "needle", .columns = {"a"}}).count(), 1);
  const auto unknown = RowSearch::open(database_, window, {.text = "x", .columns = {"q"}}, job_);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
}

TEST_F(RowSearchTest, FindsNumbersDatesAndTruth) {
  make(
      "CREATE TABLE t AS SELECT 1234.5 AS d, DATE '2026-03-01' AS day, true AS yes, 1e20 AS f, TIMESTAMP "
      "'2026-03-01 09:30:00' AS at");
  const RowWindow window = open("t");
  EXPECT_EQ(search(window, {.text = "1,234.5", .in_numbers = "1234.5"}).count(), 1);
  EXPECT_EQ(search(window, {.text = "1,234.5"}).count(), 0);
  EXPECT_EQ(search(window, {"03-01"}).count(), 1);
  EXPECT_EQ(search(window, {"09:30"}).count(), 1);
  EXPECT_EQ(search(window, {"RU"}).count(), 1);
  EXPECT_EQ(search(window, {"1E+20"}).count(), 1);
  EXPECT_EQ(search(window, {""}).count(), 0);
}

TEST_F(RowSearchTest, FollowsSortAndFilter) {
  make(
      "CREATE TABLE t AS SELECT i AS n, (i * 7919) % 100003 AS k, 'name ' || (i % 1000) AS name FROM "
      "range(100003) r(i)");
  const RowWindow window =
      open("t", SortOrder{"k", Direction::Descending}, {{{"n", CellTest::AtMost, {"50000"}}}, {}});
  const RowSearch found = search(window, {.text = "name 77", .columns = {"name"}});
  // Counted without the search: 77, 770 to 779 and so on of each thousand up to 50,000.
  EXPECT_EQ(found.count(), 50 * 11);
  CellPlace at{0, 0};
  std::int64_t last = 1'000'000;
  for (int i = 0; i < 40; ++i) {
    const auto next = step(found, window, at, Way::Next);
    ASSERT_TRUE(next);
    EXPECT_EQ(found.position(next->row), i + 1);
    const auto row = window.read(database_, next->row, 1, job_);
    ASSERT_TRUE(row);
    EXPECT_THAT((*row)[0][2].get<std::string>(), testing::StartsWith("name 77"));
    EXPECT_LT((*row)[0][1].get<std::int64_t>(), last);
    last = (*row)[0][1].get<std::int64_t>();
    at = *next;
  }
}

/// The near look and the list of all must say the same, wherever one starts.
TEST_F(RowSearchTest, WhatIsNearIsWhatTheListSays) {
  make(
      "CREATE TABLE t AS SELECT i AS n, hash(i) % 90001 AS k, CASE WHEN hash(i + 7) % 400 = 0 THEN 'the pin' "
      "ELSE 'hay' END AS a, "
      "CASE WHEN hash(i + 9) % 300 = 0 THEN 'a pin' END AS b FROM range(40000) r(i)");
  const CellText text{"pin"};
  for (const auto& sort : {std::optional<SortOrder>(), std::optional(SortOrder{"k"})})
    for (const RowFilter& filter : {RowFilter{}, RowFilter{{{"n", CellTest::AtMost, {"30000"}}}, {}}}) {
      const RowWindow window = open("t", sort, filter);
      const RowSearch all = search(window, text);
      for (const Way way : {Way::Next, Way::Previous, Way::HereOrNext})
        for (std::int64_t row = 1000; row < 29000; row += 9001)
          for (const std::size_t column : {0U, 3U}) {
            const auto close = near(window, text, {row, column}, way);
            const auto listed = step(all, window, {row, column}, way);
            if (close) {
              EXPECT_EQ(close, listed) << row << " " << column;
            } else {
              ASSERT_TRUE(listed);
              EXPECT_GT(std::abs(listed->row - row), 256);
            }
          }
    }
  const RowWindow window = open("t");
  EXPECT_EQ(near(window, {"no such"}, {0, 0}, Way::Next), std::nullopt);
}

TEST_F(RowSearchTest, StopsWhenTold) {
  makeCells();
  std::stop_source stop;
  stop.request_stop();
  JobContext job(stop.get_token());
  const auto found = RowSearch::open(database_, open("t"), {"needle"}, job);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::Cancelled);
}

TEST_F(RowSearchTest, TellsFrequentValuesAndTheUsualRange) {
  make(
      "CREATE TABLE v AS SELECT i AS n, CASE WHEN i % 10 < 5 THEN 'a' WHEN i % 10 < 7 THEN 'b' WHEN i % 10 < "
      "9 THEN 'c' END AS c "
      "FROM range(101) r(i)");
  const auto values = frequentValues(database_, {"v"}, "c", 2, job_);
  ASSERT_TRUE(values);
  ASSERT_EQ(values->size(), 2U);
  EXPECT_EQ((*values)[0].value, "a");
  EXPECT_EQ((*values)[0].count, 51);
  EXPECT_EQ((*values)[1].value, "b");
  const auto range = usualRange(database_, {"v"}, "n", job_);
  ASSERT_TRUE(range && *range);
  EXPECT_DOUBLE_EQ((*range)->first, 5);
  EXPECT_DOUBLE_EQ((*range)->second, 95);
  EXPECT_EQ(usualRange(database_, {"v"}, "c", job_).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(frequentValues(database_, {"v"}, "d", 2, job_).error().code, ErrorCode::NotFound);
  make("CREATE TABLE empty (x DOUBLE)");
  EXPECT_FALSE(usualRange(database_, {"empty"}, "x", job_)->has_value());
}

}  // namespace
}  // namespace lodestone::data
