// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <functional>
#include <vector>

#include "ui/charts/figures.h"
#include "ui/charts/interval_chart.h"
#include "ui/charts/interval_mark.h"

namespace lodestone::charts {

/// The rows of an interval chart over an axis that stays at the foot while they scroll.
class IntervalView : public QAbstractScrollArea {
 public:
  explicit IntervalView(QWidget* parent);
  void setRows(const std::vector<IntervalRow>& rows, const Axis& axis);
  const std::vector<IntervalRow>& rows() const { return rows_; }
  const Axis& axis() const { return axis_; }
  void select(int row);
  int selected() const { return selected_; }
  /// The theme's fonts have changed.
  void restyle();
  /// With every row in sight.
  int wholeHeight() const;
  void paintWhole(QPainter& painter, const QSize& size) const;
  std::function<void(int row)> pressed;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct Columns {
    int label = 0, text = 0;
    IntervalScale scale;
  };
  Columns columns(int width) const;
  int rowHeight() const;
  int axisHeight() const;
  int rowAt(const QPointF& at) const;
  void hover(int row);
  void press(int row);
  void updateScroll();
  void showSelected();
  void paintRow(QPainter& painter, const Columns& columns, const QRect& place, std::size_t row) const;
  void paintAxis(QPainter& painter, const Columns& columns, const QRect& place) const;
  void paintGrid(QPainter& painter, const Columns& columns, const QRect& place) const;
  Ticks ticksOf(const IntervalScale& scale) const;
  void measure();

  std::vector<IntervalRow> rows_;
  Axis axis_;
  double low_ = 0, high_ = 1;
  int selected_ = -1;
  int hovered_ = -1;
};

}  // namespace lodestone::charts
