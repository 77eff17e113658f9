// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/learn/training.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// What a model said of the rows that it never learned from, and what came of them. One of each a row.
struct HeldOut {
  std::vector<float> probability;
  std::vector<float> target;                ///< 0 or 1
  std::vector<float> baseline_probability;  ///< empty where it is not known
  std::vector<std::int64_t> rows;           ///< of the table that was scored, from 0
};

/// Writes held_out.safetensors into a model's folder, so that its curves never depend on whether the table is
/// still as it was.
Result<> keepHeldOut(const std::filesystem::path& model_folder, const learn::Dataset& dataset,
                     const learn::Training& training);

/// The held-out rows of a trained model. Where the file is missing they are scored again, without the
/// baseline, from the table as it is. InvalidArgument where the model was not trained to its end, or where
/// that table is not, cell for cell, what it was trained from; Corrupt where the rows do not give the test
/// figures of the record. Empty for a model without test rows.
Result<HeldOut> heldOut(project::Project& project, const std::string& model, JobContext& job);

/// The held-out rows as a table of schema "stages", best score first: lodestone_score, lodestone_outcome (and
/// lodestone_baseline), then all columns of the table that they are in. Returns its name; a later call
/// replaces it. NotFound where that table is gone, InvalidArgument where it changed since.
Result<data::TableName> heldOutTable(project::Project& project, const std::string& model, JobContext& job);

}  // namespace lodestone::pipeline
