// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/hash.h"

namespace lodestone {

/// SplitMix64 as a generator: small, fast, and the same numbers on every machine and compiler.
/// The samplers are our own because those of the standard library differ between its makers.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// A stream of its own for each name, so that a new consumer changes no old one's numbers.
  Random(std::uint64_t seed, std::string_view stream);

  std::uint64_t next() { return splitmix64(state_ += kGoldenGamma); }
  /// Uniform in 0 .. bound - 1, without modulo bias (Lemire 2019). bound > 0.
  std::uint64_t below(std::uint64_t bound);
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// Fisher-Yates.
template <class T>
void shuffle(std::vector<T>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

}  // namespace lodestone
