// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/base/hash.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kTopValues = 10;
constexpr std::size_t kExamples = 5;
constexpr std::array kQuantiles{0.05, 0.25, 0.5, 0.75, 0.95};

std::vector<std::pair<double, std::int64_t>> finiteOnes(const ColumnValues& values) {
  std::vector<std::pair<double, std::int64_t>> weighted;
  weighted.reserve(values.values.size());
  for (const Value& value : values.values)
    if (std::isfinite(value.number)) weighted.emplace_back(value.number, value.count);
  return weighted;
}

bool isBefore(const Value& a, const Value& b, Nature nature) {
  const bool numbers = nature == Nature::Number || nature == Nature::Time;
  if (numbers && a.number != b.number && std::isfinite(a.number) && std::isfinite(b.number))
    return a.number < b.number;
  return a.text < b.text;
}

/// A random choice that is the same each time: those whose scattered hash is least.
void tellExamples(const ColumnValues& values, ColumnProfile& profile) {
  using Place = std::pair<std::uint64_t, const Value*>;
  std::vector<Place> places;
  places.reserve(values.values.size());
  for (const Value& value : values.values)
    places.emplace_back(splitmix64(std::hash<std::string_view>{}(value.text)), &value);
  std::vector<Place> least(std::min(kExamples, places.size()));
  const auto isLess = [](const Place& a, const Place& b) {
    return a.first != b.first ? a.first < b.first : a.second->text < b.second->text;
  };
  std::partial_sort_copy(places.begin(), places.end(), least.begin(), least.end(), isLess);
  profile.examples.clear();
  for (const auto& [place, value] : least) profile.examples.push_back(value->text);
}

void tellLengths(const ColumnValues& values, ColumnProfile& profile) {
  if (values.values.empty()) return;
  TextLengths lengths{.min = values.values.front().length, .max = 0};
  double sum = 0;
  for (const Value& value : values.values) {
    lengths.min = std::min(lengths.min, value.length);
    lengths.max = std::max(lengths.max, value.length);
    sum += static_cast<double>(value.length) * static_cast<double>(value.count);
  }
  lengths.mean = sum / static_cast<double>(values.cells);
  profile.lengths = lengths;
}

}  // namespace

WeightedNumbers::WeightedNumbers(const ColumnValues& values) : WeightedNumbers(finiteOnes(values)) {}

WeightedNumbers::WeightedNumbers(std::vector<std::pair<double, std::int64_t>> weighted) {
  std::sort(weighted.begin(), weighted.end());
  numbers_.reserve(weighted.size());
  upto_.reserve(weighted.size());
  std::int64_t sum = 0;
  for (const auto& [number, count] : weighted) {
    sum += count;
    numbers_.push_back(number);
    upto_.push_back(sum);
  }
  if (numbers_.empty()) return;
  // About the middle, so that numbers far from zero lose no digits.
  const double middle = quantile(0.5);
  double offset = 0;
  for (const auto& [number, count] : weighted)
    offset += (number - middle) / static_cast<double>(sum) * static_cast<double>(count);
  mean_ = middle + offset;
}

std::optional<double> WeightedNumbers::standardDeviation() const {
  if (count() < 2) return std::nullopt;
  double sum = 0;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    const double away = numbers_[i] - mean_;
    sum += away * away * static_cast<double>(upto_[i] - before);
    before = upto_[i];
  }
  return std::sqrt(sum / static_cast<double>(count() - 1));
}

double WeightedNumbers::quantile(double share) const {
  const double place = share * static_cast<double>(count() - 1);
  const auto at = [this](double rank) {
    const auto found = std::upper_bound(upto_.begin(), upto_.end(), static_cast<std::int64_t>(rank));
    return numbers_[static_cast<std::size_t>(found - upto_.begin())];
  };
  const double below = at(std::floor(place));
  const double above = at(std::ceil(place));
  const double part = place - std::floor(place);
  return below == above ? below : below * (1 - part) + above * part;
}

double WeightedNumbers::medianDeviation() const {
  const double median = quantile(0.5);
  std::vector<std::pair<double, std::int64_t>> deviations;
  deviations.reserve(numbers_.size());
  for (std::size_t i = 0; i < numbers_.size(); ++i)
    deviations.emplace_back(std::abs(numbers_[i] - median), upto_[i] - (i == 0 ? 0 : upto_[i - 1]));
  return WeightedNumbers(std::move(deviations)).quantile(0.5);
}

