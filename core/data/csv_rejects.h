// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/data/csv_dialect.h"
#include "core/data/csv_source.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// At most so many rejected rows are kept with their text; all are counted.
inline constexpr std::int64_t kRejectsKept = 100000;

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
Result<RejectedRows> collectRejects(Session& session, const CsvSource& source, const CsvPlan& plan,
                                    JobContext& job);

/// The schema and tables of the records of imports, made when missing.
Result<> ensureImportTables(Session& session, JobContext& job);
/// Replaces what was kept of an earlier import of the table.
Result<> storeRejects(Session& session, const TableName& table, const std::vector<Reject>& rejects,
                      JobContext& job);

}  // namespace lodestone::data
