// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/interval_mark.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

namespace lodestone::charts {
namespace {

constexpr double kDot = 4.5;
constexpr double kCap = 4;

void paintEnd(QPainter& painter, const IntervalScale& scale, double middle, double value, bool left) {
  const bool beyond = left ? value < scale.low : value > scale.high;
  const double x = std::clamp(scale.at(value), scale.left, scale.right);
  if (!beyond) {
    painter.drawLine(QPointF(x, middle - kCap), QPointF(x, middle + kCap));
    return;
  }
  const double back = left ? kCap : -kCap;
  painter.drawPolyline(QPolygonF({{x + back, middle - kCap}, {x, middle}, {x + back, middle + kCap}}));
}

}  // namespace

double IntervalScale::at(double value) const {
  return high > low ? left + (value - low) / (high - low) * (right - left) : (left + right) / 2;
}

void paintInterval(QPainter& painter, const IntervalScale& scale, double middle, double value, double low,
                   double high, const QColor& colour) {
  if (!std::isfinite(value)) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  if (std::isfinite(low) && std::isfinite(high) && low < high) {
    painter.drawLine(QPointF(std::clamp(scale.at(low), scale.left, scale.right), middle),
                     QPointF(std::clamp(scale.at(high), scale.left, scale.right), middle));
    paintEnd(painter, scale, middle, low, true);
    paintEnd(painter, scale, middle, high, false);
  }
  if (value < scale.low || value > scale.high) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawEllipse(QPointF(scale.at(value), middle), kDot, kDot);
}

}  // namespace lodestone::charts
