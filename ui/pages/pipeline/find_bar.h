// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace lodestone::pages {

class ChartEditor;

/// Finds words in the chart's text: Enter the next, Shift+Enter the one before, Esc closes.
class FindBar : public QWidget {
  Q_OBJECT
 public:
  explicit FindBar(ChartEditor& editor, QWidget* parent = nullptr);
  void begin();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void find(bool backwards);
  ChartEditor& editor_;
  QLineEdit* words_;
  QLabel* answer_;
  QToolButton* close_;
};

}  // namespace lodestone::pages
