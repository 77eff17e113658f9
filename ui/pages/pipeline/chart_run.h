// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/runner.h"
#include "ui/jobs/jobs.h"
#include "ui/pages/pipeline/node_status.h"
#include "ui/pages/pipeline/run_bar.h"

namespace lodestone::pages {

/// One run of the chart as a job: what its stages are in, as they change.
class ChartRun : public QObject {
  Q_OBJECT
 public:
  explicit ChartRun(jobs::Jobs& jobs, QObject* parent = nullptr);
  ~ChartRun() override;

  /// The options' callbacks are its own. threads: for LibTorch, 0 all.
  void start(const std::shared_ptr<project::Project>& project, const std::string& chart,
             const pipeline::RunOptions& options, int threads, const QString& title);
  void cancel();
  /// Holds it at the next step, or lets it go on.
  void pause();
  void resume();
  bool paused() const;
  /// Forgets a run that is still going on, without a word.
  void drop();
  bool running() const { return job_ != 0; }
  /// Of the run that goes on, or went on last: the nodes that take part in it.
  const std::map<QString, NodeStatus>& statuses() const { return statuses_; }
  /// How far it is; while running().
  RunProgress progress() const;
  /// What is recorded so far, in order.
  const std::vector<project::StageRecord>& records() const { return records_; }

 Q_SIGNALS:
  void changed();   ///< statuses() are others
  void recorded();  ///< records() are others
  void ended(const lodestone::pipeline::RunReport& report);
  /// Before the first stage.
  void refused(const lodestone::Error& error);

 private:
  struct Feed;
  void drain();
  void take(const project::StageRecord& stage);
  bool showFractions();
  void stop();

  jobs::Jobs& jobs_;
  jobs::JobId job_ = 0;
  std::shared_ptr<Feed> feed_;
  QTimer timer_;
  std::map<QString, NodeStatus> statuses_;
  std::map<QString, int> last_cycle_;
  std::vector<project::StageRecord> records_;
  std::map<QString, QString> current_;  ///< nodes that run now, and their labels
  QString device_;
  std::size_t steps_ = 0;
  std::size_t done_ = 0;
  int cycle_ = 1;
};

}  // namespace lodestone::pages
