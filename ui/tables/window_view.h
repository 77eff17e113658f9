// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace lodestone::tables {

/// A table view that tells which rows are in sight, and leaves copying to its owner.
class WindowView : public QTableView {
  Q_OBJECT
 public:
  explicit WindowView(QWidget* parent = nullptr);

 Q_SIGNALS:
  void rowsInSight(int first, int last);  ///< last < first: none
  void copyWanted();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void updateGeometries() override;
  bool viewportEvent(QEvent* event) override;
  int sizeHintForColumn(int column) const override;

 private:
  void tellRows();
};

}  // namespace lodestone::tables
