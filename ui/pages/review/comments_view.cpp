// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/comments_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

CommentsView::CommentsView(QWidget* parent)
    : QWidget(parent), rows_(new QVBoxLayout), none_(theme::label(Role::Caption)) {
  setObjectName("comments");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace2);
  rows_->setSpacing(theme::kSpace2);
  layout->addLayout(rows_);
  layout->addWidget(none_);
  words::say(this, [this] { show(); });
}

void CommentsView::setComments(const std::vector<project::Comment>& comments) {
  comments_ = comments;
  show();
}

void CommentsView::show() {
  setAccessibleName(tr("Comments"));
  none_->setText(tr("No comments yet."));
  none_->setVisible(comments_.empty());
  widgets::clearLayout(rows_);
  for (auto each = comments_.rbegin(); each != comments_.rend(); ++each) {
    auto* card = new widgets::Card;
    card->body()->setSpacing(theme::kSpace1);
    auto* who =
        theme::label(Role::Caption, card,
                     tr("%1 · %2 · version %3")
                         .arg(words::toQt(each->by), words::moment(each->at), words::count(each->version)));
    who->setWordWrap(true);
    auto* text = theme::label(Role::Body, card, words::toQt(each->text));
    text->setWordWrap(true);
    text->setAccessibleName(words::toQt(each->by) + ": " + words::toQt(each->text));
    card->body()->addWidget(who);
    card->body()->addWidget(text);
    rows_->addWidget(card);
  }
}

}  // namespace lodestone::pages
