// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stages/sources.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kBroughtBack{"{0} rows of campaign results from {1}", "来自 {1} 的 {0} 行活动结果"};
constexpr Text kRates{"; {0} of the treated converted ({1} rows), {2} of the others ({3} rows)",
                      "；触达组转化率 {0}（{1} 行），其余 {2}（{3} 行）"};
constexpr Text kEmpty{"{0} has no rows of campaign results yet", "{0} 中还没有活动结果"};

/// What came of those who were treated and of the others, where the roles say who that is. A text as a
/// target, or a treatment that is no number, has no rate.
Result<std::string> rates(const data::Database& database, const TableValue& value, JobContext& job) {
  const auto target = value.roles.find("target");
  const auto treatment = value.roles.find("treatment");
  if (target == value.roles.end() || treatment == value.roles.end()) return std::string();
  const std::string outcome = "try_cast(" + data::quoteIdentifier(target->second) + " AS DOUBLE)";
  const std::string treated = "try_cast(" + data::quoteIdentifier(treatment->second) + " AS DOUBLE) = 1";
  const auto rows =
      database.rows("SELECT avg(" + outcome + ") FILTER (" + treated + "), count(*) FILTER (" + treated +
                        "), avg(" + outcome + ") FILTER (NOT (" + treated + ")), count(*) FILTER (NOT (" +
                        treated + ")) FROM " + data::quoted(value.table),
                    job);
  if (!rows) return forward(rows);
  const auto& row = rows->rows.at(0);
  if (row[0].is_null() || row[2].is_null()) return std::string();
  return fill(kRates, job.language(),
              {formatPercent(row[0].get<double>()), formatGrouped(row[1].get<double>(), 0),
               formatPercent(row[2].get<double>()), formatGrouped(row[3].get<double>(), 0)});
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto value = sourceRows(input, "outcomes", job);
  if (!value) return forward(value);
  auto database = input.project->tables();
  if (!database) return forward(database);
  const auto info = (*database)->table(value->table);
  if (!info) return forward(info);
  const auto told = rates(**database, *value, job);
  if (!told) return forward(told);
  StageOutput output;
  output.rows_out = info->rows;
  output.warning = info->rows == 0;
  output.message = info->rows == 0
                       ? fill(kEmpty, job.language(), {value->source})
                       : fill(kBroughtBack, job.language(), {grouped(info->rows), value->source}) + *told;
  output.artefacts.push_back({PortKind::Outcomes, toJson(*value), {}});
  return output;
}

}  // namespace

StageType feedback() {
  return {
      .id = "feedback",
      .title = {"Campaign results", "活动结果反馈"},
      .help = {"Brings back what came of an earlier campaign: a table of the project with its results. "
               "Through a feedback edge the collection adds these rows to its own in the next cycle.",
               "带回先前活动的结果：项目中记录活动结果的表。通过反馈边，下一轮的数据收集会把这些行并入自己的"
               "数据。"},
      .group = StageGroup::Results,
      .inputs = {},
      .outputs = {{"outcomes", PortKind::Outcomes, {"Campaign results", "活动结果"}}},
      .parameters = sourceParameters(),
      .run = run,
      .outside = sourceHash,
      .check = checkSource,
  };
}

}  // namespace lodestone::pipeline::stages
