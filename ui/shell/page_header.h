// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace lodestone::shell {

/// Title and line of a page, the way into the command palette, and the page's main actions as buttons.
class PageHeader : public QWidget {
  Q_OBJECT
 public:
  explicit PageHeader(QWidget* parent = nullptr);
  void setTexts(const QString& title, const QString& line);
  /// The first becomes the primary button. Buttons follow their actions: text, enabled, tooltip.
  void setActions(const QList<QAction*>& actions);

 Q_SIGNALS:
  void searchPressed();

 private:
  QLabel* title_;
  QLabel* line_;
  QPushButton* search_;
  QHBoxLayout* buttons_;
  QList<QAction*> actions_;
};

enum class Importance { Usual, Primary };

/// A push button that does what an action does and looks as it says.
QPushButton* buttonFor(QAction* action, Importance importance, QWidget* parent);

}  // namespace lodestone::shell
