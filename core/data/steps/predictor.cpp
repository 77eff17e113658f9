// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/predictor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/text.h"
#include "core/data/steps/step.h"

namespace lodestone::data::steps {

namespace {

constexpr std::size_t kMostLevels = 20;

/// Mean and deviation of what is known; a deviation of 0 says that nothing varies.
void addScaled(const FrameColumn& column, std::size_t index, std::vector<Feature>& features) {
  double sum = 0;
  double known = 0;
  for (const double x : column.numbers)
    if (std::isfinite(x)) {
      sum += x;
      ++known;
    }
  if (known == 0) return;
  const double mean = sum / known;
  double squares = 0;
  for (const double x : column.numbers)
    if (std::isfinite(x)) squares += (x - mean) * (x - mean);
  const double deviation = std::sqrt(squares / known);
  if (deviation > 0 && std::isfinite(deviation))
    features.push_back({Feature::Kind::Scaled, index, mean, deviation, {}, -1});
  if (known < static_cast<double>(column.numbers.size()))
    features.push_back({Feature::Kind::Missing, index, 0, 1, {}, -1});
}

void addLevels(const FrameColumn& column, std::size_t index, std::vector<Feature>& features) {
  std::vector<std::int64_t> counts(column.levels.size(), 0);
  std::int64_t missing = 0;
  for (const std::int32_t code : column.codes)
    ++(code < 0 ? missing : counts[static_cast<std::size_t>(code)]);
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : column.levels[a] < column.levels[b];
  });
  const auto rows = static_cast<std::int64_t>(column.codes.size());
  const std::int64_t least = std::max<std::int64_t>(2, rows / 200);
  for (std::size_t i = 0; i < order.size() && i < kMostLevels; ++i) {
    if (counts[order[i]] < least || counts[order[i]] == rows) break;
    features.push_back(
        {Feature::Kind::Level, index, 0, 1, column.levels[order[i]], static_cast<std::int32_t>(order[i])});
  }
  if (missing > 0 && missing < rows) features.push_back({Feature::Kind::Missing, index, 0, 1, {}, -1});
}

bool isMissingAt(const FrameColumn& column, std::size_t row) {
  return column.kind == ColumnKind::Text ? column.codes[row] < 0 : !std::isfinite(column.numbers[row]);
}

}  // namespace

std::vector<Feature> featuresOf(const Frame& frame, std::size_t first_column, std::size_t most) {
  std::vector<Feature> features;
  for (std::size_t i = first_column; i < frame.columns.size(); ++i) {
    if (frame.columns[i].kind == ColumnKind::Text)
      addLevels(frame.columns[i], i, features);
    else
      addScaled(frame.columns[i], i, features);
  }
  if (features.size() > most) features.resize(most);
  return features;
}

void readRow(const Frame& frame, const std::vector<Feature>& features, std::int64_t row,
             std::vector<double>& out) {
  const auto at = static_cast<std::size_t>(row);
  out.assign(1, 1.0);
  for (const Feature& feature : features) {
    const FrameColumn& column = frame.columns[feature.column];
    const bool missing = isMissingAt(column, at);
    switch (feature.kind) {
      case Feature::Kind::Scaled:
        out.push_back(missing ? 0 : (column.numbers[at] - feature.mean) / feature.deviation);
        break;
      case Feature::Kind::Missing:
        out.push_back(missing ? 1 : 0);
        break;
      case Feature::Kind::Level:
        out.push_back(column.codes[at] == feature.code ? 1 : 0);
        break;
    }
  }
}

std::string scoreSql(const std::vector<Feature>& features, const std::vector<double>& weights,
                     const std::vector<ColumnInfo>& columns, const std::vector<std::string>& values) {
  std::string sql = realLiteral(weights.at(0));
  for (std::size_t i = 0; i < features.size(); ++i) {
    const Feature& feature = features[i];
    const std::string value = cell(columns[feature.column].name);
    const std::string weight = realLiteral(weights.at(i + 1));
    switch (feature.kind) {
      case Feature::Kind::Scaled:
        sql += " + coalesce((" + values[feature.column] + " - " + realLiteral(feature.mean) + ") / " +
               realLiteral(feature.deviation) + " * " + weight + ", 0)";
        break;
      case Feature::Kind::Missing:
        sql += " + CASE WHEN " + value + " IS NULL THEN " + weight + " ELSE 0 END";
        break;
      case Feature::Kind::Level:
        sql +=
            " + CASE WHEN " + value + " = " + quoteLiteral(feature.level) + " THEN " + weight + " ELSE 0 END";
        break;
    }
  }
  return "(" + sql + ")";
}

}  // namespace lodestone::data::steps
