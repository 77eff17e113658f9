// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto chosen = run.columns("columns");
  if (!chosen) return forward(chosen);
  const std::vector<ColumnInfo>& columns = chosen->empty() ? run.input().columns : *chosen;
  std::vector<std::string> there;
  for (const ColumnInfo& column : columns)
    there.push_back("(" + cell(column.name) + " IS NOT NULL)::INTEGER");
  const std::string count = std::to_string(columns.size());
  const std::string missing = "(" + count + " - list_sum([" + join(there, ", ") + "]))";
  StepOutcome outcome = run.unchanged();
  outcome.where = "NOT (" + missing + " = " + count + " OR " + missing + "::DOUBLE / " + count + " > " +
                  realLiteral(run.parameters().number("share")) + ")";
  return outcome;
}

}  // namespace

StepType dropMissingRows() {
  return {
      .id = "drop_missing_rows",
      .title = {"Drop rows with missing cells", "删除含缺失值的行"},
      .help = {"Drops rows of which more than the given share of cells is missing, and in any case those "
               "without a "
               "single cell.",
               "删除缺失单元格占比超过给定比例的行；完全没有值的行一律删除。"},
      .group = StepGroup::Missing,
      .parameters =
          {{"columns",
            {"Columns", "列"},
            {"The columns that count. Empty: all.", "参与统计的列。留空：所有列。"},
            ParameterKind::ColumnList},
           {"share",
            {"Share allowed", "允许的缺失比例"},
            {"The largest share of missing cells that a row may have: 0 drops every row with a missing cell, "
             "1 only those with nothing in them.",
             "一行允许的最大缺失比例：0 表示只要有缺失就删除，1 表示只删除完全为空的行。"},
            ParameterKind::Number,
            "0",
            0.0,
            1.0}},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
