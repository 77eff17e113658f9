// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_editor.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

QToolButton* button(QWidget* parent, const char* name, const char* icon) {
  auto* made = new QToolButton(parent);
  made->setObjectName(name);
  made->setIcon(theme::icon(icon));
  made->setAutoRaise(true);
  return made;
}

}  // namespace

FindBar::FindBar(ChartEditor& editor, ChartCanvas& canvas, QWidget* parent)
    : QWidget(parent),
      editor_(editor),
      canvas_(canvas),
      words_(new QLineEdit(this)),
      answer_(theme::label(theme::Role::Caption, this)),
      previous_(button(this, "find_previous", "chevron-left")),
      next_(button(this, "find_next", "chevron-right")),
      close_(button(this, "find_close", "close")) {
  setObjectName("find_bar");
  words_->setObjectName("find_words");
  words_->setClearButtonEnabled(true);
  answer_->setObjectName("find_answer");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  row->setSpacing(theme::kSpace2);
  row->addWidget(words_, 1);
  row->addWidget(answer_);
  for (QToolButton* each : {previous_, next_, close_}) row->addWidget(each);
  connect(words_, &QLineEdit::textChanged, this, [this] {
    nodes_ = canvas_.search(words_->text());
    at_ = -1;
    QTextCursor cursor = editor_.textCursor();
    cursor.setPosition(cursor.selectionStart());
    editor_.setTextCursor(cursor);
    const bool in_text = editor_.findNext(words_->text());
    if (place_ == Place::Canvas && !words_->text().trimmed().isEmpty())
      find(false);
    else
      answer(in_text);
  });
  connect(previous_, &QToolButton::clicked, this, [this] { find(true); });
  connect(next_, &QToolButton::clicked, this, [this] { find(false); });
  connect(close_, &QToolButton::clicked, this, &FindBar::finish);
  words::say(this, [this] {
    words_->setPlaceholderText(tr("Find in the text and the nodes"));
    words_->setAccessibleName(tr("Find in the text and the nodes"));
    words_->setToolTip(tr("Enter: next · Shift+Enter: previous · Esc: close"));
    previous_->setAccessibleName(tr("Previous"));
    previous_->setToolTip(tr("Previous (Shift+Enter)"));
    next_->setAccessibleName(tr("Next"));
    next_->setToolTip(tr("Next (Enter)"));
    close_->setAccessibleName(tr("Close"));
    close_->setToolTip(tr("Close (Esc)"));
    answer_->clear();
  });
  hide();
}

void FindBar::begin() {
  place_ = canvas_.hasFocus() ? Place::Canvas : Place::Text;
  show();
  const QString selected = editor_.textCursor().selectedText();
  if (place_ == Place::Text && !selected.isEmpty()) words_->setText(selected);
  searchAgain();
  words_->selectAll();
  words_->setFocus();
}

void FindBar::finish() {
  hide();
  canvas_.search({});
  if (place_ == Place::Canvas)
    canvas_.setFocus();
  else
    editor_.setFocus();
}

void FindBar::searchAgain() {
  if (isVisible()) nodes_ = canvas_.search(words_->text());
}

void FindBar::find(bool backwards) {
  if (place_ == Place::Text) {
    answer(editor_.findNext(words_->text(), backwards));
    return;
  }
  if (!nodes_.isEmpty()) {
    const qsizetype count = nodes_.size();
    at_ = at_ < 0 ? (backwards ? count - 1 : 0) : (at_ + (backwards ? count - 1 : 1)) % count;
    canvas_.pick(nodes_[at_]);
  }
  answer(true);
}

void FindBar::answer(bool in_text) {
  const auto count = static_cast<int>(nodes_.size());
  if (words_->text().trimmed().isEmpty())
    answer_->clear();
  else if (place_ == Place::Canvas && at_ >= 0)
    answer_->setText(tr("%1 of %n node(s)", nullptr, count).arg(words::count(at_ + 1)));
  else if (count > 0)
    answer_->setText(tr("%n node(s)", nullptr, count));
  else
    answer_->setText(place_ == Place::Text && in_text ? tr("In the text only") : tr("Not found"));
}

/// Esc closes the bar, also while it is the key that cancels a run.
bool FindBar::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
    event->accept();
  return QWidget::event(event);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    finish();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    find(event->modifiers().testFlag(Qt::ShiftModifier));
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace lodestone::pages
