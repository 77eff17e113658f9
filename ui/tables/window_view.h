// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace lodestone::tables {

class ColumnHeader;

/// A table view that tells which rows are in sight, and leaves copying to its owner. Its first columns can be
/// frozen: they stay at the left while the others scroll beneath them. They are painted by this one view and
/// not by a second one over it, because a view takes 8 bytes for each row of its model.
class WindowView : public QTableView {
  Q_OBJECT
 public:
  explicit WindowView(QWidget* parent = nullptr);
  void setColumnHeader(ColumnHeader* header);
  /// Columns from the left; fewer where they would leave the others less than a third of the room.
  void setFrozenColumns(int columns);
  /// Those that are frozen now, hidden ones among them.
  int frozenColumns() const { return frozen_; }

  QModelIndex indexAt(const QPoint& at) const override;
  QRect visualRect(const QModelIndex& index) const override;
  void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

 Q_SIGNALS:
  void rowsInSight(int first, int last);  ///< last < first: none
  void copyWanted();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
  void scrollContentsBy(int dx, int dy) override;
  void updateGeometries() override;
  bool viewportEvent(QEvent* event) override;
  int sizeHintForColumn(int column) const override;

 private:
  void tellRows();
  void fitFrozen();
  bool overlaid() const;  ///< columns have scrolled beneath the frozen ones
  int frozenWidth() const;
  void paintFrozen(QPainter& painter, const QRect& area) const;
  void paintCell(QPainter& painter, const QRect& cell, const QModelIndex& index) const;
  void updateFrozen();

  ColumnHeader* header_ = nullptr;
  int wanted_ = 0;
  int frozen_ = 0;
  bool by_key_ = false;  // positions are those of the columns as they scroll: see keyPressEvent
};

}  // namespace lodestone::tables
