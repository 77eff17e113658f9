// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "core/pipeline/runner.h"

namespace lodestone::pipeline {

/// What a run tells while it runs: the record of each stage, whoever listens, and how far it all is, each
/// stage counting the same. Thread safe.
class RunFeed {
 public:
  RunFeed(project::Project& project, std::int64_t run, const RunOptions& options, std::size_t stages,
          JobContext& job)
      : project_(project), run_(run), options_(options), job_(job), fractions_(stages) {}

  /// Into the record and to the listener.
  Result<> keep(const project::StageRecord& stage);
  /// Into the record alone: another line of the log.
  Result<> keepQuietly(const project::StageRecord& stage);
  /// To the listener alone.
  void tell(const project::StageRecord& stage);
  /// How far the stage at that position is, and what is said of it.
  void progress(std::size_t position, double fraction, const std::string& node, const std::string& what);

 private:
  project::Project& project_;
  std::int64_t run_;
  const RunOptions& options_;
  std::mutex mutex_;
  JobContext& job_;                // guarded by mutex_
  std::vector<double> fractions_;  // guarded by mutex_
};

}  // namespace lodestone::pipeline
