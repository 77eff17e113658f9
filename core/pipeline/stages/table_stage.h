// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/recipe.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline::stages {

// What stages that make tables out of tables share.

Port tablePort();

/// The project's tables, with the schema that stages write into.
Result<data::Database*> stageTables(const StageInput& input, JobContext& job);

/// Takes away the roles of columns that the table does not have.
Result<> dropLostRoles(TableValue& value, const data::Database& database);

/// A hash of a table's name, rows and cells, whatever their order.
Result<std::string> contentHash(const data::Database& database, const data::TableName& table,
                                JobContext& job);

/// The new table of a stage: "N rows".
StageOutput tableOutput(const TableValue& value, std::int64_t rows_in, std::int64_t rows_out);

/// Cleans the rows, and of the rows to address what the recipe says about columns: those steps that take
/// rows away or name a column which only the rows with outcomes have pass them over.
Result<StageOutput> applyRecipe(const StageInput& input, const data::Recipe& recipe, JobContext& job);

}  // namespace lodestone::pipeline::stages
