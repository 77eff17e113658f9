// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QVariantMap>

namespace lodestone::tables {

/// What a user chose for a column of a table.
struct ColumnLook {
  int width = 0;  ///< by hand; 0: as wide as what is in it
  bool hidden = false;
  bool coloured = false;  ///< by value
  bool operator==(const ColumnLook&) const = default;
};

/// What a user chose for a table: of columns by their names, those that are as they come left out.
struct TableLook {
  int frozen = 1;  ///< columns from the left that do not scroll sideways
  QMap<QString, ColumnLook> columns = {};
  bool operator==(const TableLook&) const = default;
};

/// The looks of many tables, as settings keep them between starts; the tables looked at last come first.
class TableLooks {
 public:
  /// Of a table that none was kept for: as it comes.
  TableLook of(const QString& table) const;
  /// Keeps those of the hundred tables that were changed last.
  void keep(const QString& table, const TableLook& look);
  QVariantMap save() const;
  /// What does not read is left out.
  void restore(const QVariantMap& saved);

 private:
  QMap<QString, TableLook> looks_;
  QStringList order_;  // changed last comes last
};

}  // namespace lodestone::tables
