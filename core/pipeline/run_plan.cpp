// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_plan.h"

#include <algorithm>
#include <map>

#include "core/pipeline/run_cycles.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNotConfigured{
    "The chart has nodes that no stage is bound to: {0}. Bind them in the front matter under lodestone: "
    "nodes:, or run "
    "only a part with --to.",
    "流程图中有未绑定阶段的节点：{0}。请在 front matter 的 lodestone: nodes: 下绑定，或用 --to "
    "只运行一部分。"};
constexpr Text kNoSuchNode{"The chart has no node \"{0}\". It has: {1}.",
                           "流程图没有节点“{0}”。现有节点：{1}。"};
constexpr Text kBadSet{"\"{0}\" does not read. Write NODE.parameter=value.",
                       "无法解析“{0}”。请写成 节点.参数=值。"};
constexpr Text kUnknownStage{"Node {0} is bound to the stage \"{1}\", which there is not. There are: {2}.",
                             "节点 {0} 绑定的阶段“{1}”不存在。可用的有：{2}。"};
constexpr Text kEmptyChart{"The chart has no node to run.", "流程图中没有可运行的节点。"};
constexpr int kDefaultCycles = 2;

std::string nameList(const Graph& graph) {
  return shorten(join(graph.ids, ", "), 300);
}

Result<std::size_t> nodeIndex(const Graph& graph, const std::string& id) {
  const auto found = std::find(graph.ids.begin(), graph.ids.end(), id);
  if (found == graph.ids.end())
    return fail(ErrorCode::InvalidArgument, kNoSuchNode, {id, nameList(graph)}, {.stage = id});
  return static_cast<std::size_t>(found - graph.ids.begin());
}

Result<> bindSteps(Plan& plan, const Binding& binding, const std::string& file) {
  std::vector<std::string> unbound;
  for (std::size_t node = 0; node < plan.graph.ids.size(); ++node) {
    Step step{plan.graph.ids[node],
              plan.graph.labels[node],
              stageTypeForLabel(plan.graph.labels[node]).bound(),
              {}};
    const NodeBinding* bound = binding.find(step.id);
    std::map<std::string, std::string> given;
    if (bound != nullptr) given = {bound->parameters.begin(), bound->parameters.end()};
    if (bound != nullptr && !bound->stage.empty()) {
      const auto type = stageType(bound->stage);
      if (!type) {
        Where where{.stage = step.id};
        if (bound->line > 0) where.file = file, where.line = bound->line;
        return fail(ErrorCode::NotFound, kUnknownStage, {step.id, bound->stage, type.error().args.back()},
                    std::move(where));
      }
      step.type = *type;
    }
    if (step.type == nullptr) {
      if (plan.wanted[node]) unbound.push_back(step.id + " (" + step.label + ")");
      plan.steps.push_back(std::move(step));
      continue;
    }
    auto parameters = checkParameters(step.type->parameters, given, step.id + " (" + step.label + ")");
    if (!parameters) {
      Error error = parameters.error();
      error.where.stage = step.id;
      if (bound != nullptr && bound->line > 0) error.where.file = file, error.where.line = bound->line;
      return tl::unexpected<Error>(std::move(error));
    }
    step.parameters = std::move(*parameters);
    plan.steps.push_back(std::move(step));
  }
  if (!unbound.empty())
    return fail(ErrorCode::InvalidArgument, kNotConfigured, {join(unbound, ", ")}, {.file = file});
  return {};
}

Result<> checkInputs(const Plan& plan) {
  for (std::size_t node = 0; node < plan.steps.size(); ++node) {
    if (!plan.wanted[node]) continue;
    for (const PortFeed& feed : feedsOf(plan, node, {}))
      if (feed.nodes.empty() && !feed.port->optional)
        return tl::unexpected(missingInput(plan.steps[node].id, plan.steps[node].label, feed.port->kind));
  }
  return {};
}

/// Which nodes applied by hand this run does not ask for.
Result<> findWaiting(Plan& plan, const Binding& binding, const RunOptions& options) {
  plan.waits.assign(plan.graph.ids.size(), false);
  for (const NodeBinding& bound : binding.nodes) {
    if (!bound.manual) continue;
    const auto node = nodeIndex(plan.graph, bound.node);
    if (!node) return forward(node);
    plan.waits[*node] = bound.node != options.to && bound.node != options.from;
  }
  for (const std::string& id : options.apply) {
    const auto node = nodeIndex(plan.graph, id);
    if (!node) return forward(node);
    plan.waits[*node] = false;
  }
  return {};
}

}  // namespace

