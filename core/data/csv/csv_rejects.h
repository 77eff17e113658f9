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

/// Cells of typed columns that failed to read, by column (from 0), in rows that are else whole.
Result<std::vector<std::int64_t>> badCells(Session& session, std::size_t columns, JobContext& job);

/// The marks of absence among those cells, by column.
Result<std::vector<std::set<std::string>>> lateMarks(Session& session, std::size_t columns, JobContext& job);

/// What DuckDB turned away in this session's last read of the file, told with the file's own lines and text.
/// InvalidArgument when a row is not UTF-8.
Result<RejectedRows> collectRejects(Session& session, const TextFile& source, const CsvPlan& plan,
                                    JobContext& job);

}  // namespace lodestone::data
