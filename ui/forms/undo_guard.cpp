// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/undo_guard.h"

#include <QLineEdit>
#include <QSignalBlocker>

namespace lodestone::forms {

void forgetStepsWhenDone(QLineEdit* line) {
  QObject::connect(line, &QLineEdit::editingFinished, line, [line] {
    if (!line->isUndoAvailable() && !line->isRedoAvailable()) return;
    const QSignalBlocker quiet(line);
    const int cursor = line->cursorPosition();
    line->setText(line->text());  // a text that is set has no history
    line->setCursorPosition(cursor);
  });
}

}  // namespace lodestone::forms
