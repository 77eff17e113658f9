// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/outlook.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/pipeline/givers.h"
#include "core/pipeline/run_cycles.h"
#include "core/pipeline/run_plan.h"
#include "core/pipeline/stage_key.h"

namespace lodestone::pipeline {

namespace {

constexpr std::uint64_t kDefaultSeed = 42;
constexpr std::size_t kRunsLookedAt = 30;

/// All nodes from which edges, feedback included, lead to this one; it itself too.
std::vector<bool> leadingTo(const Graph& graph, std::size_t node) {
  std::vector<bool> seen(graph.ids.size());
  std::vector<std::size_t> stack = {node};
  seen[node] = true;
  const auto visit = [&](std::size_t before) {
    if (seen[before]) return;
    seen[before] = true;
    stack.push_back(before);
  };
  while (!stack.empty()) {
    const std::size_t of = stack.back();
    stack.pop_back();
    for (const std::size_t before : graph.before[of]) visit(before);
    for (const auto& [source, target] : graph.feedback)
      if (target == of) visit(source);
  }
  return seen;
}

Json ingredients(const NodeOutlook& node) {
  if (node.type == nullptr) return {{"node", node.node}};
  std::map<std::string, std::string> values;
  for (const Parameter& parameter : node.type->parameters) values[parameter.id] = parameter.default_value;
  for (const auto& [id, value] : node.given) values[id] = value;
  return {
      {"node", node.node}, {"type", node.type->id}, {"version", node.type->version}, {"parameters", values}};
}

void writeRecipes(ChartOutlook& outlook, std::uint64_t seed) {
  const Graph& graph = outlook.graph;
  for (std::size_t node = 0; node < outlook.nodes.size(); ++node) {
    const std::vector<bool> before = leadingTo(graph, node);
    Json recipe = {{"seed", seed}, {"nodes", Json::array()}, {"edges", Json::array()}};
    for (std::size_t other = 0; other < before.size(); ++other) {
      if (!before[other]) continue;
      recipe["nodes"].push_back(ingredients(outlook.nodes[other]));
      for (const std::size_t from : graph.before[other])
        recipe["edges"].push_back({graph.ids[from], graph.ids[other]});
    }
    for (const auto& [source, target] : graph.feedback) {
      if (!before[source] || !before[target]) continue;
      recipe["feedback"].push_back({graph.ids[source], graph.ids[target]});
      recipe["cycles"] = outlook.cycles.value_or(0);
    }
    outlook.nodes[node].recipe = sha256Hex(dumpJson(recipe));
  }
}

/// The table whose rows reach a node: its own, else that of the nearest node before it that has one. order:
/// of the graph.
std::optional<KnownTable> sourceOf(const ChartOutlook& outlook, const std::vector<std::size_t>& order,
                                   const std::vector<KnownTable>& tables, std::size_t node) {
  const std::vector<bool> before = outlook.graph.ancestors(node);
  std::optional<KnownTable> found;
  for (const std::size_t other : order) {
    if (!before[other]) continue;
    const NodeOutlook& at = outlook.nodes[other];
    if (at.type == nullptr) continue;
    if (other != node && !at.type->same_columns) found.reset();
    if (!at.type->source) continue;
    const auto values = checkParameters(at.type->parameters, at.given, at.node);
    found = values ? at.type->source(*values, tables) : std::nullopt;
  }
  return found;
}

Result<> checkNode(const ChartOutlook& outlook, const std::vector<const StageType*>& types,
                   const std::vector<KnownTable>& tables, std::size_t index) {
  const NodeOutlook& node = outlook.nodes[index];
  if (node.type == nullptr) return {};
  const auto values = checkParameters(node.type->parameters, node.given, node.node + " (" + node.label + ")");
  if (!values) return forward(values);
  Foresight foresight{tables, node.source, {}};
  for (const PortFeed& feed : feeds(outlook.graph, types, index)) {
    if (!feed.nodes.empty())
      foresight.fed.insert(feed.port->name);
    else if (!feed.port->optional)
      return tl::unexpected(missingInput(node.node, node.label, feed.port->kind));
  }
  return node.type->check ? node.type->check(*values, foresight) : Result<>();
}

/// Whether the tables that a stage without a node before it reads are others than when it was recorded.
Result<bool> outsideChanged(project::Project& project, const NodeOutlook& node, std::uint64_t seed,
                            const std::string& recorded_key, JobContext& job) {
  if (node.type == nullptr || !node.type->outside || recorded_key.empty()) return false;
  auto values = checkParameters(node.type->parameters, node.given, node.node);
  if (!values) return false;
  StageInput input;
  input.project = &project;
  input.node = node.node;
  input.parameters = *values;
  input.seed = seed;
  auto outside = node.type->outside(input, job);
  if (!outside) {
    if (outside.error().code == ErrorCode::Cancelled) return forward(outside);
    return true;  // what cannot be read any more has changed
  }
  return StageKey{node.type, seed, *values, {}, *outside}.hash() != recorded_key;
}

/// What a run set beside its chart.
std::vector<std::pair<std::string, std::string>> setIn(const project::RunRecord& run) {
  std::vector<std::pair<std::string, std::string>> set;
  if (!run.options.is_object() || !run.options.contains("set")) return set;
  for (const auto& [path, value] : run.options["set"].items())
    if (value.is_string()) set.emplace_back(path, value.get<std::string>());
  return set;
}

/// Whether a node before it gives this one something.
bool fedForward(const ChartOutlook& outlook, const std::string& id) {
  std::vector<const StageType*> types;
  std::size_t at = 0;
  for (std::size_t i = 0; i < outlook.nodes.size(); ++i) {
    types.push_back(outlook.nodes[i].type);
    if (outlook.nodes[i].node == id) at = i;
  }
  const std::vector<PortFeed> fed = feeds(outlook.graph, types, at);
  return std::any_of(fed.begin(), fed.end(), [](const PortFeed& feed) { return !feed.nodes.empty(); });
}

/// Whether one is the other after some edits: most nodes of the smaller are in both.
bool sameChart(const ChartOutlook& one, const ChartOutlook& other) {
  const bool swapped = one.nodes.size() > other.nodes.size();
  const ChartOutlook& smaller = swapped ? other : one;
  std::map<std::string_view, const NodeOutlook*> known;
  for (const NodeOutlook& node : (swapped ? one : other).nodes) known.emplace(node.node, &node);
  const auto shared = std::count_if(smaller.nodes.begin(), smaller.nodes.end(), [&](const NodeOutlook& node) {
    const auto found = known.find(node.node);
    return found != known.end() &&
           (found->second->label == node.label || found->second->recipe == node.recipe);
  });
  return 2 * static_cast<std::size_t>(shared) > smaller.nodes.size();
}

/// Adds what an older run of a chart left of nodes that no newer one had.
Result<> addRun(ChartHistory& chart, project::Project& project, const project::RunRecord& run,
                const ChartOutlook& outlook, JobContext& job) {
  const auto stages = project.pipelines().stages(run.id);
  if (!stages) return forward(stages);
  std::map<std::string, project::StageRecord> last;
  std::map<std::string, std::string> first;  // keys of the first cycle
  for (const project::StageRecord& stage : *stages) {
    if (stage.state == "skipped") continue;  // says nothing of the node: what it needs did not come
    if (stage.cycle == 1) first[stage.node] = stage.cache_key;
    if (const auto found = last.find(stage.node); found == last.end() || found->second.cycle <= stage.cycle)
      last[stage.node] = stage;
  }
  for (auto& [id, record] : last) {
    const NodeOutlook* node = outlook.find(id);
    if (node == nullptr || chart.newest.contains(id)) continue;
    // What comes back round is part of the keys of later cycles, so the first one is looked at.
    const auto changed = fedForward(outlook, id) ? Result<bool>(false)
                                                 : outsideChanged(project, *node, run.seed, first[id], job);
    if (!changed) return forward(changed);
    chart.newest.emplace(id, NodeHistory{run.id, run.started_at, std::move(record), node->recipe, *changed});
  }
  return {};
}

}  // namespace

const NodeOutlook* ChartOutlook::find(const std::string& node) const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [&](const auto& other) { return other.node == node; });
  return found == nodes.end() ? nullptr : &*found;
}

