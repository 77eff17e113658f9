// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <optional>

namespace lodestone::pages {

/// The chart's text: line numbers, colours, a mark where it is wrong.
class ChartEditor : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit ChartEditor(QWidget* parent = nullptr);

  /// A place that is wrong, counted from 1; column 0: the whole line. The explanation is its tooltip.
  void markProblem(int line, int column, const QString& why);
  void clearProblem();
  int problemLine() const { return problem_line_; }

  /// Puts the cursor there without taking the focus, and scrolls so that it shows.
  void showPosition(int position);
  /// Counts and finds the text from the cursor on, round the end. False: it is not there.
  bool findNext(const QString& text, bool backwards = false);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  class LineNumbers;
  void paintNumbers(QPaintEvent* event);
  int numbersWidth() const;
  void arrange();
  void mark();

  LineNumbers* numbers_;
  int problem_line_ = 0;
  int problem_column_ = 0;
  QString problem_;
};

}  // namespace lodestone::pages
