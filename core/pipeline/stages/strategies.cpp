// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/generate.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kGenerated{"{0} strategies for {1} customers", "生成 {0} 个策略，覆盖 {1} 位客户"};

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  const auto tables = campaign::ScoredTables::fromJson(input.value("predictions"));
  if (!tables) return forward(tables);
  campaign::GenerateOptions options;
  auto goal = campaign::goalFromText(input.parameters.text("goal"));
  if (!goal) return forward(goal);
  options.goal = *goal;
  if (!input.parameters.text("budget").empty()) options.budget = input.parameters.number("budget");
  options.seed = input.seed;
  auto generated = campaign::generateStrategies(*input.project, *tables, options, job);
  if (!generated) return forward(generated);

  std::int64_t customers = 0;
  for (const Json& strategy : generated->strategies)
    customers += strategy["audience"].value("size", std::int64_t{0});
  StageOutput output;
  output.rows_out = static_cast<std::int64_t>(generated->strategies.size());
  output.message = fill(kGenerated, job.language(), {std::to_string(*output.rows_out), grouped(customers)});
  Json value = {{"strategies", std::move(generated->strategies)}, {"binding", generated->binding}};
  value["unspent"] = generated->unspent ? number(*generated->unspent) : Json(nullptr);
  output.artefacts.push_back({PortKind::Strategies, std::move(value), {}});
  return output;
}

/// Another catalogue, other strategies.
Result<std::string> outside(const StageInput& input, JobContext&) {
  const auto catalogue = campaign::loadCatalogue(*input.project);
  if (!catalogue) return forward(catalogue);
  return dumpJson(campaign::toJson(*catalogue));
}

}  // namespace

StageType strategies() {
  return {
      .id = "strategies",
      .title = {"Generate strategies", "营销策略生成"},
      .help = {"Makes segments by score and value, chooses an offer and a channel for each on the training "
               "rows, and "
               "estimates the effects on held-out rows.",
               "按得分与价值划分人群，在训练行上为每个人群选择优惠与渠道，并在留出行上估计效果。"},
      .group = StageGroup::Strategies,
      .inputs = {{"predictions", PortKind::Predictions, {"Predictions", "预测结果"}}},
      .outputs = {{"strategies", PortKind::Strategies, {"Strategies", "策略"}}},
      .parameters = {{"goal",
                      {"Goal", "目标"},
                      {"What the offer and channel are chosen for.", "选择优惠与渠道时所追求的目标。"},
                      ParameterKind::Choice,
                      "profit",
                      {},
                      {},
                      {},
                      {{"conversions", {"incremental conversions", "增量转化"}},
                       {"revenue", {"incremental revenue", "增量收入"}},
                       {"profit", {"incremental profit", "增量利润"}}}},
                     {"budget",
                      {"Budget", "预算"},
                      {"Money for all strategies together. Empty: unlimited.",
                       "所有策略合计的金额。留空：不限。"},
                      ParameterKind::Number,
                      "",
                      0.0}},
      .run = run,
      .outside = outside,
  };
}

}  // namespace lodestone::pipeline::stages
