// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/base/job_context.h"
#include "core/campaign/scored_tables.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// Whose predictions strategies shall be made from.
struct PredictionSource {
  std::string model;                          ///< empty: the newest run's, else the newest trained model's
  std::optional<data::TableName> population;  ///< whom to address by that model; none: its own table
};

/// The scored tables of that source: those that are there already, or made now by scoring the model's table.
/// NotFound when nothing has been trained; InvalidArgument for a population without a model; else as
/// scoreTables.
Result<campaign::ScoredTables> predictionsFor(project::Project& project, const PredictionSource& source,
                                              const std::string& device, JobContext& job);

}  // namespace lodestone::pipeline
