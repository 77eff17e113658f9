// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/data/database.h"

namespace lodestone::data {

struct TopValue {
  std::string value;  ///< at most 256 characters of it
  std::int64_t count = 0;
};

/// Equal-width bins over [low, high]; counts add up to the cells that are neither missing nor infinite.
struct Histogram {
  double low = 0;  ///< of times: seconds since 1970
  double high = 0;
  std::vector<std::int64_t> counts;
};

/// Characters of the cells that are not missing.
struct TextLengths {
  std::int64_t min = 0;
  double mean = 0;
  std::int64_t max = 0;
};

/// What is known of one column. Always exact: missing, not_finite, min, max, mean, standard deviation,
/// lengths, the histogram, and the count of each top value. In a table of at most a million rows everything
/// is. In a larger one it still is for a column of up to about a million different values; for any other
/// (exact: false)
/// - distinct is an estimate, standard error 0.8 % or less: the different values whose hash falls into one
/// 64th
///   of all hashes, times 64 (distinct sampling: Gibbons, VLDB 2001);
/// - quantiles are those of a random sample of 100,000 rows or more: a standard error of 0.16 % of the rows
/// at
///   the median, less elsewhere;
/// - top and examples come from that sample: a value that fills 0.02 % of the cells is all but surely seen.
struct ColumnProfile {
  std::string name;
  std::string type;
  bool exact = true;
  std::int64_t missing = 0;
  std::int64_t not_finite = 0;  ///< infinite, or no number (NaN): there, and in no figure below but distinct
  std::int64_t distinct = 0;
  std::string min;  ///< as text, ISO for dates, at most 256 characters; empty when all are missing
  std::string max;
  std::optional<double> mean;                ///< numbers only; truth values: the share of true
  std::optional<double> standard_deviation;  ///< numbers only, of the sample (n - 1)
  std::vector<double> quantiles;             ///< numbers only: 5, 25, 50, 75, 95 %, interpolated
  std::vector<TopValue> top;                 ///< the ten most frequent
  std::optional<Histogram> histogram;        ///< numbers and dates
  std::vector<std::string> examples;         ///< up to five different values, from all over the table
  std::optional<TextLengths> lengths;        ///< text only
};

enum class Severity {
  Note,     ///< good to know: a key, an identifier, correlated columns
  Warning,  ///< a model or a count may suffer
  Problem   ///< wrong as it stands, or not to be shown to everybody
};

/// Something about the data that its owner should know, and the cleaning step that mends it.
///
/// kind, of the table: duplicates. Of a column: missing, constant, near_constant, identifier (another value
/// in every row), not_finite, outliers, spaces, mixed_case, missing_marks, mixed_types, yes_no, personal. Of
/// two columns: correlated, leak (other: the target), key (together they are another in every row).
struct Finding {
  std::string kind;
  std::string column;  ///< empty: the table
  Text text;
  std::vector<std::string> args;
  Json step;  ///< as it stands in a recipe, {"step": "drop_columns", "columns": ["x"]}; null when none mends
              ///< it
  Severity severity = Severity::Warning;
  std::string other;  ///< the second column of a pair

  /// "drop_columns"; "" without a step.
  std::string stepId() const;
};

struct TableProfile {
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;
  std::vector<Finding> findings;
};

struct ProfileOptions {
  std::string target;  ///< the column that a model is to predict: columns that give it away are found
};

/// Reads the table once or twice; memory stays bounded whatever the table's size. NotFound names the tables
/// (or the columns, for a target) that there are.
Result<TableProfile> profile(const Database& database, const TableName& table, const ProfileOptions& options,
                             JobContext& job);
Result<TableProfile> profile(const Database& database, const TableName& table, JobContext& job);

}  // namespace lodestone::data
