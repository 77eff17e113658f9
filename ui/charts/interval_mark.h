// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPainter;

namespace lodestone::charts {

/// Values on a piece of the screen.
struct IntervalScale {
  double low = 0, high = 1;
  double left = 0, right = 1;
  double at(double value) const;
};

/// A dot with whiskers. What lies beyond the scale ends in an arrow at its edge.
void paintInterval(QPainter& painter, const IntervalScale& scale, double middle, double value, double low,
                   double high, const QColor& colour);

}  // namespace lodestone::charts
