// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/frame_item.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "ui/pages/pipeline/node_item.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr double kButton = 16;
constexpr double kInset = 6;
constexpr double kTitleHeight = 28;
constexpr double kStack = 5;  ///< the sheets behind a collapsed one

}  // namespace

FrameItem::FrameItem(const QString& id, const QString& title, const QRectF& box, bool collapsed)
    : id_(id),
      title_(title),
      box_(box),
      button_(box.left() + kInset, box.top() + kInset, kButton, kButton),
      collapsed_(collapsed) {
  if (collapsed_) setZValue(2);
  setAcceptedMouseButtons(Qt::NoButton);
  setToolTip(title_);
}

void FrameItem::setSummary(const QString& words, const QColor& colour) {
  if (summary_ == words && summary_colour_ == colour) return;
  summary_ = words;
  summary_colour_ = colour;
  refresh();
}

void FrameItem::setMarked(bool marked) {
  if (marked_ == marked) return;
  marked_ = marked;
  update();
}

void FrameItem::setHovered(bool hovered) {
  if (hovered_ == hovered) return;
  hovered_ = hovered;
  update();
}

bool FrameItem::onTitle(const QPointF& scene_position) const {
  if (!box_.contains(scene_position)) return false;
  return collapsed_ || scene_position.y() < box_.top() + kTitleHeight;
}

void FrameItem::refresh() {
  words_made_ = false;
  update();
}

QRectF FrameItem::boundingRect() const {
  return box_.adjusted(-2, -2 - kStack, 2 + kStack, 2);
}

void FrameItem::makeWords() {
  words_made_ = true;
  font_ = theme::font(theme::Role::Body);
  font_.setPixelSize(12);
  if (collapsed_) font_.setWeight(QFont::DemiBold);
  summary_font_ = theme::font(theme::Role::Caption);
  summary_font_.setPixelSize(11);
  const double room = std::max(box_.width() - 2 * (kInset + kButton + 2), 20.0);
  words_ = QStaticText(QFontMetricsF(font_).elidedText(title_, Qt::ElideRight, room));
  summary_words_ =
      QStaticText(QFontMetricsF(summary_font_).elidedText(summary_, Qt::ElideRight, box_.width() - 12));
  for (QStaticText* text : {&words_, &summary_words_}) text->setTextFormat(Qt::PlainText);
  words_.prepare({}, font_);
  summary_words_.prepare({}, summary_font_);
}

void FrameItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const double detail = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  painter->setRenderHint(QPainter::Antialiasing, detail >= NodeItem::kReadableDetail);
  const theme::Tokens& tokens = theme::tokens();
  QPen border(marked_ ? tokens.accent : hovered_ ? tokens.text2 : tokens.line, marked_ ? 2 : 1.2);
  painter->setPen(border);
  if (collapsed_) {
    painter->setBrush(tokens.surface);
    for (int sheet = 1; sheet >= 0; --sheet)
      painter->drawRoundedRect(box_.translated(sheet * kStack, -sheet * kStack), theme::kRadius,
                               theme::kRadius);
  } else {
    QColor back = tokens.text2;
    back.setAlphaF(0.06F);
    painter->setBrush(back);
    painter->drawRoundedRect(box_, theme::kRadius, theme::kRadius);
  }
  if (detail < NodeItem::kReadableDetail) return;
  if (!words_made_) makeWords();
  painter->setFont(font_);
  painter->setPen(collapsed_ ? tokens.text : tokens.text2);
  const QSizeF size = words_.size();
  const bool two = collapsed_ && !summary_.isEmpty();
  const double top = !collapsed_ ? box_.top() + kInset + (kButton - size.height()) / 2
                                 : box_.center().y() - (two ? size.height() : size.height() / 2);
  painter->drawStaticText(QPointF(box_.center().x() - size.width() / 2, top), words_);
  if (two) {
    painter->setFont(summary_font_);
    painter->setPen(summary_colour_);
    painter->drawStaticText(QPointF(box_.center().x() - summary_words_.size().width() / 2, box_.center().y()),
                            summary_words_);
  }
  paintButton(*painter);
}

/// Minus while it is open, plus while it is not.
void FrameItem::paintButton(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  painter.setPen(QPen(hovered_ ? tokens.accent : tokens.line, 1));
  painter.setBrush(tokens.surface);
  painter.drawRoundedRect(button_, 3, 3);
  painter.setPen(QPen(hovered_ ? tokens.accent : tokens.text2, 1.5, Qt::SolidLine, Qt::RoundCap));
  const QPointF middle = button_.center();
  constexpr double kArm = 4;
  painter.drawLine(middle - QPointF(kArm, 0), middle + QPointF(kArm, 0));
  if (collapsed_) painter.drawLine(middle - QPointF(0, kArm), middle + QPointF(0, kArm));
}

}  // namespace lodestone::pages