std::vector<PortFeed> feedsOf(const Plan& plan, std::size_t node, const std::set<std::size_t>& returned) {
  std::vector<const StageType*> types;
  for (const Step& step : plan.steps) types.push_back(step.type);
  return feeds(plan.graph, types, node, returned);
}

Result<Binding> bindingWith(const ChartDocument& document, const Graph& graph,
                            const std::vector<std::pair<std::string, std::string>>& set) {
  auto binding = document.binding();
  if (!binding) return binding;
  for (const auto& [path, value] : set) {
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == path.size())
      return fail(ErrorCode::InvalidArgument, kBadSet, {path + "=" + value});
    const std::string id = path.substr(0, dot);
    const std::string parameter = path.substr(dot + 1);
    if (const auto known = nodeIndex(graph, id); !known) return forward(known);
    auto node = std::find_if(binding->nodes.begin(), binding->nodes.end(),
                             [&](const NodeBinding& bound) { return bound.node == id; });
    if (node == binding->nodes.end()) node = binding->nodes.insert(node, NodeBinding{.node = id});
    if (parameter == "stage") {
      node->stage = value;
      node->line = 0;
      continue;
    }
    std::erase_if(node->parameters, [&](const auto& written) { return written.first == parameter; });
    node->parameters.emplace_back(parameter, value);
  }
  return binding;
}

Result<Plan> makePlan(const ChartDocument& document, const RunOptions& options) {
  Plan plan;
  plan.graph = makeGraph(document.chart());
  const auto binding = bindingWith(document, plan.graph, options.set);
  if (!binding) return forward(binding);
  if (plan.graph.ids.empty())
    return fail(ErrorCode::InvalidArgument, kEmptyChart, {}, {.file = document.fileName()});
  plan.wanted.assign(plan.graph.ids.size(), true);
  plan.anew.assign(plan.graph.ids.size(), options.cache == Cache::Ignore);
  if (!options.to.empty()) {
    const auto node = nodeIndex(plan.graph, options.to);
    if (!node) return forward(node);
    plan.wanted = plan.graph.ancestors(*node);
  }
  if (!options.from.empty()) {
    const auto node = nodeIndex(plan.graph, options.from);
    if (!node) return forward(node);
    plan.anew = plan.graph.descendants(*node);
  }
  plan.seed = options.seed.value_or(static_cast<std::uint64_t>(binding->seed.value_or(42)));
  const int cycles = options.cycles.value_or(static_cast<int>(binding->cycles.value_or(kDefaultCycles)));
  plan.cycles = plan.graph.feedback.empty() || !options.to.empty() ? 1 : std::max(1, cycles);
  if (auto bound = bindSteps(plan, *binding, document.fileName()); !bound) return forward(bound);
  if (auto inputs = checkInputs(plan); !inputs) return forward(inputs);
  if (auto waiting = findWaiting(plan, *binding, options); !waiting) return forward(waiting);
  std::vector<const StageType*> types;
  for (const Step& step : plan.steps) types.push_back(step.type);
  if (auto rule = checkStopRule(document, *binding, plan.graph, types); !rule) return forward(rule);
  plan.until = binding->until;
  return plan;
}

std::vector<Phase> phasesOf(const Plan& plan) {
  const std::vector<bool> loop = plan.graph.loop();
  Phase first{Phase::When::Always, 1, {}};
  Phase again{Phase::When::Again, 1, {}};
  Phase returning{Phase::When::Returning, 1, {}};
  Phase after{Phase::When::After, plan.cycles, {}};
  for (const std::size_t node : plan.graph.order()) {
    if (!plan.wanted[node]) continue;
    const bool only_feeds_back = loop[node] && plan.graph.after[node].empty();
    const std::vector<bool> before = plan.graph.ancestors(node);
    bool after_loop = false;
    for (std::size_t other = 0; other < loop.size(); ++other)
      if (loop[other] && before[other] && !loop[node]) after_loop = true;
    (after_loop && plan.cycles > 1 ? after : first).nodes.push_back(node);
    if (loop[node]) (only_feeds_back ? returning : again).nodes.push_back(node);
  }
  std::vector<Phase> phases = {std::move(first)};
  for (int cycle = 2; cycle <= plan.cycles; ++cycle) {
    again.cycle = returning.cycle = cycle;
    phases.push_back(again);
    if (cycle < plan.cycles && !returning.nodes.empty()) phases.push_back(returning);
  }
  if (!after.nodes.empty()) phases.push_back(std::move(after));
  return phases;
}

}  // namespace lodestone::pipeline
