// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/duckdb_handle.h"
#include "core/data/row_filter.h"

namespace lodestone::data {

/// The filter as SQL for a WHERE, TRUE for an empty one. NotFound names the columns that there are;
/// InvalidArgument names the column and the value that does not fit it, or says what is wrong with a regular
/// expression or with the filter's own one.
Result<std::string> whereOf(Session& session, const TableInfo& table, const RowFilter& filter,
                            JobContext& job);

/// The cell of a column as the text that is searched, in lower case.
std::string searchedText(const ColumnInfo& column);

}  // namespace lodestone::data
