// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <functional>
#include <optional>
#include <vector>

#include "ui/charts/legend.h"
#include "ui/charts/qcustomplot_wrapper.h"

namespace lodestone::charts {

/// What the point nearest to the pointer says.
struct Readout {
  QPointF at;  ///< pixel
  QColor colour;
  QStringList lines;  ///< the first is the name, in bold; may be empty
};

struct View {
  QCPRange x, y;
  bool operator==(const View& other) const { return x == other.x && y == other.y; }
};

/// A plot in our looks: theme colours and fonts, a thin grid, no box; a readout under the pointer; and, where
/// it is offered, zoom by wheel, moving by drag, and a way back.
class PlotCanvas : public QCustomPlot {
 public:
  explicit PlotCanvas(QWidget* parent);
  /// Colours and fonts of the theme, and a replot.
  void colour();
  void offerZoom();
  /// How many letters a label under the plot needs.
  void setLabelLetters(int letters) { label_letters_ = letters; }
  /// The range that shows everything; taken over unless the user looks at a part.
  void setAll(const View& all);
  bool zoomed() const { return view_.has_value(); }
  void forgetZoom();
  /// As many ticks as there is room for.
  void fitTicks(const QSize& size);
  /// Replots with the next turn of the event loop, and not at all while hidden.
  void replotSoon();
  /// What the pointer reads; may be empty.
  std::function<std::optional<Readout>(const QPointF&)> read;
  /// Left and right along the points, up and down between the series, for those without a mouse.
  std::function<std::optional<Readout>(int along, int across)> step;
  /// Runs before each replot that a changed view causes.
  std::function<void()> view_changed;
  void paintInto(QPainter& painter, const QSize& size);
  QRectF inner() const { return axisRect()->rect(); }
  QSize sizeHint() const override { return {480, 280}; }
  QSize minimumSizeHint() const override { return {160, 120}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  View current() const;
  void remember();
  void look(const std::optional<View>& view);
  void zoom(double factor, const QPointF& at);
  void drag(const QPointF& to);
  void undoZoom();
  void setReadout(const std::optional<Readout>& readout);
  void paintReadout(QPainter& painter) const;
  bool scrollsThePage() const;

  bool zoomable_ = false;
  int label_letters_ = 14;
  View all_{QCPRange(0, 1), QCPRange(0, 1)};
  std::optional<View> view_;
  std::vector<std::optional<View>> before_;
  QElapsedTimer last_wheel_;
  std::optional<QPointF> pressed_;
  bool dragging_ = false;
  bool focus_shown_ = false;
  View drag_start_;
  std::optional<Readout> readout_;
};

}  // namespace lodestone::charts
