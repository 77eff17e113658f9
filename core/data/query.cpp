// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/query.h"

#include <set>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/duckdb_handle.h"
#include "core/data/part_file.h"
#include "core/data/sql_guard.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kKeptSql = 10'000;  // characters

/// A statement with a wrong name or type is the writer's mistake, whatever part of DuckDB found it.
template <class T>
tl::unexpected<Error> writersMistake(const Result<T>& failed) {
  Error error = failed.error();
  if (error.code == ErrorCode::NotFound || error.code == ErrorCode::AlreadyExists ||
      error.code == ErrorCode::Unsupported)
    error.code = ErrorCode::InvalidArgument;
  return tl::unexpected<Error>(std::move(error));
}

using NamedTables = std::vector<std::pair<std::string, TableName>>;

/// The SELECT, below the names that it may use beside those of tables.
std::string withNames(const NamedTables& named, const std::string& select) {
  if (named.empty()) return select;
  std::vector<std::string> names;
  for (const auto& [name, table] : named) names.push_back(name + " AS (SELECT * FROM " + quoted(table) + ")");
  // On lines of its own: it may end in a remark.
  return "WITH " + join(names, ", ") + " SELECT * FROM (\n" + select + "\n)";
}

/// The analyst's SELECT, harmless and with names that there are; an error says where in the text it is.
Result<std::string> readable(Session& session, const std::string& sql, JobContext& job,
                             const NamedTables& named = {}) {
  std::set<std::string> names;
  for (const auto& [name, table] : named) names.insert(name);
  auto harmless = harmlessSelect(session, sql, job, names);
  if (!harmless) return harmless;
  std::string whole = withNames(named, *harmless);
  // Places count from the first line of the analyst's text, blank lines included.
  const std::string shown = withNames(named, sql.substr(0, sql.find(*harmless)) + *harmless);
  Prepared prepared;
  if (duckdb_prepare(session.connection(), shown.c_str(), prepared.out()) == DuckDBSuccess) return whole;
  const char* message = duckdb_prepare_error(prepared.get());
  auto failed = writersMistake(Result<>(session.failure(message)));
  failed.value().where = placeInSql(message == nullptr ? "" : message);
  if (auto& line = failed.value().where.line; line && !named.empty()) --*line;
  return failed;
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
  auto harmless = readable(*session, sql, job);
  if (!harmless) return forward(harmless);
  auto rows = session->rows(*harmless, job);
  if (!rows) return writersMistake(rows);
  return rows;
}

Result<FirstRows> queryFirst(const Database& database, const std::string& sql, std::size_t most,
                             JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto harmless = readable(*session, sql, job);
  if (!harmless) return forward(harmless);
  FirstRows first;
  const auto header = [&](const std::vector<ColumnInfo>& columns) {
    first.rows.columns = columns;
    return Result<>();
  };
  const auto row = [&](std::span<const Json> cells) -> Result<> {
    first.all = first.rows.rows.size() < most;
    if (!first.all) return cancelled();  // of our own: nothing else is read
    first.rows.rows.emplace_back(cells.begin(), cells.end());
    return {};
  };
  if (auto told = streamRows(*session, *harmless, job, header, row); !told && first.all)
    return writersMistake(told);
  return first;
}

Result<std::int64_t> queryToCsv(const Database& database, const std::string& sql, const fs::path& file,
                                JobContext& job, const std::optional<Making>& making) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto harmless = readable(*session, sql, job);
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
  if (auto flushed = out.flush(); !flushed) return forward(flushed);
  const auto made = making ? Result<Making>(*making) : queryMaking(*session, *harmless, job);
  if (!made) return forward(made);
  if (auto recorded = recordExport(database, out.path(), file, *made, job); !recorded)
    return forward(recorded);
  if (auto kept = out.keep(); !kept) return forward(kept);
  return count;
}

Result<std::int64_t> queryToTable(Database& database, const std::string& sql, const NewTable& target,
                                  JobContext& job, const NamedTables& named) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto harmless = readable(*session, sql, job, named);
  if (!harmless) return forward(harmless);
  // On lines of its own: it may end in a remark.
  const auto making = queryMaking(*session, *harmless, job);
  if (!making) return forward(making);
  auto rows = makeTable(*session, target, "SELECT * FROM (\n" + *harmless + "\n)", *making, job);
  if (!rows) return rows.error().code == ErrorCode::AlreadyExists ? rows : writersMistake(rows);
  auto noted = session->run("COMMENT ON TABLE " + quoted({target.name, target.schema}) + " IS " +
                                quoteLiteral(shorten(*harmless, kKeptSql)),
                            job);
  if (!noted) return forward(noted);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = session->commit(); !done) return forward(done);
  return rows;
}

Result<std::vector<std::string>> queryFunctions(const Database& database) {
  JobContext job;
  auto session = Session::open(database);
  if (!session) return forward(session);
  auto rows = session->rows(
      "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE function_type IN ('scalar', "
      "'aggregate', 'macro') AND regexp_full_match(function_name, '[A-Za-z][A-Za-z0-9_]*') ORDER BY 1",
      job);
  if (!rows) return forward(rows);
  std::vector<std::string> names;
  for (const auto& row : rows->rows)
    if (auto name = row[0].get<std::string>(); mayCall(name)) names.push_back(std::move(name));
  return names;
}

}  // namespace lodestone::data
