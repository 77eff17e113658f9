// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/artefacts.h"
#include "core/pipeline/model_workflow.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kScoring{"Scoring rows", "正在评分"};
constexpr Text kScored{"{0} rows scored by {1}, {2} of them to address",
                       "{1} 为 {0} 行评分，其中待触达 {2} 行"};

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  job.report(0, kScoring);
  const DatasetValue dataset = datasetValueFromJson(input.value("dataset"));
  const auto model = input.value("model").at("model").get<std::string>();
  auto scored = scoreTables(*input.project, model, dataset.table.table, dataset.table.population,
                            dataset.table.roles, input.cache_key.substr(0, 16), input.device, job);
  if (!scored) return forward(scored);
  scored->source = dataset.table.source;
  const auto history = (*database)->table(scored->history);
  if (!history) return forward(history);
  const auto population = (*database)->table(scored->population);
  if (!population) return forward(population);

  const bool same = scored->history == scored->population;
  StageOutput output;
  output.rows_in = history->rows + (same ? 0 : population->rows);
  output.rows_out = output.rows_in;
  output.message =
      fill(kScored, job.language(), {grouped(*output.rows_out), model, grouped(population->rows)});
  output.artefacts.push_back({PortKind::Predictions, scored->toJson(), {}});
  return output;
}

}  // namespace

StageType predict() {
  return {
      .id = "predict",
      .title = {"Predict", "结果预测"},
      .help = {"Gives each row the probability of the positive value: the rows learned from, with their part "
               "of the "
               "split, and the rows to address.",
               "给每一行算出正类的概率：包括学习所用的行（附其所属部分）以及待触达的行。"},
      .group = StageGroup::Models,
      .inputs = {{"dataset", PortKind::Dataset, {"Prepared rows", "备好的数据行"}},
                 {"model", PortKind::Model, {"Model", "模型"}}},
      .outputs = {{"predictions", PortKind::Predictions, {"Predictions", "预测结果"}}},
      .parameters = {},
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
