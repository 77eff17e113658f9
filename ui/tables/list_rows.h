// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/tables/list_table.h"

namespace lodestone::tables {

/// The model behind a ListTable: rows as they came, and the order they are shown in.
class ListTable::Rows : public QAbstractTableModel {
 public:
  enum Roles { StateRole = Qt::UserRole + 1 };
  using QAbstractTableModel::QAbstractTableModel;

  void setColumns(const std::vector<ListColumn>& columns);
  void setRows(const std::vector<ListRow>& rows);
  QString id(int row) const;
  int rowOf(const QString& id) const;  ///< -1: not there
  ListColumn::Kind kind(int column) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  /// -1: as they came.
  void sort(int column, Qt::SortOrder order) override;

 private:
  std::vector<std::size_t> sorted(const std::vector<ListRow>& rows) const;
  const ListCell* cell(const ListRow& row, int column) const;

  std::vector<ListColumn> columns_;
  std::vector<ListRow> rows_;
  std::vector<std::size_t> order_;  // shown row -> rows_
  int sort_column_ = -1;
  Qt::SortOrder sort_order_ = Qt::AscendingOrder;
};

}  // namespace lodestone::tables
