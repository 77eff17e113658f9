// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/query.h"

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/duckdb_handle.h"
#include "core/data/part_file.h"
#include "core/data/sql_guard.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

/// A statement with a wrong name or type is the writer's mistake, whatever part of DuckDB found it.
template <class T>
tl::unexpected<Error> writersMistake(const Result<T>& failed) {
  Error error = failed.error();
  if (error.code == ErrorCode::NotFound || error.code == ErrorCode::AlreadyExists ||
      error.code == ErrorCode::Unsupported)
    error.code = ErrorCode::InvalidArgument;
  return tl::unexpected<Error>(std::move(error));
}

void appendCsvText(std::string_view text, std::string& line) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"' + replaceAll(std::string(text), "\"", "\"\"") + '"';
}

void appendCsvCell(const Json& cell, std::string& line) {
  if (cell.is_null()) return;
  if (cell.is_string())
    appendCsvText(cell.get_ref<const std::string&>(), line);
  else if (cell.is_number_float())
    line += formatNumber(cell.get<double>());
  else
    line += cell.dump();
}

}  // namespace

Result<std::string> checkQuery(const Database& database, const std::string& sql, JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  return harmlessSelect(*session, sql, job);
}

Result<Rows> query(const Database& database, const std::string& sql, JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto harmless = harmlessSelect(*session, sql, job);
  if (!harmless) return forward(harmless);
  auto rows = session->rows(*harmless, job);
  if (!rows) return writersMistake(rows);
  return rows;
}

Result<std::int64_t> queryToCsv(const Database& database, const std::string& sql, const fs::path& file,
                                JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto harmless = harmlessSelect(*session, sql, job);
  if (!harmless) return forward(harmless);
  PartFile out(file);
  std::int64_t count = 0;
  std::string line;
  const auto header = [&](const std::vector<ColumnInfo>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) line += ',';
      appendCsvText(columns[i].name, line);
    }
    return out.write(line + "\n");
  };
  const auto row = [&](std::span<const Json> cells) {
    line.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += ',';
      appendCsvCell(cells[i], line);
    }
    line += '\n';
    ++count;
    return out.write(line);
  };
  if (auto told = streamRows(*session, *harmless, job, header, row); !told) return writersMistake(told);
  if (auto kept = out.keep(); !kept) return forward(kept);
  return count;
}

}  // namespace lodestone::data
