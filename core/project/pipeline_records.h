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

struct StageRecord {
  int cycle = 1;
  std::string node;
  std::string label;
  std::string type;
  std::string state;  ///< queued, running, done, warning, failed, cancelled, interrupted,
                      ///< not_configured, ready, stale, skipped
  std::optional<std::int64_t> rows_in;
  std::optional<std::int64_t> rows_out;
  double seconds = 0;
  bool cached = false;
  std::string cache_key;
  std::string message;
  Json outputs;  ///< what the stage left, as the runner writes it
};

struct RunRecord {
  std::int64_t id = 0;
  std::string started_at;
  std::string finished_at;
  std::string state;  ///< running, done, failed, cancelled, interrupted (found unfinished at open)
  std::string chart;  ///< the Mermaid text as it was run
  std::uint64_t seed = 42;
};

/// Runs of pipelines and the cache of what stages left. Refers to the project: use it while that lives.
/// Thread safe.
class PipelineRecords {
 public:
  explicit PipelineRecords(Sqlite& db) : db_(&db) {}

  Result<std::int64_t> begin(const std::string& chart, std::uint64_t seed);
  /// Inserts or updates the stage of that cycle and node.
  Result<> stage(std::int64_t run, const StageRecord& stage);
  Result<> end(std::int64_t run, const std::string& state);

  Result<std::vector<RunRecord>> runs() const;
  Result<std::vector<StageRecord>> stages(std::int64_t run) const;
  /// The newest finished stage with that cache key.
  Result<std::optional<StageRecord>> cached(const std::string& cache_key) const;

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
