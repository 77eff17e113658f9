// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::project {

class Sqlite;

/// A line that a stage said while it ran.
struct LogLine {
  std::string at;  ///< UTC, as nowUtc()
  std::string text;
};

/// One stage of one cycle of a run.
struct StageRecord {
  int cycle = 1;
  std::string node;
  std::string label;
  std::string type;
  std::string
      state;  ///< queued, running, done, warning, waiting (for somebody to apply it), failed, cancelled,
              ///< interrupted, not_configured, ready, stale, skipped (what it needs did not come)
  std::optional<std::int64_t> rows_in;
  std::optional<std::int64_t> rows_out;
  double seconds = 0;
  bool cached = false;
  std::string cache_key;
  std::string message;
  Json outputs;               ///< what the stage left, as the runner writes it
  std::int64_t position = 0;  ///< among the stages of the run, whichever ended first
  std::string started_at;
  std::optional<std::int64_t> memory;  ///< bytes that the process took more at most while it ran
  Json parameters;                     ///< as they were checked, defaults filled in
  Json inputs;                         ///< where each input came from, as the runner writes it
  std::int64_t made_run = 0;           ///< the run that made the outputs; another one when cached
  std::vector<LogLine> log;
};

struct RunRecord {
  std::int64_t id = 0;
  std::string started_at;
  std::string finished_at;
  std::string state;  ///< running, done, waiting, failed, cancelled, interrupted (found unfinished at open)
  std::string chart;  ///< the Mermaid text as it was run
  std::uint64_t seed = 42;
  std::string code;  ///< the version of the program that ran it; "" in records of older programs
  Json options;      ///< what was asked for beside the chart, as the runner writes it
};

/// A stage and the run that it belongs to.
struct StageOfRun {
  std::int64_t run = 0;
  StageRecord stage;
};

/// Runs of pipelines and the cache of what stages left. Refers to the project: use it while that lives.
/// Thread safe.
class PipelineRecords {
 public:
  explicit PipelineRecords(Sqlite& db) : db_(&db) {}

  Result<std::int64_t> begin(const std::string& chart, std::uint64_t seed, const std::string& code = {},
                             const Json& options = {});
  /// Inserts or updates the stage of that cycle and node.
  Result<> stage(std::int64_t run, const StageRecord& stage);
  Result<> end(std::int64_t run, const std::string& state);

  Result<std::vector<RunRecord>> runs() const;
  Result<RunRecord> run(std::int64_t id) const;
  /// By position.
  Result<std::vector<StageRecord>> stages(std::int64_t run) const;
  /// The newest finished stage with that cache key, made since the last forget().
  Result<std::optional<StageRecord>> cached(const std::string& cache_key) const;
  /// From now on the stages recorded until now are not known to the cache, save those that left a model.
  Result<> forget();
  /// The newest finished stage of every cache key that still has outputs: what the cache knows. Oldest first.
  Result<std::vector<StageOfRun>> cache() const;
  /// Finished stages, not from the cache, whose outputs hold this JSON text; newest first.
  Result<std::vector<StageOfRun>> leaving(const std::string& json_text) const;

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
