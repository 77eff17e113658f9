// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/labels.h"

#include "ui/theme/theme.h"

namespace lodestone::pages {

QLabel* wrapped(QLabel* label) {
  label->setWordWrap(true);
  QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  label->setSizePolicy(policy);
  return label;
}

QLabel* strong(QLabel* label) {
  QFont font = label->font();
  font.setWeight(QFont::DemiBold);
  label->setFont(font);
  return label;
}

QLabel* complaining(QLabel* label) {
  label->setFont(theme::font(theme::Role::Caption));
  theme::paintWith(label, [label] {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, theme::tokens().fail);
    label->setPalette(palette);
  });
  return wrapped(label);
}

}  // namespace lodestone::pages
