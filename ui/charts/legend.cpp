// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/legend.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace lodestone::charts {
namespace {

/// Long enough for two dashes, or a square where there is no line.
int sampleWidth(const LegendEntry& entry) {
  return entry.pen.style() == Qt::NoPen ? 12 : 28;
}

}  // namespace

Marker markerOf(int index) {
  constexpr Marker kMarkers[] = {Marker::Disc, Marker::Square, Marker::Diamond, Marker::Triangle};
  return kMarkers[index % 4];
}

void paintMarker(QPainter& painter, Marker marker, const QPointF& centre, double radius) {
  const double r = radius;
  switch (marker) {
    case Marker::None:
      return;
    case Marker::Disc:
      painter.drawEllipse(centre, r, r);
      return;
    case Marker::Square:
      painter.drawRect(QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r));
      return;
    case Marker::Diamond:
      painter.drawPolygon(QPolygonF({centre + QPointF(0, -1.3 * r), centre + QPointF(1.3 * r, 0),
                                     centre + QPointF(0, 1.3 * r), centre + QPointF(-1.3 * r, 0)}));
      return;
    case Marker::Triangle:
      painter.drawPolygon(QPolygonF(
          {centre + QPointF(0, -1.2 * r), centre + QPointF(1.2 * r, r), centre + QPointF(-1.2 * r, r)}));
      return;
  }
}

Legend::Legend(QWidget* parent) : QWidget(parent) {
  setObjectName("chartLegend");
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void Legend::setEntries(const std::vector<LegendEntry>& entries) {
  entries_ = entries;
  setVisible(!entries_.empty());
  takeLines();
  update();
}

void Legend::takeLines() {
  setMinimumHeight(heightForWidth(width()));
  updateGeometry();
}

void Legend::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // A layout that is short of height would take the second line, and its entries with it.
  if (minimumHeight() != heightForWidth(width())) takeLines();
}

std::vector<QRect> Legend::arrange(int width) const {
  const QFontMetrics metrics(theme::font(theme::Role::Caption));
  const int height = metrics.height() + theme::kSpace1;
  std::vector<QRect> places;
  int x = 0, y = 0;
  for (const LegendEntry& entry : entries_) {
    const int wanted = sampleWidth(entry) + theme::kSpace1 + metrics.horizontalAdvance(entry.name) + 2;
    if (x > 0 && x + wanted > width) {
      x = 0;
      y += height;
    }
    places.emplace_back(x, y, std::min(wanted, std::max(width, 28)), height);
    x += wanted + theme::kSpace4;
  }
  return places;
}

int Legend::heightForWidth(int width) const {
  const std::vector<QRect> places = arrange(width);
  return places.empty() ? 0 : places.back().bottom() + 1;
}

QSize Legend::sizeHint() const {
  const int width = parentWidget() != nullptr ? std::max(parentWidget()->width(), 200) : 400;
  return {200, heightForWidth(width)};
}

QSize Legend::minimumSizeHint() const {
  return {80,
          entries_.empty() ? 0 : QFontMetrics(theme::font(theme::Role::Caption)).height() + theme::kSpace1};
}

void Legend::paint(QPainter& painter, int width) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(theme::font(theme::Role::Caption));
  const QFontMetrics metrics(painter.font());
  const std::vector<QRect> places = arrange(width);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const QRect& place = places[i];
    const int sample = sampleWidth(entries_[i]);
    const double middle = place.y() + place.height() / 2.0;
    painter.setPen(entries_[i].pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(place.x() + 1, middle), QPointF(place.x() + sample - 1, middle));
    painter.setPen(Qt::NoPen);
    painter.setBrush(entries_[i].pen.color());
    paintMarker(painter, entries_[i].marker, {place.x() + sample / 2.0, middle}, 3.5);
    painter.setPen(theme::tokens().text);
    const QRect words = place.adjusted(sample + theme::kSpace1, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(entries_[i].name, Qt::ElideRight, words.width()));
  }
  painter.restore();
}

void Legend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, width());
}

}  // namespace lodestone::charts
