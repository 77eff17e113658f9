// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::data {

enum class CellType { Text, Boolean, Integer, Real, Date, Timestamp };

/// "VARCHAR", "BOOLEAN", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP".
std::string_view sqlTypeName(CellType type);

/// A column's type; format: strptime's, empty where the cells are ISO (2026-03-01, 2026/3/1, 2026-03-01
/// 09:30:00).
struct ColumnType {
  CellType type = CellType::Text;
  std::string format;
  bool verified = false;  ///< every cell of the file was looked at and fits: nothing need be checked any more
};

/// How the usual marks of absence are written (NA, n/a, null, -, ?); blanks are missing everywhere.
const std::vector<std::string>& missingMarks();
/// A cell that counts as missing in a typed column.
bool isMissing(std::string_view cell);
/// A whole number of at most 15 digits without a leading zero, or a number with a fraction or exponent.
bool isNumber(std::string_view cell);

/// Counts what the cells of one column could be, and then says what the column is.
class TypeVote {
 public:
  void add(std::string_view cell);
  /// Text unless at most 2 % of the cells that are there do not fit.
  ColumnType decide() const;
  /// Does every cell seen fit the decision as it stands? A text column with blank cells does not.
  bool unanimous() const;
  /// Blank cells longer than the usual ones, as they stand.
  const std::set<std::string>& longBlanks() const { return long_blanks_; }
  /// The marks of absence among the cells.
  const std::set<std::string>& marks() const { return marks_; }
  /// Is the cell of no other kind than text?
  static bool isPlainText(std::string_view cell);

 private:
  static constexpr std::size_t kFormats = 5;
  std::int64_t there_ = 0;
  std::int64_t blanks_ = 0;
  std::set<std::string> long_blanks_;
  std::set<std::string> marks_;
  std::int64_t booleans_ = 0;
  std::int64_t integers_ = 0;
  std::int64_t numbers_ = 0;
  std::int64_t identifiers_ = 0;
  std::int64_t dates_ = 0;
  std::int64_t timestamps_ = 0;            // with or without a time
  std::int64_t by_format_[kFormats][3]{};  // date, hours and minutes, seconds
};

/// The share of cells of a typed column that may fail to read.
inline constexpr double kBadCellsAllowed = 0.02;

}  // namespace lodestone::data
