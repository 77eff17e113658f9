// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/threshold_counts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/learn/metrics.h"

namespace lodestone::pipeline {
namespace {

struct Scored {
  std::vector<float> probability;
  std::vector<float> target;
};

/// Scores of few distinct values, so that many rows share one.
Scored someRows(int rows) {
  Random random(11);
  Scored out;
  for (int i = 0; i < rows; ++i) {
    const auto score = static_cast<float>(random.below(40)) / 40.0F;
    out.probability.push_back(score);
    out.target.push_back(static_cast<float>(random.below(40)) / 40.0F < score ? 1.0F : 0.0F);
  }
  return out;
}

TEST(ThresholdCounts, CountsAsAPassOverTheRowsDoes) {
  const Scored rows = someRows(500);
  const ThresholdCounts counts(rows.probability, rows.target);
  EXPECT_EQ(counts.rows(), 500);
  for (const double threshold : {0.0, 0.1, 0.25, 0.5, 0.51, 0.9, 0.975, 1.0}) {
    const auto direct = learn::measure(rows.probability, rows.target, threshold);
    const auto quick = counts.at(threshold);
    EXPECT_EQ(quick.true_positives, direct.true_positives) << threshold;
    EXPECT_EQ(quick.false_positives, direct.false_positives) << threshold;
    EXPECT_EQ(quick.true_negatives, direct.true_negatives) << threshold;
    EXPECT_EQ(quick.false_negatives, direct.false_negatives) << threshold;
    EXPECT_EQ(counts.positives(), direct.positives);
    EXPECT_DOUBLE_EQ(quick.recall(), direct.recall);
  }
}

TEST(ThresholdCounts, TheBestThresholdEarnsMost) {
  const Scored rows = someRows(500);
  const ThresholdCounts counts(rows.probability, rows.target);
  const auto best = counts.best(10, 4);
  EXPECT_EQ(counts.at(best.threshold).contacts(), best.contacts());
  for (int i = 0; i <= 1000; ++i) EXPECT_LE(counts.at(i / 1000.0).profit(10, 4), best.profit(10, 4));
  EXPECT_GT(best.profit(10, 4), 0);
}

TEST(ThresholdCounts, NobodyWhereAContactCostsMoreThanItBrings) {
  const Scored rows = someRows(200);
  const auto best = ThresholdCounts(rows.probability, rows.target).best(1, 2);
  EXPECT_EQ(best.contacts(), 0);
  EXPECT_EQ(best.profit(1, 2), 0);
}

TEST(ThresholdCounts, EverybodyWhereContactsAreFree) {
  const ThresholdCounts counts({0.9F, 0.1F, 0.4F}, {0, 1, 0});
  EXPECT_EQ(counts.best(5, 0).contacts(), 3);
  EXPECT_EQ(counts.best(5, 0).recall(), 1);
}

TEST(ThresholdCounts, EmptyAsWell) {
  const ThresholdCounts counts;
  EXPECT_EQ(counts.at(0.5).contacts(), 0);
  EXPECT_TRUE(std::isnan(counts.at(0.5).precision()));
  EXPECT_EQ(counts.best(1, 1).contacts(), 0);
  EXPECT_EQ(counts.along(1, 11).size(), 11U);
}

}  // namespace
}  // namespace lodestone::pipeline
