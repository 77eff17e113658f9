// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/reshape.h"
#include "core/pipeline/stages/sources.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kCollected{"{0} rows from {1}", "从 {1} 收集了 {0} 行"};
constexpr Text kAddressed{"; {0} rows to address", "；待触达 {0} 行"};
constexpr Text kBroughtBack{"; {0} rows of campaign results with them", "；其中活动结果 {0} 行"};
constexpr Text kReading{"Collecting", "正在收集数据"};

/// The rows that earlier campaigns left, below those that are collected. What they say about the columns'
/// meaning holds where the collected rows say nothing.
Result<std::int64_t> addOutcomes(data::Database& database, const StageInput& input, TableValue& value,
                                 JobContext& job) {
  data::UnionSpec spec{{value.table}, {}};
  std::int64_t rows = 0;
  for (const Artefact& artefact : input.inputs.at("outcomes")) {
    const TableValue outcomes = tableValueFromJson(artefact.value);
    const auto info = database.table(outcomes.table);
    if (!info) return forward(info);
    rows += info->rows;
    spec.tables.push_back(outcomes.table);
    value.roles.insert(outcomes.roles.begin(), outcomes.roles.end());
  }
  const data::TableName all = input.ownTable("collected_with_outcomes");
  const auto made = data::unionTables(database, spec, {all.name, true, all.schema}, job);
  if (!made) return forward(made);
  if (value.table.schema == all.schema)
    if (auto gone = database.drop(value.table); !gone) return forward(gone);
  value.table = all;
  return rows;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto opened = stageTables(input, job);
  if (!opened) return forward(opened);
  data::Database& database = **opened;
  job.report(0, kReading);
  auto value = sourceRows(input, "collected", job);
  if (!value) return forward(value);
  const std::string& population = input.parameters.text("population");
  if (!population.empty()) {
    value->population = input.ownTable("population");
    if (auto made = makeQueryTable(database, *value->population, sqlOf(population), job); !made)
      return forward(made);
  }
  std::int64_t brought_back = 0;
  if (input.has("outcomes")) {
    const auto added = addOutcomes(database, input, *value, job);
    if (!added) return forward(added);
    brought_back = *added;
  }
  const auto info = database.table(value->table);
  if (!info) return forward(info);
  StageOutput output;
  output.rows_out = info->rows;
  output.message = fill(kCollected, job.language(), {grouped(info->rows), value->source});
  if (brought_back > 0) output.message += fill(kBroughtBack, job.language(), {grouped(brought_back)});
  if (value->population) {
    const auto addressed = database.table(*value->population);
    if (!addressed) return forward(addressed);
    output.message += fill(kAddressed, job.language(), {grouped(addressed->rows)});
  }
  output.artefacts.push_back({PortKind::Table, toJson(*value), {}});
  return output;
}

std::vector<Parameter> parameters() {
  std::vector<Parameter> all = sourceParameters();
  all.insert(
      all.end() - 1,
      Parameter{"population",
                {"Rows to address", "待触达的数据行"},
                {"A SELECT that gives the rows to score, one a customer. Empty: the rows learned from.",
                 "给出待评分数据行的 SELECT 查询，每个客户一行。留空：即学习所用的行。"},
                ParameterKind::Sql});
  return all;
}

}  // namespace

StageType collect() {
  return {
      .id = "collect",
      .title = {"Collect data", "数据收集"},
      .help = {"Takes a table of the project, or the answer of a query over its tables, as the rows to learn "
               "from. What a feedback edge brings back from a campaign is added to them.",
               "取项目中的一个表，或对项目各表的查询结果，作为学习用的数据行。反馈边带回的活动结果会追加到其"
               "中。"},
      .group = StageGroup::Sources,
      .inputs = {{.name = "outcomes",
                  .kind = PortKind::Outcomes,
                  .title = {"Campaign results", "活动结果"},
                  .optional = true,
                  .many = true}},
      .outputs = {tablePort()},
      .parameters = parameters(),
      .run = run,
      .outside = sourceHash,
      .check = checkSource,
      .source = knownSource,
  };
}

}  // namespace lodestone::pipeline::stages
