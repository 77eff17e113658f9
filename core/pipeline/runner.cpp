// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/runner.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "core/base/version.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/run_feed.h"
#include "core/pipeline/run_plan.h"
#include "core/pipeline/run_schedule.h"
#include "core/pipeline/stage_run.h"
#include "core/project/strategy_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kBelowFailed{"not run: it needs {0}, which failed", "未运行：它需要 {0}，而该节点失败了"};
constexpr Text kBelowWaiting{"not run: it needs {0}, which waits to be applied by hand",
                             "未运行：它需要 {0}，而该节点正等待手动应用"};
constexpr Text kNotReached{"not run: the run was cancelled before", "未运行：此前运行已被取消"};

std::string at(const std::string& node, int cycle) {
  return node + "@" + std::to_string(cycle);
}

/// Training takes as many threads as there are.
bool takesTheMachine(const StageType& type) {
  return type.output(PortKind::Model) != nullptr || type.output(PortKind::Recommender) != nullptr;
}

std::size_t threadBudget(int parallel) {
  if (parallel > 0) return static_cast<std::size_t>(parallel);
  return std::max<std::size_t>(1, std::thread::hardware_concurrency() / 2);
}

/// What was asked for beside the chart.
Json optionsJson(const RunOptions& options, const Plan& plan) {
  Json set = Json::object();
  for (const auto& [path, value] : options.set) set[path] = value;
  return {{"set", set},
          {"to", options.to},
          {"from", options.from},
          {"apply", options.apply},
          {"cycles", plan.cycles},
          {"cache", options.cache == Cache::Use},
          {"device", options.device},
          {"by", options.by}};
}

/// What a node left the last time it ran.
struct Left {
  std::shared_ptr<const std::vector<Artefact>> artefacts;
  int cycle = 0;  ///< 0: it has not run
};

/// One run: what the stages left so far, and the record.
class Run {
 public:
  Run(project::Project& project, const Plan& plan, const RunOptions& options, JobContext& job)
      : project_(project), plan_(plan), options_(options), job_(job), left_(plan.steps.size()) {}

  Result<RunReport> all(const std::string& chart_text);

 private:
  Result<> begin(const std::string& chart_text);
  Result<> walk(StageRunner& runner, RunFeed& feed);
  Result<> runPhase(const Phase& phase, int cycle, std::size_t position, StageRunner& runner, RunFeed& feed);
  StageTask taskOf(std::size_t node, int cycle, std::size_t position) const;
  bool runNode(const StageTask& task, StageRunner& runner);
  void block(std::size_t node, const StageOutcome& outcome);
  Result<> skip(std::size_t node, int cycle, std::size_t position, const std::string& why, RunFeed& feed);
  Result<bool> loopGoesOn();
  bool loopIsBroken() const;
  std::vector<project::StageRecord> records() const;
  void tellEnd(const Result<>& result);
  Result<> addStrategies();

  project::Project& project_;
  const Plan& plan_;
  const RunOptions& options_;
  JobContext& job_;
  RunReport report_;
  std::vector<Phase> phases_;
  std::vector<Left> left_;                             ///< by node
  std::vector<Left> before_;                           ///< the same when the phase began
  std::vector<std::optional<StageOutcome>> outcomes_;  ///< by position
  std::map<std::size_t, std::string> blocked_;         ///< nodes whose outputs do not come, and why
  std::set<std::size_t> returned_;  ///< sources of feedback edges that have run in an earlier cycle
};

Result<> Run::begin(const std::string& chart_text) {
  // Made once here: two stages that made it at the same time would be in each other's way.
  const auto database = project_.tables();
  if (!database) return forward(database);
  JobContext own = job_.listening({});
  if (auto made = (*database)->execute("CREATE SCHEMA IF NOT EXISTS stages", own); !made) return made;
  report_.code = codeVersion();
  const auto begun =
      project_.pipelines().begin(chart_text, plan_.seed, report_.code, optionsJson(options_, plan_));
  if (!begun) return forward(begun);
  report_.run = *begun;
  phases_ = phasesOf(plan_);
  std::vector<PlannedStage> planned;
  for (const Phase& phase : phases_)
    for (const std::size_t node : phase.nodes) planned.push_back({phase.cycle, plan_.steps[node].id});
  outcomes_.resize(planned.size());
  if (options_.on_plan) options_.on_plan(report_.run, planned);
  return {};
}

