// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/scored_tables.h"

#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr Text kBadSource{"The strategy's source does not say which {0} it was made from. Generate it anew.",
                          "策略的来源中没有记录其使用的 {0}。请重新生成。"};

Json tableJson(const data::TableName& table) {
  return {{"name", table.name}, {"schema", table.schema}};
}

data::TableName tableOf(const Json& json) {
  data::TableName table{textField(json, "name")};
  if (const std::string schema = textField(json, "schema"); !schema.empty()) table.schema = schema;
  return table;
}

}  // namespace

Json ScoredTables::toJson() const {
  Json role_columns = Json::object();
  for (const auto& [role, column] : roles) role_columns[role] = column;
  return {{"history", tableJson(history)},
          {"population", tableJson(population)},
          {"table", source},
          {"model", model},
          {"roles", std::move(role_columns)},
          {"features", features}};
}

Result<ScoredTables> ScoredTables::fromJson(const Json& json) {
  ScoredTables out;
  out.history = tableOf(field(json, "history"));
  out.population = tableOf(field(json, "population"));
  out.source = textField(json, "table");
  out.model = textField(json, "model");
  if (out.history.name.empty()) return fail(ErrorCode::Corrupt, kBadSource, {"history"});
  if (out.population.name.empty()) return fail(ErrorCode::Corrupt, kBadSource, {"population"});
  if (const Json& roles = field(json, "roles"); roles.is_object())
    for (const auto& [role, column] : roles.items())
      if (column.is_string()) out.roles[role] = column.get<std::string>();
  if (const Json& features = field(json, "features"); features.is_array())
    for (const Json& column : features)
      if (column.is_string()) out.features.push_back(column.get<std::string>());
  return out;
}

}  // namespace lodestone::campaign
