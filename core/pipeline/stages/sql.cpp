// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/data/query.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kNoQuery{"Which query? Set the stage's parameter \"query\" to a SELECT.",
                        "要执行什么查询？请把参数“query”设为一条 SELECT。"};
constexpr Text kAnswered{"{0} rows", "{0} 行"};

/// The tables that come in, under the names input, input_2, input_3, ...
std::vector<std::pair<std::string, data::TableName>> inputsOf(const StageInput& input) {
  std::vector<std::pair<std::string, data::TableName>> named;
  if (!input.has("tables")) return named;
  for (const Artefact& artefact : input.inputs.at("tables"))
    named.emplace_back(named.empty() ? "input" : "input_" + std::to_string(named.size() + 1),
                       tableValueFromJson(artefact.value).table);
  return named;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  if (trim(input.parameters.text("query")).empty()) return fail(ErrorCode::InvalidArgument, kNoQuery);
  TableValue value;
  if (input.has("tables")) value = tableValueFromJson(input.value("tables"));
  const auto named = inputsOf(input);
  std::int64_t rows_in = 0;
  for (const auto& [name, table] : named)
    if (const auto info = (*database)->table(table)) rows_in += info->rows;
  value.table = input.ownTable("answer");
  value.population.reset();
  value.source = input.node;
  const auto rows = data::queryToTable(**database, input.parameters.text("query"),
                                       {value.table.name, true, value.table.schema}, job, named);
  if (!rows) return forward(rows);
  auto roles = rolesFromText(input.parameters.text("roles"));
  if (!roles) return forward(roles);
  for (const auto& [role, column] : *roles) value.roles[role] = column;
  if (auto kept = dropLostRoles(value, **database); !kept) return forward(kept);
  StageOutput output = tableOutput(value, rows_in, *rows);
  if (!input.has("tables")) output.rows_in.reset();
  output.message = fill(kAnswered, job.language(), {formatGrouped(static_cast<double>(*rows), 0)});
  return output;
}

/// A query may read any table of the project.
Result<std::string> outside(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  const auto tables = (*database)->tables();
  if (!tables) return forward(tables);
  Sha256 hash;
  for (const data::TableInfo& table : *tables) {
    const auto one = contentHash(**database, table.table, job);
    if (!one) return forward(one);
    hash.add(*one);
  }
  return hash.hex();
}

}  // namespace

StageType sql() {
  return {
      .id = "sql",
      .title = {"SQL query", "SQL 查询"},
      .help =
          {"One SELECT over the tables that come in, which it calls input, input_2, ..., and those of the "
           "project. It changes nothing and reaches no file.",
           "对输入的表（名为 input、input_2 等）以及项目各表执行一条 SELECT；不作任何修改，也不访问文件。"},
      .group = StageGroup::Tables,
      .inputs = {{.name = "tables",
                  .kind = PortKind::Table,
                  .title = {"Tables", "表"},
                  .optional = true,
                  .many = true}},
      .outputs = {tablePort()},
      .parameters = {{"query",
                      {"Query", "查询"},
                      {"A SELECT over input, input_2, ... and the project's tables.",
                       "对 input、input_2 等以及项目各表的 SELECT。"},
                      ParameterKind::Sql},
                     {"roles",
                      {"Roles of columns", "列的角色"},
                      {"What columns mean, as role=column separated by commas.",
                       "列的含义，写成以逗号分隔的 角色=列名。"},
                      ParameterKind::String}},
      .required = {"query"},
      .same_columns = false,
      .run = run,
      .outside = outside,
      .check = [](const ParameterValues& values, const Foresight&) -> Result<> {
        if (trim(values.text("query")).empty())
          return fail(ErrorCode::InvalidArgument, kNoQuery, {}, {.item = "query"});
        const auto roles = rolesFromText(values.text("roles"));
        return roles ? Result<>() : forward(roles);
      },
  };
}

}  // namespace lodestone::pipeline::stages
