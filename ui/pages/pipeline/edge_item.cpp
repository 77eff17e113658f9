// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/edge_item.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLineF>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>
#include <QTextOption>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/pages/pipeline/node_item.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr double kArrowLength = 9;
constexpr double kArrowHalfWidth = 4;
constexpr double kHitWidth = 10;
constexpr double kLabelWidth = 240;
constexpr int kFeedbackSeries = 3;
constexpr int kFarSteps = 4;
constexpr double kWidestPiece = 48;  // pixels

QPointF pointOf(const pipeline::LayoutPoint& point) {
  return {point.x, point.y};
}

QPointF bezier(const std::vector<QPointF>& spline, std::size_t from, double t) {
  const double u = 1 - t;
  return u * u * u * spline[from] + 3 * u * u * t * spline[from + 1] + 3 * u * t * t * spline[from + 2] +
         t * t * t * spline[from + 3];
}

using Cubic = std::array<QPointF, 4>;

/// The halves (de Casteljau).
std::pair<Cubic, Cubic> halves(const Cubic& c) {
  const auto between = [](const QPointF& a, const QPointF& b) { return (a + b) / 2; };
  const QPointF ab = between(c[0], c[1]);
  const QPointF bc = between(c[1], c[2]);
  const QPointF cd = between(c[2], c[3]);
  const QPointF abc = between(ab, bc);
  const QPointF bcd = between(bc, cd);
  const QPointF middle = between(abc, bcd);
  return {{c[0], ab, abc, middle}, {middle, bcd, cd, c[3]}};
}

/// Draws what is seen of curves, in pieces that are no wider than that. Qt fills a row of pixels in a time
/// quadratic in those that one stroke covers there, which a long flat line makes felt.
struct PieceDrawing {
  QPainter& painter;
  QPen pen;
  QRectF seen;
  double widest;
  double length = 0;  ///< of what was drawn or left out, for the dashes

  void draw(const Cubic& curve) {
    const auto [left, right] = std::minmax({curve[0].x(), curve[1].x(), curve[2].x(), curve[3].x()});
    const auto [top, bottom] = std::minmax({curve[0].y(), curve[1].y(), curve[2].y(), curve[3].y()});
    const bool hidden =
        right < seen.left() || left > seen.right() || bottom < seen.top() || top > seen.bottom();
    if (!hidden && right - left > widest) {
      const auto [first, second] = halves(curve);
      draw(first);
      draw(second);
      return;
    }
    QPainterPath piece(curve[0]);
    piece.cubicTo(curve[1], curve[2], curve[3]);
    const bool dashed = pen.style() != Qt::SolidLine;
    if (!hidden) {
      QPen own = pen;
      if (dashed) own.setDashOffset(pen.dashOffset() + length / pen.widthF());
      painter.setPen(own);
      painter.drawPath(piece);
    }
    if (dashed) length += piece.length();
  }
};

}  // namespace

EdgeItem::EdgeItem(const pipeline::ChartEdge& edge, const pipeline::EdgeLayout& layout)
    : index_(layout.edge),
      id_(words::toQt(edge.id)),
      start_(words::toQt(edge.start)),
      end_(words::toQt(edge.end)),
      label_(words::toQt(edge.plain)),
      stroke_(edge.stroke),
      head_start_(edge.arrow_start),
      head_end_(edge.arrow_end),
      feedback_(layout.feedback) {
  std::vector<QPointF> spline;
  spline.reserve(layout.spline.size());
  for (const pipeline::LayoutPoint& point : layout.spline) spline.push_back(pointOf(point));
  setRoute(spline);
  if (layout.label_center) label_middle_ = pointOf(*layout.label_center);
  setAcceptedMouseButtons(Qt::NoButton);
  setZValue(1);
}

