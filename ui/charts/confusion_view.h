// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

namespace lodestone::charts {

/// One of the four: how many, of how many that happened so, and what it is called.
struct ConfusionCell {
  std::int64_t count = 0;
  std::int64_t of = 0;
  QString term;
};

/// Paints the square: rows are what happened, columns what was predicted; positive first.
class ConfusionView : public QWidget {
 public:
  explicit ConfusionView(QWidget* parent);
  struct Words {
    QString predicted, happened, positive, negative, of_row;  ///< of_row: "%1 of the row"
  };
  void set(const std::array<ConfusionCell, 4>& cells, const Words& words);
  void paint(QPainter& painter, const QSize& size) const;
  QSize sizeHint() const override { return {420, 280}; }
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintCell(QPainter& painter, const QRectF& place, const ConfusionCell& cell) const;
  std::array<ConfusionCell, 4> cells_;
  Words words_;
};

}  // namespace lodestone::charts
