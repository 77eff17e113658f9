// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/interval_dot.h"

#include <QPainter>

#include "ui/charts/interval_mark.h"
#include "ui/theme/theme.h"

namespace lodestone::charts {

IntervalDot::IntervalDot(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  theme::paintWith(this, [this] { update(); });
}

void IntervalDot::setInterval(std::optional<double> value, double low, double high, double axis_low,
                              double axis_high) {
  value_ = value;
  low_ = low;
  high_ = high;
  axis_low_ = axis_low;
  axis_high_ = axis_high;
  update();
}

QSize IntervalDot::sizeHint() const {
  return {160, 20};
}

void IntervalDot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const IntervalScale scale{axis_low_, axis_high_, 6, width() - 6.0};
  const double middle = height() / 2.0;
  painter.setPen(QPen(theme::tokens().line, 1));
  painter.drawLine(QPointF(0, middle), QPointF(width(), middle));
  if (axis_low_ <= 0 && axis_high_ >= 0) {
    painter.setPen(QPen(theme::tokens().text2, 1));
    painter.drawLine(QPointF(scale.at(0), middle - 6), QPointF(scale.at(0), middle + 6));
  }
  if (value_) paintInterval(painter, scale, middle, *value_, low_, high_, theme::tokens().accent);
}

}  // namespace lodestone::charts