Result<std::vector<KnownTable>> knownTables(project::Project& project) {
  auto database = project.tables();
  if (!database) return forward(database);
  const auto tables = (*database)->tables();
  if (!tables) return forward(tables);
  std::vector<KnownTable> known;
  for (const data::TableInfo& info : *tables) {
    auto roles = project.roles(info.table.name);
    if (!roles) return forward(roles);
    KnownTable table{info.table.name, {}, std::move(*roles)};
    for (const data::ColumnInfo& column : info.columns) table.columns.push_back(column.name);
    known.push_back(std::move(table));
  }
  return known;
}

Result<ChartOutlook> lookAhead(const ChartDocument& document, const std::vector<KnownTable>& tables,
                               std::optional<std::uint64_t> seed,
                               const std::vector<std::pair<std::string, std::string>>& set) {
  ChartOutlook outlook;
  outlook.graph = makeGraph(document.chart());
  const auto binding = bindingWith(document, outlook.graph, set);
  if (!binding) return forward(binding);
  outlook.cycles = binding->cycles;
  std::vector<const StageType*> types;
  for (std::size_t i = 0; i < outlook.graph.ids.size(); ++i) {
    NodeOutlook node;
    node.node = outlook.graph.ids[i];
    node.label = outlook.graph.labels[i];
    const NodeBinding* bound = binding->find(node.node);
    if (bound != nullptr) node.given = {bound->parameters.begin(), bound->parameters.end()};
    if (bound != nullptr && !bound->stage.empty()) {
      const auto type = stageType(bound->stage);
      if (type)
        node.type = *type;
      else
        node.problem = type.error();
    } else {
      node.suggestion = stageTypeForLabel(node.label);
      node.type = node.suggestion.bound();
      node.by_label = node.type != nullptr;
    }
    types.push_back(node.type);
    outlook.nodes.push_back(std::move(node));
  }
  if (const auto rule = checkStopRule(document, *binding, outlook.graph, types); !rule)
    outlook.problem = rule.error();
  const std::vector<std::size_t> order = outlook.graph.order();
  for (std::size_t i = 0; i < outlook.nodes.size(); ++i) {
    outlook.nodes[i].source = sourceOf(outlook, order, tables, i);
    if (const auto fine = checkNode(outlook, types, tables, i); !fine)
      outlook.nodes[i].problem = fine.error();
  }
  writeRecipes(outlook, seed.value_or(static_cast<std::uint64_t>(binding->seed.value_or(kDefaultSeed))));
  return outlook;
}

