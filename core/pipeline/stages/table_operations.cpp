// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/data/table_operation.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kNeeded{"Set the stage's parameter \"{0}\".", "请设置该阶段的参数“{0}”。"};
constexpr Text kSecondTable{
    "Which other table? Connect a second node that gives one, or set the stage's parameter \"{0}\".",
    "另一张表是哪个？请再连接一个给出表的节点，或设置该阶段的参数“{0}”。"};
constexpr Text kNoTable{"The project has no table \"{0}\".", "项目中没有表“{0}”。"};

const Parameter* tablesParameter(const data::TableOperation& operation) {
  const auto found = std::find_if(operation.parameters.begin(), operation.parameters.end(),
                                  [&](const Parameter& one) { return one.id == operation.tables; });
  return found == operation.parameters.end() ? nullptr : &*found;
}

std::vector<std::string> namedTables(const data::TableOperation& operation, const ParameterValues& values) {
  const Parameter* parameter = tablesParameter(operation);
  if (parameter == nullptr || values.text(parameter->id).empty()) return {};
  if (parameter->kind == ParameterKind::List) return values.list(parameter->id);
  return {values.text(parameter->id)};
}

Result<> check(const data::TableOperation& operation, const ParameterValues& values,
               const Foresight& foresight) {
  for (const std::string& id : operation.required) {
    if (id == operation.tables || !trim(values.text(id)).empty()) continue;
    return fail(ErrorCode::InvalidArgument, kNeeded, {id}, {.item = id});
  }
  if (operation.tables.empty() || foresight.fed.contains(operation.tables)) return {};
  const std::vector<std::string> named = namedTables(operation, values);
  if (named.empty())
    return fail(ErrorCode::InvalidArgument, kSecondTable, {operation.tables}, {.item = operation.tables});
  for (const std::string& name : named) {
    const bool known = std::any_of(foresight.tables.begin(), foresight.tables.end(),
                                   [&](const KnownTable& table) { return table.name == name; });
    if (!known) return fail(ErrorCode::NotFound, kNoTable, {name}, {.table = name});
  }
  return {};
}

std::vector<data::TableName> otherTables(const data::TableOperation& operation, const StageInput& input) {
  std::vector<data::TableName> others;
  if (operation.tables.empty() || !input.has(operation.tables)) return others;
  for (const Artefact& artefact : input.inputs.at(operation.tables))
    others.push_back(tableValueFromJson(artefact.value).table);
  return others;
}

Result<StageOutput> run(const data::TableOperation& operation, const StageInput& input, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  TableValue value = tableValueFromJson(input.value(operation.tables.empty() ? "table" : "left"));
  const auto before = (*database)->table(value.table);
  if (!before) return forward(before);
  data::OperationInput work{value.table, input.parameters, value.roles, otherTables(operation, input)};
  const data::NewTable target{input.ownTable(operation.id).name, true, "stages"};
  const Parameter* tables = tablesParameter(operation);
  // A table beside each row belongs to the rows to address as well; any other operation makes other rows.
  const bool beside = tables != nullptr && tables->kind == ParameterKind::Table;
  const bool below = tables != nullptr && tables->kind == ParameterKind::List;
  JobContext part = job.part(0, beside && value.population ? 0.6 : 1);
  const auto report = operation.run(**database, work, target, part);
  if (!report) return forward(report);
  if (beside && value.population) {
    work.table = *value.population;
    const data::NewTable addressed{input.ownTable("addressed").name, true, "stages"};
    JobContext rest = job.part(0.6, 1);
    const auto done = operation.run(**database, work, addressed, rest);
    if (!done) return forward(done);
    value.population = data::TableName{addressed.name, addressed.schema};
  } else if (!below) {
    value.population.reset();
  }
  value.table = {target.name, target.schema};
  if (auto kept = dropLostRoles(value, **database); !kept) return forward(kept);
  StageOutput output = tableOutput(value, before->rows, report->rows);
  std::vector<std::string> said;
  for (const data::OperationLine& line : report->lines)
    said.push_back(fill(line.text, job.language(), line.args));
  for (const data::Notice& notice : report->notices) said.push_back(notice.message(job.language()));
  output.warning = !report->notices.empty();
  output.message = shorten(join(said, " "), 500);
  return output;
}

/// The project's tables that parameters name.
Result<std::string> outside(const data::TableOperation& operation, const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  std::string hash;
  for (const std::string& name : namedTables(operation, input.parameters)) {
    if (auto there = (*database)->table({name}); !there) return forward(there);
    const auto one = contentHash(**database, {name}, job);
    if (!one) return forward(one);
    hash += *one;
  }
  return hash;
}

}  // namespace

StageType tableOperation(const data::TableOperation& operation) {
  StageType type{
      .id = operation.id,
      .title = operation.title,
      .help = operation.help,
      .group = StageGroup::Tables,
      .inputs = {tablePort()},
      .outputs = {tablePort()},
      .parameters = operation.parameters,
      .required = operation.required,
      .same_columns = false,
      .run = [&operation](const StageInput& input, JobContext& job) { return run(operation, input, job); },
      .check = [&operation](const ParameterValues& values,
                            const Foresight& foresight) { return check(operation, values, foresight); },
  };
  if (const Parameter* tables = tablesParameter(operation)) {
    type.inputs.front() = {"left", PortKind::Table, {"This table", "本表"}};
    type.inputs.push_back({.name = tables->id,
                           .kind = PortKind::Table,
                           .title = tables->title,
                           .optional = true,
                           .many = tables->kind == ParameterKind::List});
    std::erase(type.required, tables->id);
    type.outside = [&operation](const StageInput& input, JobContext& job) {
      return outside(operation, input, job);
    };
  }
  return type;
}

}  // namespace lodestone::pipeline::stages
