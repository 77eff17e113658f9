// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/text.h"
#include "core/data/recipe.h"
#include "core/data/table_operation.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline::stages {

/// A count as a message tells it: "12,764".
inline std::string grouped(std::int64_t count) {
  return formatGrouped(static_cast<double>(count), 0);
}

// The functions of the files of this folder, called once by the registry, which adds the labels.
StageType collect();
StageType fileImport();
StageType preprocess();
StageType recipe();
/// A cleaning step and a table operation as stages; what they refer to lives as long as the program.
StageType cleaningStep(const data::StepType& type);
StageType tableOperation(const data::TableOperation& operation);
StageType integrate();
StageType sql();
StageType explore();
StageType profiles();
StageType features();
StageType train();
StageType machineLearning();
StageType deepLearning();
StageType largeModel();
StageType predict();
StageType tune();
StageType trainRecommender();
StageType recommend();
StageType tuneRecommender();
StageType strategies();
StageType propose();
StageType evaluate();
StageType feedback();
StageType exportFile();
StageType note();

}  // namespace lodestone::pipeline::stages
