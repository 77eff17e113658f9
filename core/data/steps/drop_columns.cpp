// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("columns");
  if (!columns) return forward(columns);
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns) removeColumn(outcome, column.name);
  return outcome;
}

}  // namespace

StepType dropColumns() {
  return {
      .id = "drop_columns",
      .title = {"Drop columns", "删除列"},
      .help = {"Leaves columns out.", "去掉指定的列。"},
      .group = StepGroup::Columns,
      .parameters = {{"columns",
                      {"Columns", "列"},
                      {"The columns to leave out.", "要去掉的列。"},
                      ParameterKind::ColumnList}},
      .required = {"columns"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
