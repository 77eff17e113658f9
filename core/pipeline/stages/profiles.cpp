// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/data/event_columns.h"
#include "core/data/features.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kMade{"{0} profiles of {1} columns", "{0} 份画像，{1} 列"};
constexpr Text kNoRows{
    "Connect a node that gives rows with user and time, or set the stage's parameter \"table\".",
    "请连接一个给出用户和时间的节点，或设置参数“table”。"};

/// A tag and the columns and condition by which a user gets it.
struct Tag {
  std::string_view name;
  std::vector<std::string_view> needs;
  std::string_view condition;
};

/// Quintiles are of the users of the table itself: a tag says where somebody stands among the others.
const std::vector<Tag>& tags() {
  static const std::vector<Tag> kTags = {
      {"high spender",
       {"total_amount"},
       "total_amount > 0 AND percent_rank() OVER (ORDER BY total_amount) >= 0.8"},
      {"frequent buyer", {"purchases"}, "purchases > 0 AND percent_rank() OVER (ORDER BY purchases) >= 0.8"},
      {"never bought", {"purchases"}, "purchases = 0"},
      {"active", {"active_days"}, "percent_rank() OVER (ORDER BY active_days) >= 0.8"},
      {"lapsed", {"recency_days"}, "percent_rank() OVER (ORDER BY recency_days) >= 0.8"},
      {"night owl", {"night_share"}, "night_share >= 0.3"},
      {"weekend shopper", {"weekend_share"}, "weekend_share >= 0.5"},
  };
  return kTags;
}

std::string tagColumn(const data::TableInfo& table) {
  const auto has = [&](std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const data::ColumnInfo& column) { return column.name == name; });
  };
  std::vector<std::string> cases;
  for (const Tag& tag : tags())
    if (std::all_of(tag.needs.begin(), tag.needs.end(), has))
      cases.push_back("CASE WHEN " + std::string(tag.condition) + " THEN " + data::quoteLiteral(tag.name) +
                      " END");
  if (has("favourite_category")) cases.emplace_back("CAST(favourite_category AS VARCHAR)");
  return cases.empty() ? "''" : "concat_ws(', ', " + join(cases, ", ") + ")";
}

Result<TableValue> sourceOf(const StageInput& input) {
  const std::string& name = input.parameters.text("table");
  if (name.empty()) {
    if (!input.has("table")) return fail(ErrorCode::InvalidArgument, kNoRows, {}, {.item = "table"});
    return tableValueFromJson(input.value("table"));
  }
  auto roles = input.project->roles(name);
  if (!roles) return forward(roles);
  TableValue value;
  value.table = {name};
  value.source = name;
  value.roles = std::move(*roles);
  return value;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  const auto source = sourceOf(input);
  if (!source) return forward(source);
  const auto info = (*database)->table(source->table);
  if (!info) return forward(info);
  const auto role = [&](const std::string& name) {
    const auto found = source->roles.find(name);
    return found == source->roles.end() ? std::string() : found->second;
  };
  data::EventColumns columns;
  columns.user = role("user");
  columns.time = role("time");
  columns.amount = role("amount");
  columns.item = role("item");
  columns.event = role("event");
  const data::TableName behaviour = input.ownTable("behaviour");
  JobContext part = job.part(0, 0.8);
  const auto report = data::makeBehaviour(**database,
                                          {.table = source->table,
                                           .columns = data::guessEventColumns(*info, std::move(columns)),
                                           .words = {},
                                           .as_of = input.parameters.text("as_of")},
                                          {behaviour.name, true, behaviour.schema}, part);
  if (!report) return forward(report);
  const auto made = (*database)->table(behaviour);
  if (!made) return forward(made);
  TableValue value;
  value.table = input.ownTable("profiles");
  value.source = source->source;
  value.roles = {{"user", made->columns.front().name}};
  const auto tagged =
      (*database)->execute("CREATE OR REPLACE TABLE " + data::quoted(value.table) + " AS SELECT *, " +
                               tagColumn(*made) + " AS tags FROM " + data::quoted(behaviour) +
                               " ORDER BY rowid; DROP TABLE " + data::quoted(behaviour),
                           job);
  if (!tagged) return forward(tagged);
  StageOutput output;
  output.rows_in = info->rows;
  output.rows_out = made->rows;
  std::vector<std::string> said = {
      fill(kMade, job.language(), {grouped(made->rows), std::to_string(made->columns.size() + 1)})};
  for (const data::Notice& notice : report->notices) said.push_back(notice.message(job.language()));
  output.message = shorten(join(said, job.language() == Language::Chinese ? "；" : "; "), 500);
  output.artefacts.push_back({PortKind::Profiles, toJson(value), {}});
  return output;
}

Result<std::string> outside(const StageInput& input, JobContext& job) {
  const std::string& name = input.parameters.text("table");
  if (name.empty()) return std::string();
  auto database = input.project->tables();
  if (!database) return forward(database);
  if (auto there = (*database)->table({name}); !there) return forward(there);
  return contentHash(**database, {name}, job);
}

}  // namespace

StageType profiles() {
  Port rows = tablePort();
  rows.optional = true;
  return {
      .id = "profiles",
      .title = {"User profiles", "用户画像构建"},
      .help =
          {"One row a user: visits, rates of clicks and conversions, favourites, habits in time, and tags "
           "such as high spender or night owl. The rows of events go on to the nodes behind.",
           "每位用户一行：访问、点击率与转化率、偏好、时间习惯，以及“高消费”“夜猫子”等标签。"
           "事件数据照常传给后面的节点。"},
      .group = StageGroup::Exploring,
      .inputs = {rows},
      .outputs = {{"profiles", PortKind::Profiles, {"User profiles", "用户画像"}}},
      .parameters = {{"table",
                      {"Table", "表"},
                      {"A table of the project with users and times. Empty: the rows that come in.",
                       "项目中含用户和时间的表。留空：使用传入的数据行。"},
                      ParameterKind::Table},
                     {"as_of",
                      {"As of", "截至时间"},
                      {"2026-03-01 or 2026-03-01 12:00:00: later rows are left out; empty: the latest time.",
                       "2026-03-01 或 2026-03-01 12:00:00：之后的行不计入；留空为最晚时间。"},
                      ParameterKind::String}},
      .run = run,
      .outside = outside,
      .check = [](const ParameterValues& values, const Foresight& foresight) -> Result<> {
        if (values.text("table").empty() && !foresight.fed.contains("table"))
          return fail(ErrorCode::InvalidArgument, kNoRows, {}, {.item = "table"});
        return {};
      },
  };
}

}  // namespace lodestone::pipeline::stages
