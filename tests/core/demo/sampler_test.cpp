// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/sampler.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace lodestone::demo {
namespace {

TEST(Sampler, PortableFunctionsAgreeWithTheLibrary) {
  for (double x = -30; x < 30; x += 0.0371) EXPECT_NEAR(portableExp(x) / std::exp(x), 1, 1e-14);
  for (double x = 1e-9; x < 1e9; x *= 1.37) EXPECT_NEAR(portableLog(x), std::log(x), 1e-13);
}

struct Moments {
  double mean;
  double variance;
};

template <class Draw>
Moments momentsOf(Draw draw) {
  constexpr int kDraws = 200'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  return {mean, squares / kDraws - mean * mean};
}

TEST(Sampler, DrawsHaveTheMomentsOfTheirDistributions) {
  Sampler sampler(7, "test");
  const Moments normal = momentsOf([&] { return sampler.normal(); });
  EXPECT_NEAR(normal.mean, 0, 0.01);
  EXPECT_NEAR(normal.variance, 1, 0.015);
  const Moments exponential = momentsOf([&] { return sampler.exponential(); });
  EXPECT_NEAR(exponential.mean, 1, 0.01);
  EXPECT_NEAR(exponential.variance, 1, 0.03);
  for (const double shape : {0.4, 1.0, 6.0}) {
    const Moments gamma = momentsOf([&] { return sampler.gamma(shape); });
    EXPECT_NEAR(gamma.mean / shape, 1, 0.02) << shape;
    EXPECT_NEAR(gamma.variance / shape, 1, 0.04) << shape;
  }
  const Moments beta = momentsOf([&] { return sampler.beta(1.1, 7); });
  EXPECT_NEAR(beta.mean, 1.1 / 8.1, 0.002);
  EXPECT_NEAR(beta.variance, 1.1 * 7 / (8.1 * 8.1 * 9.1), 0.0005);
}

TEST(Sampler, PoissonCountsHaveTheirMean) {
  Sampler sampler(7, "poisson");
  for (const double mean : {0.0, 0.3, 12.0, 499.0, 1700.0}) {
    constexpr int kDraws = 20'000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
      const auto count = static_cast<double>(sampler.poisson(mean));
      sum += count;
      squares += count * count;
    }
    const double found = sum / kDraws;
    EXPECT_NEAR(found, mean, 4 * std::sqrt(mean / kDraws)) << mean;
    // The variance of a Poisson count is its mean; that of 20,000 draws is told to 1 %, five errors of it
    // here.
    EXPECT_NEAR(squares / kDraws - found * found, mean, 0.06 * mean) << mean;
  }
}

TEST(Sampler, PicksInProportionToWeights) {
  Sampler sampler(7, "pick");
  const std::array<double, 3> weights{1, 0, 3};
  std::array<int, 3> counts{};
  for (int i = 0; i < 40'000; ++i) ++counts[sampler.pick(weights)];
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 30'000, 400);
}

}  // namespace
}  // namespace lodestone::demo
