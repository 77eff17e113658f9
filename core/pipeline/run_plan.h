// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/givers.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/runner.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {

/// A node ready to run: its stage type and checked parameters. type is null for a node that takes no part and
/// is not bound.
struct Step {
  std::string id;
  std::string label;
  const StageType* type = nullptr;
  ParameterValues parameters;
};

/// What a run is going to do, all of it checked before the first stage.
struct Plan {
  Graph graph;
  std::vector<Step> steps;        ///< one a node
  std::vector<bool> wanted;       ///< takes part in the run
  std::vector<bool> anew;         ///< runs even when the cache knows it
  std::vector<bool> waits;        ///< is applied by hand, and this run does not ask for it
  int cycles = 1;                 ///< times round a loop at most
  std::optional<StopRule> until;  ///< and when fewer are enough
  std::uint64_t seed = 42;
};

/// Nodes of one cycle that may run side by side as far as edges allow, in the order in which they are told.
struct Phase {
  enum class When {
    Always,     ///< the first cycle
    Again,      ///< a later cycle: only if the loop goes on
    Returning,  ///< what only leads back from that cycle: only if another one follows
    After,      ///< what stands behind the loop, in the last cycle that there was
  };
  When when = When::Always;
  int cycle = 1;
  std::vector<std::size_t> nodes;
};

/// What a chart binds, with NODE.parameter=value (or NODE.stage=type) from outside over it: what is set so
/// has no line. Node ids may hold dots: the parameter is what follows the last one. Fails as
/// ChartDocument::binding; InvalidArgument for what does not read or names no node.
Result<Binding> bindingWith(const ChartDocument& document, const Graph& graph,
                            const std::vector<std::pair<std::string, std::string>>& set);

/// Binds the nodes of a chart (front matter first, else by label), checks every parameter and that somebody
/// gives each input. InvalidArgument or NotFound naming the node.
Result<Plan> makePlan(const ChartDocument& document, const RunOptions& options);

/// Who feeds each input port of a node; see feeds().
std::vector<PortFeed> feedsOf(const Plan& plan, std::size_t node, const std::set<std::size_t>& returned);

/// The phases of a plan in order. After the first cycle only the loop runs again, and of it only what
/// something reads: in the last cycle the source of a feedback edge with no other reader has none. What
/// follows a loop runs once, in the last cycle.
std::vector<Phase> phasesOf(const Plan& plan);

}  // namespace lodestone::pipeline
