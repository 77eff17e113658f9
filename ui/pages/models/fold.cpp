// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/fold.h"

#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"

namespace lodestone::pages {

Fold::Fold(const QString& object_name, QWidget* content, QWidget* parent)
    : QWidget(parent), heading_(new QToolButton(this)), content_(content) {
  setObjectName(object_name);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace2);
  heading_->setObjectName(object_name + "_heading");
  heading_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  heading_->setAutoRaise(true);
  heading_->setFocusPolicy(Qt::StrongFocus);
  column->addWidget(heading_, 0, Qt::AlignLeft);
  column->addWidget(content_);
  connect(heading_, &QToolButton::clicked, this, [this] { setOpen(!open_); });
  setOpen(false);
}

void Fold::setTitle(const QString& title) {
  heading_->setText(title);
  heading_->setAccessibleName(title);
}

void Fold::setOpen(bool open) {
  open_ = open;
  heading_->setIcon(theme::icon(open ? "chevron-down" : "chevron-right"));
  content_->setVisible(open);
}

}  // namespace lodestone::pages
