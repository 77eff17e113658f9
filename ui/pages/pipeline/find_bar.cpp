// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/pages/pipeline/chart_editor.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

FindBar::FindBar(ChartEditor& editor, QWidget* parent)
    : QWidget(parent),
      editor_(editor),
      words_(new QLineEdit(this)),
      answer_(theme::label(theme::Role::Caption, this)),
      close_(new QToolButton(this)) {
  setObjectName("find_bar");
  words_->setObjectName("find_words");
  words_->setClearButtonEnabled(true);
  close_->setObjectName("find_close");
  close_->setIcon(theme::icon("close"));
  close_->setAutoRaise(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  row->setSpacing(theme::kSpace2);
  row->addWidget(words_, 1);
  row->addWidget(answer_);
  row->addWidget(close_);
  connect(words_, &QLineEdit::textChanged, this, [this] {
    QTextCursor cursor = editor_.textCursor();
    cursor.setPosition(cursor.selectionStart());
    editor_.setTextCursor(cursor);
    find(false);
  });
  connect(close_, &QToolButton::clicked, this, [this] {
    hide();
    editor_.setFocus();
  });
  words::say(this, [this] {
    words_->setPlaceholderText(tr("Find in the text"));
    words_->setAccessibleName(tr("Find in the text"));
    words_->setToolTip(tr("Enter: next · Shift+Enter: previous · Esc: close"));
    close_->setAccessibleName(tr("Close"));
    close_->setToolTip(tr("Close (Esc)"));
    answer_->clear();
  });
  hide();
}

void FindBar::begin() {
  show();
  if (const QString selected = editor_.textCursor().selectedText(); !selected.isEmpty())
    words_->setText(selected);
  words_->selectAll();
  words_->setFocus();
}

void FindBar::find(bool backwards) {
  answer_->setText(editor_.findNext(words_->text(), backwards) ? QString() : tr("Not found"));
}

/// Esc closes the bar, also while it is the key that cancels a run.
bool FindBar::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
    event->accept();
  return QWidget::event(event);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close_->click();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    find(event->modifiers().testFlag(Qt::ShiftModifier));
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace lodestone::pages
