// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_item.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "core/pipeline/chart/label_metrics.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::State;

namespace {

constexpr double kStateHeight = 18;
constexpr double kStateIcon = 13;
constexpr double kFiguresHeight = 15;
constexpr double kRing = 3;
constexpr int kSmallestBold = 11;
constexpr int kSmallestLabel = 9;

/// Sizes in the scene are those that the layout reckoned with; the family is the theme's.
QFont sceneFont(theme::Role role, double pixels, int weight = QFont::Normal) {
  QFont font = theme::font(role);
  font.setPixelSize(static_cast<int>(pixels));
  font.setWeight(static_cast<QFont::Weight>(weight));
  return font;
}

QPen borderOf(State state, bool has_problem) {
  const theme::Tokens& tokens = theme::tokens();
  QPen pen(state == State::Ready ? tokens.text2 : widgets::stateColour(state), 1.4);
  if (state == State::NotConfigured) {
    pen.setColor(has_problem ? tokens.warn : tokens.text2);
    pen.setDashPattern({4, 3});
  } else if (state == State::Queued) {
    pen.setDashPattern({1, 2});
  } else if (state != State::Ready) {
    pen.setWidthF(1.8);
  }
  pen.setJoinStyle(Qt::RoundJoin);
  return pen;
}

}  // namespace

NodeItem::NodeItem(const pipeline::ChartNode& node, const pipeline::LayoutBox& box, Figures figures)
    : id_(words::toQt(node.id)),
      label_(words::toQt(node.plain)),
      mark_(isMark(node.shape)),
      box_(box.x, box.y, box.width, box.height),
      shape_(nodeShape(node.shape, box_)),
      figures_(figures) {
  for (const std::string& line : pipeline::labelLines(node.plain)) lines_ << words::toQt(line);
  setAcceptedMouseButtons(Qt::LeftButton);
  setZValue(2);
}

void NodeItem::setStatus(const NodeStatus& status) {
  status_ = status;
  setToolTip(status.message.isEmpty() ? label_ + "\n" + status.word() : label_ + "\n" + status.message);
  update();
}

void NodeItem::setChosen(bool chosen) {
  chosen_ = chosen;
  setZValue(chosen ? 3 : 2);
  update();
}

QRectF NodeItem::boundingRect() const {
  return box_.adjusted(-2 * kRing, -2 * kRing, 2 * kRing + 60, 2 * kRing + kFiguresHeight);
}

QPainterPath NodeItem::shape() const {
  return shape_.outline;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  paintOutline(*painter);
  if (mark_) return;
  paintWords(*painter);
  paintFigures(*painter);
}

