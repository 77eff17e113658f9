// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/text_box.h"

#include <QKeyEvent>

#include "ui/theme/theme.h"

namespace lodestone::pages {

TextBox::TextBox(int lines, Enter enter, QWidget* parent)
    : QPlainTextEdit(parent), lines_(lines), enter_(enter) {
  setTabChangesFocus(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize TextBox::sizeHint() const {
  const int text = fontMetrics().lineSpacing() * lines_;
  return {theme::kSpace5 * 5, text + 2 * static_cast<int>(document()->documentMargin()) + theme::kSpace3};
}

void TextBox::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && enter_ == Enter::Ends && event->modifiers() == Qt::NoModifier) {
    Q_EMIT editingFinished();
    return;
  }
  // With Ctrl it is the page's.
  if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
    event->ignore();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

void TextBox::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason) Q_EMIT editingFinished();
}

}  // namespace lodestone::pages
