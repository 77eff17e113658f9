// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stages/table_stage.h"

#include <algorithm>
#include <set>

#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kRows{"{0} rows, {1} before; {2} rows changed", "{0} 行，之前 {1} 行；改动 {2} 行"};
constexpr Text kNoRowsToAddress{
    "The steps gather rows into others, so there are no rows to address any more.",
    "这些步骤对行做了汇总，因此不再有待触达的数据行。"};

std::vector<std::string> columnNames(const data::TableInfo& table) {
  std::vector<std::string> names;
  for (const data::ColumnInfo& column : table.columns) names.push_back(lowerAscii(column.name));
  return names;
}

bool takesRowsAway(const data::StepType& type) {
  return type.group == data::StepGroup::Rows || type.id == "drop_missing_rows";
}

/// Of a recipe for rows with outcomes what it says about rows that have none.
data::Recipe withoutOutcomes(const data::Recipe& recipe, const data::TableInfo& history,
                             const data::TableInfo& population) {
  std::vector<std::string> outcomes = columnNames(history);
  const std::vector<std::string> known = columnNames(population);
  std::erase_if(outcomes, [&](const std::string& name) {
    return std::find(known.begin(), known.end(), name) != known.end();
  });
  const auto isOutcome = [&](const std::string& name) {
    return std::find(outcomes.begin(), outcomes.end(), lowerAscii(name)) != outcomes.end();
  };
  data::Recipe fitting;
  for (data::RecipeStep step : recipe.steps) {
    const auto type = data::stepType(step.step);
    if (!type || takesRowsAway(**type)) continue;
    bool passes = false;
    for (const Parameter& parameter : (*type)->parameters) {
      const auto given = step.parameters.find(parameter.id);
      if (given == step.parameters.end()) continue;
      if (parameter.kind == ParameterKind::Column) passes = passes || isOutcome(given->second);
      if (parameter.kind != ParameterKind::ColumnList) continue;
      std::vector<std::string> columns = splitList(given->second);
      std::erase_if(columns, isOutcome);
      passes = passes || columns.empty();
      given->second = joinList(columns);
    }
    if (!passes) fitting.steps.push_back(std::move(step));
  }
  return fitting;
}

void renameRoles(project::Roles& roles, const data::Recipe& recipe) {
  for (const data::RecipeStep& step : recipe.steps) {
    if (step.step != "rename") continue;
    for (auto& [role, column] : roles)
      if (column == step.parameters.at("column")) column = step.parameters.at("to");
  }
}

}  // namespace

Port tablePort() {
  return {"table", PortKind::Table, {"Table", "表"}};
}

Result<data::Database*> stageTables(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return database;
  const std::string there =
      "SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'stages' AND "
      "database_name = current_database()";
  const auto known = (*database)->rows(there, job);
  if (!known) return forward(known);
  if (known->rows.at(0).at(0).get<std::int64_t>() > 0) return database;
  if (auto made = (*database)->execute("CREATE SCHEMA IF NOT EXISTS stages", job); !made)
    return forward(made);
  return database;
}

Result<> dropLostRoles(TableValue& value, const data::Database& database) {
  const auto table = database.table(value.table);
  if (!table) return forward(table);
  const std::vector<std::string> names = columnNames(*table);
  std::erase_if(value.roles, [&](const auto& role) {
    return std::find(names.begin(), names.end(), lowerAscii(role.second)) == names.end();
  });
  return {};
}

Result<std::string> contentHash(const data::Database& database, const data::TableName& table,
                                JobContext& job) {
  const auto rows = database.rows(
      "SELECT count(*), bit_xor(hash(t)), sum(hash(t) % 1000003) FROM " + data::quoted(table) + " t", job);
  if (!rows) return forward(rows);
  return dumpJson(toJson(table)) + dumpJson(Json(rows->rows));
}

StageOutput tableOutput(const TableValue& value, std::int64_t rows_in, std::int64_t rows_out) {
  StageOutput output;
  output.rows_in = rows_in;
  output.rows_out = rows_out;
  output.artefacts.push_back({PortKind::Table, toJson(value), {}});
  return output;
}

Result<StageOutput> applyRecipe(const StageInput& input, const data::Recipe& recipe, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  TableValue value = tableValueFromJson(input.value("table"));
  const auto before = (*database)->table(value.table);
  if (!before) return forward(before);
  const data::NewTable target{input.ownTable("clean").name, true, "stages"};
  JobContext cleaning = job.part(0, value.population ? 0.6 : 1);
  const auto report = data::clean(**database, value.table, recipe, target, cleaning);
  if (!report) return forward(report);
  const bool gathers = std::any_of(recipe.steps.begin(), recipe.steps.end(), [](const auto& step) {
    const auto type = data::stepType(step.step);
    return type && (*type)->group == data::StepGroup::Shape;
  });
  std::vector<std::string> said;
  if (value.population && gathers) {
    value.population.reset();
    said.emplace_back(kNoRowsToAddress.in(job.language()));
  }
  if (value.population) {
    const auto population = (*database)->table(*value.population);
    if (!population) return forward(population);
    const data::NewTable addressed{input.ownTable("addressed").name, true, "stages"};
    JobContext rest = job.part(0.6, 1);
    const auto done = data::clean(**database, *value.population,
                                  withoutOutcomes(recipe, *before, *population), addressed, rest);
    if (!done) return forward(done);
    value.population = data::TableName{addressed.name, addressed.schema};
  }
  value.table = {target.name, target.schema};
  renameRoles(value.roles, recipe);
  if (auto kept = dropLostRoles(value, **database); !kept) return forward(kept);

  StageOutput output = tableOutput(value, before->rows, report->rows);
  std::int64_t changed = 0;
  for (const data::StepReport& step : report->steps) {
    changed += step.changed;
    for (const data::StepNote& note : step.notes) said.push_back(fill(note.text, job.language(), note.args));
  }
  said.insert(said.begin(),
              fill(kRows, job.language(), {grouped(report->rows), grouped(before->rows), grouped(changed)}));
  output.message = shorten(join(said, job.language() == Language::Chinese ? "；" : "; "), 500);
  return output;
}

}  // namespace lodestone::pipeline::stages
