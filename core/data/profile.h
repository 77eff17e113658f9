// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

struct TopValue {
  std::string value;
  std::int64_t count = 0;
};

/// Equal-width bins over [low, high]; counts add up to the cells that are not missing.
struct Histogram {
  double low = 0;
  double high = 0;
  std::vector<std::int64_t> counts;
};

struct ColumnProfile {
  std::string name;
  std::string type;
  std::int64_t missing = 0;
  std::int64_t distinct = 0;  ///< exact
  std::string min;            ///< as text, ISO for dates; empty when all are missing
  std::string max;
  std::optional<double> mean;                ///< numbers only
  std::optional<double> standard_deviation;  ///< numbers only, of the sample (n - 1)
  std::vector<double> quantiles;             ///< numbers only: 5, 25, 50, 75, 95 %
  std::vector<TopValue> top;                 ///< the ten most frequent
  std::optional<Histogram> histogram;        ///< numbers and dates
};

/// Something about the data that its owner should know, and the cleaning step that mends it ("" when none
/// does).
struct Finding {
  std::string kind;    ///< duplicates, constant, missing, identifier, outliers, mixed_case
  std::string column;  ///< empty: the table
  Text text;
  std::vector<std::string> args;
  std::string step;
};

struct TableProfile {
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;
  std::vector<Finding> findings;
};

Result<TableProfile> profile(const Database& database, const TableName& table, JobContext& job);

}  // namespace lodestone::data
