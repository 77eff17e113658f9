// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/stage_parameters.h"

#include <algorithm>

#include "core/learn/model_type.h"

namespace lodestone::pages {

const Parameter* parameterOf(const std::vector<Parameter>& parameters, const std::string& id) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& other) { return other.id == id; });
  return found == parameters.end() ? nullptr : &*found;
}

std::vector<Parameter> shownParameters(const pipeline::StageType& type,
                                       const std::map<std::string, std::string>& given) {
  if (type.id != kTrainStage) return type.parameters;
  const Parameter* model = parameterOf(type.parameters, kModelParameter);
  if (model == nullptr) return type.parameters;
  const auto chosen_id = given.find(kModelParameter);
  const auto chosen = learn::modelType(chosen_id == given.end() ? model->default_value : chosen_id->second);
  std::vector<Parameter> shown = {*model};
  if (chosen) shown.insert(shown.end(), (*chosen)->parameters.begin(), (*chosen)->parameters.end());
  return shown;
}

}  // namespace lodestone::pages
