// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/segments.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/campaign/scored_tables.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr std::int64_t kEnoughForSix = 200;
constexpr double kSmallestSide = 0.1;

constexpr Text kHigh{"High score", "高分"};
constexpr Text kMedium{"Medium score", "中分"};
constexpr Text kLow{"Low score", "低分"};
constexpr Text kEveryone{"Everyone", "全部"};
constexpr Text kHighValue{"{0}, high value", "{0}、高价值"};
constexpr Text kLowValue{"{0}, low value", "{0}、低价值"};
constexpr Text kTop{"Best 10 % by score", "评分最高的 10 %"};
constexpr Text kNext{"Next 20 % by score", "其次的 20 %"};
constexpr Text kThen{"Next 30 % by score", "再次的 30 %"};
constexpr Text kRest{"The other 40 % by score", "其余 40 %"};

std::vector<double> sortedNumbers(const FrameColumn& column) {
  std::vector<double> values;
  for (const double value : column.numbers)
    if (!std::isnan(value)) values.push_back(value);
  std::sort(values.begin(), values.end());
  return values;
}

double share(const std::vector<double>& sorted, double threshold) {
  const auto above = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), threshold);
  return static_cast<double>(above) / static_cast<double>(sorted.size());
}

/// The threshold above which that share of the values lies, as near as ties and rounding allow; it separates.
std::optional<double> cutAbove(const std::vector<double>& sorted, double wanted) {
  const auto at = static_cast<std::size_t>((1 - wanted) * static_cast<double>(sorted.size()));
  const double cut = roundSignificant(sorted[std::min(at, sorted.size() - 1)], 3);
  const auto separates = [&](double x) { return x > sorted.front() && x <= sorted.back(); };
  if (separates(cut)) return cut;
  const auto next = std::upper_bound(sorted.begin(), sorted.end(), std::max(cut, sorted.front()));
  if (next == sorted.end()) return std::nullopt;
  if (const double other = roundSignificant(*next, 3); separates(other)) return other;
  return separates(*next) ? std::optional<double>(*next) : std::nullopt;
}

struct Band {
  Rule rule;
  Json title;
};

std::vector<Band> scoreBands(const std::vector<double>& scores, const std::vector<double>& shares,
                             const std::vector<Text>& titles) {
  std::vector<double> cuts;  // descending
  for (const double wanted : shares)
    if (const auto cut = cutAbove(scores, wanted); cut && (cuts.empty() || *cut < cuts.back()))
      cuts.push_back(*cut);
  if (cuts.empty()) return {{{{kScoreColumn, Comparison::AtLeast, scores.front()}}, both(kEveryone)}};
  std::vector<Band> bands;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    Band band;
    if (i < cuts.size()) band.rule.push_back({kScoreColumn, Comparison::AtLeast, cuts[i]});
    if (i > 0) band.rule.push_back({kScoreColumn, Comparison::Below, cuts[i - 1]});
    // With fewer bands than planned the last is still the last, so that "low" is what is low.
    band.title = both(i == cuts.size() ? titles.back() : titles[i]);
    bands.push_back(std::move(band));
  }
  return bands;
}

std::optional<double> valueCut(const FrameColumn* amount) {
  if (amount == nullptr || amount->kind != ColumnKind::Number) return std::nullopt;
  const std::vector<double> values = sortedNumbers(*amount);
  if (values.empty()) return std::nullopt;
  const auto cut = cutAbove(values, 0.5);
  if (!cut) return std::nullopt;
  const double above = share(values, *cut);
  return above >= kSmallestSide && above <= 1 - kSmallestSide ? cut : std::nullopt;
}

}  // namespace

std::vector<Segment> makeSegments(const Frame& population, const std::string& amount_column) {
  const std::vector<double> scores = sortedNumbers(*population.find(kScoreColumn));
  if (scores.empty()) return {};
  const bool small = population.rows < kEnoughForSix;
  const FrameColumn* amount = amount_column.empty() ? nullptr : population.find(amount_column);
  std::optional<double> cut;
  if (!small) cut = valueCut(amount);
  const std::vector<Band> bands = cut || small
                                      ? scoreBands(scores, {1.0 / 3, 2.0 / 3}, {kHigh, kMedium, kLow})
                                      : scoreBands(scores, {0.1, 0.3, 0.6}, {kTop, kNext, kThen, kRest});
  std::vector<Segment> segments;
  for (const Band& band : bands) {
    if (!cut) {
      segments.push_back({band.rule, band.title});
      continue;
    }
    const std::vector<std::string> en{inLanguage(band.title, Language::English)};
    const std::vector<std::string> zh{inLanguage(band.title, Language::Chinese)};
    const bool any_missing = std::any_of(amount->numbers.begin(), amount->numbers.end(),
                                         [](double value) { return std::isnan(value); });
    Segment high{band.rule, both(kHighValue, en, zh)};
    high.rule.push_back({amount_column, Comparison::AtLeast, *cut});
    Segment low{band.rule, both(kLowValue, en, zh)};
    low.rule.push_back({amount_column, Comparison::Below, *cut, any_missing});
    segments.push_back(std::move(high));
    segments.push_back(std::move(low));
  }
  std::erase_if(segments, [&](const Segment& segment) {
    const auto rows = matchingRows(population, segment.rule);
    return !rows || rows->empty();
  });
  return segments;
}

}  // namespace lodestone::campaign
