// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/exports/export_task.h"

namespace lodestone::data {

namespace {

/// Parquet has no whole numbers of 128 bits, and DuckDB would round them; neither has it these other types.
std::string forParquet(const std::string& name, const std::string& type) {
  if (type == "HUGEINT" || type == "UHUGEINT") return "CAST(" + name + " AS DECIMAL(38,0))";
  if (type == "INTERVAL" || type == "BIT" || type == "BIGNUM" || type == "TIME WITH TIME ZONE" ||
      type.starts_with("UNION"))
    return "CAST(" + name + " AS VARCHAR)";
  return name;
}

/// JSON has no NaN and no infinity.
std::string forJson(const std::string& name, const std::string& type) {
  if (type == "DOUBLE" || type == "FLOAT") return "CASE WHEN isfinite(" + name + ") THEN " + name + " END";
  return withoutZone(name, type);
}

}  // namespace

Result<> writeByDatabase(ExportTask& task, ExportFormat format, ExportReport& report) {
  const bool parquet = format == ExportFormat::Parquet;
  const std::string select = selectWithCasts(task, parquet ? forParquet : forJson);
  std::string options = "(FORMAT json, ARRAY " + std::string(format == ExportFormat::Json ? "true" : "false");
  if (parquet) options = "(FORMAT parquet, COMPRESSION zstd";
  // The part file is the temporary file already.
  options += ", USE_TMP_FILE false)";
  auto rows = task.session.count("COPY (" + select + ") TO " + quoteLiteral(task.file.path()) + " " + options,
                                 task.job);
  if (!rows) {
    if (rows.error().code != ErrorCode::Io || rows.error().args.empty()) return forward(rows);
    // The reason names the part file; people know the target.
    return task.file.failure(
        replaceAll(rows.error().args.front(), task.file.path(), task.file.target().string()));
  }
  report.rows = *rows;
  return {};
}

}  // namespace lodestone::data
