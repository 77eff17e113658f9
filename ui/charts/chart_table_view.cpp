// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <map>

#include "ui/theme/theme.h"

namespace lodestone::charts {

void ChartTableModel::setTable(ChartTable table) {
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(Qt::AlignVCenter |
                               (index.column() < table_.text_columns ? Qt::AlignLeft : Qt::AlignRight));
  const QStringList& row = table_.rows[static_cast<std::size_t>(index.row())];
  if ((role == Qt::DisplayRole || role == Qt::ToolTipRole) && index.column() < row.size())
    return row[index.column()];
  return {};
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= table_.header.size())
    return QAbstractTableModel::headerData(section, orientation, role);
  if (role == Qt::DisplayRole) return table_.header[section];
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(Qt::AlignVCenter |
                               (section < table_.text_columns ? Qt::AlignLeft : Qt::AlignRight));
  return {};
}

ChartTableView::ChartTableView(QWidget* parent) : QTableView(parent), model_(new ChartTableModel(this)) {
  setModel(model_);
  setObjectName("chartTable");
  setFrameShape(QFrame::NoFrame);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(theme::kTableRowHeight);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setResizeContentsPrecision(100);
  horizontalHeader()->setMinimumSectionSize(64);
}

void ChartTableView::setTable(ChartTable table) {
  const int columns = model_->columnCount();
  const QModelIndex current = currentIndex();
  const auto count = static_cast<int>(table.header.size());
  model_->setTable(std::move(table));
  // Widths stay while rows come, so that nothing jumps.
  if (count != columns) {
    resizeColumnsToContents();
    const int widest = fontMetrics().averageCharWidth() * 44;
    for (int column = 0; column < count; ++column)
      setColumnWidth(column, std::min(columnWidth(column), widest));
  }
  if (current.isValid()) setCurrentIndex(model_->index(current.row(), current.column()));
}

void ChartTableView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copy();
  QTableView::keyPressEvent(event);
}

void ChartTableView::copy() const {
  std::map<std::pair<int, int>, QString> cells;
  for (const QModelIndex& index : selectionModel()->selectedIndexes())
    cells[{index.row(), index.column()}] = index.data().toString();
  QString text;
  int row = -1;
  for (const auto& [place, cell] : cells) {
    if (row >= 0) text += place.first == row ? "\t" : "\n";
    row = place.first;
    text += cell;
  }
  if (!text.isEmpty()) QApplication::clipboard()->setText(text);
}

}  // namespace lodestone::charts
