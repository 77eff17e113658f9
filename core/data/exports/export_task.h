// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/table_export.h"
#include "core/data/vectors.h"

namespace lodestone::data {

/// What a format writes: the rows of a SELECT, into a file that is kept at the end by the caller.
struct ExportTask {
  Session& session;
  std::string select;
  std::vector<ColumnInfo> columns;  ///< of the SELECT
  std::string name;                 ///< of what is written, for a sheet
  std::int64_t rows = -1;           ///< -1: not known
  const ExportOptions& options;
  PartFile& file;
  JobContext& job;
};

// One for each format; they fill in rows, sheets and notices.
Result<> writeCsv(ExportTask& task, ExportReport& report);
Result<> writeXlsx(ExportTask& task, ExportReport& report);
/// What DuckDB writes itself: Parquet, JSON, NDJSON.
Result<> writeByDatabase(ExportTask& task, ExportFormat format, ExportReport& report);

/// "SELECT cast(column) AS column, ... FROM (select)": each column as cast() wants it, under its name.
std::string selectWithCasts(
    const ExportTask& task,
    const std::function<std::string(const std::string& name, const std::string& type)>& cast);
/// The name, in UTC where its type has a zone.
std::string withoutZone(const std::string& name, const std::string& type);

/// Hands on the rows of a SELECT, a chunk at a time; tells progress, looks for a stop.
using ChunkSink = std::function<Result<>(const std::vector<VectorView>& cells, idx_t rows)>;
Result<> streamChunks(ExportTask& task, const std::string& select, JobContext& job, const ChunkSink& sink);

}  // namespace lodestone::data
