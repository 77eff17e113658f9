// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/profile.h"
#include "core/data/profile_figures.h"
#include "core/data/profile_values.h"

namespace lodestone::data {

/// How many numbers of a column lie beyond its fences, counted in all of it.
struct Outliers {
  Fences fences;
  std::int64_t far = 0;
  std::int64_t robust = 0;
};

/// A column on its way through the profile.
struct ColumnState {
  ColumnInfo info;
  Nature nature = Nature::Other;
  ColumnProfile profile;
  double low = 0;  ///< the bounds of numbers and times, NaN where there is none that is finite
  double high = 0;
  std::optional<Outliers> outliers;
  bool unique = false;     ///< nothing missing, another value in every row
  bool is_target = false;  ///< what a model is to predict
};

/// What is conspicuous in one column. values: all of them, or those of a sample (profile.exact is false),
/// whose counts are then scaled up and told as approximate.
std::vector<Finding> findInColumn(const ColumnState& column, const ColumnValues& values, std::int64_t rows);

/// Counts of cells among a column's values, as they are told of the whole column.
class CellCounts {
 public:
  CellCounts(const ColumnState& column, const ColumnValues& values, std::int64_t rows);
  std::string told(double cells) const;
  /// Of all rows.
  std::string share(double cells) const;

 private:
  bool exact_;
  double scale_ = 1;
  std::int64_t rows_;
};

// Steps as they stand in a recipe.
Json dropColumnStep(const std::string& column);

/// "1,234 cells"'s number; of a sample two digits of it behind "≈".
std::string toldCount(double count, bool exact);
/// A number without the noise of binary fractions: "155.14".
std::string toldNumber(double value);
/// "12.3 %" of rows, with enough digits that little is not told as nothing.
std::string toldShare(double count, std::int64_t rows);

}  // namespace lodestone::data
