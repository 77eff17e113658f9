// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.column(run.parameters().text("column"));
  if (!column) return forward(column);
  StepOutcome outcome = run.unchanged();
  for (OutputColumn& output : outcome.columns)
    if (output.name == column->name) output.name = trim(run.parameters().text("to"));
  return outcome;
}

}  // namespace

StepType rename() {
  return {
      .id = "rename",
      .title = {"Rename a column", "重命名列"},
      .help = {"Gives a column another name; its cells and its place stay.", "更改列名；内容和位置不变。"},
      .group = StepGroup::Columns,
      .parameters =
          {{"column", {"Column", "列"}, {"The column to rename.", "要重命名的列。"}, ParameterKind::Column},
           {"to", {"New name", "新名称"}, {"What it is called from now on.", "更改后的列名。"}}},
      .required = {"column", "to"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
