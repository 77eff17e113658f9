// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/artefacts.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kCleaning{"Cleaning", "正在清洗数据"};
constexpr Text kCleaned{
    "{0} duplicate rows dropped; {1} gaps in {2} columns will be filled on the training rows' terms",
    "删除了 {0} 个重复行；{2} 列中的 {1} 处缺失将按训练行的规则填充"};

/// Exact duplicates over all columns, first kept, order kept.
std::string withoutDuplicates(const data::TableInfo& info) {
  std::vector<std::string> columns;
  for (const data::ColumnInfo& column : info.columns) columns.push_back(data::quoteIdentifier(column.name));
  return "SELECT * FROM " + data::quoted(info.table) + " QUALIFY row_number() OVER (PARTITION BY " +
         join(columns, ", ") + " ORDER BY rowid) = 1 ORDER BY rowid";
}

struct Gaps {
  std::int64_t cells = 0;
  std::int64_t columns = 0;
};

Result<Gaps> countGaps(const data::Database& database, const data::TableInfo& info, JobContext& job) {
  std::vector<std::string> counts;
  for (const data::ColumnInfo& column : info.columns)
    counts.push_back("count(*) - count(" + data::quoteIdentifier(column.name) + ")");
  const auto rows = database.rows("SELECT " + join(counts, ", ") + " FROM " + data::quoted(info.table), job);
  if (!rows) return forward(rows);
  Gaps gaps;
  for (const Json& count : rows->rows.at(0)) {
    gaps.cells += count.get<std::int64_t>();
    gaps.columns += count.get<std::int64_t>() > 0 ? 1 : 0;
  }
  return gaps;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto opened = input.project->tables();
  if (!opened) return forward(opened);
  data::Database& database = **opened;
  job.report(0, kCleaning);
  TableValue value = tableValueFromJson(input.value("table"));
  const auto before = database.table(value.table);
  if (!before) return forward(before);

  if (input.parameters.flag("deduplicate")) {
    value.table = input.ownTable("clean");
    auto made = database.execute("CREATE SCHEMA IF NOT EXISTS stages; CREATE OR REPLACE TABLE " +
                                     data::quoted(value.table) + " AS " + withoutDuplicates(*before),
                                 job);
    if (!made) return forward(made);
  }
  const std::string& fill_numbers = input.parameters.text("fill");
  value.fill = fill_numbers == "median" ? learn::FillNumbers::Median
               : fill_numbers == "mean" ? learn::FillNumbers::Mean
                                        : learn::FillNumbers::Zero;
  const auto after = database.table(value.table);
  if (!after) return forward(after);
  const auto gaps = countGaps(database, *after, job);
  if (!gaps) return forward(gaps);

  StageOutput output;
  output.rows_in = before->rows;
  output.rows_out = after->rows;
  output.message =
      fill(kCleaned, job.language(),
           {grouped(before->rows - after->rows), grouped(gaps->cells), std::to_string(gaps->columns)});
  output.artefacts.push_back({PortKind::Table, toJson(value), {}});
  return output;
}

}  // namespace

StageType preprocess() {
  return {
      .id = "preprocess",
      .title = {"Preprocess", "数据预处理"},
      .help = {"Drops exact duplicates and says how gaps are filled: numbers by the rule below, texts as a "
               "level of "
               "their own. What a rule learns (a median), it learns on the training rows only.",
               "删除完全重复的行，并规定缺失值的填充方式：数字按下面的规则，文本作为单独的一个类别。"
               "规则需要学习的内容（如中位数）只从训练行学习。"},
      .group = StageGroup::Cleaning,
      .inputs = {{"table", PortKind::Table, {"Table", "表"}}},
      .outputs = {{"table", PortKind::Table, {"Table", "表"}}},
      .parameters = {{"deduplicate",
                      {"Drop duplicates", "删除重复行"},
                      {"Rows that equal an earlier one in every column are dropped.",
                       "删除与前面某行所有列都相同的行。"},
                      ParameterKind::Flag,
                      "true"},
                     {"fill",
                      {"Fill numbers with", "数字缺失填充"},
                      {"What stands for a missing number.", "用什么代替缺失的数字。"},
                      ParameterKind::Choice,
                      "zero",
                      {},
                      {},
                      {},
                      {{"zero", {"0", "0"}},
                       {"median", {"median of the training rows", "训练行的中位数"}},
                       {"mean", {"mean of the training rows", "训练行的均值"}}}}},
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
