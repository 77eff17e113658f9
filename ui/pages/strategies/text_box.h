// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace lodestone::pages {

/// A text of a few lines that says when editing it ended: the focus left, or Enter where that ends it. Tab
/// moves on.
class TextBox : public QPlainTextEdit {
  Q_OBJECT
 public:
  enum class Enter { BreaksLine, Ends };
  TextBox(int lines, Enter enter, QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
  void editingFinished();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  int lines_;
  Enter enter_;
};

}  // namespace lodestone::pages
