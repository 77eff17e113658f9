// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/campaign/scored_tables.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// The scored tables that the last stage of a run left, none when no stage left any.
/// Corrupt when the record of a stage cannot be read.
Result<std::optional<campaign::ScoredTables>> predictionsOf(const std::vector<project::StageRecord>& stages);

/// The scored tables of the newest run that left some which are still there.
Result<std::optional<campaign::ScoredTables>> newestPredictions(project::Project& project);

}  // namespace lodestone::pipeline
