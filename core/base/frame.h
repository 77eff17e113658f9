// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone {

/// How a column's cells are held in memory.
enum class ColumnKind {
  Number,  ///< numbers, whole or not; truth values as 0/1; missing is NaN
  Time,    ///< seconds since 1970-01-01 (UTC) as numbers; missing is NaN
  Text,    ///< codes into a list of levels; missing is -1
};

/// One column of a table, contiguous in memory.
struct FrameColumn {
  std::string name;
  ColumnKind kind = ColumnKind::Number;
  std::vector<double> numbers;      ///< Number and Time: one a row
  std::vector<std::int32_t> codes;  ///< Text: one a row, index into levels, -1 where missing
  std::vector<std::string> levels;  ///< Text: distinct values in order of first appearance
};

/// Some rows and columns of a table in memory: what data hands to learn. Knows neither of them.
struct Frame {
  std::int64_t rows = 0;
  std::vector<FrameColumn> columns;

  /// Null when there is none of that name.
  const FrameColumn* find(std::string_view name) const;
  bool missing(const FrameColumn& column, std::int64_t row) const;
  /// A cell as text: numbers as formatNumber writes them; empty where missing.
  std::string cell(const FrameColumn& column, std::int64_t row) const;
  /// The given rows, in that order; levels stay as they are.
  Frame take(const std::vector<std::int64_t>& rows) const;
};

}  // namespace lodestone
