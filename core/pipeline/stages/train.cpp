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
std::vector<Parameter> parameters(const std::string& usual) {
  Parameter model{
      "model", {"Model", "模型"}, {"The family of models.", "模型的类型。"}, ParameterKind::Choice, usual};
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

/// The families differ in the model that they begin with alone: it is a parameter of each.
StageType trainAs(std::string id, const Text& title, const Text& help, const std::string& usual) {
  return {
      .id = std::move(id),
      .title = title,
      .help = help,
      .group = StageGroup::Models,
      .inputs = {{"dataset", PortKind::Dataset, {"Prepared rows", "备好的数据行"}}},
      .outputs = {{"model", PortKind::Model, {"Model", "模型"}}},
      .parameters = parameters(usual),
      .run = run,
  };
}

}  // namespace

StageType train() {
  return trainAs(
      "train", {"Train a model", "模型训练"},
      {"Fits the model on the training rows, a baseline beside it, and scores both on the test rows.",
       "在训练行上拟合模型，并同时训练一个基线模型，两者都在测试行上评分。"},
      "mlp");
}

StageType machineLearning() {
  return trainAs("machine_learning", {"Machine learning", "机器学习"},
                 {"Trains a model of the classical kind, logistic regression unless another is chosen.",
                  "训练传统机器学习模型；未另选时为逻辑回归。"},
                 "logistic_regression");
}

StageType deepLearning() {
  return trainAs("deep_learning", {"Deep learning", "深度学习"},
                 {"Trains a neural network, a multilayer perceptron unless another is chosen.",
                  "训练神经网络；未另选时为多层感知机。"},
                 "mlp");
}

StageType largeModel() {
  return trainAs(
      "large_model", {"Train a large model", "大模型训练"},
      {"Trains the largest network that there is: a multilayer perceptron, whose hidden layers say "
       "how large.",
       "训练现有的最大网络：多层感知机，由隐藏层决定规模。"},
      "mlp");
}

}  // namespace lodestone::pipeline::stages
