// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

namespace lodestone::learn {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::int64_t>;

// The expected rows are those of the published rule, worked out by a separate program.
TEST(SplitRows, followsThePublishedRule) {
  EXPECT_EQ(splitRows(20, 0.2, 42).first, (Rows{0, 11, 13, 15}));
  EXPECT_EQ(splitRows(20, 0.2, 43).first, (Rows{2, 4, 8, 18}));
  EXPECT_EQ(splitRows(10, 0.5, 0).first, (Rows{0, 1, 3, 7, 9}));
  const Rows telco = splitRows(7043, 0.2, 42).first;
  EXPECT_EQ(telco.size(), 1409U);
  EXPECT_EQ(Rows(telco.begin(), telco.begin() + 8), (Rows{0, 2, 11, 13, 14, 15, 22, 24}));
  EXPECT_EQ(std::accumulate(telco.begin(), telco.end(), std::int64_t{0}), 4972504);
}

TEST(SplitRows, coversEachRowOnce) {
  for (const double fraction : {0.0, 0.1, 0.333, 0.5, 1.0}) {
    const Split split = splitRows(101, fraction, 7);
    std::set<std::int64_t> all(split.first.begin(), split.first.end());
    all.insert(split.second.begin(), split.second.end());
    EXPECT_EQ(all.size(), 101U);
    EXPECT_EQ(split.first.size() + split.second.size(), 101U);
    EXPECT_TRUE(std::is_sorted(split.first.begin(), split.first.end()));
    EXPECT_TRUE(std::is_sorted(split.second.begin(), split.second.end()));
  }
}

TEST(SplitRows, halvesRoundToTheEvenCount) {
  EXPECT_EQ(splitRows(5, 0.5, 1).first.size(), 2U);
  EXPECT_EQ(splitRows(7, 0.5, 1).first.size(), 4U);
}

TEST(SplitRows, worksWithoutRows) {
  EXPECT_TRUE(splitRows(0, 0.2, 1).first.empty());
  EXPECT_TRUE(splitRows(0, 0.2, 1).second.empty());
}

TEST(SplitGroups, keepsEachGroupOnOneSide) {
  std::vector<std::int32_t> group;
  for (int i = 0; i < 1000; ++i) group.push_back(i * 7 % 90);
  const Split split = splitGroups(group, 0.25, 42);
  std::set<std::int32_t> first, second;
  for (const std::int64_t row : split.first) first.insert(group[static_cast<std::size_t>(row)]);
  for (const std::int64_t row : split.second) second.insert(group[static_cast<std::size_t>(row)]);
  for (const std::int32_t g : first) EXPECT_FALSE(second.contains(g)) << g;
  EXPECT_EQ(split.first.size() + split.second.size(), 1000U);
  EXPECT_GE(split.first.size(), 250U);
  EXPECT_LT(split.first.size(), 262U);  // never a whole group too many
}

TEST(SplitGroups, ofSingleRowsIsTheSplitOfRows) {
  std::vector<std::int32_t> group(50);
  std::iota(group.begin(), group.end(), 0);
  EXPECT_EQ(splitGroups(group, 0.2, 3).first, splitRows(50, 0.2, 3).first);
}

TEST(SplitGroups, doesNotDependOnTheNumbersOfTheGroups) {
  const std::vector<std::int32_t> some = {0, 0, 1, 2, 1, 3, 4, 4, 5, 0};
  const std::vector<std::int32_t> others = {9, 9, 3, 0, 3, 7, 1, 1, 8, 9};
  EXPECT_EQ(splitGroups(some, 0.4, 5).first, splitGroups(others, 0.4, 5).first);
}

TEST(FoldRows, areAsEqualAsCanBe) {
  std::map<int, int> count;
  for (const int fold : foldRows(103, 5, 42)) ++count[fold];
  EXPECT_EQ(count.size(), 5U);
  for (const auto& [fold, rows] : count) EXPECT_TRUE(rows == 20 || rows == 21) << fold << ": " << rows;
}

TEST(FoldGroups, keepEachGroupTogether) {
  const std::vector<std::int32_t> group = {0, 1, 2, 0, 1, 2, 3, 3, 4, 5};
  const std::vector<int> fold = foldGroups(group, 3, 42);
  std::map<std::int32_t, std::set<int>> folds_of;
  for (std::size_t i = 0; i < group.size(); ++i) folds_of[group[i]].insert(fold[i]);
  for (const auto& [g, folds] : folds_of) EXPECT_EQ(folds.size(), 1U) << g;
}

}  // namespace
}  // namespace lodestone::learn
