// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stages/sources.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/data/query.h"
#include "core/pipeline/templates.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kWhichTable{"Which table? Set the stage's parameter \"table\" to one of: {0}.",
                           "要用哪个表？请把该阶段的参数“table”设为其中之一：{0}。"};
constexpr Text kTableGone{"The project has no table \"{0}\". It has: {1}.",
                          "项目中没有表“{0}”。现有的表：{1}。"};
constexpr Text kNoTables{"The project has no table yet. Import a file first.",
                         "项目中还没有表。请先导入一个文件。"};

Result<std::string> onlyName(const std::vector<std::string>& names) {
  if (names.empty()) return fail(ErrorCode::NotFound, kNoTables);
  if (names.size() == 1) return names.front();
  return fail(ErrorCode::InvalidArgument, kWhichTable, {join(names, ", ")});
}

Result<data::TableName> namedTable(const StageInput& input, const data::Database& database) {
  const std::string& name = input.parameters.text("table");
  if (!name.empty()) return data::TableName{name};
  const auto tables = database.tables();
  if (!tables) return forward(tables);
  std::vector<std::string> names;
  for (const data::TableInfo& info : *tables) names.push_back(info.table.name);
  const auto only = onlyName(names);
  if (!only) return forward(only);
  return data::TableName{*only};
}

}  // namespace

std::string sqlOf(const std::string& parameter) {
  const std::string_view shipped = queryTemplate(parameter);
  return shipped.empty() ? parameter : std::string(shipped);
}

std::vector<Parameter> sourceParameters() {
  return {
      {"table",
       {"Table", "表"},
       {"A table of the project. Empty: the only one there is.", "项目中的表。留空：唯一的那个表。"},
       ParameterKind::Table},
      {"query",
       {"Query", "查询"},
       {"A SELECT over the project's tables, or the name of a query that ships with the program.",
        "对项目各表的 SELECT 查询，或程序自带查询的名称。"},
       ParameterKind::Sql},
      {"where",
       {"Condition", "条件"},
       {"Only rows for which this SQL condition is true.", "只取满足此 SQL 条件的行。"},
       ParameterKind::Sql},
      {"roles",
       {"Roles of columns", "列的角色"},
       {"What columns mean, as role=column separated by commas: user, treatment, campaign, offer, channel, "
        "amount, consent:email. They add to the roles of the table.",
        "列的含义，写成以逗号分隔的 角色=列名：user、treatment、campaign、offer、channel、amount、"
        "consent:email。会叠加在表已有的角色之上。"},
       ParameterKind::String},
  };
}

Result<> checkSource(const ParameterValues& parameters, const Foresight& foresight) {
  if (auto roles = rolesFromText(parameters.text("roles")); !roles) return forward(roles);
  if (!parameters.text("query").empty()) return {};
  std::vector<std::string> names;
  for (const KnownTable& table : foresight.tables) names.push_back(table.name);
  const std::string& table = parameters.text("table");
  if (table.empty()) {
    const auto only = onlyName(names);
    return only ? Result<>() : forward(only);
  }
  if (std::find(names.begin(), names.end(), table) != names.end()) return {};
  return fail(ErrorCode::NotFound, kTableGone, {table, join(names, ", ")}, {.table = table});
}

std::optional<KnownTable> knownSource(const ParameterValues& parameters,
                                      const std::vector<KnownTable>& tables) {
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

Result<std::string> sourceHash(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  std::vector<data::TableName> read;
  const auto& given = input.parameters.all();
  const auto population = given.find("population");
  const auto where = given.find("where");
  const bool asks = !input.parameters.text("query").empty() ||
                    (where != given.end() && !where->second.empty()) ||
                    (population != given.end() && !population->second.empty());
  if (!asks) {
    auto table = namedTable(input, **database);
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
    const auto fingerprint = contentHash(**database, table, job);
    if (!fingerprint) return forward(fingerprint);
    hash.add(*fingerprint);
    const auto roles = input.project->roles(table.name);
    if (!roles) return forward(roles);
    hash.add(dumpJson(Json(*roles)));
  }
  return hash.hex();
}

Result<> makeQueryTable(data::Database& database, const data::TableName& name, const std::string& sql,
                        JobContext& job) {
  const auto made = data::queryToTable(database, sql, {name.name, true, name.schema}, job);
  return made ? Result<>() : forward(made);
}

Result<TableValue> sourceRows(const StageInput& input, const std::string& word, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  TableValue value;
  const std::string& query = input.parameters.text("query");
  const std::string& where = input.parameters.text("where");
  std::string sql;
  if (query.empty()) {
    auto table = namedTable(input, **database);
    if (!table) return forward(table);
    value.table = *table;
    value.source = table->name;
    auto roles = input.project->roles(table->name);
    if (!roles) return forward(roles);
    value.roles = *roles;
    if (!where.empty()) sql = "SELECT * FROM " + data::quoted(*table);
  } else {
    value.source = queryTemplate(query).empty() ? input.node : query;
    sql = sqlOf(query);
  }
  if (!where.empty()) sql = "SELECT * FROM (\n" + sql + "\n) WHERE (\n" + where + "\n)";
  if (!sql.empty()) {
    value.table = input.ownTable(word);
    if (auto made = makeQueryTable(**database, value.table, sql, job); !made) return forward(made);
  }
  auto roles = rolesFromText(input.parameters.text("roles"));
  if (!roles) return forward(roles);
  for (const auto& [role, column] : *roles) value.roles[role] = column;
  return value;
}

}  // namespace lodestone::pipeline::stages
