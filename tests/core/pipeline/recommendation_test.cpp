// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/recommendation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/random.h"

namespace lodestone::pipeline {
namespace {

using Items = std::set<int>;
using History = std::map<int, Items>;  ///< user -> items

struct Act {
  int user;
  int item;
  int day;
};

/// Users of four tastes who mostly stay with the items of theirs.
std::vector<Act> acts() {
  Random random(11);
  std::vector<Act> all;
  for (int n = 0; n < 3000; ++n) {
    const auto user = static_cast<int>(random.below(80));
    const bool stays = random.below(5) > 0;
    const auto taste = stays ? user % 4 : static_cast<int>(random.below(4));
    const auto item = taste * 20 + static_cast<int>(random.below(20) * random.below(20) / 19);
    all.push_back({user, item, n / 10});
  }
  return all;
}

/// The first items for a user, as the header says it, without any SQL.
std::vector<int> expectedList(const History& known, int user, bool cosine, std::size_t count, bool repeat) {
  std::map<int, Items> users;
  for (const auto& [who, items] : known)
    for (const int item : items) users[item].insert(who);
  std::map<int, double> score;
  if (cosine) {
    for (const int mine : known.at(user)) {
      std::vector<std::pair<double, int>> alike;
      for (const auto& [other, theirs] : users) {
        if (other == mine) continue;
        Items both;
        std::set_intersection(users[mine].begin(), users[mine].end(), theirs.begin(), theirs.end(),
                              std::inserter(both, both.begin()));
        if (both.empty()) continue;
        const double cos =
            static_cast<double>(both.size()) /
            std::sqrt(static_cast<double>(users[mine].size()) * static_cast<double>(theirs.size()));
        alike.emplace_back(-std::round(cos * 1e9) / 1e9, other);
      }
      std::sort(alike.begin(), alike.end());
      for (std::size_t i = 0; i < std::min<std::size_t>(5, alike.size()); ++i)
        score[alike[i].second] -= alike[i].first;
    }
  }
  std::vector<int> items;
  for (const auto& [item, who] : users)
    if (repeat || !known.at(user).contains(item)) items.push_back(item);
  std::stable_sort(items.begin(), items.end(), [&](int a, int b) {
    const double x = std::round(score[a] * 1e9);
    const double y = std::round(score[b] * 1e9);
    if (x != y) return x > y;
    return users[a].size() > users[b].size();
  });
  if (items.size() > count) items.resize(count);
  return items;
}

class RecommendationTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = data::Database::openInMemory();
    ASSERT_TRUE(opened.has_value());
    database_.emplace(std::move(*opened));
    std::string values;
    for (const Act& act : acts())
      values += (values.empty() ? "(" : ",(") + std::to_string(act.user) + "," + std::to_string(act.item) +
                ",DATE '2026-01-01' + " + std::to_string(act.day) + ")";
    // Column names that are SQL of their own.
    const auto made =
        database_->execute("CREATE SCHEMA stages; CREATE TABLE acts AS SELECT * FROM (VALUES " + values +
                               R"() t("select", "it""em; DROP TABLE acts", "时间 🙂"))",
                           job_);
    ASSERT_TRUE(made.has_value()) << made.error().message(Language::English);
    spec_.table = {"acts"};
    spec_.user = "select";
    spec_.item = "it\"em; DROP TABLE acts";
    spec_.time = "时间 🙂";
    spec_.neighbours = 5;
  }

  std::optional<data::Database> database_;
  RecommenderSpec spec_;
  JobContext job_;
};

TEST_F(RecommendationTest, ListsAreThoseOfTheDefinition) {
  History known;
  for (const Act& act : acts()) known[act.user].insert(act.item);
  for (const std::string model : {"item_cosine", "popularity"}) {
    spec_.model = model;
    const auto rows = writeRecommendations(*database_, spec_, 7, {"lists", "stages"}, job_);
    ASSERT_TRUE(rows.has_value()) << rows.error().message(Language::English);
    const auto told = database_->rows("SELECT * FROM stages.lists ORDER BY ALL", job_);
    ASSERT_TRUE(told.has_value());
    std::map<int, std::vector<int>> lists;
    for (const auto& row : told->rows) lists[row[0].get<int>()].push_back(row[2].get<int>());
    ASSERT_EQ(lists.size(), known.size());
    for (const auto& [user, list] : lists)
      EXPECT_EQ(list, expectedList(known, user, model == "item_cosine", 7, false)) << model << " " << user;
  }
}