void EdgeItem::setRoute(const std::vector<QPointF>& spline) {
  prepareGeometryChange();
  path_ = {};
  far_.clear();
  hit_ = {};
  words_made_ = false;
  label_middle_.reset();
  if (spline.size() < 4) return;
  path_.moveTo(spline[0]);
  far_ << spline[0];
  for (std::size_t i = 0; i + 3 < spline.size(); i += 3) {
    path_.cubicTo(spline[i + 1], spline[i + 2], spline[i + 3]);
    for (int step = 1; step <= kFarSteps; ++step)
      far_ << bezier(spline, i, static_cast<double>(step) / kFarSteps);
  }
  tail_ = spline.front();
  after_tail_ = spline[1];
  tip_ = spline.back();
  before_tip_ = spline[spline.size() - 2];
  if (before_tip_ == tip_) before_tip_ = spline[spline.size() - 4];
  if (after_tail_ == tail_) after_tail_ = spline[3];
  update();
}

QPointF EdgeItem::middle() const {
  if (label_middle_) return *label_middle_;
  return path_.isEmpty() ? QPointF() : path_.pointAtPercent(0.5);
}

void EdgeItem::setRunning(bool running) {
  if (running_ == running) return;
  running_ = running;
  update();
}

void EdgeItem::setMarked(bool marked) {
  if (marked_ == marked) return;
  marked_ = marked;
  setZValue(marked ? 1.5 : 1);
  update();
}

void EdgeItem::setHovered(bool hovered) {
  if (hovered_ == hovered) return;
  hovered_ = hovered;
  update();
}

void EdgeItem::setPhase(double phase) {
  phase_ = phase;
  update();
}

void EdgeItem::refresh() {
  words_made_ = false;
  prepareGeometryChange();
  update();
}

QRectF EdgeItem::boundingRect() const {
  QRectF all = far_.boundingRect().adjusted(-40, -14, 40, 14);
  if (label_middle_ || !label_.isEmpty() || feedback_)
    all = all.united(QRectF(middle() - QPointF(130, 40), QSizeF(260, 80)));
  return all;
}

QPainterPath EdgeItem::shape() const {
  if (!words_made_) makeLabel();
  if (hit_.isEmpty() && !path_.isEmpty()) {
    QPainterPathStroker stroker;
    stroker.setWidth(kHitWidth);
    hit_ = stroker.createStroke(path_);
    if (!label_box_.isEmpty()) hit_.addRect(label_box_);
  }
  return hit_;
}

QColor EdgeItem::colour() const {
  const theme::Tokens& tokens = theme::tokens();
  if (running_ || marked_) return tokens.accent;
  if (feedback_) return theme::seriesColor(kFeedbackSeries);
  return hovered_ ? tokens.text : tokens.text2;
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  if (path_.isEmpty() || stroke_ == pipeline::Stroke::Invisible) return;
  const double detail = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  painter->setBrush(Qt::NoBrush);
  if (detail < NodeItem::kReadableDetail) {
    painter->setRenderHint(QPainter::Antialiasing, false);
    QPen line(colour(), marked_ || running_ ? 2 : 0);
    line.setCosmetic(true);
    painter->setPen(line);
    painter->drawPolyline(far_);
    return;
  }
  painter->setRenderHint(QPainter::Antialiasing);
  QPen pen(colour(), stroke_ == pipeline::Stroke::Thick ? 2.8 : running_ || marked_ || hovered_ ? 2 : 1.3);
  pen.setCapStyle(Qt::FlatCap);
  if (running_) {
    pen.setDashPattern({4, 3});
    pen.setDashOffset(-phase_);
  } else if (feedback_) {
    pen.setDashPattern({5, 4});
  } else if (stroke_ == pipeline::Stroke::Dotted) {
    pen.setDashPattern({2, 2});
  }
  paintLine(*painter, pen, detail);
  paintHead(*painter, head_end_, tip_, before_tip_);
  paintHead(*painter, head_start_, tail_, after_tail_);
  paintLabel(*painter);
}

