// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/label_editor.h"

#include <QKeyEvent>
#include <QTextCursor>
#include <algorithm>
#include <utility>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr int kLeastWidth = 120;
constexpr int kLeastHeight = 34;
constexpr double kLabelPixels = 13;

}  // namespace

LabelEditor::LabelEditor(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName("label_editor");
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setTabChangesFocus(true);
  hide();
}

void LabelEditor::begin(const QRect& place, double zoom, const QString& text, const QString& what,
                        const std::function<void(const QString&)>& done) {
  giveUp();
  before_ = text;
  done_ = done;
  setAccessibleName(what);
  QFont font = theme::font(theme::Role::Body);
  font.setPixelSize(std::clamp(static_cast<int>(kLabelPixels * zoom), 11, 32));
  setFont(font);
  setPlainText(text);
  QRect box(0, 0, std::max(place.width(), kLeastWidth), std::max(place.height(), kLeastHeight));
  box.moveCenter(place.center());
  const QRect inside = parentWidget()->rect();
  box.moveLeft(std::clamp(box.left(), 0, std::max(0, inside.width() - box.width())));
  box.moveTop(std::clamp(box.top(), 0, std::max(0, inside.height() - box.height())));
  setGeometry(box);
  selectAll();
  show();
  raise();
  setFocus();
}

void LabelEditor::take() {
  if (!isVisible()) return;
  const auto done = std::exchange(done_, {});
  const QString text = toPlainText();
  const bool changed = text != before_;
  leave();
  if (changed && done) done(text);
}

void LabelEditor::giveUp() {
  if (!isVisible()) return;
  done_ = {};
  leave();
}

void LabelEditor::leave() {
  hide();
  Q_EMIT closed();
}

/// Keys that are shortcuts elsewhere belong to the text here.
bool LabelEditor::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    event->accept();
    return true;
  }
  return QPlainTextEdit::event(event);
}

void LabelEditor::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (event->key() == Qt::Key_Escape)
    giveUp();
  else if (enter && event->modifiers().testFlag(Qt::ShiftModifier))
    insertPlainText(QStringLiteral("\n"));
  else if (enter)
    take();
  else
    QPlainTextEdit::keyPressEvent(event);
}

void LabelEditor::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) take();
}

}  // namespace lodestone::pages