/// Where the inputs of a node come from. What a node before it left counts at once; what comes back round a
/// feedback edge is that of the phase before, whichever stage is quicker now.
StageTask Run::taskOf(std::size_t node, int cycle, std::size_t position) const {
  const Step& step = plan_.steps[node];
  StageTask task{node, cycle, position, {}, {}};
  const std::vector<bool> ancestors = plan_.graph.ancestors(node);
  for (const PortFeed& feed : feedsOf(plan_, node, returned_)) {
    const Port& port = *feed.port;
    bool fed = false;
    for (const std::size_t from : feed.nodes) {
      const Left& left = ancestors[from] && from != node ? left_[from] : before_[from];
      if (!left.artefacts) continue;
      for (const Artefact& artefact : *left.artefacts) {
        if (artefact.kind != port.kind) continue;
        task.sources.push_back({port.name, at(plan_.steps[from].id, left.cycle), artefact});
        fed = true;
      }
    }
    if (!fed && !port.optional) task.missing = missingInput(step.id, step.label, port.kind);
  }
  return task;
}

bool Run::runNode(const StageTask& task, StageRunner& runner) {
  StageOutcome outcome = runner.run(task);
  const bool well = outcome.well();
  if (well)
    left_[task.node] = {std::make_shared<const std::vector<Artefact>>(std::move(outcome.left)), task.cycle};
  outcomes_[task.position] = std::move(outcome);
  return well;
}

/// Why what needs this node does not run.
void Run::block(std::size_t node, const StageOutcome& outcome) {
  const std::string& id = plan_.steps[node].id;
  const Language language = job_.language();
  if (outcome.record.state == "waiting")
    blocked_[node] = fill(kBelowWaiting, language, {id});
  else if (outcome.record.state == "cancelled")
    blocked_[node] = std::string(kNotReached.in(language));
  else
    blocked_[node] = fill(kBelowFailed, language, {id});
}

Result<> Run::skip(std::size_t node, int cycle, std::size_t position, const std::string& why, RunFeed& feed) {
  blocked_[node] = why;
  if (left_[node].cycle > 0) return {};  // it has a record of an earlier cycle, which still holds
  StageOutcome outcome;
  outcome.record.cycle = cycle;
  outcome.record.node = plan_.steps[node].id;
  outcome.record.label = plan_.steps[node].label;
  outcome.record.type = plan_.steps[node].type->id;
  outcome.record.state = "skipped";
  outcome.record.message = why;
  outcome.record.position = static_cast<std::int64_t>(position);
  auto kept = feed.keep(outcome.record);
  outcomes_[position] = std::move(outcome);
  return kept;
}

Result<> Run::runPhase(const Phase& phase, int cycle, std::size_t position, StageRunner& runner,
                       RunFeed& feed) {
  before_ = left_;
  std::vector<ScheduledTask> tasks;
  std::vector<std::size_t> places;  // of the tasks, within the phase
  std::map<std::size_t, std::size_t> task_of_node;
  for (std::size_t place = 0; place < phase.nodes.size(); ++place) {
    const std::size_t node = phase.nodes[place];
    const auto& before = plan_.graph.before[node];
    const auto cause = std::find_if(before.begin(), before.end(),
                                    [&](std::size_t other) { return blocked_.contains(other); });
    if (cause != before.end()) {
      const std::string why = blocked_.at(*cause);
      if (auto skipped = skip(node, cycle, position + place, why, feed); !skipped) return skipped;
      continue;
    }
    ScheduledTask task{{}, takesTheMachine(*plan_.steps[node].type)};
    for (const std::size_t other : before)
      if (const auto found = task_of_node.find(other); found != task_of_node.end())
        task.needs.push_back(found->second);
    task_of_node[node] = tasks.size();
    tasks.push_back(std::move(task));
    places.push_back(place);
  }
  const auto work = [&](std::size_t task) {
    return runNode(taskOf(phase.nodes[places[task]], cycle, position + places[task]), runner);
  };
  const auto begun = runSchedule(tasks, threadBudget(options_.parallel), job_.stopToken(), work);
  for (std::size_t task = 0; task < tasks.size(); ++task) {
    const std::size_t node = phase.nodes[places[task]];
    const auto& outcome = outcomes_[position + places[task]];
    if (begun[task] && outcome) {
      if (!outcome->well()) block(node, *outcome);
      continue;
    }
    const auto& before = plan_.graph.before[node];
    const auto cause = std::find_if(before.begin(), before.end(),
                                    [&](std::size_t other) { return blocked_.contains(other); });
    const std::string why =
        cause == before.end() ? std::string(kNotReached.in(job_.language())) : blocked_.at(*cause);
    if (auto skipped = skip(node, cycle, position + places[task], why, feed); !skipped) return skipped;
  }
  for (const auto& [source, target] : plan_.graph.feedback)
    if (left_[source].cycle > 0) returned_.insert(source);
  return {};
}

bool Run::loopIsBroken() const {
  const std::vector<bool> loop = plan_.graph.loop();
  return std::any_of(blocked_.begin(), blocked_.end(), [&](const auto& entry) { return loop[entry.first]; });
}

