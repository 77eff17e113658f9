// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace lodestone::pages {

class ChartCanvas;
class ChartEditor;

/// Finds words in the chart's text and its nodes: what does not have them is dimmed on the canvas. Enter the
/// next, Shift+Enter the one before, in the text or from node to node, wherever the search was begun; Esc
/// closes.
class FindBar : public QWidget {
  Q_OBJECT
 public:
  FindBar(ChartEditor& editor, ChartCanvas& canvas, QWidget* parent = nullptr);
  void begin();
  void finish();
  /// The chart was drawn anew.
  void searchAgain();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Place { Text, Canvas };
  void find(bool backwards);
  void answer(bool in_text);
  ChartEditor& editor_;
  ChartCanvas& canvas_;
  QLineEdit* words_;
  QLabel* answer_;
  QToolButton* previous_;
  QToolButton* next_;
  QToolButton* close_;
  Place place_ = Place::Text;
  QStringList nodes_;  ///< found
  qsizetype at_ = -1;  ///< of them, shown last
};

}  // namespace lodestone::pages
