// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_origin.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/base/version.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

namespace {

bool isUserTable(const TableName& table) {
  return lowerAscii(table.schema) == TableName().schema;
}

std::string ofTable(const TableName& table) {
  return " WHERE lower(table_name) = lower(" + quoteLiteral(table.name) + ")";
}

/// Which tables of records there are.
Result<std::vector<std::string>> records(Session& session, JobContext& job) {
  auto rows = session.rows(
      "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'lodestone' AND database_name = "
      "current_database() AND table_name IN ('imports', 'rejects', 'origins', 'exports')",
      job);
  if (!rows) return forward(rows);
  std::vector<std::string> names;
  for (const auto& row : rows->rows) names.push_back(row[0].get<std::string>());
  return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

OriginStep withId(OriginStep step) {
  step.id = sha256Hex(dumpJson(toJson(step))).substr(0, 16);
  return step;
}

/// All of it in the one cell, or nothing where there is no such row.
Result<std::optional<Origin>> readOrigin(Session& session, const std::string& sql, JobContext& job) {
  auto rows = session.rows(sql, job);
  if (!rows) return forward(rows);
  if (rows->rows.empty()) return std::optional<Origin>();
  const auto json = parseJson(rows->rows[0][0].get<std::string>(), "data.duckdb: lodestone");
  if (!json) return forward(json);
  Origin origin;
  for (const Json& step : *json)
    origin.push_back({step.at("id").get<std::string>(), step.at("made").get<std::string>(),
                      step.at("operation").get<std::string>(), step.at("parameters"),
                      step.at("from").get<std::vector<std::string>>(), step.at("made_at").get<std::string>(),
                      step.at("code").get<std::string>()});
  return std::optional(std::move(origin));
}

std::string written(const Origin& origin) {
  Json json = Json::array();
  for (const OriginStep& step : origin) json.push_back(toJson(step));
  return dumpJson(json);
}

Result<Origin> ofImport(Session& session, const TableName& table, JobContext& job) {
  auto rows = session.rows("SELECT file, size, imported_at, \"rows\" FROM lodestone.imports" +
                               ofTable(table) + " ORDER BY imported_at, file",
                           job);
  if (!rows) return forward(rows);
  if (rows->rows.empty()) return Origin();
  OriginStep step{.id = {},
                  .made = table.name,
                  .operation = "import",
                  .parameters = {{"files", Json::array()}},
                  .from = {},
                  .made_at = rows->rows.back()[2].get<std::string>(),
                  .code = {}};
  for (const auto& row : rows->rows)
    step.parameters["files"].push_back(
        {{"file", row[0]}, {"bytes", row[1]}, {"imported_at", row[2]}, {"rows", row[3]}});
  return Origin{withId(std::move(step))};
}

Result<Origin> ofTable(Session& session, const TableName& table, JobContext& job) {
  if (isUserTable(table)) {
    const auto kept = records(session, job);
    if (!kept) return forward(kept);
    if (contains(*kept, "origins")) {
      auto origin = readOrigin(session, "SELECT origin FROM lodestone.origins" + ofTable(table), job);
      if (!origin) return forward(origin);
      if (*origin) return std::move(**origin);
    }
    if (contains(*kept, "imports")) {
      auto origin = ofImport(session, table, job);
      if (!origin || !origin->empty()) return origin;
    }
  }
  OriginStep unknown;
  unknown.made = isUserTable(table) ? table.name : table.schema + "." + table.name;
  unknown.parameters = Json::object();
  return Origin{withId(std::move(unknown))};
}

}  // namespace

Json toJson(const OriginStep& step) {
  return {{"id", step.id},
          {"made", step.made},
          {"operation", step.operation},
          {"parameters", step.parameters},
          {"from", step.from},
          {"made_at", step.made_at},
          {"code", step.code}};
}

Result<Origin> originOf(const Database& database, const TableName& table, JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  return ofTable(*session, table, job);
}

Result<std::optional<Origin>> originOfFile(const Database& database, const std::string& sha256,
                                           JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  const auto kept = records(*session, job);
  if (!kept) return forward(kept);
  if (!contains(*kept, "exports")) return std::optional<Origin>();
  return readOrigin(*session,
                    "SELECT origin FROM lodestone.exports WHERE sha256 = " + quoteLiteral(sha256) +
                        " ORDER BY exported_at DESC LIMIT 1",
                    job);
}

Result<> ensureRecords(Session& session, JobContext& job) {
  return session.run(
      "CREATE SCHEMA IF NOT EXISTS lodestone; "
      "CREATE TABLE IF NOT EXISTS lodestone.imports (table_name VARCHAR, file VARCHAR, size BIGINT, "
      "imported_at VARCHAR, "
      "options VARCHAR, detected VARCHAR, \"rows\" BIGINT, rejected BIGINT, skipped VARCHAR); "
      "CREATE TABLE IF NOT EXISTS lodestone.rejects (table_name VARCHAR, file VARCHAR, line BIGINT, "
      "column_name VARCHAR, "
      "text VARCHAR, reason VARCHAR); "
      "CREATE TABLE IF NOT EXISTS lodestone.origins (table_name VARCHAR, origin VARCHAR); "
      "CREATE TABLE IF NOT EXISTS lodestone.exports (sha256 VARCHAR, exported_at VARCHAR, origin VARCHAR)",
      job);
}

Result<Origin> originOf(Session& session, const std::string& made, const Making& making, JobContext& job) {
  OriginStep last{.id = {},
                  .made = toValidUtf8(made),
                  .operation = making.operation,
                  .parameters = making.parameters,
                  .from = {},
                  .made_at = nowUtc(),
                  .code = codeVersion()};
  Origin origin;
  for (const TableName& source : making.sources) {
    auto steps = ofTable(session, source, job);
    if (!steps) return forward(steps);
    if (!contains(last.from, steps->back().id)) last.from.push_back(steps->back().id);
    for (OriginStep& step : *steps)
      if (std::none_of(origin.begin(), origin.end(),
                       [&](const OriginStep& one) { return one.id == step.id; }))
        origin.push_back(std::move(step));
  }
  origin.push_back(withId(std::move(last)));
  return origin;
}

Result<> recordOrigin(Session& session, const TableName& table, const Origin& origin, JobContext& job) {
  if (!isUserTable(table)) return {};
  if (auto gone = forgetTable(session, table, job); !gone) return gone;
  if (auto there = ensureRecords(session, job); !there) return there;
  return session.run("INSERT INTO lodestone.origins VALUES (" + quoteLiteral(table.name) + ", " +
                         quoteLiteral(written(origin)) + ")",
                     job);
}

Result<> forgetTable(Session& session, const TableName& table, JobContext& job) {
  if (!isUserTable(table)) return {};
  const auto kept = records(session, job);
  if (!kept) return forward(kept);
  for (const std::string& record : *kept)
    if (record != "exports")
      if (auto gone = session.run("DELETE FROM lodestone." + record + ofTable(table), job); !gone)
        return gone;
  return {};
}

Result<> recordExport(const Database& database, const std::filesystem::path& written_file,
                      const std::filesystem::path& file, const Making& making, JobContext& job) {
  const auto hash = sha256File(written_file);
  if (!hash) return forward(hash);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return begun;
  const auto origin = originOf(*session, file.string(), making, job);
  if (!origin) return forward(origin);
  if (auto there = ensureRecords(*session, job); !there) return there;
  if (auto kept =
          session->run("INSERT INTO lodestone.exports VALUES (" + quoteLiteral(*hash) + ", " +
                           quoteLiteral(origin->back().made_at) + ", " + quoteLiteral(written(*origin)) + ")",
                       job);
      !kept)
    return kept;
  return session->commit();
}

}  // namespace lodestone::data
