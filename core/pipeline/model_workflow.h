// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/scored_tables.h"
#include "core/learn/model_type.h"
#include "core/learn/training.h"
#include "core/project/model_records.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// What a training of a project's table needs. The stages and the command line both come through here.
struct TrainRequest {
  data::TableName table;
  std::string source;                   ///< the table as the user knows it; empty: table.name
  std::optional<data::TableName> test;  ///< its rows are the test rows
  learn::DatasetPlan dataset;
  learn::ModelPlan model;
  std::string made_for = {};  ///< the cache key of the stage it is for; empty: none
  /// Both in the training's thread: the record is there; an epoch ended and is in the record.
  std::function<void(const std::string& id)> on_begin = {};
  std::function<void(const learn::Epoch&)> on_epoch = {};
};

struct TrainReport {
  project::ModelRecord record;
  learn::Training training;
};

/// All columns of a table in memory, rows in the table's order: row i of the frame is rowid i.
Result<Frame> readTable(project::Project& project, const data::TableName& table, JobContext& job);

/// The plan with the columns left out that a role makes no feature: who it is about, what was done to whom,
/// and what came of it (user, treatment, campaign, offer, channel, revenue, consent). A score that knew the
/// treatment could not tell its effect.
learn::DatasetPlan withoutRoleColumns(learn::DatasetPlan plan, const project::Roles& roles,
                                      const Frame& frame);

/// A line about a trained model by a text with {0} id, {1} test ROC AUC, {2} test rows, {3} recall, {4} the
/// baseline's type, {5} its ROC AUC.
std::string modelSummary(const project::ModelRecord& record, const Text& text, Language language);

/// Trains on a table and keeps the model: recorded when it starts, every epoch as it comes; the model's files
/// are on disk before it is reported done, the scores of its held-out rows beside them (see held_out.h). The
/// run card says also which table of the database it was, and the cross-validation. Cancelled or failed
/// trainings stay in the record, without files.
Result<TrainReport> trainOnTable(project::Project& project, const TrainRequest& request, JobContext& job);

/// A kept model, ready to predict.
Result<learn::TrainedModel> loadModel(project::Project& project, const std::string& id,
                                      const std::string& device);

/// Adds the score of each row to a table's columns and writes them as a new one, which keeps the model and
/// what that learned from as its origin; returns the count of rows.
Result<std::int64_t> predictTable(project::Project& project, const std::string& model,
                                  const data::TableName& table, const data::TableName& out,
                                  const std::string& device, JobContext& job);

/// The same into a CSV file.
Result<std::int64_t> predictToCsv(project::Project& project, const std::string& model,
                                  const data::TableName& table, const std::filesystem::path& file,
                                  const std::string& device, JobContext& job);

/// The model's figures on another table that has its target.
Result<learn::Metrics> evaluateOnTable(project::Project& project, const std::string& model,
                                       const data::TableName& table, const std::string& device,
                                       JobContext& job);

/// Scores a model's own table with the part of the split each row belongs to, and the rows to address (the
/// same table when population is empty). names: what the two new tables are called in schema "stages".
Result<campaign::ScoredTables> scoreTables(project::Project& project, const std::string& model,
                                           const data::TableName& history,
                                           const std::optional<data::TableName>& population,
                                           const project::Roles& roles, const std::string& name_suffix,
                                           const std::string& device, JobContext& job);

}  // namespace lodestone::pipeline
