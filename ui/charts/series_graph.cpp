// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/series_graph.h"

#include <QPainterPath>
#include <cmath>

#include "ui/charts/clipping.h"

namespace lodestone::charts {
namespace {

constexpr double kMarkerRadius = 3.5;
/// More would be a smear.
constexpr int kMostMarkers = 400;

}  // namespace

void SeriesGraph::draw(QCPPainter* painter) {
  QCPGraph::draw(painter);
  if (marker_ != Marker::None) drawMarkers(painter);
}

void SeriesGraph::drawFill(QCPPainter* painter, QVector<QPointF>* lines) const {
  if (lower_ == nullptr) return;
  QVector<QPointF> below;
  lower_->getLines(&below, QCPDataRange(0, lower_->dataCount()));
  QPolygonF band;
  const auto add = [&band](const QPointF& point) {
    if (std::isfinite(point.x() + point.y())) band.append(point);
  };
  for (const QPointF& point : *lines) add(point);
  for (auto point = below.crbegin(); point != below.crend(); ++point) add(*point);
  if (band.size() < 3) return;
  if (painter->modes().testFlag(QCPPainter::pmVectorized)) {
    QPainterPath path, area;
    path.addPolygon(band);
    path.closeSubpath();
    area.addRect(clipRect());
    painter->drawPath(path.intersected(area));
  } else {
    painter->drawPolygon(band);
  }
}

void SeriesGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
  if (!painter->modes().testFlag(QCPPainter::pmVectorized)) return QCPGraph::drawLinePlot(painter, lines);
  if (painter->pen().style() == Qt::NoPen) return;
  applyDefaultAntialiasingHint(painter);
  for (const QPolygonF& part : clippedLine(lines, clipRect())) painter->drawPolyline(part);
}

void SeriesGraph::drawMarkers(QCPPainter* painter) const {
  QCPGraphDataContainer::const_iterator begin, end;
  getVisibleDataBounds(begin, end, QCPDataRange(0, dataCount()));
  if (end - begin > kMostMarkers) return;
  applyScattersAntialiasingHint(painter);
  painter->setPen(Qt::NoPen);
  painter->setBrush(mPen.color());
  const QRectF area = QRectF(clipRect()).adjusted(-1, -1, 1, 1);
  for (auto point = begin; point != end; ++point) {
    if (!std::isfinite(point->value)) continue;
    const QPointF at = coordsToPixels(point->key, point->value);
    if (area.contains(at)) paintMarker(*painter, marker_, at, kMarkerRadius);
  }
}

}  // namespace lodestone::charts
