// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/event_columns.h"
#include "core/data/table_operation.h"

namespace lodestone::data::operations {

// One for each file of this folder.
TableOperation join();
TableOperation unite();
TableOperation pivot();
TableOperation unpivot();
TableOperation rfm();
TableOperation behaviour();
TableOperation sequences();

/// The columns that a form names, then those of the table's roles, then those of usual names.
Result<EventColumns> eventColumns(const Database& database, const OperationInput& input);
/// "{0} of {1} rows were used": the line that the features share.
OperationLine usedRows(std::int64_t used, std::int64_t all);

/// The parameter of a column that has a role; it may stay empty.
Parameter roleColumn(std::string id, const Text& title);
/// "2026-03-01" or "2026-03-01 12:00:00"; empty for the latest time.
Parameter asOf();

}  // namespace lodestone::data::operations
