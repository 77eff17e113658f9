// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <functional>
#include <vector>

#include "ui/pages/pipeline/chart_completion.h"

namespace lodestone::pages {

class CompletionPopup;

/// A place of the text that is worth a look, though it reads.
struct TextHint {
  int position = 0;
  int length = 0;
  QString why = {};
};

/// The chart's text: line numbers, colours, a mark where it is wrong, and a list of what fits while one types
/// (Ctrl+Space asks for it).
class ChartEditor : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit ChartEditor(QWidget* parent = nullptr);

  /// A place that is wrong, counted from 1; column 0: the whole line. The explanation is its tooltip.
  void markProblem(int line, int column, const QString& why);
  void clearProblem();
  int problemLine() const { return problem_line_; }
  /// Underlined; what each is about is its tooltip. At most 200 are shown.
  void setHints(std::vector<TextHint> hints);
  /// The explanation of what is marked at a position; empty: nothing is.
  QString explanationAt(int position) const;

  /// What a completion may name; asked whenever the list opens.
  void setCompletionSource(std::function<CompletionSource()> source) { source_ = std::move(source); }
  /// Opens the list of what fits here; where only one thing does, it is written at once.
  void complete();
  /// Makes the lines of the selection comments, or lines again where all of them are.
  void toggleComment();

  /// Puts the cursor there without taking the focus, and scrolls so that it shows.
  void showPosition(int position);
  /// Counts and finds the text from the cursor on, round the end. False: it is not there.
  bool findNext(const QString& text, bool backwards = false);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  class LineNumbers;
  void paintNumbers(QPaintEvent* event);
  int numbersWidth() const;
  void arrange();
  void mark();
  void offer(bool asked);
  void insertCompletion(const Completion& completion);
  CompletionPopup& popup();
  int problemPosition(int& length) const;

  CompletionPopup* popup_ = nullptr;  ///< of the window; made when it is needed first
  LineNumbers* numbers_;
  std::function<CompletionSource()> source_;
  std::vector<TextHint> hints_;
  int problem_line_ = 0;
  int problem_column_ = 0;
  QString problem_;
};

}  // namespace lodestone::pages
