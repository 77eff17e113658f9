// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/runner.h"

#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/givers.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/stage_key.h"
#include "core/project/strategy_records.h"

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
constexpr Text kEmptyChart{"The chart has no node to run.", "流程图中没有可运行的节点。"};
constexpr Text kRunning{"{0}: {1}", "{0}：{1}"};
constexpr Text kFromCache{"unchanged, taken from an earlier run: {0}", "未变化，沿用之前的结果：{0}"};
constexpr int kDefaultCycles = 2;

/// A node ready to run: its stage type and checked parameters.
struct Step {
  std::string id;
  std::string label;
  const StageType* type = nullptr;
  ParameterValues parameters;
};

struct Plan {
  Graph graph;
  std::vector<Step> steps;   ///< one a node
  std::vector<bool> wanted;  ///< takes part in the run
  std::vector<bool> anew;    ///< runs even when the cache knows it
  int cycles = 1;
  std::uint64_t seed = 42;
};

std::string nameList(const Graph& graph) {
  return shorten(join(graph.ids, ", "), 300);
}

Result<std::size_t> nodeIndex(const Graph& graph, const std::string& id) {
  const auto found = std::find(graph.ids.begin(), graph.ids.end(), id);
  if (found == graph.ids.end())
    return fail(ErrorCode::InvalidArgument, kNoSuchNode, {id, nameList(graph)}, {.stage = id});
  return static_cast<std::size_t>(found - graph.ids.begin());
}

/// "A.table" -> node A, parameter table. Node ids may hold dots: the parameter is what follows the last one.
Result<std::vector<std::map<std::string, std::string>>> givenParameters(
    const Graph& graph, const Binding& binding, const std::vector<std::pair<std::string, std::string>>& set) {
  std::vector<std::map<std::string, std::string>> given(graph.ids.size());
  for (const NodeBinding& node : binding.nodes) {
    const auto index = nodeIndex(graph, node.node);
    if (!index) return forward(index);
    for (const auto& [parameter, value] : node.parameters) given[*index][parameter] = value;
  }
  for (const auto& [path, value] : set) {
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == path.size())
      return fail(ErrorCode::InvalidArgument, kBadSet, {path + "=" + value});
    const auto index = nodeIndex(graph, path.substr(0, dot));
    if (!index) return forward(index);
    given[*index][path.substr(dot + 1)] = value;
  }
  return given;
}

Result<> bindSteps(Plan& plan, const Binding& binding, const RunOptions& options) {
  const auto given = givenParameters(plan.graph, binding, options.set);
  if (!given) return forward(given);
  std::vector<std::string> unbound;
  for (std::size_t node = 0; node < plan.graph.ids.size(); ++node) {
    Step step{plan.graph.ids[node], plan.graph.labels[node], stageTypeForLabel(plan.graph.labels[node]), {}};
    if (const NodeBinding* bound = binding.find(step.id); bound != nullptr && !bound->stage.empty()) {
      const auto type = stageType(bound->stage);
      if (!type) return forward(type);
      step.type = *type;
    }
    if (step.type == nullptr) {
      if (plan.wanted[node]) unbound.push_back(step.id + " (" + step.label + ")");
      plan.steps.push_back(std::move(step));
      continue;
    }
    auto parameters =
        checkParameters(step.type->parameters, (*given)[node], step.id + " (" + step.label + ")");
    if (!parameters) {
      Error error = parameters.error();
      error.where.stage = step.id;
      return tl::unexpected<Error>(std::move(error));
    }
    step.parameters = std::move(*parameters);
    plan.steps.push_back(std::move(step));
  }
  if (!unbound.empty()) return fail(ErrorCode::InvalidArgument, kNotConfigured, {join(unbound, ", ")});
  return {};
}

