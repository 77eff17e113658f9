// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/edge_item.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLineF>
#include <QPainter>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr double kArrowLength = 9;
constexpr double kArrowHalfWidth = 4;

QPointF pointOf(const pipeline::LayoutPoint& point) {
  return {point.x, point.y};
}

}  // namespace

EdgeItem::EdgeItem(const pipeline::ChartEdge& edge, const pipeline::EdgeLayout& layout, Way way)
    : start_(words::toQt(edge.start)),
      end_(words::toQt(edge.end)),
      label_(words::toQt(edge.plain)),
      stroke_(edge.stroke),
      head_start_(edge.arrow_start),
      head_end_(edge.arrow_end),
      way_(way) {
  const auto& spline = layout.spline;
  if (spline.size() >= 4) {
    path_.moveTo(pointOf(spline[0]));
    for (std::size_t i = 1; i + 2 < spline.size(); i += 3)
      path_.cubicTo(pointOf(spline[i]), pointOf(spline[i + 1]), pointOf(spline[i + 2]));
    tail_ = pointOf(spline.front());
    after_tail_ = pointOf(spline[3]);
    tip_ = pointOf(spline.back());
    before_tip_ = pointOf(spline[spline.size() - 4]);
  }
  if (layout.label_center) label_middle_ = pointOf(*layout.label_center);
  setAcceptedMouseButtons(Qt::NoButton);
  setZValue(1);
}

void EdgeItem::setRunning(bool running) {
  if (running_ == running) return;
  running_ = running;
  update();
}

void EdgeItem::setPhase(double phase) {
  phase_ = phase;
  update();
}

QRectF EdgeItem::boundingRect() const {
  QRectF all = path_.boundingRect().adjusted(-40, -14, 40, 14);
  if (label_middle_) all = all.united(QRectF(*label_middle_ - QPointF(130, 30), QSizeF(260, 60)));
  return all;
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  if (path_.isEmpty() || stroke_ == pipeline::Stroke::Invisible) return;
  painter->setRenderHint(QPainter::Antialiasing);
  const theme::Tokens& tokens = theme::tokens();
  QPen pen(running_ ? tokens.accent : tokens.text2, stroke_ == pipeline::Stroke::Thick ? 2.8
                                                    : running_                         ? 2
                                                                                       : 1.3);
  pen.setCapStyle(Qt::FlatCap);
  if (running_) {
    pen.setDashPattern({4, 3});
    pen.setDashOffset(-phase_);
  } else if (way_ == Way::Feedback) {
    pen.setDashPattern({5, 4});
  } else if (stroke_ == pipeline::Stroke::Dotted) {
    pen.setDashPattern({2, 2});
  }
  painter->setPen(pen);
  painter->setBrush(Qt::NoBrush);
  painter->drawPath(path_);
  paintHead(*painter, head_end_, tip_, before_tip_);
  paintHead(*painter, head_start_, tail_, after_tail_);
  if (way_ == Way::Feedback && (label_.isEmpty() || !label_middle_))
    paintLabel(*painter, path_.pointAtPercent(0.5),
               QStringLiteral("↻ ") + QCoreApplication::translate("lodestone::pages::EdgeItem", "cycle"),
               true);
  if (!label_.isEmpty() && label_middle_) paintLabel(*painter, *label_middle_, label_, false);
}

void EdgeItem::paintHead(QPainter& painter, pipeline::ArrowHead head, const QPointF& tip,
                         const QPointF& before) const {
  if (head == pipeline::ArrowHead::None) return;
  const QLineF line(before, tip);
  const QPointF d = line.length() < 1e-6 ? QPointF(0, 1) : QPointF(line.dx(), line.dy()) / line.length();
  const auto at = [&](double back, double aside) {
    return QPointF(tip.x() - d.x() * back - d.y() * aside, tip.y() - d.y() * back + d.x() * aside);
  };
  const QColor colour = running_ ? theme::tokens().accent : theme::tokens().text2;
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  if (head == pipeline::ArrowHead::Point) {
    painter.drawPolygon(
        QPolygonF({tip, at(kArrowLength, kArrowHalfWidth), at(kArrowLength, -kArrowHalfWidth)}));
  } else if (head == pipeline::ArrowHead::Circle) {
    painter.drawEllipse(at(kArrowHalfWidth, 0), kArrowHalfWidth, kArrowHalfWidth);
  } else {
    painter.setPen(QPen(colour, 1.6));
    painter.drawLine(at(1, kArrowHalfWidth), at(1 + 2 * kArrowHalfWidth, -kArrowHalfWidth));
    painter.drawLine(at(1, -kArrowHalfWidth), at(1 + 2 * kArrowHalfWidth, kArrowHalfWidth));
  }
}

void EdgeItem::paintLabel(QPainter& painter, const QPointF& middle, const QString& text, bool pill) const {
  const theme::Tokens& tokens = theme::tokens();
  QFont font = theme::font(pill ? theme::Role::Caption : theme::Role::Body);
  font.setPixelSize(pill ? 10 : 12);
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  QRectF place = metrics.boundingRect(QRectF(0, 0, 240, 400), Qt::AlignCenter | Qt::TextWordWrap, text);
  place.setWidth(place.width() + 10);
  place.setHeight(place.height() + 4);
  place.moveCenter(middle);
  painter.setBrush(tokens.window);
  painter.setPen(pill ? QPen(tokens.line, 1) : QPen(Qt::NoPen));
  painter.drawRoundedRect(place, pill ? place.height() / 2 : 3, pill ? place.height() / 2 : 3);
  painter.setPen(tokens.text2);
  painter.drawText(place, Qt::AlignCenter | Qt::TextWordWrap, text);
}

}  // namespace lodestone::pages
