// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/clipping.h"

#include <QLineF>
#include <cmath>
#include <optional>

namespace lodestone::charts {
namespace {

std::optional<QLineF> clippedSegment(const QPointF& from, const QPointF& to, const QRectF& area) {
  const QPointF way = to - from;
  double enter = 0, leave = 1;
  // How far it goes in each direction, and how much room there is.
  const double goes[] = {-way.x(), way.x(), -way.y(), way.y()};
  const double room[] = {from.x() - area.left(), area.right() - from.x(), from.y() - area.top(),
                         area.bottom() - from.y()};
  for (int i = 0; i < 4; ++i) {
    if (goes[i] == 0) {
      if (room[i] < 0) return std::nullopt;
      continue;
    }
    const double at = room[i] / goes[i];
    if (goes[i] < 0) enter = std::max(enter, at);
    if (goes[i] > 0) leave = std::min(leave, at);
    if (enter > leave) return std::nullopt;
  }
  return QLineF(from + enter * way, from + leave * way);
}

}  // namespace

std::vector<QPolygonF> clippedLine(const QVector<QPointF>& line, const QRectF& area) {
  std::vector<QPolygonF> parts;
  QPolygonF part;
  const auto finish = [&] {
    if (part.size() > 1) parts.push_back(part);
    part.clear();
  };
  for (qsizetype i = 1; i < line.size(); ++i) {
    const QPointF &from = line[i - 1], &to = line[i];
    const bool finite = std::isfinite(from.x() + from.y() + to.x() + to.y());
    const std::optional<QLineF> inside = finite ? clippedSegment(from, to, area) : std::nullopt;
    if (!inside) {
      finish();
      continue;
    }
    if (part.isEmpty()) part.append(inside->p1());
    part.append(inside->p2());
    if (inside->p2() != to) finish();
  }
  finish();
  return parts;
}

}  // namespace lodestone::charts
