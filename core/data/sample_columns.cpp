// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFewestRows = 20;
constexpr std::size_t kMostClasses = 50;
constexpr std::size_t kMostGroups = 200;
constexpr double kNearlyPerfect = 0.98;
constexpr double kNearlyPerfectArea = 0.995;
constexpr double kNearlyPerfectRank = 0.999;

bool isCode(Nature nature) {
  return nature == Nature::Text || nature == Nature::Other;
}

constexpr std::uint64_t kFingerprintFactor = 0x9E3779B97F4A7C15;

std::string cellSql(const ColumnInfo& column) {
  const std::string name = quoteIdentifier(column.name);
  if (!isCode(natureOf(column.type))) return numberSql(column.type, name);
  return "CASE WHEN " + name + " IS NOT NULL THEN hash(" + name + ") END";
}

/// Ranks from 1, equal values sharing their mean rank; NaN stays.
std::vector<double> ranksOf(std::span<const double> x) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i])) order.push_back(i);
  std::sort(order.begin(), order.end(), [x](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> ranks(x.size(), kNone);
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && x[order[last]] == x[order[first]]) ++last;
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = static_cast<double>(first + last + 1) / 2;
    first = last;
  }
  return ranks;
}

/// Every value as a code from 0 in order; NaN stays.
std::size_t toCodes(std::vector<double>& cells) {
  std::vector<double> values;
  for (const double cell : cells)
    if (!std::isnan(cell)) values.push_back(cell);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (double& cell : cells)
    if (!std::isnan(cell))
      cell = static_cast<double>(std::lower_bound(values.begin(), values.end(), cell) - values.begin());
  return values.size();
}

/// The rows' groups by the column, missing cells being one; 0 groups where there would be too many.
std::size_t groupsOf(const SampleColumn& column, std::vector<std::size_t>& groups) {
  const std::size_t rows = column.cells.size();
  const std::size_t most = std::min(kMostGroups, rows / kFewestRows);
  if (most < 2) return 0;
  std::vector<double> cells = column.cells;
  std::size_t count = column.is_code ? column.codes : toCodes(cells);
  if (count > most) {
    if (column.is_code) return 0;
    const std::vector<double> ranks = ranksOf(column.cells);
    for (std::size_t i = 0; i < rows; ++i)
      cells[i] = std::floor((ranks[i] - 1) * static_cast<double>(most) / static_cast<double>(rows));
    count = most;
  }
  groups.resize(rows);
  for (std::size_t i = 0; i < rows; ++i)
    groups[i] = std::isnan(cells[i]) ? count : static_cast<std::size_t>(cells[i]);
  return count + 1;
}

/// The area under the ROC curve of x as a score for the second class, or of -x (Mann and Whitney 1947).
double areaUnderRoc(std::span<const double> x, const std::vector<double>& classes) {
  const std::vector<double> ranks = ranksOf(x);
  double sum = 0;
  double positives = 0;
  double there = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (std::isnan(ranks[i])) return 0;
    there += 1;
    positives += classes[i];
    sum += ranks[i] * classes[i];
  }
  const double area = (sum - positives * (positives + 1) / 2) / (positives * (there - positives));
  return std::max(area, 1 - area);
}

/// The part of the errors of always telling the most frequent class that telling it group by group avoids,
/// and the accuracy of that.
std::pair<double, double> skillOf(const std::vector<std::size_t>& groups, std::size_t group_count,
                                  const std::vector<double>& classes, std::size_t class_count) {
  std::vector<double> counts(group_count * class_count, 0);
  std::vector<double> totals(class_count, 0);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto label = static_cast<std::size_t>(classes[i]);
    counts[groups[i] * class_count + label] += 1;
    totals[label] += 1;
  }
  double right = 0;
  for (std::size_t g = 0; g < group_count; ++g) {
    const auto first = counts.begin() + static_cast<std::ptrdiff_t>(g * class_count);
    right += *std::max_element(first, first + static_cast<std::ptrdiff_t>(class_count));
  }
  const auto rows = static_cast<double>(groups.size());
  const double base = *std::max_element(totals.begin(), totals.end());
  return {base < rows ? (right - base) / (rows - base) : 0, right / rows};
}

/// Both columns where the target is there.
void keepTargetRows(SampleColumn& column, SampleColumn& target) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < target.cells.size(); ++i) {
    if (std::isnan(target.cells[i])) continue;
    target.cells[kept] = target.cells[i];
    column.cells[kept] = column.cells[i];
    ++kept;
  }
  target.cells.resize(kept);
  column.cells.resize(kept);
}

}  // namespace

