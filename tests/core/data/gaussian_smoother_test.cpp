// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/gaussian_smoother.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace lodestone::data::steps {
namespace {

/// A slow wave with noise, one cell at each whole place.
SmootherCells wave(std::size_t count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> noise(-1, 1);
  SmootherCells cells;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<double>(i);
    cells.place.push_back(place);
    cells.count.push_back(1);
    cells.sum.push_back(10 * std::sin(place / 3000) + noise(random));
  }
  return cells;
}

/// The definition, over all cells.
double reference(const SmootherCells& cells, double place, double bandwidth) {
  double weights = 0;
  double values = 0;
  for (std::size_t i = 0; i < cells.place.size(); ++i) {
    const double u = (cells.place[i] - place) / bandwidth;
    const double weight = std::exp(-u * u / 2);
    weights += weight * cells.count[i];
    values += weight * cells.sum[i];
  }
  return values / weights;
}

TEST(GaussianSmootherTest, IsTheDefinitionWhereFewCellsReach) {
  const SmootherCells cells = wave(20000);
  GaussianSmoother smoother(cells, 50);
  for (const double place : {0.5, 777.25, 9999.5, 19998.5})
    EXPECT_NEAR(smoother.at(place), reference(cells, place, 50), 1e-9) << place;
}

TEST(GaussianSmootherTest, IsCloseToItWhereMostDo) {
  const SmootherCells cells = wave(20000);
  constexpr double kRange = 22;
  for (const double bandwidth : {1000.0, 10000.0, 1e7}) {
    GaussianSmoother smoother(cells, bandwidth);
    for (const double place : {0.5, 777.25, 9999.5, 19998.5, 25000.0})
      EXPECT_NEAR(smoother.at(place), reference(cells, place, bandwidth), 1e-4 * kRange)
          << place << " with " << bandwidth;
  }
}

TEST(GaussianSmootherTest, ALargeBandwidthCostsNoMoreACell) {
  constexpr std::int64_t kGaps = 500;
  for (const std::size_t count : {20000U, 200000U})
    for (const double bandwidth : {10.0, 1000.0, 100000.0, 1e9}) {
      GaussianSmoother smoother(wave(count), bandwidth);
      for (std::int64_t i = 0; i < kGaps; ++i)
        (void)smoother.at(static_cast<double>(count) / kGaps * static_cast<double>(i) + 0.5);
      EXPECT_LE(smoother.weighed(), kGaps * static_cast<std::int64_t>(GaussianSmoother::kExactCells))
          << count << " cells, bandwidth " << bandwidth;
    }
}

}  // namespace
}  // namespace lodestone::data::steps