std::int64_t WeightedNumbers::countOutside(double low, double high) const {
  const auto first = std::lower_bound(numbers_.begin(), numbers_.end(), low) - numbers_.begin();
  const auto last = std::upper_bound(numbers_.begin(), numbers_.end(), high) - numbers_.begin();
  const auto before = [this](std::ptrdiff_t place) {
    return place == 0 ? 0 : upto_[static_cast<std::size_t>(place - 1)];
  };
  return before(first) + count() - before(last);
}

std::vector<std::int64_t> WeightedNumbers::bins(int bins) const {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(bins), 0);
  const double width = high() / bins - low() / bins;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    const double place = width > 0 ? std::floor((numbers_[i] - low()) / width) : 0;
    counts[static_cast<std::size_t>(std::clamp(place, 0.0, bins - 1.0))] += upto_[i] - before;
    before = upto_[i];
  }
  return counts;
}

std::optional<Fences> fencesOf(const WeightedNumbers& numbers) {
  if (numbers.count() == 0) return std::nullopt;
  constexpr double kFarOut = 3;
  constexpr double kRobustZ = 3.5;
  constexpr double kDeviationOfMad = 0.6745;
  const double first = numbers.quantile(0.25);
  const double third = numbers.quantile(0.75);
  const double spread = third - first;
  if (!(spread > 0) || !std::isfinite(spread)) return std::nullopt;
  Fences fences{.low = first - kFarOut * spread, .high = third + kFarOut * spread};
  const double median = numbers.quantile(0.5);
  // Where half of the numbers equal the median there is no MAD, and the first rule stands alone.
  const double mad = numbers.medianDeviation();
  const double reach = mad > 0 ? kRobustZ * mad / kDeviationOfMad : kFarOut * spread;
  fences.robust_low = median - reach;
  fences.robust_high = median + reach;
  return fences;
}

int histogramBins(double low, double high) {
  return high > low ? kHistogramBins : 1;
}

std::vector<const Value*> mostFrequent(const ColumnValues& values, Nature nature) {
  std::vector<const Value*> top(std::min(kTopValues, values.values.size()));
  std::vector<const Value*> all;
  all.reserve(values.values.size());
  for (const Value& value : values.values) all.push_back(&value);
  const auto isMore = [nature](const Value* a, const Value* b) {
    return a->count != b->count ? a->count > b->count : isBefore(*a, *b, nature);
  };
  std::partial_sort_copy(all.begin(), all.end(), top.begin(), top.end(), isMore);
  return top;
}

void describe(const ColumnValues& values, Nature nature, ColumnProfile& profile) {
  profile.top.clear();
  for (const Value* value : mostFrequent(values, nature)) profile.top.push_back({value->text, value->count});
  tellExamples(values, profile);
  profile.quantiles.clear();
  if (nature != Nature::Number) return;
  const WeightedNumbers numbers(values);
  if (numbers.count() == 0) return;
  for (const double share : kQuantiles) profile.quantiles.push_back(numbers.quantile(share));
}

void describeWhole(const ColumnValues& values, Nature nature, ColumnProfile& profile) {
  profile.distinct = static_cast<std::int64_t>(values.values.size());
  if (nature == Nature::Text) tellLengths(values, profile);
  if (nature == Nature::Text || nature == Nature::Other) return;
  const WeightedNumbers numbers(values);
  profile.not_finite = values.cells - numbers.count();
  if (numbers.count() == 0) return;
  const auto finite = [](double x) { return std::isfinite(x) ? std::optional(x) : std::nullopt; };
  if (nature != Nature::Time) profile.mean = finite(numbers.mean());
  if (nature == Nature::Number && numbers.standardDeviation())
    profile.standard_deviation = finite(*numbers.standardDeviation());
  if (nature == Nature::Truth) return;
  profile.histogram =
      Histogram{numbers.low(), numbers.high(), numbers.bins(histogramBins(numbers.low(), numbers.high()))};
}

}  // namespace lodestone::data
