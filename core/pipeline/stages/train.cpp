// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/pipeline/artefacts.h"
#include "core/pipeline/model_workflow.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kTrained{"{0}: ROC AUC {1} on {2} held-out rows, recall {3}; {4} beside it: {5}",
                        "{0}：在 {2} 个留出行上 ROC AUC 为 {1}，召回率 {3}；基线 {4}：{5}"};

/// The choice of the model, then every parameter of every model once; empty means the model's own default.
std::vector<Parameter> parameters() {
  Parameter model{
      "model", {"Model", "模型"}, {"The family of models.", "模型的类型。"}, ParameterKind::Choice, "mlp"};
  std::vector<Parameter> all;
  for (const learn::ModelType& type : learn::modelTypes()) {
    model.choices.push_back({type.id, type.title});
    for (Parameter parameter : type.parameters) {
      const bool known = std::any_of(all.begin(), all.end(),
                                     [&](const Parameter& other) { return other.id == parameter.id; });
      if (known) continue;
      parameter.default_value.clear();
      all.push_back(std::move(parameter));
    }
  }
  all.insert(all.begin(), std::move(model));
  return all;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  const DatasetValue dataset = datasetValueFromJson(input.value("dataset"));
  TrainRequest request;
  request.table = dataset.table.table;
  request.source = dataset.table.source;
  request.dataset = dataset.plan;
  request.model.type = input.parameters.text("model");
  request.model.device = input.device;
  for (const auto& [id, value] : input.parameters.all())
    if (id != "model" && !value.empty()) request.model.parameters[id] = value;
  request.made_for = input.cache_key;
  const auto report = trainOnTable(*input.project, request, job);
  if (!report) return forward(report);

  StageOutput output;
  output.rows_in = report->training.model.card.value("rows", std::int64_t{0});
  output.message = modelSummary(report->record, kTrained, job.language());
  output.artefacts.push_back({PortKind::Model, {{"model", report->record.id}}, {}});
  return output;
}

}  // namespace

StageType train() {
  return {
      .id = "train",
      .title = {"Train a model", "模型训练"},
      .help = {"Fits the model on the training rows, a baseline beside it, and scores both on the test rows.",
               "在训练行上拟合模型，并同时训练一个基线模型，两者都在测试行上评分。"},
      .labels = {"Train a model", "Train model", "Model training", "Training", "模型训练", "训练模型",
                 "机器学习"},
      .inputs = {{"dataset", PortKind::Dataset, {"Prepared rows", "备好的数据行"}}},
      .outputs = {{"model", PortKind::Model, {"Model", "模型"}}},
      .parameters = parameters(),
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
