// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/data/steps/outlier_bounds.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.number(run.parameters().text("column"));
  if (!column) return forward(column);
  auto bounds = outlierBounds(run, *column);
  if (!bounds) return forward(bounds);
  StepOutcome outcome = run.unchanged();
  if (!bounds->low || !bounds->high) return outcome;
  if (classOf(column->type) == ColumnClass::Integer) {
    // Whole numbers stay whole: the next ones inside the bounds.
    bounds->low = std::ceil(*bounds->low);
    bounds->high = std::max(std::floor(*bounds->high), *bounds->low);
  }
  const std::string value = cell(column->name);
  const auto bound = [&](double at) { return "CAST(" + realLiteral(at) + " AS " + column->type + ")"; };
  setCells(outcome, column->name,
           "CASE WHEN " + value + " < " + realLiteral(*bounds->low) + " THEN " + bound(*bounds->low) +
               " WHEN " + value + " > " + realLiteral(*bounds->high) + " THEN " + bound(*bounds->high) +
               " ELSE " + value + " END");
  return outcome;
}

}  // namespace

StepType clipOutliers() {
  return {
      .id = "clip_outliers",
      .title = {"Clip outliers", "截断离群值"},
      .help = {"Numbers beyond the bounds become the bound. In a column of whole numbers the bound is the "
               "next whole "
               "number inside. The bounds are learned from the table.",
               "超出界限的数字改为界限值。整数列取界限以内最近的整数。界限从表中学得。"},
      .group = StepGroup::Values,
      .parameters = outlierParameters(),
      .required = {"column"},
      .check = checkOutliers,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
