// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto expression = run.expression(run.parameters().text("expression"));
  if (!expression) return forward(expression);
  StepOutcome outcome = run.unchanged();
  putColumn(outcome, std::string(trim(run.parameters().text("column"))), expression->sql);
  outcome.ordered = !expression->window;
  return outcome;
}

}  // namespace

StepType derive() {
  return {
      .id = "derive",
      .title = {"Derive a column", "派生列"},
      .help = {"Computes a column from the others of its row. A column of that name gets the new cells.",
               "根据同一行的其他列计算一列。若已有同名列，则替换其内容。"},
      .group = StepGroup::Columns,
      .parameters =
          {{"column", {"Column", "列"}, {"Name of the column to compute.", "要计算的列名。"}},
           {"expression",
            {"Expression", "表达式"},
            {"An SQL expression over the columns: price * quantity, upper(city), date_diff('day', "
             "first_order, last_order). Names with spaces stand in double quotes.",
             "针对各列的 SQL 表达式，例如 price * quantity、upper(city)、date_diff('day', first_order, "
             "last_order)。含空格的列名请用双引号括起。"},
            ParameterKind::Sql}},
      .required = {"column", "expression"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
