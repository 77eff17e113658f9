// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_cycles.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/learn/metrics.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchMetric{
    "The chart's stop rule looks at \"{0}\", which cycle {1} does not give. It gives: {2}.",
    "流程图的停止规则使用“{0}”，但第 {1} 轮没有该指标。可用的有：{2}。"};
constexpr Text kNotGiven{"The stop rule looks at \"{0}\", which no stage of the loop gives. They give: {1}.",
                         "停止规则使用“{0}”，但循环中没有阶段给出该指标。可用的有：{1}。"};
constexpr Text kNothingGiven{
    "The stop rule looks at \"{0}\", but the stages of the loop give no figure that it could look at. Put "
    "one "
    "into the loop that predicts or evaluates, or take \"until\" away.",
    "停止规则使用“{0}”，但循环中的阶段不给出任何可用的指标。请在循环中加入预测或评估阶段，或删去“until”。"};

constexpr std::array<std::string_view, 3> kTotals = {"cost", "conversions", "incremental_conversions"};
constexpr std::array<std::string_view, 10> kLessIsBetter = {"log_loss", "brier", "loss",  "rmse", "mae",
                                                            "mse",      "mape",  "smape", "ece",  "cost"};

Json member(const Json& object, const std::string& key) {
  return object.is_object() && object.contains(key) ? object[key] : Json(nullptr);
}

/// A number, or the middle of an estimate.
std::optional<double> figureOf(const Json& value) {
  const Json& number = value.is_object() ? member(value, "value") : value;
  if (!number.is_number()) return std::nullopt;
  return number.get<double>();
}

/// What one stage adds to the figures of its cycle: the latest in the order of the plan counts.
void addOutputs(CycleReport& report, const Json& outputs) {
  if (!outputs.is_array()) return;
  for (const Json& output : outputs) {
    const std::string kind = output.value("kind", std::string());
    const Json value = member(output, "value");
    const std::string model = member(value, "model").is_string() ? value["model"].get<std::string>() : "";
    const bool names_model =
        kind == portKindName(PortKind::Model) || kind == portKindName(PortKind::Predictions);
    if (kind == portKindName(PortKind::Evaluation)) {
      // The first counts: a later stage tunes it for the next cycle.
      if (report.recommender.is_null()) report.recommender = member(member(value, "recommender"), "model");
      if (!value.contains("conversions")) continue;  // of a table or a recommender
      report.model = model;
      for (const std::string_view key : kTotals) report.totals[key] = member(value, std::string(key));
    } else if (kind == portKindName(PortKind::Strategies)) {
      report.totals["strategies"] = member(value, "strategies").size();
    } else if (names_model && !model.empty() && !report.totals.contains("conversions")) {
      report.model = model;  // after its evaluation a cycle makes the model of the next
    }
  }
}

/// Every figure that a stop rule may look at, by name.
std::map<std::string, double> figuresOf(const CycleReport& report) {
  std::map<std::string, double> figures;
  const auto add = [&](const Json& from) {
    if (!from.is_object()) return;
    for (const auto& [name, value] : from.items())
      if (const auto figure = figureOf(value)) figures[name] = *figure;
  };
  add(member(report.metrics, "validation"));
  add(report.totals);
  return figures;
}

std::string nameOf(const StopRule& rule) {
  return rule.metric == "auc" ? "roc_auc" : rule.metric;
}

std::string namesOf(const std::map<std::string, double>& figures) {
  std::vector<std::string> names;
  for (const auto& [name, value] : figures) names.push_back(name);
  return join(names, ", ");
}

/// Every figure that a cycle gives whose stages are those: only the names count.
std::map<std::string, double> figuresGiven(const std::vector<const StageType*>& types) {
  CycleReport report;
  for (const StageType* type : types) {
    const bool counts_strategies = type->output(PortKind::Strategies) != nullptr;
    const bool evaluates = type->output(PortKind::Evaluation) != nullptr &&
                           std::any_of(type->inputs.begin(), type->inputs.end(),
                                       [](const Port& port) { return port.kind == PortKind::Strategies; });
    const bool names_model = evaluates || type->output(PortKind::Model) != nullptr ||
                             type->output(PortKind::Predictions) != nullptr;
    if (names_model) report.metrics = {{"validation", learn::toJson(learn::Metrics{})}};
    if (counts_strategies) report.totals["strategies"] = 0;
    if (evaluates)
      for (const std::string_view key : kTotals) report.totals[std::string(key)] = 0;
  }
  return figuresOf(report);
}

