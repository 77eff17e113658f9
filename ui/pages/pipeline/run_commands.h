// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <string>
#include <vector>

class QAction;
class QWidget;

namespace lodestone::pages {

class ChartRun;

/// What a run is asked for beside the chart.
struct RunRequest {
  QString to = {};                  ///< this node and what it needs; empty: all
  QString from = {};                ///< this node and what follows, anew
  std::vector<QString> apply = {};  ///< nodes applied by hand that this run applies
};

/// What the commands need of the page.
struct RunHost {
  std::function<QString()> blocked;               ///< why nothing can run now; empty: it can
  std::function<QString()> chosen;                ///< the chosen node; empty: none
  std::function<bool()> broken;                   ///< the newest run left something that did not end well
  std::function<std::vector<QString>()> waiting;  ///< nodes that wait for somebody to apply them
  std::function<void(const RunRequest&)> run;
};

/// The orders about runs beside "run" and "run to here": from here, again what failed, apply, hold and go on.
class RunCommands : public QObject {
  Q_OBJECT
 public:
  RunCommands(ChartRun& run, RunHost host, QWidget& page, QWidget& inspector);

  QAction* from() const { return from_; }
  QAction* retry() const { return retry_; }
  QAction* apply() const { return apply_; }
  QAction* pause() const { return pause_; }
  void enable();

 private:
  void showTexts();

  ChartRun& run_;
  RunHost host_;
  QAction* from_;
  QAction* retry_;
  QAction* apply_;
  QAction* pause_;
};

}  // namespace lodestone::pages
