// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/random.h"

namespace lodestone::demo {

/// exp and log from + - * / alone, which IEEE 754 rounds the same on every machine; those of the C library
/// may differ in the last bit. Accurate to about 1e-15.
double portableExp(double x);
/// x > 0.
double portableLog(double x);
double logistic(double x);

/// Draws from the usual distributions out of one stream. Never draw twice in one expression:
/// the order of evaluation would be the compiler's.
class Sampler {
 public:
  Sampler(std::uint64_t seed, std::string_view stream) : random_(seed, stream) {}

  /// In (0, 1).
  double uniform() { return (static_cast<double>(random_.next() >> 12U) + 0.5) * 0x1.0p-52; }
  bool chance(double probability) { return uniform() < probability; }
  /// Uniform in low .. high, both included.
  std::int64_t between(std::int64_t low, std::int64_t high);
  /// Mean 1.
  double exponential();
  /// Mean 0, variance 1: the polar method (Marsaglia, Bray 1964).
  double normal();
  /// Rate 1: Marsaglia, Tsang 2000. shape > 0.
  double gamma(double shape);
  double beta(double a, double b);
  /// By inversion: one uniform a 500 of the mean. mean >= 0.
  std::int64_t poisson(double mean);
  /// An index with probability in proportion to its weight.
  std::size_t pick(std::span<const double> weights);
  Random& random() { return random_; }

 private:
  Random random_;
};

}  // namespace lodestone::demo
