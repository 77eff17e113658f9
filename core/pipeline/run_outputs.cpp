// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_outputs.h"

#include <algorithm>

#include "core/pipeline/artefacts.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {

Result<std::optional<campaign::ScoredTables>> predictionsOf(const std::vector<project::StageRecord>& stages) {
  std::optional<campaign::ScoredTables> last;
  for (const project::StageRecord& stage : stages) {
    if (!stage.outputs.is_array()) continue;
    for (const Json& output : stage.outputs) {
      if (!output.is_object() || output.value("kind", "") != portKindName(PortKind::Predictions)) continue;
      auto tables = campaign::ScoredTables::fromJson(output.value("value", Json()));
      if (!tables) return forward(tables);
      last = std::move(*tables);
    }
  }
  return last;
}

Result<std::optional<campaign::ScoredTables>> newestPredictions(project::Project& project) {
  auto runs = project.pipelines().runs();
  if (!runs) return forward(runs);
  std::sort(runs->begin(), runs->end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  for (const project::RunRecord& run : *runs) {
    const auto stages = project.pipelines().stages(run.id);
    if (!stages) return forward(stages);
    auto tables = predictionsOf(*stages);
    if (!tables) return forward(tables);
    if (!*tables) continue;
    const auto there = stillThere(project, (*tables)->toJson());
    if (!there) return forward(there);
    if (*there) return tables;
  }
  return std::optional<campaign::ScoredTables>{};
}

}  // namespace lodestone::pipeline
