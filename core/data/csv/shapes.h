// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv/records.h"

namespace lodestone::data {

/// What the cells of a column look like, as far as it tells them from those of its neighbours.
struct ColumnShape {
  bool numeric = false;                 ///< numbers, in any format
  bool whole = false;                   ///< of them, whole ones
  bool always_quoted = false;           ///< its cells stand in quotes
  bool blank_seen = false;              ///< some cell is blank
  bool filled_seen = false;             ///< some cell is not
  std::set<std::string> patterns = {};  ///< few forms such as "99/99/9999"; empty: any text
  std::string prefix = {};              ///< how every cell begins; empty: in no one way

  /// Would the cell be one of this column?
  bool fits(const CsvCell& cell) const;
  /// Does it tell a cell of its own from others?
  bool telling() const {
    return numeric || always_quoted || !patterns.empty() || !prefix.empty() || !filled_seen;
  }
};

/// The form of a text: digits as 9, letters as a, everything else as it is.
std::string formOf(std::string_view text);

/// The shapes of the columns of a table. Where most records have another width because one column of text
/// holds delimiters without quotes, its place is found from the columns before and behind it, counted from
/// both ends.
std::vector<ColumnShape> learnShapes(const std::vector<const CsvRecord*>& records, std::size_t width);

}  // namespace lodestone::data
