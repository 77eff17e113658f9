// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <functional>

namespace lodestone::pages {

/// A label that is edited where it stands: Enter takes it, Shift+Enter begins a line, Esc gives up.
class LabelEditor : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit LabelEditor(QWidget* parent);

  /// place: of the parent. done gets the text when it was changed.
  void begin(const QRect& place, double zoom, const QString& text, const QString& what,
             const std::function<void(const QString&)>& done);
  void take();
  void giveUp();

 Q_SIGNALS:
  void closed();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void leave();
  QString before_;
  std::function<void(const QString&)> done_;
};

}  // namespace lodestone::pages
