// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <vector>

#include "core/data/row_filter.h"
#include "ui/tables/cells.h"

namespace lodestone::tables {

/// Filters in words, and values as people write them in a line, in the language in use.
class FilterWords {
  Q_DECLARE_TR_FUNCTIONS(lodestone::tables::FilterWords)
 public:
  /// "contains", "is one of", ...
  static QString test(data::CellTest test);
  /// Those that make sense for a kind of cells, the usual one first.
  static std::vector<data::CellTest> tests(CellKind kind);
  static int valueCount(data::CellTest test);  ///< 0, 1, 2; -1: any number
  /// city contains “mad”
  static QString condition(const data::Condition& condition);
  /// a, "b, c", d: values with commas stand in double quotes.
  static QString line(const std::vector<std::string>& values);
  static std::vector<std::string> values(const QString& line);
  /// A number as the language writes it ("1,234.5") as it is stored ("1234.5"); any other text as it is.
  static QString stored(const QString& text);
};

}  // namespace lodestone::tables
