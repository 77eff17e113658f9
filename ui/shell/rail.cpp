// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::shell {
namespace {

constexpr int kNarrow = 56;
constexpr int kWide = 184;

}  // namespace

Rail::Rail(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  setObjectName("rail");
  setProperty("surface", "panel");
  setAttribute(Qt::WA_StyledBackground);
  layout_->setContentsMargins(theme::kSpace2, theme::kSpace3, theme::kSpace2, theme::kSpace3);
  layout_->setSpacing(theme::kSpace1);
  layout_->addStretch();
  words::say(this, [this] { setAccessibleName(tr("Pages")); });
}

void Rail::addPlace(const QString& id, const QString& icon, Place place) {
  auto* button = new QToolButton(this);
  button->setObjectName("rail_" + id);
  button->setProperty("page", id);
  button->setIcon(theme::icon(icon));
  button->setIconSize({20, 20});
  button->setCheckable(true);
  button->setAutoExclusive(true);
  button->setMinimumHeight(36);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(button, &QToolButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
  if (place == Place::Top)
    layout_->insertWidget(at_top_++, button);
  else
    layout_->addWidget(button);
  buttons_.append(button);
}

void Rail::setTitle(const QString& id, const QString& title, const QString& shortcut) {
  QToolButton* button = find(id);
  if (button == nullptr) return;
  button->setText("  " + title);
  button->setAccessibleName(title);
  button->setToolTip(shortcut.isEmpty() ? title : QString("%1 (%2)").arg(title, shortcut));
}

void Rail::setCurrent(const QString& id) {
  if (QToolButton* button = find(id)) button->setChecked(true);
}

void Rail::setWide(bool wide) {
  wide_ = wide;
  setFixedWidth(wide ? kWide : kNarrow);
  for (QToolButton* button : buttons_)
    button->setToolButtonStyle(wide ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

void Rail::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Down)
    focusNextChild();
  else if (event->key() == Qt::Key_Up)
    focusPreviousChild();
  else
    QWidget::keyPressEvent(event);
}

QToolButton* Rail::find(const QString& id) const {
  for (QToolButton* button : buttons_)
    if (button->property("page").toString() == id) return button;
  return nullptr;
}

}  // namespace lodestone::shell
