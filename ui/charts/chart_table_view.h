// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTableView>

#include "ui/charts/chart.h"

namespace lodestone::charts {

/// The cells of a chart's table; figures stand at the right.
class ChartTableModel : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setTable(ChartTable table);
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  ChartTable table_;
};

/// Shows it; Copy takes the selected cells as tab-separated text.
class ChartTableView : public QTableView {
 public:
  explicit ChartTableView(QWidget* parent);
  void setTable(ChartTable table);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void copy() const;
  ChartTableModel* model_;
};

}  // namespace lodestone::charts
