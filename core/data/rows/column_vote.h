// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// Counts the kinds of one column's cells and then says what it is stored as.
class ColumnVote {
 public:
  void add(const Cell& cell);
  /// The one kind to which at least 98 % of the cells belong that are there, else text. Whole numbers among
  /// fractions are fractions, dates among timestamps are timestamps, and texts that read as the kind belong
  /// to it where most cells are of it already. A column of texts alone is text, unless every one of them is
  /// an ISO date. declared: what the source calls the column (Missing: nothing). Then texts alone can be its
  /// dates, 0 and 1 its truth values, whole numbers its fractions. Decimals are DOUBLE while that keeps all
  /// of their digits (15), else DECIMAL(38, s), else text.
  ColumnStore decide(CellKind declared = CellKind::Missing) const;
  /// Numbers of more digits than any type of number holds.
  bool tooManyDigits() const;
  /// No cell yet that says anything.
  bool empty() const { return there_ == 0; }

 private:
  void addText(std::string_view text);
  void addDecimal(std::string_view text);
  ColumnStore decideDecimal() const;

  std::int64_t there_ = 0;  ///< without missing ones, blanks and marks of absence
  std::int64_t booleans_ = 0;
  std::int64_t integers_ = 0;
  std::int64_t zeros_and_ones_ = 0;  ///< of these
  std::int64_t long_integers_ = 0;   ///< of these, such as a double does not hold
  std::int64_t reals_ = 0;
  std::int64_t decimals_ = 0;
  int whole_digits_ = 0;        ///< of these, the most before the point
  int scale_ = 0;               ///< the most behind it, without zeros at the end
  int significant_digits_ = 0;  ///< the most from the first to the last that is not 0
  std::int64_t dates_ = 0;
  std::int64_t times_ = 0;
  std::int64_t timestamps_ = 0;
  std::int64_t integer_texts_ = 0;
  std::int64_t real_texts_ = 0;
  std::int64_t boolean_texts_ = 0;
  std::int64_t date_texts_ = 0;
  std::int64_t time_texts_ = 0;
  std::int64_t timestamp_texts_ = 0;
};

}  // namespace lodestone::data
