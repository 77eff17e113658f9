// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stage_cache.h"

#include <filesystem>
#include <map>
#include <set>

#include "core/pipeline/artefacts.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/strategy_records.h"

namespace lodestone::pipeline {

namespace {

/// Tables of schema "stages" and models that a JSON value names.
void addNames(const Json& value, std::set<std::string>& tables, std::set<std::string>& models) {
  if (value.is_object()) {
    if (value.value("schema", Json()) == "stages" && value.contains("name") && value["name"].is_string())
      tables.insert(value["name"].get<std::string>());
    if (value.contains("model") && value["model"].is_string())
      models.insert(value["model"].get<std::string>());
  }
  if (value.is_object() || value.is_array())
    for (const auto& [key, item] : value.items()) addNames(item, tables, models);
}

/// Bytes by table of schema "stages".
Result<std::map<std::string, std::int64_t>> tableBytes(const data::Database& database, JobContext& job) {
  const auto size = database.rows("SELECT block_size FROM pragma_database_size()", job);
  if (!size) return forward(size);
  const auto block = size->rows.empty() ? std::int64_t{0} : size->rows[0][0].get<std::int64_t>();
  const auto names =
      database.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'stages' ORDER BY 1", job);
  if (!names) return forward(names);
  std::map<std::string, std::int64_t> bytes;
  for (const auto& row : names->rows) {
    if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
    const auto name = row[0].get<std::string>();
    const auto blocks =
        database.rows("SELECT count(DISTINCT block_id) FROM pragma_storage_info(" +
                          data::quoteLiteral(data::quoted({name, "stages"})) + ") WHERE persistent",
                      job);
    if (!blocks) return forward(blocks);
    bytes[name] = blocks->rows[0][0].get<std::int64_t>() * block;
  }
  return bytes;
}

/// Tables that must stay: of audiences, and those that models were trained on.
Result<std::set<std::string>> neededTables(project::Project& project) {
  std::set<std::string> tables;
  std::set<std::string> ignored;
  const auto strategies = project.strategies().list();
  if (!strategies) return forward(strategies);
  for (const project::StrategyVersion& strategy : *strategies) {
    const auto versions = project.strategies().versions(strategy.id);
    if (!versions) return forward(versions);
    for (const project::StrategyVersion& version : *versions) addNames(version.content, tables, ignored);
  }
  const auto models = project.models().list();
  if (!models) return forward(models);
  for (const project::ModelRecord& model : *models)
    if (model.state == project::TrainingState::Done) addNames(model.card, tables, ignored);
  return tables;
}

}  // namespace

Result<CacheReport> cacheOf(project::Project& project, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto bytes = tableBytes(**database, job);
  if (!bytes) return forward(bytes);
  CacheReport report;
  report.tables = static_cast<std::int64_t>(bytes->size());
  for (const auto& [name, size] : *bytes) report.bytes += size;
  std::error_code error;
  const auto file_bytes = std::filesystem::file_size(project.folder() / "data.duckdb", error);
  report.file_bytes = error ? 0 : static_cast<std::int64_t>(file_bytes);
  const auto known = project.pipelines().cache();
  if (!known) return forward(known);
  for (const project::StageOfRun& each : *known) {
    const project::StageRecord& stage = each.stage;
    CacheEntry entry{stage.made_run, stage.node, stage.label, stage.type, stage.cache_key, {}, {}, 0, true};
    std::set<std::string> tables;
    std::set<std::string> models;
    addNames(stage.outputs, tables, models);
    const auto there = stillThere(project, stage.outputs);
    if (!there) return forward(there);
    entry.usable = *there;
    for (const std::string& table : tables) {
      // Its own are named after its key; the others it only hands on.
      if (!table.ends_with("_" + stage.cache_key.substr(0, 16))) continue;
      entry.tables.push_back(table);
      if (const auto size = bytes->find(table); size != bytes->end()) entry.bytes += size->second;
    }
    entry.models = {models.begin(), models.end()};
    report.entries.push_back(std::move(entry));
  }
  return report;
}

Result<ClearedCache> clearCache(project::Project& project, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto needed = neededTables(project);
  if (!needed) return forward(needed);
  const auto bytes = tableBytes(**database, job);
  if (!bytes) return forward(bytes);
  ClearedCache cleared;
  std::string sql;
  for (const auto& [name, size] : *bytes) {
    if (needed->contains(name)) {
      ++cleared.kept;
      continue;
    }
    sql += "DROP TABLE " + data::quoted({name, "stages"}) + ";";
    cleared.bytes += size;
    ++cleared.dropped;
  }
  // First the knowledge, then the tables: killed in between, a run makes anew what is still there.
  if (auto forgotten = project.pipelines().forget(); !forgotten) return forward(forgotten);
  if (!sql.empty())
    if (auto dropped = (*database)->execute(sql, job); !dropped) return forward(dropped);
  return cleared;
}

}  // namespace lodestone::pipeline
