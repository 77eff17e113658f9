// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/campaign/generate.h"
#include "core/pipeline/stages/stages.h"
#include "core/project/model_records.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kMeasured{
    "{0} strategies: {1} incremental conversions ({2} to {3}) for {4} {5}; checks: {6} pass, {7} to review, "
    "{8} fail",
    "{0} 个策略：增量转化 {1}（{2} 至 {3}），成本 {4} {5}；检查：通过 {6}，待复核 {7}，未通过 {8}"};
constexpr Text kWithoutHoldout{
    "{0} strategies: {1} conversions ({2} to {3}) for {4} {5}, incremental effect unknown; checks: {6} pass, "
    "{7} to "
    "review, {8} fail",
    "{0} 个策略：转化 {1}（{2} 至 {3}），成本 {4} {5}，增量效果未知；检查：通过 {6}，待复核 {7}，未通过 {8}"};

constexpr Text kSomeOf{"{0} (with an estimate) of {1}", "{1} 个中有估计的 {0}"};

/// Sum over disjoint audiences: values add up, the intervals' half widths as independent errors.
struct Total {
  double value = 0;
  double low_squares = 0;
  double high_squares = 0;
  int known = 0;

  void add(const Json& estimate) {
    if (!estimate.is_object() || !estimate.contains("value") || estimate["value"].is_null()) return;
    const double middle = estimate["value"].get<double>();
    value += middle;
    low_squares += std::pow(middle - estimate.value("low", middle), 2);
    high_squares += std::pow(estimate.value("high", middle) - middle, 2);
    ++known;
  }
  Json toJson() const {
    if (known == 0) return nullptr;
    return {{"value", number(value)},
            {"low", number(value - std::sqrt(low_squares))},
            {"high", number(value + std::sqrt(high_squares))},
            {"strategies", known}};
  }
};

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  const Json& strategies = input.value("strategies").at("strategies");
  Total conversions;
  Total incremental;
  double cost = 0;
  std::map<std::string, int> checks;
  std::string currency;
  for (const Json& strategy : strategies) {
    conversions.add(strategy["predicted"]["conversions"]);
    incremental.add(strategy["predicted"]["incremental_conversions"]);
    if (strategy["cost"].is_number()) cost += strategy["cost"].get<double>();
    currency = strategy.value("currency", std::string());
    for (const Json& check : strategy["checks"]) ++checks[check.value("status", std::string())];
  }
  const auto record = input.project->models().get(input.value("model").at("model").get<std::string>());
  if (!record) return forward(record);

  const Total& shown = incremental.known > 0 ? incremental : conversions;
  const Json total = shown.toJson();
  const auto figure = [&](const char* key) {
    return total.is_null() ? std::string("?") : formatGrouped(total[key].get<double>(), 0);
  };
  StageOutput output;
  output.rows_in = static_cast<std::int64_t>(strategies.size());
  output.rows_out = output.rows_in;
  output.warning = checks["FAIL"] > 0;
  output.message = fill(
      incremental.known > 0 ? kMeasured : kWithoutHoldout, job.language(),
      {shown.known == static_cast<int>(strategies.size())
           ? std::to_string(strategies.size())
           : fill(kSomeOf, job.language(), {std::to_string(shown.known), std::to_string(strategies.size())}),
       figure("value"), figure("low"), figure("high"), formatGrouped(cost, 0), currency,
       std::to_string(checks["PASS"]), std::to_string(checks["REVIEW"]), std::to_string(checks["FAIL"])});
  Json value = {{"model", record->id},
                {"metrics", record->metrics},
                {"baseline", record->baseline},
                {"conversions", conversions.toJson()},
                {"incremental_conversions", incremental.toJson()},
                {"cost", number(cost)},
                {"checks", checks},
                {"holds", portKindName(PortKind::Strategies)}};  // what was counted
  output.artefacts.push_back({PortKind::Evaluation, std::move(value), {}});
  return output;
}

}  // namespace

StageType evaluate() {
  return {
      .id = "evaluate",
      .title = {"Evaluate the effect", "效果评估"},
      .help = {"Adds up what the strategies promise on held-out rows, against no campaign, and counts their "
               "checks.",
               "汇总各策略在留出行上相对于不做活动的预期效果，并统计各项检查的结果。"},
      .group = StageGroup::Results,
      .inputs = {{"strategies", PortKind::Strategies, {"Strategies", "策略"}},
                 {"model", PortKind::Model, {"Model", "模型"}}},
      .outputs = {{"evaluation", PortKind::Evaluation, {"Evaluation", "评估"}}},
      .parameters = {},
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
