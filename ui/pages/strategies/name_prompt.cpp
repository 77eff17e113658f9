// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/name_prompt.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

NamePrompt::NamePrompt(QWidget* parent)
    : QWidget(parent),
      label_(theme::label(theme::Role::Caption, this)),
      name_(new QLineEdit(this)),
      go_on_(new QPushButton(this)) {
  setObjectName("namePrompt");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  label_->setWordWrap(true);
  label_->setBuddy(name_);
  column->addWidget(label_);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace2);
  name_->setObjectName("namePromptName");
  name_->setMaxLength(200);
  go_on_->setObjectName("namePromptGo");
  widgets::makePrimary(go_on_);
  row->addWidget(name_, 1);
  row->addWidget(go_on_);
  column->addLayout(row);
  connect(name_, &QLineEdit::returnPressed, this, &NamePrompt::accept);
  connect(go_on_, &QPushButton::clicked, this, &NamePrompt::accept);
  words::say(this, [this] {
    label_->setText(tr("Who are you? The history of a strategy names everybody who changed or reviewed it."));
    name_->setAccessibleName(tr("Your name"));
    name_->setPlaceholderText(tr("Your name"));
    go_on_->setText(tr("Go on"));
  });
  hide();
}

void NamePrompt::ask(const std::function<void(const QString&)>& then) {
  then_ = then;
  show();
  name_->setFocus(Qt::OtherFocusReason);
}

void NamePrompt::accept() {
  const QString name = name_->text().simplified();
  if (name.isEmpty() || !then_) return;
  const auto then = std::move(then_);
  then_ = {};
  hide();
  then(name);
}

void NamePrompt::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape) {
    QWidget::keyPressEvent(event);
    return;
  }
  then_ = {};
  hide();
}

}  // namespace lodestone::pages
