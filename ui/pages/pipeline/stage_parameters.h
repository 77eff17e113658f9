// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/pipeline/stage_type.h"

namespace lodestone::pages {

/// The parameters of a stage as they are shown with these values: of a training only those that the chosen
/// model has, with that model's own defaults.
std::vector<Parameter> shownParameters(const pipeline::StageType& type,
                                       const std::map<std::string, std::string>& given);

/// Null when there is none of that id.
const Parameter* parameterOf(const std::vector<Parameter>& parameters, const std::string& id);

/// That decides what other parameters there are.
inline constexpr const char* kModelParameter = "model";
inline constexpr const char* kTrainStage = "train";

}  // namespace lodestone::pages
