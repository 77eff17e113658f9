// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/run_card_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/campaign/report_builder.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

/// Hashes and lists have no space where a line may end.
QString breakable(const QString& text) {
  QString out;
  int since = 0;
  constexpr int kLongest = 16;
  for (const QChar letter : text) {
    out += letter;
    since = letter.isSpace() ? 0 : since + 1;
    if (since == kLongest && !letter.isSurrogate()) {
      out += QChar(0x200B);
      since = 0;
    }
  }
  return out;
}

}  // namespace

RunCardView::RunCardView(QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Section, this)),
      badge_(new widgets::StateBadge(this)),
      copy_(new QPushButton(this)),
      message_(theme::label(theme::Role::Body, this)),
      entries_(new QWidget(this)) {
  setObjectName("run_card");
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace3);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(copy_);
  column->addLayout(head);
  column->addWidget(badge_);
  message_->setWordWrap(true);
  column->addWidget(message_);
  column->addWidget(entries_);
  column->addStretch(1);
  outer->addWidget(widgets::scrolled(content, "run_card_scroll"));
  copy_->setObjectName("copy_run_card");
  copy_->setIcon(theme::icon("copy"));
  connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
  new QVBoxLayout(entries_);
  entries_->layout()->setContentsMargins(0, 0, 0, 0);
  entries_->layout()->setSpacing(theme::kSpace2);
  words::say(this, [this] { show(); });
}

void RunCardView::setRecord(const std::optional<project::ModelRecord>& record) {
  record_ = record;
  show();
}

QString RunCardView::text() const {
  QString text;
  if (!record_) return text;
  for (const auto& row : campaign::runCard(*record_, words::language()).rows)
    text += words::toQt(row.at(0)) + '\t' + words::toQt(row.at(1)) + '\n';
  return text;
}

void RunCardView::show() {
  title_->setText(tr("Run card"));
  copy_->setText(tr("Copy"));
  copy_->setToolTip(tr("Copy the run card as text"));
  copy_->setAccessibleName(copy_->toolTip());
  copy_->setEnabled(record_.has_value());
  badge_->setVisible(record_.has_value());
  widgets::clearLayout(entries_->layout());
  message_->setVisible(!record_ || !record_->message.empty());
  if (!record_) {
    message_->setText(tr("Choose a model below, and what it was trained from and how stands here."));
    return;
  }
  message_->setText(words::toQt(record_->message));
  badge_->setState(trainingState(record_->state));
  for (const auto& row : campaign::runCard(*record_, words::language()).rows) {
    auto* name = theme::label(theme::Role::Caption, entries_, words::toQt(row.at(0)));
    auto* value = theme::label(theme::Role::Body, entries_, breakable(words::toQt(row.at(1))));
    value->setWordWrap(true);
    value->setMinimumWidth(0);
    value->setAccessibleName(name->text() + ": " + words::toQt(row.at(1)));
    auto* entry = new QVBoxLayout;
    entry->setSpacing(0);
    entry->addWidget(name);
    entry->addWidget(value);
    static_cast<QVBoxLayout*>(entries_->layout())->addLayout(entry);
  }
}

}  // namespace lodestone::pages
