// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lodestone::pages {

/// Asks in place who the user is, when something is to be done that carries a name. Hidden otherwise.
class NamePrompt : public QWidget {
  Q_OBJECT
 public:
  explicit NamePrompt(QWidget* parent = nullptr);
  /// Shows itself; then goes on with the name, unless the user gives up with Esc.
  void ask(const std::function<void(const QString&)>& then);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void accept();

  QLabel* label_;
  QLineEdit* name_;
  QPushButton* go_on_;
  std::function<void(const QString&)> then_;
};

}  // namespace lodestone::pages