Result<std::vector<SampleColumn>> readSample(Session& session, const TableName& table,
                                             std::span<const ColumnState* const> columns, double share,
                                             JobContext& job) {
  std::vector<std::string> cells;
  std::vector<SampleColumn> sample(columns.size());
  std::vector<std::unordered_map<std::uint64_t, double>> codes(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    cells.push_back(cellSql(columns[c]->info));
    sample[c].column = columns[c];
    sample[c].is_code = isCode(columns[c]->nature);
  }
  const auto take = [&](std::span<const VectorView> views, idx_t size) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      for (idx_t row = 0; row < size; ++row) {
        double cell = kNone;
        sample[c].fingerprint *= kFingerprintFactor;
        if (!views[c].valid(row)) {
        } else if (sample[c].is_code) {
          const auto value = views[c].at<std::uint64_t>(row);
          const auto next = static_cast<double>(codes[c].size());
          cell = codes[c].try_emplace(value, next).first->second;
          sample[c].fingerprint += value;
        } else if (std::isfinite(views[c].at<double>(row))) {
          cell = views[c].at<double>(row);
        }
        sample[c].cells.push_back(cell);
      }
  };
  const std::string sql = "SELECT " + join(cells, ", ") + " FROM " + quoted(table) + sampleSql(share);
  if (auto read = eachChunk(session, sql, job, take); !read) return forward(read);
  for (std::size_t c = 0; c < columns.size(); ++c) sample[c].codes = codes[c].size();
  return sample;
}

std::optional<double> pearson(std::span<const double> x, std::span<const double> y) {
  std::size_t count = 0;
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    ++count;
    mean_x += (x[i] - mean_x) / static_cast<double>(count);
    mean_y += (y[i] - mean_y) / static_cast<double>(count);
  }
  if (count < kFewestRows) return std::nullopt;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    const double dx = x[i] - mean_x;
    const double dy = y[i] - mean_y;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const double r = xy / std::sqrt(xx) / std::sqrt(yy);
  return std::isfinite(r) ? std::optional(r) : std::nullopt;
}

std::optional<double> cramersV(const SampleColumn& x, const SampleColumn& y) {
  std::vector<double> counts(x.codes * y.codes, 0);
  std::vector<double> of_x(x.codes, 0);
  std::vector<double> of_y(y.codes, 0);
  double rows = 0;
  for (std::size_t i = 0; i < x.cells.size(); ++i) {
    if (std::isnan(x.cells[i]) || std::isnan(y.cells[i])) continue;
    const auto a = static_cast<std::size_t>(x.cells[i]);
    const auto b = static_cast<std::size_t>(y.cells[i]);
    counts[a * y.codes + b] += 1;
    of_x[a] += 1;
    of_y[b] += 1;
    rows += 1;
  }
  const auto isThere = [](double count) { return count > 0; };
  const auto least = std::min(std::count_if(of_x.begin(), of_x.end(), isThere),
                              std::count_if(of_y.begin(), of_y.end(), isThere));
  if (rows < kFewestRows || least < 2) return std::nullopt;
  double sum = 0;  // chi^2 / n + 1
  for (std::size_t a = 0; a < x.codes; ++a)
    for (std::size_t b = 0; b < y.codes; ++b)
      if (const double n = counts[a * y.codes + b]; n > 0) sum += n * n / (of_x[a] * of_y[b]);
  return std::sqrt(std::max(0.0, sum - 1) / static_cast<double>(least - 1));
}

std::optional<Prediction> tellsTarget(const SampleColumn& column, const SampleColumn& target) {
  SampleColumn x = column;
  SampleColumn y = target;
  keepTargetRows(x, y);
  if (y.cells.size() < 2 * kFewestRows) return std::nullopt;
  using Measure = Prediction::Measure;
  std::vector<double> classes = y.cells;
  const std::size_t class_count = toCodes(classes);
  if (class_count < 2) return std::nullopt;
  if (class_count > kMostClasses) {
    if (y.is_code || x.is_code) return std::nullopt;
    const auto rho = pearson(ranksOf(x.cells), ranksOf(y.cells));
    if (!rho || std::abs(*rho) < kNearlyPerfectRank) return std::nullopt;
    return Prediction{Measure::Correlation, std::abs(*rho)};
  }
  std::vector<std::size_t> groups;
  if (const std::size_t count = groupsOf(x, groups); count > 0) {
    const auto [skill, accuracy] = skillOf(groups, count, classes, class_count);
    if (skill >= kNearlyPerfect) return Prediction{Measure::Accuracy, accuracy};
  }
  if (class_count != 2 || x.is_code) return std::nullopt;
  const double area = areaUnderRoc(x.cells, classes);
  if (!(area >= kNearlyPerfectArea)) return std::nullopt;
  return Prediction{Measure::RocAuc, area};
}

}  // namespace lodestone::data
