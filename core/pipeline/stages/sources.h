// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

// Rows that a stage takes from the project: a table of it or a query over its tables, and of them those that
// meet a condition. What the parameters "table", "query", "where" and "roles" say.

/// These four, as collecting and feedback offer them.
std::vector<Parameter> sourceParameters();

/// What is wrong with them before anything has run.
Result<> checkSource(const ParameterValues& parameters, const Foresight& foresight);

/// The table that they name; none when a query makes it.
std::optional<KnownTable> knownSource(const ParameterValues& parameters,
                                      const std::vector<KnownTable>& tables);

/// The contents of the tables that they may read, and their roles: with a query or a condition any.
Result<std::string> sourceHash(const StageInput& input, JobContext& job);

/// The rows. A table without a condition stays where it is; else the stage's own table under the word holds
/// the answer.
Result<TableValue> sourceRows(const StageInput& input, const std::string& word, JobContext& job);

/// Makes a table of the schema "stages" out of an analyst's SELECT.
Result<> makeQueryTable(data::Database& database, const data::TableName& name, const std::string& sql,
                        JobContext& job);

/// The SQL that a parameter names: a query that ships with the program, or the text itself.
std::string sqlOf(const std::string& parameter);

}  // namespace lodestone::pipeline::stages