/// Whether another time round is worth it, by the chart's rule.
Result<bool> Run::loopGoesOn() {
  if (loopIsBroken()) return false;
  if (!plan_.until) return true;
  auto cycles = cyclesOf(project_, records(), plan_.until);
  if (!cycles) return forward(cycles);
  return cycles->empty() || !cycles->back().enough;
}

Result<> Run::walk(StageRunner& runner, RunFeed& feed) {
  int cycle = 1;
  bool over = false;  // no further time round the loop
  std::size_t position = 0;
  for (const Phase& phase : phases_) {
    const std::size_t begin = position;
    position += phase.nodes.size();
    const bool of_loop = phase.when == Phase::When::Again || phase.when == Phase::When::Returning;
    if (of_loop && over) continue;
    if (phase.when == Phase::When::After && loopIsBroken()) {
      const std::vector<bool> loop = plan_.graph.loop();
      const auto cause = std::find_if(blocked_.begin(), blocked_.end(),
                                      [&](const auto& entry) { return loop[entry.first]; });
      const std::string why = cause->second;
      for (std::size_t i = 0; i < phase.nodes.size(); ++i)
        if (auto skipped = skip(phase.nodes[i], cycle, begin + i, why, feed); !skipped) return skipped;
      continue;
    }
    if (of_loop) cycle = phase.cycle;
    if (auto done = runPhase(phase, cycle, begin, runner, feed); !done) return done;
    if (phase.when == Phase::When::After || plan_.cycles == 1) continue;
    const auto goes_on = loopGoesOn();
    if (!goes_on) return forward(goes_on);
    over = !*goes_on;
  }
  return {};
}

std::vector<project::StageRecord> Run::records() const {
  std::vector<project::StageRecord> records;
  for (const auto& outcome : outcomes_)
    if (outcome) records.push_back(outcome->record);
  return records;
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
  for (const Left& left : left_) {
    if (!left.artefacts) continue;
    for (const Artefact& artefact : *left.artefacts) {
      if (artefact.kind != PortKind::Strategies) continue;
      for (const Json& content : artefact.value.at("strategies")) {
        const auto same = by_hash.find(project::contentHash(content));
        if (same != by_hash.end())
          report_.strategies.push_back(same->second);
        else
          fresh.push_back(content);
      }
    }
  }
  if (fresh.empty()) return {};
  const auto added = records.add(fresh, options_.by);
  if (!added) return forward(added);
  for (const project::StrategyVersion& strategy : *added) report_.strategies.push_back(strategy.id);
  return {};
}

/// The state of the whole, the first failure, and where everything came from.
void Run::tellEnd(const Result<>& result) {
  report_.stages = records();
  report_.lineage = Json::object();
  bool waiting = false;
  for (const project::StageRecord& stage : report_.stages) {
    waiting = waiting || stage.state == "waiting";
    if (stage.state == "skipped") continue;
    Json inputs = Json::array();
    if (stage.inputs.is_array())
      for (const Json& input : stage.inputs) inputs.push_back(input.value("from", std::string()));
    report_.lineage[at(stage.node, stage.cycle)] = {{"type", stage.type},
                                                    {"inputs", inputs},
                                                    {"outputs", stage.outputs},
                                                    {"parameters", stage.parameters},
                                                    {"made_run", stage.made_run}};
  }
  if (!result) report_.error = result.error();
  for (const auto& outcome : outcomes_) {
    if (!outcome || !outcome->error) continue;
    const bool first = !report_.error || report_.error->code == ErrorCode::Cancelled;
    if (first && outcome->error->code != ErrorCode::Cancelled) report_.error = outcome->error;
    if (!report_.error) report_.error = outcome->error;
  }
  if (!report_.error && job_.stopRequested()) report_.error = cancelled().value();
  if (report_.error)
    report_.state = report_.error->code == ErrorCode::Cancelled ? "cancelled" : "failed";
  else
    report_.state = waiting ? "waiting" : "done";
}

Result<RunReport> Run::all(const std::string& chart_text) {
  if (auto begun = begin(chart_text); !begun) return forward(begun);
  RunFeed feed(project_, report_.run, options_, outcomes_.size(), job_);
  StageRunner runner(project_, plan_, options_, report_.run, job_, feed);
  tellEnd(walk(runner, feed));
  if (!report_.error) {
    if (auto added = addStrategies(); !added) {
      report_.error = added.error();
      report_.state = "failed";
    }
  }
  const bool ruled = !report_.error && plan_.cycles > 1;
  auto cycles = cyclesOf(project_, report_.stages, ruled ? plan_.until : std::nullopt);
  if (cycles) report_.cycles = std::move(*cycles);
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
