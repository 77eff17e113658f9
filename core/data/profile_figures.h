// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/data/profile.h"
#include "core/data/profile_values.h"

namespace lodestone::data {

/// The finite numbers among a column's values, in order, each with its count.
class WeightedNumbers {
 public:
  explicit WeightedNumbers(const ColumnValues& values);

  std::int64_t count() const { return upto_.empty() ? 0 : upto_.back(); }
  double low() const { return numbers_.front(); }
  double high() const { return numbers_.back(); }
  double mean() const { return mean_; }
  /// Of a sample (n - 1); none for fewer than two.
  std::optional<double> standardDeviation() const;
  /// Between the two nearest by linear interpolation (type 7 of Hyndman and Fan 1996).
  double quantile(double share) const;
  /// The median distance from the median.
  double medianDeviation() const;
  std::int64_t countOutside(double low, double high) const;
  std::vector<std::int64_t> bins(int bins) const;

 private:
  explicit WeightedNumbers(std::vector<std::pair<double, std::int64_t>> weighted);

  std::vector<double> numbers_;
  std::vector<std::int64_t> upto_;  // how many there are up to and with this one
  double mean_ = 0;
};

/// Beyond these a number is far from the rest, by two rules.
struct Fences {
  double low = 0;  ///< three times the width of the middle half away from it (Tukey 1977: "far out")
  double high = 0;
  double robust_low = 0;  ///< |x - median| * 0.6745 / MAD over 3.5 (Iglewicz and Hoaglin 1993)
  double robust_high = 0;
};

/// None where more than half of the numbers are equal.
std::optional<Fences> fencesOf(const WeightedNumbers& numbers);

inline constexpr int kHistogramBins = 20;
int histogramBins(double low, double high);

/// The ten most frequent values; of equally frequent ones the least.
std::vector<const Value*> mostFrequent(const ColumnValues& values, Nature nature);
/// Quantiles, top values and examples: what a sample of the column tells as well.
void describe(const ColumnValues& values, Nature nature, ColumnProfile& profile);
/// The rest, from all the values of a column.
void describeWhole(const ColumnValues& values, Nature nature, ColumnProfile& profile);

}  // namespace lodestone::data
