// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/hash.h"
#include "core/data/query.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/templates.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kWhichTable{"Which table? Set the stage's parameter \"table\" to one of: {0}.",
                           "要用哪个表？请把该阶段的参数“table”设为其中之一：{0}。"};
constexpr Text kTableGone{"The project has no table \"{0}\". It has: {1}.",
                          "项目中没有表“{0}”。现有的表：{1}。"};
constexpr Text kNoTables{"The project has no table yet. Import a file first.",
                         "项目中还没有表。请先导入一个文件。"};
constexpr Text kCollected{"{0} rows from {1}", "从 {1} 收集了 {0} 行"};
constexpr Text kCollectedWith{"{0} rows from {1}; {2} rows to address",
                              "从 {1} 收集了 {0} 行；待触达 {2} 行"};
constexpr Text kReading{"Collecting", "正在收集数据"};

/// The SQL that a parameter names: a query that ships with the program, or the text itself.
std::string sqlOf(const std::string& parameter) {
  const std::string_view shipped = queryTemplate(parameter);
  return shipped.empty() ? parameter : std::string(shipped);
}

Result<std::string> onlyName(const std::vector<std::string>& names) {
  if (names.empty()) return fail(ErrorCode::NotFound, kNoTables);
  if (names.size() == 1) return names.front();
  return fail(ErrorCode::InvalidArgument, kWhichTable, {join(names, ", ")});
}

Result<data::TableName> onlyTable(const data::Database& database) {
  const auto tables = database.tables();
  if (!tables) return forward(tables);
  std::vector<std::string> names;
  for (const data::TableInfo& info : *tables) names.push_back(info.table.name);
  const auto name = onlyName(names);
  if (!name) return forward(name);
  return data::TableName{*name};
}

std::vector<std::string> namesOf(const std::vector<KnownTable>& tables) {
  std::vector<std::string> names;
  for (const KnownTable& table : tables) names.push_back(table.name);
  return names;
}

Result<> check(const ParameterValues& parameters, const Foresight& foresight) {
  if (auto roles = rolesFromText(parameters.text("roles")); !roles) return forward(roles);
  if (!parameters.text("query").empty()) return {};
  const std::vector<std::string> names = namesOf(foresight.tables);
  const std::string& table = parameters.text("table");
  if (table.empty()) {
    const auto only = onlyName(names);
    return only ? Result<>() : forward(only);
  }
  if (std::find(names.begin(), names.end(), table) != names.end()) return {};
  return fail(ErrorCode::NotFound, kTableGone, {table, join(names, ", ")}, {.table = table});
}

std::optional<KnownTable> source(const ParameterValues& parameters, const std::vector<KnownTable>& tables) {
  if (!parameters.text("query").empty()) return std::nullopt;
  const std::string& name = parameters.text("table");
  for (const KnownTable& table : tables) {
    if (name.empty() ? tables.size() != 1 : table.name != name) continue;
    KnownTable found = table;
    if (const auto roles = rolesFromText(parameters.text("roles")))
      for (const auto& [role, column] : *roles) found.roles[role] = column;
    return found;
  }
  return std::nullopt;
}

Result<> makeTable(data::Database& database, const data::TableName& name, const std::string& sql,
                   JobContext& job) {
  const auto safe = data::checkQuery(database, sql, job);
  if (!safe) return forward(safe);
  return database.execute("CREATE SCHEMA IF NOT EXISTS stages; CREATE OR REPLACE TABLE " +
                              data::quoted(name) + " AS (\n" + *safe + "\n)",
                          job);
}

Result<std::string> fingerprintOf(const data::Database& database, const data::TableName& table,
                                  JobContext& job) {
  const auto rows = database.rows(
      "SELECT count(*), bit_xor(hash(t)), sum(hash(t) % 1000003) FROM " + data::quoted(table) + " t", job);
  if (!rows) return forward(rows);
  return dumpJson(toJson(table)) + dumpJson(Json(rows->rows));
}

