// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/drop_overlay.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace lodestone::pages {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void DropOverlay::cover() {
  setGeometry(parentWidget()->rect());
  raise();
  show();
}

void DropOverlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor veil = theme::tokens().window;
  veil.setAlphaF(0.85F);
  painter.fillRect(rect(), veil);
  painter.setPen(QPen(theme::tokens().accent, 2, Qt::DashLine));
  const int margin = theme::kSpace4;
  painter.drawRoundedRect(rect().adjusted(margin, margin, -margin, -margin), theme::kRadius, theme::kRadius);
  painter.setPen(theme::tokens().text);
  painter.setFont(theme::font(theme::Role::Section));
  painter.drawText(rect(), Qt::AlignCenter, tr("Drop the files to import them"));
}

}  // namespace lodestone::pages
