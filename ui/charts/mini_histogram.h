// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <cstdint>
#include <vector>

class QPainter;

namespace lodestone::charts {

/// Bars without axes, for a table's header.
void paintMiniHistogram(QPainter& painter, const QRectF& area, const std::vector<std::int64_t>& counts,
                        const QColor& colour);

}  // namespace lodestone::charts