/// The tables' contents: with a query any of them may be read.
Result<std::string> outside(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  std::vector<data::TableName> read;
  if (input.parameters.text("query").empty() && input.parameters.text("population").empty()) {
    auto table = input.parameters.text("table").empty() ? onlyTable(**database)
                                                        : data::TableName{input.parameters.text("table")};
    if (!table) return forward(table);
    if (auto there = (*database)->table(*table); !there) return forward(there);
    read.push_back(*table);
  } else {
    const auto tables = (*database)->tables();
    if (!tables) return forward(tables);
    for (const data::TableInfo& info : *tables) read.push_back(info.table);
  }
  Sha256 hash;
  for (const data::TableName& table : read) {
    const auto fingerprint = fingerprintOf(**database, table, job);
    if (!fingerprint) return forward(fingerprint);
    hash.add(*fingerprint);
    const auto roles = input.project->roles(table.name);
    if (!roles) return forward(roles);
    hash.add(dumpJson(Json(*roles)));
  }
  return hash.hex();
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto opened = input.project->tables();
  if (!opened) return forward(opened);
  data::Database& database = **opened;
  job.report(0, kReading);
  TableValue value;
  const std::string& query = input.parameters.text("query");
  if (query.empty()) {
    auto table = input.parameters.text("table").empty() ? onlyTable(database)
                                                        : data::TableName{input.parameters.text("table")};
    if (!table) return forward(table);
    value.table = *table;
    value.source = table->name;
    auto roles = input.project->roles(table->name);
    if (!roles) return forward(roles);
    value.roles = *roles;
  } else {
    value.table = input.ownTable("collected");
    value.source = queryTemplate(query).empty() ? input.node : query;
    if (auto made = makeTable(database, value.table, sqlOf(query), job); !made) return forward(made);
  }
  const std::string& population = input.parameters.text("population");
  if (!population.empty()) {
    value.population = input.ownTable("population");
    if (auto made = makeTable(database, *value.population, sqlOf(population), job); !made)
      return forward(made);
  }
  auto roles = rolesFromText(input.parameters.text("roles"));
  if (!roles) return forward(roles);
  for (const auto& [role, column] : *roles) value.roles[role] = column;

  const auto info = database.table(value.table);
  if (!info) return forward(info);
  StageOutput output;
  output.rows_out = info->rows;
  output.message = fill(kCollected, job.language(), {std::to_string(info->rows), value.source});
  if (value.population) {
    const auto addressed = database.table(*value.population);
    if (!addressed) return forward(addressed);
    output.message = fill(kCollectedWith, job.language(),
                          {std::to_string(info->rows), value.source, std::to_string(addressed->rows)});
  }
  output.artefacts.push_back({PortKind::Table, toJson(value), {}});
  return output;
}

}  // namespace

StageType collect() {
  return {
      .id = "collect",
      .title = {"Collect data", "数据收集"},
      .help = {"Takes a table of the project, or the answer of a query over its tables, as the rows to learn "
               "from.",
               "取项目中的一个表，或对项目各表的查询结果，作为学习用的数据行。"},
      .labels = {"Collect data", "Data collection", "Collection", "Load data", "Import data", "Data source",
                 "数据收集", "数据采集", "收集数据", "数据导入", "数据源", "用户行为数据收集",
                 "历史数据收集"},
      .outputs = {{"table", PortKind::Table, {"Table", "表"}}},
      .parameters =
          {{"table",
            {"Table", "表"},
            {"A table of the project. Empty: the only one there is.", "项目中的表。留空：唯一的那个表。"},
            ParameterKind::Table},
           {"query",
            {"Query", "查询"},
            {"A SELECT over the project's tables, or the name of a query that ships with the program.",
             "对项目各表的 SELECT 查询，或程序自带查询的名称。"},
            ParameterKind::Sql},
           {"population",
            {"Rows to address", "待触达的数据行"},
            {"A SELECT that gives the rows to score, one a customer. Empty: the rows learned from.",
             "给出待评分数据行的 SELECT 查询，每个客户一行。留空：即学习所用的行。"},
            ParameterKind::Sql},
           {"roles",
            {"Roles of columns", "列的角色"},
            {"What columns mean, as role=column separated by commas: user, treatment, campaign, offer, "
             "channel, "
             "amount, consent:email. They add to the roles of the table.",
             "列的含义，写成以逗号分隔的 角色=列名：user、treatment、campaign、offer、channel、amount、"
             "consent:email。会叠加在表已有的角色之上。"},
            ParameterKind::String}},
      .run = run,
      .outside = outside,
      .check = check,
      .source = source,
  };
}

}  // namespace lodestone::pipeline::stages
