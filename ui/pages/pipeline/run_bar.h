// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QProgressBar;
class QToolButton;

namespace lodestone::pages {

/// How far a run is.
struct RunProgress {
  int done = 0;
  int steps = 0;  ///< 0: it has not begun yet
  int cycle = 1;
  int cycles = 1;
  QString nodes;  ///< labels of those that run now
  double fraction = 0;
  std::optional<double> remaining_seconds;
  QString device;
  bool paused = false;
};

/// The run that goes on, above the drawing: what it is at, how far it is, where it runs, and the ways to hold
/// and to end it.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  RunBar(QAction* pause, QAction* cancel, QWidget* parent = nullptr);
  void showProgress(const RunProgress& progress);

 private:
  void showTexts();

  RunProgress progress_;
  QLabel* words_;
  QLabel* device_;
  QProgressBar* bar_;
  QToolButton* pause_;
  QToolButton* cancel_;
};

}  // namespace lodestone::pages
