// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_cycles.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/pipeline/stage_type.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchMetric{
    "The chart's stop rule looks at \"{0}\", which cycle {1} does not give. It gives: {2}.",
    "流程图的停止规则使用“{0}”，但第 {1} 轮没有该指标。可用的有：{2}。"};

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
      report.model = model;
      for (const char* key : {"cost", "conversions", "incremental_conversions"})
        report.totals[key] = member(value, key);
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

Result<> applyRule(CycleReport& report, const CycleReport* before, const StopRule& rule) {
  const std::map<std::string, double> figures = figuresOf(report);
  const std::string name = rule.metric == "auc" ? "roc_auc" : rule.metric;
  const auto found = figures.find(name);
  if (found == figures.end()) {
    std::vector<std::string> names;
    for (const auto& [known, value] : figures) names.push_back(known);
    return fail(ErrorCode::NotFound, kNoSuchMetric,
                {rule.metric, std::to_string(report.cycle), join(names, ", ")}, {.item = rule.metric});
  }
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
  return {{"cycle", cycle.cycle},         {"model", cycle.model.empty() ? Json(nullptr) : Json(cycle.model)},
          {"metrics", cycle.metrics},     {"totals", cycle.totals},
          {"made", cycle.made},           {"cached", cycle.cached},
          {"value", orNull(cycle.value)}, {"better", orNull(cycle.better)},
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

}  // namespace lodestone::pipeline
