// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/run_cycles.h"
#include "core/pipeline/stage_type.h"
#include "core/pipeline/templates.h"
#include "core/project/pipeline_records.h"

namespace lodestone::pipeline {

enum class Cache { Use, Ignore };

/// A step of a run that is about to begin.
struct PlannedStage {
  int cycle = 1;
  std::string node;
};

struct RunOptions {
  std::vector<std::pair<std::string, std::string>>
      set;                         ///< "A.table" -> "telco", over the chart's own values
  std::string to;                  ///< run this node and what it needs; empty: all
  std::string from;                ///< run this node and what follows anew; empty: what is not in the cache
  std::optional<int> cycles;       ///< times round a feedback edge in all; none: the chart's own, else 2
  std::vector<std::string> apply;  ///< nodes applied by hand (`apply: manual`) that this run applies
  int parallel = 0;  ///< stages at the same time; 0: half as many as the machine has threads, at least 1
  Cache cache = Cache::Use;
  std::optional<std::uint64_t> seed;  ///< none: the chart's own, else 42
  std::string device = "auto";
  std::string by = "lodestone";
  /// Once, before the first stage: the run's id and all its steps in order; each is as much of the job's
  /// progress.
  std::function<void(std::int64_t run, const std::vector<PlannedStage>&)> on_plan;
  /// Each time a stage's state changes. Both come from any thread of the run, one call at a time.
  std::function<void(const project::StageRecord&)> on_stage;
  /// How far a stage is, 0 to 1; as on_stage.
  std::function<void(const std::string& node, double fraction)> on_progress;
};

struct RunReport {
  std::int64_t run = 0;
  std::string state;  ///< done, waiting (for somebody to apply a node), failed, cancelled
  std::string code;   ///< the version of the program
  std::vector<project::StageRecord> stages;  ///< in the order of the plan
  std::vector<CycleReport> cycles;           ///< one for each cycle that there was
  std::vector<std::string>
      strategies;  ///< ids of what this run came to; new drafts, or those that were there
  /// {"node@cycle": {"type","inputs":["node@cycle"...],"outputs":[...],"parameters":{...},"made_run":1}}
  Json lineage;
  std::optional<Error> error;  ///< of the first stage that failed
};

/// Reads a chart, binds its nodes (front matter first, else by label), checks every parameter before anything
/// runs, then runs it with feedback edges cut; each cycle after the first runs the nodes of the loop again
/// with what the feedback edge brings, until the chart's stop rule or the limit ends it.
///
/// Stages that do not need each other run side by side, at most `parallel` at a time; those that train a
/// model have the machine to themselves and come in the chart's order, so that equal seeds give equal results
/// whatever runs beside. A stage that fails stops what needs it ("skipped"), not the rest. A node applied by
/// hand waits, and what needs it is skipped, unless the run asks for it or its result is known.
///
/// Every stage is recorded as it happens. A stage whose cache key is known and whose outputs are still there
/// is not run again; so a run that failed, was cancelled or killed goes on where it stopped when it is run
/// again. InvalidArgument before the first stage for a chart that cannot run; a stage's own failure is in the
/// report.
Result<RunReport> runChart(project::Project& project, const std::string& chart_text,
                           const std::string& file_name, const RunOptions& options, JobContext& job);

}  // namespace lodestone::pipeline
