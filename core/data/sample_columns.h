// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/data/profile_findings.h"

namespace lodestone::data {

/// A column in memory, on the same rows as its neighbours. Numbers and times as they are; every other value
/// as a whole number of its own from 0 (a code); NaN where the cell is missing or infinite.
struct SampleColumn {
  const ColumnState* column = nullptr;
  std::vector<double> cells;
  bool is_code = false;
  std::size_t codes = 0;
  std::uint64_t fingerprint = 0;  ///< of the values of codes in their order: equal columns have the same
};

/// The same rows of each column, about the share of them.
Result<std::vector<SampleColumn>> readSample(Session& session, const TableName& table,
                                             std::span<const ColumnState* const> columns, double share,
                                             JobContext& job);

/// Pearson's coefficient over the rows where both are there; none for fewer than 20 of them or where one does
/// not vary.
std::optional<double> pearson(std::span<const double> x, std::span<const double> y);
/// Cramer's V of two columns of codes, likewise.
std::optional<double> cramersV(const SampleColumn& x, const SampleColumn& y);

/// How a column tells the target, and how well (0 to 1).
struct Prediction {
  enum class Measure { Accuracy, RocAuc, Correlation } measure = Measure::Accuracy;
  double value = 0;
};

/// The prediction when it is all but perfect, which means that the column knows the target:
/// - a target of at most 50 values: the most frequent one in each group of the column (its values, or as many
///   equally large ranges as leave 20 rows each) errs on less than 2 % of what the most frequent one overall
///   errs on; for two values and a column of numbers also an area under the ROC curve of 0.995 or more;
/// - a target of numbers: |Spearman's rho| of 0.999 or more.
/// A column with hardly a value twice tells nothing.
std::optional<Prediction> tellsTarget(const SampleColumn& column, const SampleColumn& target);

}  // namespace lodestone::data
