// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

// What the tables of the window have in common.
namespace lodestone::tables {

/// Fixed rows without a header at the left, no grid, Tab leaves the table.
void setUpView(QTableView& view, int row_height);

/// Shows the text of a cell that is cut off as its tooltip; true when the event is dealt with.
bool showCutText(const QTableView& view, QEvent* event);

/// A cell for tab-separated text: without tabs and line ends.
QString onOneLine(QString text);

/// Paints cells with the same room at their sides as the header has.
class CellDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Paints shape, colour and word of a state; the role's value is a widgets::State, -1 for none.
class StateDelegate : public CellDelegate {
  Q_OBJECT
 public:
  StateDelegate(int state_role, QObject* parent);
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  int state_role_;
};

}  // namespace lodestone::tables