std::vector<PortFeed> feedsOf(const Plan& plan, std::size_t node, const std::set<std::size_t>& returned) {
  std::vector<const StageType*> types;
  for (const Step& step : plan.steps) types.push_back(step.type);
  return feeds(plan.graph, types, node, returned);
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

Result<Plan> makePlan(const ChartDocument& document, const RunOptions& options) {
  const auto binding = document.binding();
  if (!binding) return forward(binding);
  Plan plan;
  plan.graph = makeGraph(document.chart());
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
  if (auto bound = bindSteps(plan, *binding, options); !bound) return forward(bound);
  if (auto inputs = checkInputs(plan); !inputs) return forward(inputs);
  return plan;
}

/// One run: what the stages left so far, and the record.
class Run {
 public:
  Run(project::Project& project, const Plan& plan, const RunOptions& options, JobContext& job)
      : project_(project), plan_(plan), options_(options), job_(job), left_(plan.steps.size()) {}

  Result<RunReport> all(const std::string& chart_text);

 private:
  std::vector<std::vector<std::size_t>> cycles() const;
  Result<> step(std::size_t node, int cycle);
  Result<StageInput> gather(std::size_t node, project::StageRecord& record);
  Result<bool> fromCache(std::size_t node, project::StageRecord& record);
  Result<> keep(const project::StageRecord& record);
  Result<> addStrategies();

  project::Project& project_;
  const Plan& plan_;
  const RunOptions& options_;
  JobContext& job_;
  RunReport report_;
  std::vector<std::vector<Artefact>> left_;  ///< by node: its newest artefacts
  std::vector<int> last_cycle_ = std::vector<int>(plan_.steps.size(), 0);
  std::set<std::size_t> returned_;  ///< sources of feedback edges that have run in an earlier cycle
  std::size_t done_ = 0;
  std::size_t total_ = 1;
};

/// Which nodes run in which cycle. After the first, only the loop runs again, and of it only what something
/// reads: in the last cycle the source of a feedback edge with no other reader has none. What follows a loop
/// runs once, in the last cycle.
std::vector<std::vector<std::size_t>> Run::cycles() const {
  const std::vector<bool> loop = plan_.graph.loop();
  std::vector<std::vector<std::size_t>> rounds;
  for (int cycle = 1; cycle <= plan_.cycles; ++cycle) {
    std::vector<std::size_t> nodes;
    for (const std::size_t node : plan_.graph.order()) {
      if (!plan_.wanted[node]) continue;
      const auto& after = plan_.graph.after[node];
      const bool only_feeds_back =
          after.empty() && std::any_of(plan_.graph.feedback.begin(), plan_.graph.feedback.end(),
                                       [&](const auto& edge) { return edge.first == node; });
      bool after_loop = false;
      const std::vector<bool> before = plan_.graph.ancestors(node);
      for (std::size_t other = 0; other < loop.size(); ++other)
        if (loop[other] && before[other] && !loop[node]) after_loop = true;
      const bool last = cycle == plan_.cycles;
      const bool runs = after_loop ? last : loop[node] ? cycle == 1 || !last || !only_feeds_back : cycle == 1;
      if (runs) nodes.push_back(node);
    }
    rounds.push_back(std::move(nodes));
  }
  return rounds;
}

Result<> Run::keep(const project::StageRecord& record) {
  if (auto kept = project_.pipelines().stage(report_.run, record); !kept) return kept;
  if (options_.on_stage) options_.on_stage(record);
  return {};
}

Result<StageInput> Run::gather(std::size_t node, project::StageRecord& record) {
  const Step& step = plan_.steps[node];
  StageInput input;
  input.project = &project_;
  input.node = step.id;
  input.parameters = step.parameters;
  input.seed = plan_.seed;
  input.device = options_.device;
  StageKey key{step.type, plan_.seed, step.parameters, {}, {}};
  Json lineage = Json::array();
  for (const PortFeed& feed : feedsOf(plan_, node, returned_)) {
    const Port& port = *feed.port;
    for (const std::size_t from : feed.nodes) {
      for (const Artefact& artefact : left_[from]) {
        if (artefact.kind != port.kind) continue;
        input.inputs[port.name].push_back(artefact);
        key.inputs[port.name].push_back(artefact.fingerprint);
      }
      lineage.push_back(plan_.steps[from].id + "@" + std::to_string(last_cycle_[from]));
    }
    if (!port.optional && !input.has(port.name))
      return tl::unexpected(missingInput(step.id, step.label, port.kind));
  }
  if (step.type->outside) {
    auto outside = step.type->outside(input, job_);
    if (!outside) return forward(outside);
    key.outside = *outside;
  }
  input.cache_key = key.hash();
  record.cache_key = input.cache_key;
  report_.lineage[step.id + "@" + std::to_string(record.cycle)] = {{"type", step.type->id},
                                                                   {"inputs", lineage}};
  return input;
}

Result<bool> Run::fromCache(std::size_t node, project::StageRecord& record) {
  if (plan_.anew[node]) return false;
  const auto known = project_.pipelines().cached(record.cache_key);
  if (!known) return forward(known);
  if (!*known || (*known)->outputs.is_null()) return false;
  const auto there = stillThere(project_, (*known)->outputs);
  if (!there || !*there) return there;
  record.outputs = (*known)->outputs;
  record.rows_in = (*known)->rows_in;
  record.rows_out = (*known)->rows_out;
  record.state = (*known)->state;
  record.message =
      (*known)->cached ? (*known)->message : fill(kFromCache, job_.language(), {(*known)->message});
  record.cached = true;
  return true;
}

Json outputsJson(const std::vector<Artefact>& artefacts) {
  Json json = Json::array();
  for (const Artefact& artefact : artefacts)
    json.push_back({{"kind", portKindName(artefact.kind)},
                    {"value", artefact.value},
                    {"fingerprint", artefact.fingerprint}});
  return json;
}

std::vector<Artefact> artefactsFromJson(const Json& json, const StageType& type) {
  std::vector<Artefact> artefacts;
  for (const Json& item : json)
    for (const Port& port : type.outputs)
      if (item.value("kind", std::string()) == portKindName(port.kind))
        artefacts.push_back(
            {port.kind, item.value("value", Json()), item.value("fingerprint", std::string())});
  return artefacts;
}

Result<> Run::step(std::size_t node, int cycle) {
  const Step& step = plan_.steps[node];
  const Stopwatch watch;
  project::StageRecord record;
  record.cycle = cycle;
  record.node = step.id;
  record.label = step.label;
  record.type = step.type->id;
  record.state = "running";
  job_.report(static_cast<double>(done_) / static_cast<double>(total_), kRunning,
              {step.id, std::string(step.type->title.in(job_.language()))});
  if (auto kept = keep(record); !kept) return kept;

  const auto finish = [&]() -> Result<> {
    record.seconds = watch.seconds();
    report_.stages.push_back(record);
    ++done_;
    return keep(record);
  };
  const auto stop = [&](Error error) -> Result<> {
    record.state = error.code == ErrorCode::Cancelled ? "cancelled" : "failed";
    record.message = error.message(job_.language());
    if (error.where.stage.empty()) error.where.stage = step.id;
    auto kept = finish();
    return tl::unexpected<Error>(std::move(error));
  };

  if (auto go_on = job_.checkpoint(); !go_on) return stop(go_on.error());
  auto input = gather(node, record);
  if (!input) return stop(input.error());
  const auto cached = fromCache(node, record);
  if (!cached) return stop(cached.error());
  if (*cached) {
    left_[node] = artefactsFromJson(record.outputs, *step.type);
  } else {
    JobContext part = job_.part(static_cast<double>(done_) / static_cast<double>(total_),
                                static_cast<double>(done_ + 1) / static_cast<double>(total_));
    auto output = step.type->run(*input, part);
    if (!output) return stop(output.error());
    for (Artefact& artefact : output->artefacts)
      artefact.fingerprint = artefact.kind == PortKind::Model
                                 ? sha256Hex(dumpJson(artefact.value))
                                 : sha256Hex(record.cache_key + std::string(portKindName(artefact.kind)));
    left_[node] = output->artefacts;
    record.rows_in = output->rows_in;
    record.rows_out = output->rows_out;
    record.message = output->message;
    record.state = output->warning ? "warning" : "done";
    record.outputs = outputsJson(left_[node]);
  }
  last_cycle_[node] = cycle;
  report_.lineage[step.id + "@" + std::to_string(cycle)]["outputs"] = record.outputs;
  return finish();
}

/// The newest strategies of the run become drafts; those that the project has already, word for word, stay
/// what they are.
Result<> Run::addStrategies() {
  auto records = project_.strategies();
  const auto known = records.list();
  if (!known) return forward(known);
  std::map<std::string, std::string> by_hash;
  for (const project::StrategyVersion& strategy : *known) {
    const auto versions = records.versions(strategy.id);
    if (!versions) return forward(versions);
    for (const project::StrategyVersion& version : *versions) by_hash[version.content_hash] = version.id;
  }
  std::vector<Json> fresh;
  for (const auto& artefacts : left_)
    for (const Artefact& artefact : artefacts) {
      if (artefact.kind != PortKind::Strategies) continue;
      for (const Json& content : artefact.value.at("strategies")) {
        const auto same = by_hash.find(project::contentHash(content));
        if (same != by_hash.end())
          report_.strategies.push_back(same->second);
        else
          fresh.push_back(content);
      }
    }
  if (fresh.empty()) return {};
  const auto added = records.add(fresh, options_.by);
  if (!added) return forward(added);
  for (const project::StrategyVersion& strategy : *added) report_.strategies.push_back(strategy.id);
  return {};
}

Result<RunReport> Run::all(const std::string& chart_text) {
  auto begun = project_.pipelines().begin(chart_text, plan_.seed);
  if (!begun) return forward(begun);
  report_.run = *begun;
  report_.lineage = Json::object();
  const auto rounds = cycles();
  total_ = 0;
  std::vector<PlannedStage> planned;
  for (std::size_t round = 0; round < rounds.size(); ++round)
    for (const std::size_t node : rounds[round])
      planned.push_back({static_cast<int>(round) + 1, plan_.steps[node].id});
  total_ = planned.size();
  if (options_.on_plan) options_.on_plan(report_.run, planned);
  Result<> result;
  for (std::size_t round = 0; round < rounds.size() && result; ++round) {
    for (const std::size_t node : rounds[round]) {
      result = step(node, static_cast<int>(round) + 1);
      if (!result) break;
    }
    for (const auto& [source, target] : plan_.graph.feedback)
      if (last_cycle_[source] > 0) returned_.insert(source);
  }
  if (result) result = addStrategies();
  report_.state = result ? "done" : result.error().code == ErrorCode::Cancelled ? "cancelled" : "failed";
  if (!result) report_.error = result.error();
  if (auto ended = project_.pipelines().end(report_.run, report_.state); !ended) return forward(ended);
  return std::move(report_);
}

}  // namespace

Result<RunReport> runChart(project::Project& project, const std::string& chart_text,
                           const std::string& file_name, const RunOptions& options, JobContext& job) {
  const auto document = ChartDocument::parse(chart_text, file_name);
  if (!document) return forward(document);
  const auto plan = makePlan(*document, options);
  if (!plan) return forward(plan);
  return Run(project, *plan, options, job).all(chart_text);
}

}  // namespace lodestone::pipeline
