// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/prediction_source.h"

#include <algorithm>

#include "core/pipeline/model_workflow.h"
#include "core/pipeline/run_outputs.h"
#include "core/project/model_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoPredictions{
    "There are no predictions to make strategies from. Run a flowchart or train a model first.",
    "没有可用于生成策略的预测结果。请先运行流程图或训练模型。"};
constexpr Text kModelMissing{
    "Whom to address can be chosen for the scores of a given model only: choose the model as well.",
    "只有指定了打分模型，才能选择要触达的客户表：请同时指定模型。"};

Result<campaign::ScoredTables> scoredBy(project::Project& project, const std::string& model,
                                        const std::optional<data::TableName>& population,
                                        const std::string& device, JobContext& job) {
  const auto record = project.models().get(model);
  if (!record) return forward(record);
  const auto roles = project.roles(record->table);
  if (!roles) return forward(roles);
  return scoreTables(project, model, {record->table}, population, *roles, "campaign_" + model, device, job);
}

}  // namespace

Result<campaign::ScoredTables> predictionsFor(project::Project& project, const PredictionSource& source,
                                              const std::string& device, JobContext& job) {
  if (!source.model.empty()) return scoredBy(project, source.model, source.population, device, job);
  if (source.population) return fail(ErrorCode::InvalidArgument, kModelMissing, {}, {.item = "population"});
  auto newest = newestPredictions(project);
  if (!newest) return forward(newest);
  if (*newest) return std::move(**newest);
  const auto models = project.models().list();
  if (!models) return forward(models);
  const auto done = std::find_if(models->rbegin(), models->rend(), [](const auto& record) {
    return record.state == project::TrainingState::Done;
  });
  if (done == models->rend()) return fail(ErrorCode::NotFound, kNoPredictions);
  return scoredBy(project, done->id, std::nullopt, device, job);
}

}  // namespace lodestone::pipeline