TEST_F(RecommendationTest, FiguresAreThoseOfTheDefinition) {
  std::vector<int> days;
  for (const Act& act : acts()) days.push_back(act.day);
  std::sort(days.begin(), days.end());
  for (const bool repeat : {false, true}) {
    spec_.repeat = repeat;
    const auto figures = measureRecommender(*database_, spec_, HoldOut::Test, job_);
    ASSERT_TRUE(figures.has_value()) << figures.error().message(Language::English);
    // The first of the latest fifth of the rows is where the held-out time begins.
    const int begins = days[static_cast<std::size_t>(std::ceil(0.8 * static_cast<double>(days.size()))) - 1];
    History known;
    History later;
    Items sold;
    for (const Act& act : acts())
      if (act.day < begins) {
        known[act.user].insert(act.item);
        sold.insert(act.item);
      }
    for (const Act& act : acts())
      if (act.day >= begins && sold.contains(act.item) && (repeat || !known[act.user].contains(act.item)))
        later[act.user].insert(act.item);
    double recall = 0;
    double ndcg = 0;
    double baseline = 0;
    for (const auto& [user, wanted] : later) {
      const auto list = expectedList(known, user, true, 10, repeat);
      double hits = 0;
      double gain = 0;
      double ideal = 0;
      for (std::size_t i = 0; i < list.size(); ++i)
        if (wanted.contains(list[i])) {
          hits += 1;
          gain += 1 / std::log2(static_cast<double>(i) + 2);
        }
      for (std::size_t i = 0; i < std::min<std::size_t>(10, wanted.size()); ++i)
        ideal += 1 / std::log2(static_cast<double>(i) + 2);
      recall += hits / static_cast<double>(wanted.size());
      ndcg += gain / ideal;
      const auto popular = expectedList(known, user, false, 10, repeat);
      baseline += static_cast<double>(std::count_if(popular.begin(), popular.end(),
                                                    [&](int item) { return wanted.contains(item); })) /
                  static_cast<double>(wanted.size());
    }
    const auto users = static_cast<double>(later.size());
    EXPECT_EQ(figures->users, static_cast<std::int64_t>(later.size()));
    EXPECT_NEAR(figures->model.recall, recall / users, 1e-9) << repeat;
    EXPECT_NEAR(figures->model.ndcg, ndcg / users, 1e-9) << repeat;
    EXPECT_NEAR(figures->popularity.recall, baseline / users, 1e-9) << repeat;
    EXPECT_GT(figures->model.ndcg, figures->popularity.ndcg);
  }
}

TEST_F(RecommendationTest, ValidationComesBeforeTheHeldOutRows) {
  const auto validation = measureRecommender(*database_, spec_, HoldOut::Validation, job_);
  const auto test = measureRecommender(*database_, spec_, HoldOut::Test, job_);
  ASSERT_TRUE(validation.has_value() && test.has_value());
  EXPECT_LT(validation->from, test->from);
  EXPECT_LT(validation->training_rows, test->training_rows);
}

TEST_F(RecommendationTest, ANumberMayTellTheTime) {
  const auto moments = measureRecommender(*database_, spec_, HoldOut::Test, job_);
  ASSERT_TRUE(
      database_
          ->execute("ALTER TABLE acts ALTER \"时间 🙂\" TYPE BIGINT USING epoch(\"时间 🙂\")::BIGINT",
                    job_)
          .has_value());
  spec_.number_time = true;
  const auto numbers = measureRecommender(*database_, spec_, HoldOut::Test, job_);
  ASSERT_TRUE(moments.has_value() && numbers.has_value());
  EXPECT_EQ(numbers->users, moments->users);
  EXPECT_DOUBLE_EQ(numbers->model.ndcg, moments->model.ndcg);
}

TEST_F(RecommendationTest, TooFewRowsAreAnError) {
  ASSERT_TRUE(database_->execute("DELETE FROM acts WHERE \"select\" > 0", job_).has_value());
  ASSERT_TRUE(database_->execute("UPDATE acts SET \"时间 🙂\" = NULL", job_).has_value());
  const auto figures = measureRecommender(*database_, spec_, HoldOut::Test, job_);
  ASSERT_FALSE(figures.has_value());
  EXPECT_EQ(figures.error().code, ErrorCode::NotEnoughData);
}

}  // namespace
}  // namespace lodestone::pipeline
