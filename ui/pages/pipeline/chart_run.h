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
  /// Forgets a run that is still going on, without a word.
  void drop();
  bool running() const { return job_ != 0; }
  /// Of the run that goes on, or went on last: the nodes that take part in it.
  const std::map<QString, NodeStatus>& statuses() const { return statuses_; }
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
  void stop();

  jobs::Jobs& jobs_;
  jobs::JobId job_ = 0;
  std::shared_ptr<Feed> feed_;
  QTimer timer_;
  std::map<QString, NodeStatus> statuses_;
  std::map<QString, int> last_cycle_;
  std::vector<project::StageRecord> records_;
  QString current_;
  std::size_t steps_ = 0;
  std::size_t done_ = 0;
};

}  // namespace lodestone::pages
