// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/metrics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"

namespace lodestone::learn {
namespace {

const std::vector<float> kProbability = {.9F, .8F, .8F, .7F, .6F, .55F, .5F, .4F, .4F, .3F, .2F, .1F};
const std::vector<float> kTarget = {1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0};

// The expected figures are those of scikit-learn 1.2.1 on the same rows.
TEST(Measure, agreesWithScikitLearn) {
  const Metrics m = measure(kProbability, kTarget);
  EXPECT_EQ(m.rows, 12);
  EXPECT_EQ(m.positives, 6);
  EXPECT_NEAR(m.accuracy, 2.0 / 3, 1e-9);
  EXPECT_NEAR(m.precision, 2.0 / 3, 1e-9);
  EXPECT_NEAR(m.recall, 2.0 / 3, 1e-9);
  EXPECT_NEAR(m.f1, 2.0 / 3, 1e-9);
  EXPECT_NEAR(m.roc_auc, 0.7777777777777778, 1e-12);
  EXPECT_NEAR(m.pr_auc, 0.744047619047619, 1e-12);
  EXPECT_NEAR(m.log_loss, 0.5511822669237919, 1e-6);
  EXPECT_NEAR(m.brier, 0.18770833333333334, 1e-6);
}

TEST(Measure, theFourCountsAddUp) {
  const Metrics m = measure(kProbability, kTarget, 0.65);
  EXPECT_EQ(m.true_positives, 3);
  EXPECT_EQ(m.false_positives, 1);
  EXPECT_EQ(m.true_negatives, 5);
  EXPECT_EQ(m.false_negatives, 3);
  EXPECT_EQ(m.threshold, 0.65);
}

TEST(Measure, aucIsOneHalfWithoutInformationAndOneWhenPerfect) {
  EXPECT_EQ(measure({.3F, .3F, .3F}, {1, 0, 1}).roc_auc, 0.5);
  EXPECT_EQ(measure({.9F, .1F, .8F}, {1, 0, 1}).roc_auc, 1);
  EXPECT_EQ(measure({.1F, .9F, .2F}, {1, 0, 1}).roc_auc, 0);
}

TEST(Measure, whatIsUndefinedIsNotANumber) {
  const Metrics none = measure({.3F, .6F}, {0, 0});
  EXPECT_TRUE(std::isnan(none.roc_auc));
  EXPECT_TRUE(std::isnan(none.pr_auc));
  EXPECT_TRUE(std::isnan(none.recall));
  EXPECT_EQ(none.accuracy, 0.5);
  EXPECT_TRUE(std::isnan(measure({}, {}).accuracy));
  EXPECT_TRUE(toJson(none).at("roc_auc").is_null());
}

TEST(Measure, certainAndWrongCostsFiniteMuch) {
  const Metrics m = measure({0, 1}, {1, 0});
  EXPECT_NEAR(m.log_loss, -std::log(1e-7), 1e-6);
}

class Curves : public testing::Test {
 protected:
  Curves() {
    Random random(5);
    for (int i = 0; i < 5000; ++i) {
      probability_.push_back(static_cast<float>(random.uniform()));
      target_.push_back(random.uniform() < probability_.back() ? 1.0F : 0.0F);
    }
  }
  static double areaUnder(const std::vector<CurvePoint>& points) {
    double area = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
      area += (points[i].x - points[i - 1].x) * (points[i].y + points[i - 1].y) / 2;
    return area;
  }
  std::vector<float> probability_, target_;
};

TEST_F(Curves, theRocCurveEnclosesTheAuc) {
  const auto points = rocCurve(probability_, target_);
  EXPECT_LE(points.size(), 200U);
  EXPECT_EQ(points.front().x, 0);
  EXPECT_EQ(points.back().y, 1);
  EXPECT_NEAR(areaUnder(points), measure(probability_, target_).roc_auc, 2e-3);
  EXPECT_EQ(areaUnder(rocCurve(kProbability, kTarget)), measure(kProbability, kTarget).roc_auc);
}

TEST_F(Curves, gainsReachAllPositivesWithAllRows) {
  const auto points = gainsCurve(probability_, target_);
  EXPECT_LE(points.size(), 200U);
  EXPECT_EQ(points.back().x, 1);
  EXPECT_EQ(points.back().y, 1);
  for (const CurvePoint& point : points) EXPECT_GE(point.y + 0.02, point.x);
}

TEST_F(Curves, precisionEndsAtTheShareOfPositives) {
  const auto points = precisionRecallCurve(probability_, target_);
  EXPECT_EQ(points.back().x, 1);
  const Metrics m = measure(probability_, target_);
  EXPECT_NEAR(points.back().y, static_cast<double>(m.positives) / 5000, 1e-9);
}

TEST_F(Curves, probabilitiesThatAreTrueAreCalibrated) {
  const auto bins = calibration(probability_, target_);
  EXPECT_EQ(bins.size(), 10U);
  for (const CalibrationBin& bin : bins) {
    EXPECT_EQ(bin.rows, 500);
    EXPECT_NEAR(bin.predicted, bin.observed, 0.08);
  }
  EXPECT_LT(calibrationError(bins), 0.03);
  std::vector<float> shifted = probability_;
  for (float& p : shifted) p = p * 0.5F;
  EXPECT_GT(calibrationError(calibration(shifted, target_)), 0.2);
}

TEST(Calibration, fewRowsMakeFewBins) {
  EXPECT_EQ(calibration({.2F, .4F, .9F}, {0, 1, 1}).size(), 3U);
}

}  // namespace
}  // namespace lodestone::learn
