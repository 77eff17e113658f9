// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <vector>

#include "core/data/import.h"
#include "core/data/profile.h"
#include "ui/tables/list_table.h"

namespace lodestone::pages {

/// What is known of a table's columns and of its import, as rows of lists, in the language in use.
class ProfileRows {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::ProfileRows)
 public:
  static std::vector<tables::ListColumn> columnTitles();
  /// A row for each column; its id is the column's name.
  static std::vector<tables::ListRow> columnRows(const data::TableProfile& profile);
  static std::vector<tables::ListColumn> rejectTitles();
  static std::vector<tables::ListRow> rejectRows(const std::vector<data::Reject>& rejects);
  /// Why a row was rejected: the record says it in English, of which the known sentences are said anew.
  static QString reason(const std::string& recorded);
  /// "Whole number", "Date", ... of a type as DuckDB writes it.
  static QString typeWord(const std::string& type);
  /// With as many decimals as its size needs.
  static QString figure(double value);
  /// The same for a value of the column: without separators where it holds whole numbers, as in its cells.
  static QString figure(double value, const data::ColumnProfile& column);
  static QString bound(const data::ColumnProfile& column, const std::string& text);
};

}  // namespace lodestone::pages
