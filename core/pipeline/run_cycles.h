// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/stage_type.h"
#include "core/project/project.h"

namespace lodestone::project {
struct StageRecord;
}

namespace lodestone::pipeline {

/// What one time round a loop came to, so that cycles can be laid side by side.
struct CycleReport {
  int cycle = 1;
  std::string model;  ///< that the cycle's figures are of; empty when it has none
  Json metrics;       ///< of that model: {"train":{...},"validation":{...},"test":{...}}
  Json totals;        ///< of its strategies: strategies, cost, conversions, incremental_conversions
  Json recommender;   ///< of the one that it recommends by: recall_at_10, ndcg_at_10 on the held-out events
  std::vector<std::string> made;    ///< nodes that ran
  std::vector<std::string> cached;  ///< nodes whose outputs were known
  std::optional<double> value;      ///< of the stop rule's metric
  std::optional<double> better;     ///< than the cycle before; below 0 when it is worse
  bool enough = false;              ///< the stop rule ended the loop here
};

Json toJson(const CycleReport& cycle);

/// The cycles of a run by its records, oldest first. A stop rule names a metric of the model on its
/// validation rows (auc is roc_auc; the test rows and a recommender's held-out events have no say) or a total
/// of the strategies. Less is better for losses, errors and cost. NotFound, naming those that there are, when
/// a cycle has none of that name.
Result<std::vector<CycleReport>> cyclesOf(project::Project& project,
                                          const std::vector<project::StageRecord>& stages,
                                          const std::optional<StopRule>& until);

/// Whether the stages of the chart's loop give what its stop rule looks at, as far as that is known before a
/// run: NotFound at the rule's place, naming what they give. types: by node; null where no stage is bound,
/// which may give anything. A chart without a rule or a loop is fine.
Result<> checkStopRule(const ChartDocument& document, const Binding& binding, const Graph& graph,
                       const std::vector<const StageType*>& types);

}  // namespace lodestone::pipeline