void NodeItem::paintOutline(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  if (chosen_) {
    QColor ring = tokens.accent;
    ring.setAlphaF(0.35F);
    painter.setPen(QPen(ring, 2 * kRing + 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape_.outline);
  }
  QPen border = borderOf(status_.state, !status_.message.isEmpty());
  if (chosen_) border.setColor(tokens.accent);
  painter.setPen(Qt::NoPen);
  painter.setBrush(mark_ ? tokens.text2 : tokens.surface);
  painter.drawPath(shape_.outline);
  if (status_.state == State::Stale || status_.state == State::Failed || status_.state == State::Running) {
    QColor tint = widgets::stateColour(status_.state);
    tint.setAlphaF(status_.state == State::Stale ? 0.30F : 0.08F);
    painter.setBrush(QBrush(tint, status_.state == State::Stale ? Qt::BDiagPattern : Qt::SolidPattern));
    painter.drawPath(shape_.outline);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(border);
  painter.drawPath(shape_.outline);
  if (!shape_.details.isEmpty()) {
    border.setStyle(Qt::SolidLine);
    border.setWidthF(1);
    painter.setPen(border);
    painter.drawPath(shape_.details);
  }
}

void NodeItem::paintWords(QPainter& painter) const {
  const double label_height = pipeline::kLineHeight * static_cast<double>(lines_.size());
  double top = box_.center().y() - (label_height + kStateHeight) / 2;
  painter.setPen(theme::tokens().text);
  painter.setFont(labelFont());
  const QFontMetricsF metrics(painter.font());
  for (const QString& line : lines_) {
    const QRectF place(box_.left() + 4, top, box_.width() - 8, pipeline::kLineHeight);
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine,
                     metrics.elidedText(line, Qt::ElideRight, place.width()));
    top += pipeline::kLineHeight;
  }
  paintState(painter, top);
}

/// The layout reckons with an estimate: where the font at hand is wider, it is smaller, then lighter.
QFont NodeItem::labelFont() const {
  QFont font = sceneFont(theme::Role::Body, pipeline::kFontSize, QFont::DemiBold);
  const auto fits = [&] {
    const QFontMetricsF metrics(font);
    return std::all_of(lines_.begin(), lines_.end(), [&](const QString& line) {
      return metrics.horizontalAdvance(line) <= box_.width() - 8;
    });
  };
  while (!fits() && font.pixelSize() > kSmallestBold) font.setPixelSize(font.pixelSize() - 1);
  if (!fits()) font.setWeight(QFont::Normal);
  while (!fits() && font.pixelSize() > kSmallestLabel) font.setPixelSize(font.pixelSize() - 1);
  return font;
}

void NodeItem::paintState(QPainter& painter, double top) const {
  QColor colour = widgets::stateColour(status_.state);
  if (status_.state == State::NotConfigured && !status_.message.isEmpty()) colour = theme::tokens().warn;
  if (status_.state == State::Ready) colour = theme::tokens().text2;
  painter.setFont(sceneFont(theme::Role::Caption, 11));
  const QFontMetricsF metrics(painter.font());
  const QString word = metrics.elidedText(status_.word(), Qt::ElideRight, box_.width() - kStateIcon - 14);
  const double width = kStateIcon + 4 + metrics.horizontalAdvance(word);
  const double left = box_.center().x() - width / 2;
  const QRectF icon(left, top + (kStateHeight - kStateIcon) / 2, kStateIcon, kStateIcon);
  if (status_.state == State::Running) {
    paintRing(painter, icon);
  } else {
    // As many pixels as the zoom asks for, so that the icon stays sharp.
    const double zoom =
        std::clamp(painter.worldTransform().m11() * painter.device()->devicePixelRatioF(), 1.0, 6.0);
    const QPixmap pixmap =
        theme::pixmap(widgets::stateIcon(status_.state), colour, static_cast<int>(kStateIcon), zoom);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(icon, pixmap, QRectF(pixmap.rect()));
  }
  painter.setPen(colour);
  painter.drawText(QRectF(icon.right() + 4, top, metrics.horizontalAdvance(word) + 2, kStateHeight),
                   Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
}

void NodeItem::paintRing(QPainter& painter, const QRectF& place) const {
  const QRectF ring = place.adjusted(1.5, 1.5, -1.5, -1.5);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme::tokens().line, 2));
  painter.drawEllipse(ring);
  painter.setPen(QPen(widgets::stateColour(State::Running), 2, Qt::SolidLine, Qt::RoundCap));
  painter.drawArc(ring, 90 * 16, -static_cast<int>(std::clamp(status_.fraction, 0.03, 1.0) * 360 * 16));
}

void NodeItem::paintFigures(QPainter& painter) const {
  const QString figures = status_.figures();
  if (figures.isEmpty()) return;
  painter.setFont(sceneFont(theme::Role::Caption, 10));
  const QFontMetricsF metrics(painter.font());
  const bool beside = figures_ == Figures::BesideEdge;
  const double room = beside ? box_.width() / 2 + 50 : box_.width() + 20;
  const QString text = metrics.elidedText(figures, Qt::ElideRight, room);
  const double width = metrics.horizontalAdvance(text) + 4;
  const double left = beside ? box_.center().x() + 6 : box_.center().x() - width / 2;
  const QRectF place(left, box_.bottom() + 3, width, kFiguresHeight - 2);
  QColor back = theme::tokens().window;
  back.setAlphaF(0.85F);
  painter.fillRect(place, back);
  painter.setPen(theme::tokens().text2);
  painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, text);
}

}  // namespace lodestone::pages
