// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/text_change.h"

#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

#include "ui/pages/pipeline/chart_file.h"

namespace lodestone::pages {

void changeText(QTextDocument& document, const QString& text) {
  const QString before = rawText(document);
  if (before == text) return;
  const qsizetype shorter = std::min(before.size(), text.size());
  qsizetype head = 0;
  while (head < shorter && before[head] == text[head]) ++head;
  qsizetype tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == text[text.size() - 1 - tail]) ++tail;
  QTextCursor cursor(&document);
  cursor.setPosition(static_cast<int>(head));
  cursor.setPosition(static_cast<int>(before.size() - tail), QTextCursor::KeepAnchor);
  cursor.beginEditBlock();
  cursor.insertText(text.mid(head, text.size() - tail - head));
  cursor.endEditBlock();
}

}  // namespace lodestone::pages