Result<> applyRule(CycleReport& report, const CycleReport* before, const StopRule& rule) {
  const std::map<std::string, double> figures = figuresOf(report);
  const std::string name = nameOf(rule);
  const auto found = figures.find(name);
  if (found == figures.end())
    return fail(ErrorCode::NotFound, kNoSuchMetric,
                {rule.metric, std::to_string(report.cycle), namesOf(figures)}, {.item = rule.metric});
  report.value = found->second;
  if (before == nullptr || !before->value) return {};
  const bool less = std::find(kLessIsBetter.begin(), kLessIsBetter.end(), name) != kLessIsBetter.end();
  report.better = less ? *before->value - *report.value : *report.value - *before->value;
  report.enough = *report.better < rule.better || *report.better <= 0;
  return {};
}

}  // namespace

Json toJson(const CycleReport& cycle) {
  const auto orNull = [](const std::optional<double>& value) {
    return value ? number(*value) : Json(nullptr);
  };
  return {{"cycle", cycle.cycle},
          {"model", cycle.model.empty() ? Json(nullptr) : Json(cycle.model)},
          {"metrics", cycle.metrics},
          {"totals", cycle.totals},
          {"recommender", cycle.recommender},
          {"made", cycle.made},
          {"cached", cycle.cached},
          {"value", orNull(cycle.value)},
          {"better", orNull(cycle.better)},
          {"enough", cycle.enough}};
}

Result<std::vector<CycleReport>> cyclesOf(project::Project& project,
                                          const std::vector<project::StageRecord>& stages,
                                          const std::optional<StopRule>& until) {
  std::map<int, CycleReport> by_cycle;
  for (const project::StageRecord& stage : stages) {
    if (stage.state != "done" && stage.state != "warning") continue;
    CycleReport& report = by_cycle[stage.cycle];
    report.cycle = stage.cycle;
    (stage.cached ? report.cached : report.made).push_back(stage.node);
    addOutputs(report, stage.outputs);
  }
  std::vector<CycleReport> cycles;
  for (auto& [cycle, report] : by_cycle) {
    if (report.totals.is_null()) report.totals = Json::object();
    if (!report.model.empty())
      if (const auto model = project.models().get(report.model)) report.metrics = model->metrics;
    if (until)
      if (auto ruled = applyRule(report, cycles.empty() ? nullptr : &cycles.back(), *until); !ruled)
        return forward(ruled);
    cycles.push_back(std::move(report));
  }
  return cycles;
}

Result<> checkStopRule(const ChartDocument& document, const Binding& binding, const Graph& graph,
                       const std::vector<const StageType*>& types) {
  if (!binding.until || graph.feedback.empty()) return {};
  const std::vector<bool> loop = graph.loop();
  std::vector<const StageType*> every_time;  // what only feeds back does not run in the last cycle
  for (std::size_t node = 0; node < loop.size(); ++node) {
    if (!loop[node] || graph.after[node].empty()) continue;
    if (types[node] == nullptr) return {};
    every_time.push_back(types[node]);
  }
  const std::map<std::string, double> given = figuresGiven(every_time);
  if (given.contains(nameOf(*binding.until))) return {};
  const std::string& metric = binding.until->metric;
  Where where{.file = document.fileName(), .line = binding.until_line, .item = metric};
  if (given.empty()) return fail(ErrorCode::NotFound, kNothingGiven, {metric}, std::move(where));
  return fail(ErrorCode::NotFound, kNotGiven, {metric, namesOf(given)}, std::move(where));
}

}  // namespace lodestone::pipeline
