// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/frame_item.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace lodestone::pages {

FrameItem::FrameItem(const QString& title, const QRectF& box) : title_(title), box_(box) {
  setAcceptedMouseButtons(Qt::NoButton);
}

QRectF FrameItem::boundingRect() const {
  return box_.adjusted(-1, -1, 1, 1);
}

void FrameItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  const theme::Tokens& tokens = theme::tokens();
  QColor back = tokens.text2;
  back.setAlphaF(0.06F);
  painter->setBrush(back);
  painter->setPen(QPen(tokens.line, 1.2));
  painter->drawRoundedRect(box_, theme::kRadius, theme::kRadius);
  QFont font = theme::font(theme::Role::Body);
  font.setPixelSize(12);
  painter->setFont(font);
  painter->setPen(tokens.text2);
  painter->drawText(box_.adjusted(8, 6, -8, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, title_);
}

}  // namespace lodestone::pages
