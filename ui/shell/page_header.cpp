// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_header.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::shell {
namespace {

constexpr int kHeight = 72;

}  // namespace

PageHeader::PageHeader(QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Page, this)),
      line_(theme::label(theme::Role::Caption, this)),
      search_(new QPushButton(this)),
      buttons_(new QHBoxLayout) {
  setObjectName("pageHeader");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(theme::kSpace4, theme::kSpace2, theme::kSpace4, theme::kSpace2);
  // One height for every page and language, so that nothing moves between them.
  setMinimumHeight(kHeight);
  row->setSpacing(theme::kSpace2);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  title_->setObjectName("pageTitle");
  line_->setObjectName("pageLine");
  texts->addStretch();
  texts->addWidget(title_);
  texts->addWidget(line_);
  texts->addStretch();
  // A long line gives way to the buttons.
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  line_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addLayout(texts, 1);
  search_->setObjectName("searchButton");
  search_->setIcon(theme::icon("search"));
  row->addWidget(search_);
  buttons_->setSpacing(theme::kSpace2);
  row->addLayout(buttons_);
  connect(search_, &QPushButton::clicked, this, &PageHeader::searchPressed);
  words::say(this, [this] {
    search_->setText(tr("Search"));
    search_->setToolTip(tr("Find a command, a page, a table, a strategy (Ctrl+K)"));
    search_->setAccessibleName(tr("Find a command, a page, a table, a strategy"));
  });
}

void PageHeader::setTexts(const QString& title, const QString& line) {
  title_->setText(title);
  line_->setText(line);
  line_->setToolTip(line);
}

void PageHeader::setActions(const QList<QAction*>& actions) {
  if (actions == actions_) return;
  actions_ = actions;
  const QWidget* focused = window()->focusWidget();
  int focused_at = -1;  // the primary one, last in the layout, is 0
  for (int i = 0; i < buttons_->count(); ++i)
    if (focused != nullptr && buttons_->itemAt(i)->widget() == focused)
      focused_at = buttons_->count() - 1 - i;
  widgets::clearLayout(buttons_);
  for (qsizetype i = actions.size() - 1; i >= 0; --i) {
    QPushButton* button = buttonFor(actions[i], i == 0 ? Importance::Primary : Importance::Usual, this);
    buttons_->addWidget(button);
    // Else it would go to whatever comes next, and the next key with it.
    if (i == focused_at) button->setFocus(Qt::OtherFocusReason);
  }
}

QPushButton* buttonFor(QAction* action, Importance importance, QWidget* parent) {
  auto* button = new QPushButton(parent);
  if (importance == Importance::Primary) widgets::makePrimary(button);
  button->setObjectName(action->objectName() + "Button");
  const auto follow = [button, action, importance] {
    button->setText(action->text());
    button->setEnabled(action->isEnabled());
    button->setVisible(action->isVisible());
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    QString tip = action->toolTip();
    if (!keys.isEmpty() && action->isEnabled() && !tip.contains(keys)) tip += QString(" (%1)").arg(keys);
    button->setToolTip(tip);
    button->setAccessibleName(action->text());
    // On the accent an icon would need a colour of its own, and the text says enough.
    if (importance == Importance::Usual) button->setIcon(action->icon());
    if (action->isCheckable()) {
      button->setCheckable(true);
      button->setChecked(action->isChecked());
    }
    if (action->menu() != nullptr) button->setMenu(action->menu());
  };
  follow();
  QObject::connect(action, &QAction::changed, button, follow);
  if (action->menu() == nullptr) QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
  return button;
}

}  // namespace lodestone::shell
