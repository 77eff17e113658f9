// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/experiment.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lodestone::campaign {
namespace {

/// Two campaigns with different shares of treated and different base rates; users take part in both. The
/// effect differs between users and is correlated within a user, as in life.
std::vector<Trial> simulate(Random& random, double effect) {
  std::vector<Trial> trials;
  for (std::int32_t user = 0; user < 500; ++user) {
    const double own = 0.2 * (random.uniform() - 0.5);
    for (const std::int32_t campaign : {0, 1}) {
      const bool treated = random.uniform() < (campaign == 0 ? 0.6 : 0.4);
      const double rate = (campaign == 0 ? 0.2 : 0.4) + own + (treated ? effect : 0);
      trials.push_back({user, campaign, treated, random.uniform() < rate});
    }
  }
  return trials;
}

TEST(ExperimentTest, ninetyPercentIntervalsCoverTheTruthAboutNineTimesInTen) {
  constexpr double kEffect = 0.07;
  constexpr int kSimulations = 200;
  int covered = 0;
  JobContext job;
  for (int i = 0; i < kSimulations; ++i) {
    Random random(static_cast<std::uint64_t>(i), "coverage");
    const auto effect = estimateEffect(simulate(random, kEffect), 400, random, job);
    ASSERT_TRUE(effect);
    std::vector<double> differences;
    for (const Rates& rates : effect->resamples) differences.push_back(rates.difference());
    const Interval interval = percentileInterval(differences);
    covered += interval.low <= kEffect && kEffect <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered, kSimulations * 80 / 100);
  EXPECT_LE(covered, kSimulations * 98 / 100);
}

TEST(ExperimentTest, stratifyingByCampaignAvoidsSimpsonsParadox) {
  // No effect in either campaign; the one with the higher base rate treats more.
  std::vector<Trial> trials;
  const auto add = [&](std::int32_t campaign, bool treated, int rows, int converted) {
    for (int i = 0; i < rows; ++i)
      trials.push_back({static_cast<std::int32_t>(trials.size()), campaign, treated, i < converted});
  };
  add(0, true, 90, 45);
  add(0, false, 10, 5);
  add(1, true, 10, 1);
  add(1, false, 90, 9);
  EXPECT_NEAR(quickEstimate(trials).rates.difference(), 0, 1e-12);
  EXPECT_NEAR(quickEstimate(trials).rates.treated, 0.3, 1e-12);
}

TEST(ExperimentTest, severalRowsOfOneUserDoNotPassForIndependentOnes) {
  // The same trials once as 400 users, once as 40 users who always do the same ten times over.
  std::vector<Trial> many;
  std::vector<Trial> few;
  for (std::int32_t i = 0; i < 400; ++i) {
    const std::int32_t group = i / 10;
    const Trial trial{i, 0, group % 2 == 0, group % 3 == 0};
    many.push_back(trial);
    few.push_back(trial);
    few.back().user = group;
  }
  JobContext job;
  const auto width = [&](const std::vector<Trial>& trials) {
    Random random(5);
    std::vector<double> differences;
    const Effect effect = estimateEffect(trials, 500, random, job).value();
    for (const Rates& rates : effect.resamples) differences.push_back(rates.difference());
    const Interval interval = percentileInterval(differences);
    return interval.high - interval.low;
  };
  EXPECT_GT(width(few), 2 * width(many));
}

TEST(ExperimentTest, withoutAHoldoutOnlyTheTreatedRateIsEstimated) {
  const QuickEstimate estimate = quickEstimate({{0, 0, true, true}, {1, 0, true, false}});
  EXPECT_DOUBLE_EQ(estimate.rates.treated, 0.5);
  EXPECT_EQ(estimate.holdout_rows, 0);
}

/// Where almost nobody converts, drawing rows again would find no uncertainty at all.
TEST(ExperimentTest, rareConversionsAreCoveredToo) {
  constexpr double kTreatedRate = 0.03;
  constexpr double kHoldoutRate = 0.01;
  JobContext job;
  int covered = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed, "rare");
    std::vector<Trial> trials;
    for (std::int32_t user = 0; user < 150; ++user) {
      const bool treated = user % 2 == 0;
      trials.push_back({user, 0, treated, random.uniform() < (treated ? kTreatedRate : kHoldoutRate)});
    }
    const Effect effect = estimateEffect(trials, 300, random, job).value();
    EXPECT_TRUE(effect.thin_arms);
    std::vector<double> differences;
    for (const Rates& rates : effect.resamples) differences.push_back(rates.difference());
    const Interval interval = percentileInterval(differences);
    EXPECT_GT(interval.high - interval.low, 0.01);
    covered +=
        interval.low <= kTreatedRate - kHoldoutRate && kTreatedRate - kHoldoutRate <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered, 170);
}

TEST(ExperimentTest, percentilesInterpolate) {
  std::vector<double> values;
  for (int i = 0; i <= 100; ++i) values.push_back(i);
  const Interval interval = percentileInterval(values);
  EXPECT_NEAR(interval.low, 5, 1e-9);
  EXPECT_NEAR(interval.high, 95, 1e-9);
}

TEST(ExperimentTest, aStopIsObeyed) {
  std::stop_source source;
  source.request_stop();
  JobContext job(source.get_token());
  Random random(1);
  const auto effect = estimateEffect({{0, 0, true, true}, {1, 0, false, false}}, 1000, random, job);
  ASSERT_FALSE(effect);
  EXPECT_EQ(effect.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace lodestone::campaign
