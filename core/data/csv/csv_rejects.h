// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/data/csv/csv_plan.h"
#include "core/data/duckdb_handle.h"
#include "core/data/source.h"
#include "core/data/text_file.h"

namespace lodestone::data {

struct RejectedRows {
  std::int64_t count = 0;
  bool blank_lines = false;  ///< some "rows" were lines of spaces alone: skipped, not rejected
  std::vector<Reject> kept;  ///< by line
};

/// What is wrong with a cell of a type, as it is told.
std::string badCellReason(std::string_view cell, const ColumnType& type);

/// Did DuckDB turn away rows in this session's last read of the file for another reason than a cell that does
/// not read?
Result<bool> hasOddRows(Session& session, JobContext& job);

/// Cells of typed columns that failed to read, by column (from 0).
Result<std::vector<std::int64_t>> badCells(Session& session, std::size_t columns, JobContext& job);

/// The rows with such cells.
Result<std::int64_t> badRowCount(Session& session, JobContext& job);

/// The marks of absence among those cells, by column.
Result<std::vector<std::set<std::string>>> lateMarks(Session& session, const CsvPlan& plan, JobContext& job);

/// The rows with such cells, told with the file's own lines and text.
Result<RejectedRows> collectRejects(Session& session, const TextFile& source, const CsvPlan& plan,
                                    JobContext& job);

}  // namespace lodestone::data