Result<std::vector<ChartHistory>> chartHistories(project::Project& project,
                                                 const std::vector<KnownTable>& tables, JobContext& job) {
  auto runs = project.pipelines().runs();
  if (!runs) return forward(runs);
  std::sort(runs->begin(), runs->end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  if (runs->size() > kRunsLookedAt) runs->resize(kRunsLookedAt);
  std::vector<ChartHistory> charts;
  for (const project::RunRecord& run : *runs) {
    if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
    const auto document = ChartDocument::parse(run.chart, {});
    auto outlook = document ? lookAhead(*document, tables, run.seed, setIn(run))
                            : Result<ChartOutlook>(forward(document));
    if (!outlook) continue;  // of another version of the program
    auto chart = std::find_if(charts.begin(), charts.end(),
                              [&](const ChartHistory& newer) { return sameChart(newer.outlook, *outlook); });
    if (chart == charts.end()) chart = charts.insert(charts.end(), {*outlook, {}});
    if (auto added = addRun(*chart, project, run, *outlook, job); !added) return forward(added);
  }
  return charts;
}

std::map<std::string, NodeHistory> historyOf(const ChartOutlook& outlook,
                                             const std::vector<ChartHistory>& charts) {
  const auto chart = std::find_if(charts.begin(), charts.end(), [&](const ChartHistory& history) {
    return sameChart(history.outlook, outlook);
  });
  std::map<std::string, NodeHistory> own;
  if (chart == charts.end()) return own;
  for (const NodeOutlook& node : outlook.nodes)
    if (const auto found = chart->newest.find(node.node);
        found != chart->newest.end() && node.type != nullptr && node.type->id == found->second.record.type)
      own.insert(*found);
  return own;
}

}  // namespace lodestone::pipeline
