// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/jobs/jobs.h"

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace lodestone::shell {

/// One line at the foot of the window: what runs, how far it is, the time left, the device, pause and cancel;
/// a menu with the others where several run.
class JobsStrip : public QWidget {
  Q_OBJECT
 public:
  explicit JobsStrip(jobs::Jobs& jobs, QWidget* parent = nullptr);
  /// At the right end: language, theme, inspector.
  void addTool(QWidget* tool);

 private:
  void refresh();
  void showOthers();

  jobs::Jobs& jobs_;
  QLabel* icon_;
  QLabel* title_;
  QLabel* what_;
  QProgressBar* bar_;
  QLabel* figures_;
  QToolButton* pause_;
  QPushButton* cancel_;
  QToolButton* others_;
  QHBoxLayout* row_;
  jobs::JobId current_ = 0;
};

}  // namespace lodestone::shell
