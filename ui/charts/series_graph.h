// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/legend.h"
#include "ui/charts/qcustomplot_wrapper.h"

namespace lodestone::charts {

/// A line as QCustomPlot samples it, that stays inside the plot in vector drawings too, with our markers, and
/// with a band down to another one where that is given.
class SeriesGraph : public QCPGraph {
 public:
  using QCPGraph::QCPGraph;
  void setBand(SeriesGraph* lower) { lower_ = lower; }
  /// On each point, as far as there is room for them.
  void setMarker(Marker marker) { marker_ = marker; }

 protected:
  void draw(QCPPainter* painter) override;
  void drawFill(QCPPainter* painter, QVector<QPointF>* lines) const override;
  void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;

 private:
  void drawMarkers(QCPPainter* painter) const;
  SeriesGraph* lower_ = nullptr;
  Marker marker_ = Marker::None;
};

}  // namespace lodestone::charts