void EdgeItem::paintLine(QPainter& painter, QPen pen, double detail) const {
  if (painter.paintEngine()->type() != QPaintEngine::Raster ||
      far_.boundingRect().width() * detail <= kWidestPiece) {
    painter.setPen(pen);
    painter.drawPath(path_);
    return;
  }
  if (pen.style() == Qt::SolidLine) pen.setCapStyle(Qt::SquareCap);  // without gaps
  const double edge = pen.widthF();
  const QRectF device(0, 0, painter.device()->width(), painter.device()->height());
  const QRectF seen = painter.worldTransform().inverted().mapRect(device).adjusted(-edge, -edge, edge, edge);
  PieceDrawing pieces{painter, pen, seen, kWidestPiece / detail};
  for (int i = 0; i + 3 < path_.elementCount(); i += 3)
    pieces.draw({path_.elementAt(i), path_.elementAt(i + 1), path_.elementAt(i + 2), path_.elementAt(i + 3)});
}

void EdgeItem::paintHead(QPainter& painter, pipeline::ArrowHead head, const QPointF& tip,
                         const QPointF& before) const {
  if (head == pipeline::ArrowHead::None) return;
  const QLineF line(before, tip);
  const QPointF d = line.length() < 1e-6 ? QPointF(0, 1) : QPointF(line.dx(), line.dy()) / line.length();
  const auto at = [&](double back, double aside) {
    return QPointF(tip.x() - d.x() * back - d.y() * aside, tip.y() - d.y() * back + d.x() * aside);
  };
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour());
  if (head == pipeline::ArrowHead::Point) {
    painter.drawPolygon(
        QPolygonF({tip, at(kArrowLength, kArrowHalfWidth), at(kArrowLength, -kArrowHalfWidth)}));
  } else if (head == pipeline::ArrowHead::Circle) {
    painter.drawEllipse(at(kArrowHalfWidth, 0), kArrowHalfWidth, kArrowHalfWidth);
  } else {
    painter.setPen(QPen(colour(), 1.6));
    painter.drawLine(at(1, kArrowHalfWidth), at(1 + 2 * kArrowHalfWidth, -kArrowHalfWidth));
    painter.drawLine(at(1, -kArrowHalfWidth), at(1 + 2 * kArrowHalfWidth, kArrowHalfWidth));
  }
}

/// A feedback edge that has no label says what it is.
void EdgeItem::makeLabel() const {
  words_made_ = true;
  label_box_ = {};
  hit_ = {};
  const bool pill = label_.isEmpty();
  const QString text =
      !pill       ? label_
      : feedback_ ? QStringLiteral("↻ ") + QCoreApplication::translate("lodestone::pages::EdgeItem", "cycle")
                  : QString();
  if (text.isEmpty()) return;
  words_font_ = theme::font(pill ? theme::Role::Caption : theme::Role::Body);
  words_font_.setPixelSize(pill ? 10 : 12);
  QTextOption option(Qt::AlignHCenter);
  option.setWrapMode(QTextOption::WordWrap);
  words_ = QStaticText(text);
  words_.setTextFormat(Qt::PlainText);
  words_.setTextOption(option);
  const QRectF place =
      QFontMetricsF(words_font_)
          .boundingRect(QRectF(0, 0, kLabelWidth, 400), Qt::AlignCenter | Qt::TextWordWrap, text);
  words_.setTextWidth(std::ceil(place.width()) + 2);
  words_.prepare({}, words_font_);
  label_box_ = QRectF(0, 0, place.width() + 10, words_.size().height() + 4);
  label_box_.moveCenter(middle());
}

void EdgeItem::paintLabel(QPainter& painter) {
  if (!words_made_) makeLabel();
  if (label_box_.isEmpty()) return;
  const theme::Tokens& tokens = theme::tokens();
  const bool pill = label_.isEmpty();
  const double radius = pill ? label_box_.height() / 2 : 3;
  painter.setBrush(tokens.window);
  painter.setPen(marked_ ? QPen(tokens.accent, 1.4) : pill ? QPen(colour(), 1) : QPen(Qt::NoPen));
  painter.drawRoundedRect(label_box_, radius, radius);
  painter.setPen(pill || marked_ ? colour() : tokens.text2);
  painter.setFont(words_font_);
  painter.drawStaticText(QPointF(label_box_.center().x() - words_.size().width() / 2, label_box_.top() + 2),
                         words_);
}

}  // namespace lodestone::pages
