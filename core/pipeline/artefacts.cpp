// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/artefacts.h"

#include <filesystem>
#include <system_error>

#include "core/base/parameter.h"
#include "core/project/model_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNotRole{"\"{0}\" is no role: write role=column, for example user=customer_id.",
                        "“{0}”不是角色：请写成 角色=列名，例如 user=customer_id。"};

const char* fillName(learn::FillNumbers fill) {
  switch (fill) {
    case learn::FillNumbers::Zero:
      return "zero";
    case learn::FillNumbers::Median:
      return "median";
    case learn::FillNumbers::Mean:
      return "mean";
  }
  return "zero";
}

learn::FillNumbers fillFromName(const std::string& name) {
  if (name == "median") return learn::FillNumbers::Median;
  if (name == "mean") return learn::FillNumbers::Mean;
  return learn::FillNumbers::Zero;
}

}  // namespace

Json toJson(const data::TableName& table) {
  return {{"schema", table.schema}, {"name", table.name}};
}

data::TableName tableFromJson(const Json& json) {
  return {json.value("name", std::string()), json.value("schema", std::string("main"))};
}

Json toJson(const TableValue& value) {
  return {{"table", toJson(value.table)},
          {"population", value.population ? toJson(*value.population) : Json(nullptr)},
          {"source", value.source},
          {"roles", value.roles},
          {"fill", fillName(value.fill)}};
}

TableValue tableValueFromJson(const Json& json) {
  TableValue value;
  value.table = tableFromJson(json.at("table"));
  if (json.contains("population") && !json["population"].is_null())
    value.population = tableFromJson(json["population"]);
  value.source = json.value("source", std::string());
  value.roles = json.value("roles", project::Roles());
  value.fill = fillFromName(json.value("fill", std::string("zero")));
  return value;
}

Json toJson(const DatasetValue& value) {
  const learn::DatasetPlan& plan = value.plan;
  return {{"table", toJson(value.table)},
          {"target", plan.target},
          {"positive", plan.positive},
          {"exclude", plan.exclude},
          {"group", plan.group},
          {"test_fraction", plan.test_fraction},
          {"seed", plan.seed}};
}

DatasetValue datasetValueFromJson(const Json& json) {
  DatasetValue value;
  value.table = tableValueFromJson(json.at("table"));
  value.plan.target = json.value("target", std::string());
  value.plan.positive = json.value("positive", std::string());
  value.plan.exclude = json.value("exclude", std::vector<std::string>());
  value.plan.group = json.value("group", std::string());
  value.plan.test_fraction = json.value("test_fraction", 0.2);
  value.plan.seed = json.value("seed", std::uint64_t{42});
  value.plan.features.fill_numbers = value.table.fill;
  return value;
}

Result<bool> stillThere(project::Project& project, const Json& value) {
  if (value.is_object() && value.contains("schema") && value.contains("name")) {
    auto tables = project.tables();
    if (!tables) return forward(tables);
    return (*tables)->has(tableFromJson(value));
  }
  if (!value.is_object() && !value.is_array()) return true;
  for (const auto& [key, item] : value.items()) {
    if (key == "model" && item.is_string()) {
      const auto record = project.models().get(item.get<std::string>());
      if (!record || record->state != project::TrainingState::Done) return false;
      std::error_code error;
      if (!std::filesystem::is_directory(project.modelsFolder() / record->id, error)) return false;
      continue;
    }
    if (key == "file" && item.is_string()) {
      std::error_code error;
      if (!std::filesystem::exists(item.get<std::string>(), error)) return false;
      continue;
    }
    auto there = stillThere(project, item);
    if (!there || !*there) return there;
  }
  return true;
}

Result<project::Roles> rolesFromText(const std::string& text) {
  project::Roles roles;
  for (const std::string& part : splitList(text)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == part.size())
      return fail(ErrorCode::InvalidArgument, kNotRole, {part});
    const std::string role(trim(part.substr(0, equals)));
    if (auto known = project::checkRole(role); !known) return forward(known);
    roles[role] = trim(part.substr(equals + 1));
  }
  return roles;
}

}  // namespace lodestone::pipeline
