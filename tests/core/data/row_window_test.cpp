// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <thread>

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RowWindowTest : public testing::Test {
 protected:
  void make(const std::string& sql) {
    const auto made = database_.execute(sql, job_);
    ASSERT_TRUE(made) << made.error().message(Language::English);
  }
  RowWindow open(const std::string& table, const std::optional<SortOrder>& sort = {}) {
    auto window = RowWindow::open(database_, {table}, sort, job_);
    if (!window) throw std::runtime_error(window.error().message(Language::English));
    return std::move(*window);
  }
  /// The first column of some rows, as text.
  std::vector<std::string> firsts(const RowWindow& window, std::int64_t begin, std::int64_t count) {
    const auto rows = window.read(database_, begin, count, job_);
    if (!rows) throw std::runtime_error(rows.error().message(Language::English));
    std::vector<std::string> cells;
    for (const auto& row : *rows) cells.push_back(row.at(0).is_null() ? "-" : dumpJson(row.at(0)));
    return cells;
  }

  Database database_ = std::move(*Database::openInMemory());
  JobContext job_;
};

TEST_F(RowWindowTest, ReadsAnyWindowInTheOrderOfTheTable) {
  make("CREATE TABLE t AS SELECT i, 'name ' || i AS name FROM range(300000) r(i)");
  const RowWindow window = open("t");
  EXPECT_EQ(window.info().rows, 300000);
  EXPECT_EQ(window.info().columns.size(), 2U);
  EXPECT_THAT(firsts(window, 0, 3), ElementsAre("0", "1", "2"));
  EXPECT_THAT(firsts(window, 250000, 2), ElementsAre("250000", "250001"));
  const auto rows = window.read(database_, 122879, 2, job_);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->at(1).at(1), Json("name 122880"));
}

TEST_F(RowWindowTest, EndsWhereTheTableEnds) {
  make("CREATE TABLE t AS SELECT i FROM range(10) r(i); CREATE TABLE none (i BIGINT)");
  const RowWindow window = open("t");
  EXPECT_THAT(firsts(window, 8, 100), ElementsAre("8", "9"));
  EXPECT_THAT(firsts(window, 10, 5), ElementsAre());
  EXPECT_THAT(firsts(window, -5, 1), ElementsAre("0"));
  EXPECT_THAT(firsts(window, 3, -1), ElementsAre());
  EXPECT_THAT(firsts(window, 9, std::numeric_limits<std::int64_t>::max()), ElementsAre("9"));
  EXPECT_THAT(firsts(open("none"), 0, 5), ElementsAre());
  EXPECT_THAT(firsts(open("none", SortOrder{"i"}), 0, 5), ElementsAre());
}

TEST_F(RowWindowTest, SortsWithTheMissingLastInEitherDirection) {
  make(
      "CREATE TABLE t (v BIGINT, n INTEGER); INSERT INTO t VALUES "
      "(3,0),(NULL,1),(1,2),(2,3),(1,4),(NULL,5)");
  EXPECT_THAT(firsts(open("t", SortOrder{"v"}), 0, 9), ElementsAre("1", "1", "2", "3", "-", "-"));
  EXPECT_THAT(firsts(open("t", SortOrder{"v", Direction::Descending}), 0, 9),
              ElementsAre("3", "2", "1", "1", "-", "-"));
  // Equal ones stay as they stand in the table.
  const auto rows = open("t", SortOrder{"v"}).read(database_, 0, 6, job_);
  ASSERT_TRUE(rows);
  std::vector<int> at;
  for (const auto& row : *rows) at.push_back(row.at(1).get<int>());
  EXPECT_THAT(at, ElementsAre(2, 4, 3, 0, 1, 5));
}

TEST_F(RowWindowTest, SortsManyRowsAndReadsFromTheirMiddle) {
  make("CREATE TABLE t AS SELECT (i * 7919) % 300007 AS v, i FROM range(300007) r(i)");
  const RowWindow window = open("t", SortOrder{"v", Direction::Descending});
  EXPECT_THAT(firsts(window, 0, 2), ElementsAre("300006", "300005"));
  EXPECT_THAT(firsts(window, 200000, 3), ElementsAre("100006", "100005", "100004"));
}

