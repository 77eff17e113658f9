// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/pipeline/run_cycles.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"

namespace lodestone::pages {

/// What a stage left, ready to be shown.
struct StageOutputs {
  std::optional<data::TableName> table;  ///< that is still there
  std::string model;                     ///< id; empty: none
  Json metrics;                          ///< of the model, by part
  Json baseline;                         ///< {"type","metrics"}
  Json strategies = Json::array();       ///< contents
  Json evaluation;                       ///< figures of the evaluation; null: none
  std::vector<std::int64_t> scores;      ///< counts of scores in equal bins from 0 to 1; empty: none
  std::vector<std::pair<std::string, std::int64_t>> parts;  ///< rows of each part of the split
};

/// The stages of a run, and what each time round its loop came to.
struct StagesOfRun {
  std::vector<project::StageRecord> stages;
  std::vector<pipeline::CycleReport> cycles;
};
Result<StagesOfRun> readStages(project::Project& project, std::int64_t run);

/// outputs: of a StageRecord. What is gone since is left out.
Result<StageOutputs> readOutputs(project::Project& project, const Json& outputs, JobContext& job);

/// A member of members; null where any is missing.
Json memberOf(const Json& json, std::initializer_list<const char*> keys);
/// What strategies are compared by: extra conversions where rows without a campaign tell them, else all.
const char* effectOf(const Json& strategies);

}  // namespace lodestone::pages
