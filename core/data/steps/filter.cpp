// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kWindow{"A condition looks at one row; OVER (...) may not stand in it. Derive a column first.",
                       "条件只能针对单行，不能使用 OVER (...)。请先派生一列。"};

Result<StepOutcome> apply(StepRun& run) {
  const auto condition = run.expression(run.parameters().text("condition"));
  if (!condition) return forward(condition);
  if (condition->window) return fail(ErrorCode::InvalidArgument, kWindow);
  StepOutcome outcome = run.unchanged();
  outcome.where = "CAST(" + condition->sql + " AS BOOLEAN)";
  return outcome;
}

}  // namespace

StepType filter() {
  return {
      .id = "filter",
      .title = {"Filter rows", "筛选行"},
      .help = {"Keeps the rows for which the condition is true. Rows for which it cannot be told, because a "
               "cell is "
               "missing, go too.",
               "保留满足条件的行。因单元格缺失而无法判断的行也会被删除。"},
      .group = StepGroup::Rows,
      .parameters =
          {{"condition",
            {"Condition", "条件"},
            {"An SQL condition over the columns: price > 0 AND city <> 'Test'. Names with spaces stand in "
             "double quotes.",
             "针对各列的 SQL 条件，例如 price > 0 AND city <> 'Test'。含空格的列名请用双引号括起。"},
            ParameterKind::Sql}},
      .required = {"condition"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
