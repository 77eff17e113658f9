// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

class QGraphicsView;

namespace lodestone::pages {

class ChartScene;

/// All of the chart in a corner, with what is in sight as a frame: a press or a drag brings the view there.
/// Not to be seen while all of it is in sight.
class ChartMinimap : public QWidget {
  Q_OBJECT
 public:
  ChartMinimap(QGraphicsView* view, ChartScene* scene);

  /// The chart, its states or the colours are others.
  void redraw();
  /// The view has moved; shows or hides it.
  void follow();
  QSize sizeHint() const override;

 Q_SIGNALS:
  /// The view has been moved by hand.
  void dragged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  double scale() const;
  QRectF inSight() const;  ///< of the scene
  void drawChart();
  void moveTo(const QPoint& position);

  QGraphicsView* view_;
  ChartScene* scene_;
  QPixmap chart_;
  bool due_ = true;
};

}  // namespace lodestone::pages
