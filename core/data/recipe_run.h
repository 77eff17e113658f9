// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/recipe.h"
#include "core/data/steps/step.h"

namespace lodestone::data {

/// Applies steps one after another in the transaction of a session. What is used by clean and by previews.
class RecipeRun {
 public:
  /// The whole table as a relation; nothing is read but its count. NotFound names the tables that there are.
  static Result<RecipeRun> open(const Database& database, Session& session, const TableName& table,
                                JobContext& job);

  const Relation& relation() const { return relation_; }
  /// What the last step was made of; compares columns of input and output.
  const StepOutcome& outcome() const { return outcome_; }

  /// Applies the step at 'index'; its error names it.
  Result<StepReport> apply(const RecipeStep& step, std::size_t index, JobContext& job);
  /// Makes a temporary table of the relation as it stands, its rows in order.
  Result<> settle(JobContext& job);
  /// At most 'most' rows of the table, in runs spread evenly; a table of its own.
  Result<> sample(std::int64_t most, JobContext& job);

 private:
  explicit RecipeRun(Session& session) : session_(&session) {}
  Result<StepReport> applyChecked(const RecipeStep& step, std::size_t index, JobContext& job);
  Result<Relation> made(const StepOutcome& outcome, JobContext& job);
  Result<> count(const StepOutcome& outcome, const Relation& next, StepReport& report, JobContext& job);

  Session* session_;
  TableName table_;
  bool has_row_numbers_ = true;
  Relation relation_;
  StepOutcome outcome_;
  int tables_ = 0;
};

/// SQL that is true where a cell is not what it was, see StepReport.
std::string differs(const std::string& old_cell, const std::string& old_type, const std::string& new_cell,
                    const std::string& new_type);

}  // namespace lodestone::data
