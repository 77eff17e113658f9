// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/memory_watch.h"
#include "core/pipeline/run_feed.h"
#include "core/pipeline/run_plan.h"
#include "core/project/pipeline_records.h"

namespace lodestone::pipeline {

/// What feeds an input port of a stage, and which stage left it ("A@1").
struct StageSource {
  std::string port;
  std::string from;
  Artefact artefact;
};

/// One stage of one cycle, about to run.
struct StageTask {
  std::size_t node = 0;
  int cycle = 1;
  std::size_t position = 0;  ///< among all planned
  std::vector<StageSource> sources;
  std::optional<Error> missing;  ///< nothing came to a port that needs something
};

/// How it ended; error when neither well nor waiting.
struct StageOutcome {
  project::StageRecord record;
  std::vector<Artefact> left;
  std::optional<Error> error;

  bool well() const { return record.state == "done" || record.state == "warning"; }
};

/// Runs single stages of a run: finds their cache key, takes their outputs from the cache or makes them, and
/// keeps the record. Thread safe; two stages with the same key wait for each other, so that the second takes
/// what the first made.
class StageRunner {
 public:
  StageRunner(project::Project& project, const Plan& plan, const RunOptions& options, std::int64_t run,
              JobContext& job, RunFeed& feed)
      : project_(project), plan_(plan), options_(options), run_(run), job_(job), feed_(feed) {}

  StageOutcome run(const StageTask& task);

 private:
  class Claim;
  struct Work;

  Result<> prepare(Work& work);
  Result<bool> fromCache(Work& work);
  Result<> make(Work& work);
  Result<StageOutput> guarded(Work& work, JobContext& job);

  project::Project& project_;
  const Plan& plan_;
  const RunOptions& options_;
  std::int64_t run_;
  JobContext& job_;
  RunFeed& feed_;
  MemoryWatch memory_;
  std::mutex mutex_;
  std::condition_variable_any freed_;
  std::set<std::string> claimed_;  // guarded by mutex_: keys of stages that run now
};

}  // namespace lodestone::pipeline
