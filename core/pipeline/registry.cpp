// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/data/recipe.h"
#include "core/data/table_operation.h"
#include "core/pipeline/labels.h"
#include "core/pipeline/stage_type.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchStage{"There is no stage type \"{0}\". There are: {1}.",
                            "没有名为“{0}”的阶段类型。可用的有：{1}。"};

std::vector<StageType> allTypes() {
  std::vector<StageType> types = {stages::collect(), stages::fileImport(), stages::preprocess(),
                                  stages::recipe()};
  for (const data::StepType& step : data::stepTypes()) types.push_back(stages::cleaningStep(step));
  types.push_back(stages::integrate());
  for (const data::TableOperation& operation : data::tableOperations())
    types.push_back(stages::tableOperation(operation));
  for (auto* make :
       {stages::sql, stages::explore, stages::profiles, stages::features, stages::train,
        stages::machineLearning, stages::deepLearning, stages::largeModel, stages::predict, stages::tune,
        stages::trainRecommender, stages::recommend, stages::tuneRecommender, stages::strategies,
        stages::propose, stages::evaluate, stages::feedback, stages::exportFile, stages::note})
    types.push_back(make());
  for (StageType& type : types) type.labels = labelsOf(type.id);
  return types;
}

/// What each type is called: its id, its titles and its labels.
const std::vector<std::pair<const StageType*, std::vector<LabelWords>>>& typeNames() {
  static const auto kNames = [] {
    std::vector<std::pair<const StageType*, std::vector<LabelWords>>> all;
    for (const StageType& type : stageTypes()) {
      std::vector<LabelWords> names = {LabelWords(type.id), LabelWords(type.title.in(Language::English)),
                                       LabelWords(type.title.in(Language::Chinese))};
      for (const std::string& label : type.labels) names.emplace_back(label);
      all.emplace_back(&type, std::move(names));
    }
    return all;
  }();
  return kNames;
}

}  // namespace

const Text& stageGroupTitle(StageGroup group) {
  static constexpr Text kSources{"Sources", "数据来源"};
  static constexpr Text kCleaning{"Cleaning", "数据清洗"};
  static constexpr Text kTables{"Tables", "表操作"};
  static constexpr Text kExploring{"Exploring", "探索"};
  static constexpr Text kModels{"Models", "模型"};
  static constexpr Text kRecommending{"Recommending", "推荐"};
  static constexpr Text kStrategies{"Strategies", "策略"};
  static constexpr Text kResults{"Results", "结果"};
  static constexpr Text kNotes{"Notes", "说明"};
  switch (group) {
    case StageGroup::Sources:
      return kSources;
    case StageGroup::Cleaning:
      return kCleaning;
    case StageGroup::Tables:
      return kTables;
    case StageGroup::Exploring:
      return kExploring;
    case StageGroup::Models:
      return kModels;
    case StageGroup::Recommending:
      return kRecommending;
    case StageGroup::Strategies:
      return kStrategies;
    case StageGroup::Results:
      return kResults;
    case StageGroup::Notes:
      return kNotes;
  }
  return kNotes;
}

const std::vector<StageType>& stageTypes() {
  static const std::vector<StageType> kTypes = allTypes();
  return kTypes;
}

Result<const StageType*> stageType(const std::string& id) {
  std::vector<std::string> ids;
  for (const StageType& type : stageTypes()) {
    if (type.id == id) return &type;
    ids.push_back(type.id);
  }
  return fail(ErrorCode::NotFound, kNoSuchStage, {id, join(ids, ", ")}, {.item = id});
}

LabelMatch stageTypeForLabel(std::string_view label) {
  const LabelWords said(label);
  LabelMatch best;
  double second = 0;
  for (const auto& [type, names] : typeNames()) {
    double confidence = 0;
    for (const LabelWords& name : names) confidence = std::max(confidence, labelConfidence(said, name));
    if (confidence >= 1) return {type, confidence};
    if (confidence > best.confidence) {
      second = best.confidence;
      best = {type, confidence};
    } else {
      second = std::max(second, confidence);
    }
  }
  // Where two types are as likely, neither is bound.
  if (second >= best.confidence - kClearLead)
    best.confidence = std::min(best.confidence, kSureEnough - kClearLead);
  return best;
}

const StageType* LabelMatch::bound() const {
  return confidence >= kSureEnough ? type : nullptr;
}

data::TableName StageInput::ownTable(const std::string& word) const {
  return {word + "_" + cache_key.substr(0, 16), "stages"};
}

}  // namespace lodestone::pipeline
