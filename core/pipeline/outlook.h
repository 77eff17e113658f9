// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/stage_type.h"
#include "core/project/pipeline_records.h"

namespace lodestone::pipeline {

/// What can be said of a node without running it.
struct NodeOutlook {
  std::string node;
  std::string label;
  const StageType* type = nullptr;           ///< null: no stage is bound to it
  bool by_label = false;                     ///< the type was recognised by the label, not written
  LabelMatch suggestion;                     ///< what the label seems to say, where no stage is written
  std::map<std::string, std::string> given;  ///< parameters as written
  std::optional<Error> problem;              ///< why a run of it would end at once
  std::optional<KnownTable> source;          ///< whose rows reach it; none when that is not known yet
  /// A hash of what its outputs depend on within the chart: stage, parameters and seed of itself and of every
  /// node from which an edge of any kind leads here, and the edges between them.
  std::string recipe;
};

struct ChartOutlook {
  Graph graph;
  std::vector<NodeOutlook> nodes;  ///< in the graph's order
  std::optional<std::int64_t> cycles;
  std::optional<Error> problem;  ///< why a run would end at once, beside what hinders single nodes

  const NodeOutlook* find(const std::string& node) const;
};

/// The tables of a project with their columns and roles.
Result<std::vector<KnownTable>> knownTables(project::Project& project);

/// Reads how a chart is bound and what hinders each node. seed: over the chart's own; set: over its bindings.
/// Fails as bindingWith().
Result<ChartOutlook> lookAhead(const ChartDocument& document, const std::vector<KnownTable>& tables,
                               std::optional<std::uint64_t> seed = {},
                               const std::vector<std::pair<std::string, std::string>>& set = {});

/// The newest that is recorded of a node.
struct NodeHistory {
  std::int64_t run = 0;
  std::string at;  ///< when that run began
  project::StageRecord record;
  std::string recipe;            ///< of then, with what that run set beside the chart
  bool outside_changed = false;  ///< the tables that it read are not what they were
};

/// What the runs of one chart left.
struct ChartHistory {
  ChartOutlook outlook;                       ///< of its newest run
  std::map<std::string, NodeHistory> newest;  ///< by node
};

/// Of the charts that ran in the last while, the one that ran last first. A record that ended well still
/// holds when its recipe is the one of now and neither its own nor any outside before it has changed.
Result<std::vector<ChartHistory>> chartHistories(project::Project& project,
                                                 const std::vector<KnownTable>& tables, JobContext& job);

/// What is recorded of this chart's nodes: of a chart that has most of its nodes, by label or recipe, and
/// only where the node was the same stage. The letters of another chart's nodes mean nothing here.
std::map<std::string, NodeHistory> historyOf(const ChartOutlook& outlook,
                                             const std::vector<ChartHistory>& charts);

}  // namespace lodestone::pipeline
