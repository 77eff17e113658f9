// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kDropped{"{0}: {1} of the cells are missing", "{0}：{1} 的单元格缺失"};

Result<StepOutcome> apply(StepRun& run) {
  StepOutcome outcome = run.unchanged();
  if (run.input().rows == 0) return outcome;  // nothing tells of any column that it is empty
  std::vector<std::string> counts;
  for (const ColumnInfo& column : run.input().columns) counts.push_back("count(" + cell(column.name) + ")");
  auto there = run.session().rows("SELECT " + join(counts, ", ") + " FROM " + run.source(), run.job());
  if (!there) return forward(there);
  const auto rows = static_cast<double>(run.input().rows);
  for (std::size_t i = 0; i < run.input().columns.size(); ++i) {
    const std::string& name = run.input().columns[i].name;
    const std::int64_t missing = run.input().rows - there->rows.at(0).at(i).get<std::int64_t>();
    const double share = static_cast<double>(missing) / rows;
    if (missing < run.input().rows && share <= run.parameters().number("share")) continue;
    removeColumn(outcome, name);
    run.note(kDropped, {name, formatPercent(share)});
  }
  return outcome;
}

}  // namespace

StepType dropMissingColumns() {
  return {
      .id = "drop_missing_columns",
      .title = {"Drop columns with missing cells", "删除缺失过多的列"},
      .help = {"Drops columns of which more than the given share of cells is missing, and in any case those "
               "without a "
               "single cell. A table without rows keeps its columns.",
               "删除缺失单元格占比超过给定比例的列；完全没有值的列一律删除。没有行的表保留所有列。"},
      .group = StepGroup::Missing,
      .parameters = {{"share",
                      {"Share allowed", "允许的缺失比例"},
                      {"The largest share of missing cells that a column may have.",
                       "一列允许的最大缺失比例。"},
                      ParameterKind::Number,
                      "0.5",
                      0.0,
                      1.0}},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
