// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/data/database.h"

namespace lodestone::data::steps {

/// One number that a model sees of a column.
struct Feature {
  enum class Kind {
    Scaled,   ///< (x - mean) / deviation, 0 where missing
    Missing,  ///< 1 where missing
    Level,    ///< 1 where the text is this one
  };
  Kind kind = Kind::Scaled;
  std::size_t column = 0;  ///< of the frame
  double mean = 0;
  double deviation = 1;
  std::string level;
  std::int32_t code = -1;  ///< of the level in the frame
};

/// What a model sees of the columns from a certain one on: numbers, dates and truth values scaled by mean and
/// deviation of what is known, a mark where cells are missing, and the most frequent texts of each column: at
/// most 20, each in two rows and half a percent of all at least. At most 'most' features; columns without
/// variation have none.
std::vector<Feature> featuresOf(const Frame& frame, std::size_t first_column, std::size_t most);

/// The features of a row behind a 1, the intercept.
void readRow(const Frame& frame, const std::vector<Feature>& features, std::int64_t row,
             std::vector<double>& out);

/// The weighted sum of the features as SQL over s; weights: intercept first. columns and values: of each
/// column of the frame, its name and the SQL of the number that the frame has of it.
std::string scoreSql(const std::vector<Feature>& features, const std::vector<double>& weights,
                     const std::vector<ColumnInfo>& columns, const std::vector<std::string>& values);

}  // namespace lodestone::data::steps
