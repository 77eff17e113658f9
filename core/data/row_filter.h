// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

/// What a cell must be. Text is compared without regard to upper and lower case.
enum class CellTest {
  Contains,     ///< one text
  ContainsNot,  ///< one text; missing cells do not contain it
  Equals,       ///< one value
  Differs,      ///< one value; missing cells differ
  OneOf,        ///< at least one value
  AtLeast,      ///< one value
  AtMost,       ///< one value
  Between,      ///< two values, both included
  Missing,      ///< no value
  NotMissing,   ///< no value
  Matches,      ///< one regular expression (RE2), found anywhere in the cell
};

/// Values as text: numbers with a point ("1234.5"), dates and times as in ISO 8601, true and false. Columns
/// of numbers, dates and truth values are compared as such by Equals, Differs, OneOf, AtLeast, AtMost and
/// Between; a date in a column of moments stands for the whole day. Contains and Matches look at the cell's
/// text.
struct Condition {
  std::string column;
  CellTest test = CellTest::Contains;
  std::vector<std::string> values = {};
  bool operator==(const Condition&) const = default;
};

/// Which rows to show: those that meet every condition, and the expression where there is one.
struct RowFilter {
  std::vector<Condition> conditions = {};
  /// An analyst's own SQL over the table's columns, such as price * quantity > 100; see harmlessExpression.
  std::string expression = {};
  bool empty() const { return conditions.empty() && expression.empty(); }
  bool operator==(const RowFilter&) const = default;
};

}  // namespace lodestone::data