TEST_F(RowWindowTest, KnowsTablesWithGapsBetweenTheirRows) {
  make("CREATE TABLE t AS SELECT i FROM range(1000) r(i)");
  make("DELETE FROM t WHERE i % 3 = 0");
  const RowWindow window = open("t");
  EXPECT_EQ(window.info().rows, 666);
  EXPECT_THAT(firsts(window, 2, 3), ElementsAre("4", "5", "7"));
  EXPECT_THAT(firsts(window, 664, 5), ElementsAre("997", "998"));
}

TEST_F(RowWindowTest, ReadsTablesWhoseColumnIsCalledRowid) {
  make("CREATE TABLE t AS SELECT 'x' || (9 - i) AS \"RowId\", i FROM range(10) r(i)");
  EXPECT_THAT(firsts(open("t"), 7, 2), ElementsAre("\"x2\"", "\"x1\""));
  EXPECT_THAT(firsts(open("t", SortOrder{"RowId"}), 0, 2), ElementsAre("\"x0\"", "\"x1\""));
}

TEST_F(RowWindowTest, SaysWhatIsNotThere) {
  make("CREATE TABLE t AS SELECT 1 AS a, 2 AS b");
  const auto no_table = RowWindow::open(database_, {"u"}, {}, job_);
  ASSERT_FALSE(no_table);
  EXPECT_EQ(no_table.error().code, ErrorCode::NotFound);
  const auto no_column = RowWindow::open(database_, {"t"}, SortOrder{"c"}, job_);
  ASSERT_FALSE(no_column);
  EXPECT_EQ(no_column.error().code, ErrorCode::NotFound);
  EXPECT_THAT(no_column.error().message(Language::English), HasSubstr("a, b"));
}

TEST_F(RowWindowTest, StopsWhenTold) {
  make("CREATE TABLE t AS SELECT hash(i) AS v FROM range(1000000) r(i)");
  std::stop_source stop;
  stop.request_stop();
  JobContext job(stop.get_token());
  const auto window = RowWindow::open(database_, {"t"}, SortOrder{"v"}, job);
  ASSERT_FALSE(window);
  EXPECT_EQ(window.error().code, ErrorCode::Cancelled);
  const auto rows = open("t").read(database_, 0, 10, job);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, ErrorCode::Cancelled);
}

TEST_F(RowWindowTest, IsReadBySeveralThreads) {
  make("CREATE TABLE t AS SELECT i FROM range(200000) r(i)");
  const RowWindow window = open("t", SortOrder{"i", Direction::Descending});
  std::vector<std::jthread> threads;
  std::array<bool, 4> right{};
  for (std::size_t n = 0; n < right.size(); ++n)
    threads.emplace_back([&, n] {
      JobContext job;
      const auto begin = static_cast<std::int64_t>(n) * 40000;
      const auto rows = window.read(database_, begin, 50, job);
      right[n] = rows && rows->size() == 50 && rows->at(49).at(0) == Json(199999 - begin - 49);
    });
  threads.clear();
  EXPECT_THAT(right, testing::Each(true));
}

/// Not a promise of milliseconds on any machine: a window must not cost what reading the table costs.
TEST_F(RowWindowTest, AWindowAtTheEndCostsLittleOfWhatTheTableCosts) {
  make("CREATE TABLE t AS SELECT i, hash(i) AS a, 'text ' || i AS b FROM range(2000000) r(i)");
  const RowWindow window = open("t");
  const auto seconds = [](const auto& run) {
    const auto from = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
  };
  const double all = seconds([&] { (void)database_.rows("SELECT sum(i), max(a), max(b) FROM t", job_); });
  double one = all;
  for (int i = 0; i < 5; ++i)
    one = std::min(one, seconds([&] { (void)window.read(database_, 1900000, 200, job_); }));
  RecordProperty("milliseconds", std::to_string(one * 1000));
  EXPECT_LT(one, 0.5 * all);
}

}  // namespace
}  // namespace lodestone::data
