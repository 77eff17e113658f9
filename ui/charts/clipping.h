// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <QRectF>
#include <QVector>
#include <vector>

namespace lodestone::charts {

/// The parts of a line that lie inside (Liang and Barsky 1984). For drawings: Qt 6.4 writes no clipping into
/// SVG.
std::vector<QPolygonF> clippedLine(const QVector<QPointF>& line, const QRectF& area);

}  // namespace lodestone::charts
