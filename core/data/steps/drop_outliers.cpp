// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/outlier_bounds.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.number(run.parameters().text("column"));
  if (!column) return forward(column);
  const auto bounds = outlierBounds(run, *column);
  if (!bounds) return forward(bounds);
  StepOutcome outcome = run.unchanged();
  if (!bounds->low || !bounds->high) return outcome;
  const std::string value = cell(column->name);
  outcome.where = value + " IS NULL OR " + value + " BETWEEN " + realLiteral(*bounds->low) + " AND " +
                  realLiteral(*bounds->high);
  return outcome;
}

}  // namespace

StepType dropOutliers() {
  return {
      .id = "drop_outliers",
      .title = {"Drop outliers", "删除离群值所在行"},
      .help = {"Drops rows whose number lies beyond the bounds. Rows without a number stay. The bounds are "
               "learned from "
               "the table.",
               "删除数值超出界限的行。没有数值的行保留。界限从表中学得。"},
      .group = StepGroup::Rows,
      .parameters = outlierParameters(),
      .required = {"column"},
      .check = checkOutliers,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
