// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"
#include "core/data/recipe_run.h"
#include "core/data/table_making.h"
#include "core/data/text_functions.h"

namespace lodestone::data {

namespace {

constexpr Text kWriting{"Writing table {0}", "正在写入表 {0}"};

/// The steps with what was left to its default: a seed, a method.
Result<Making> makingOf(const Recipe& recipe, const TableName& from) {
  Json steps = Json::array();
  for (const RecipeStep& step : recipe.steps) {
    const auto type = stepType(step.step);
    if (!type) return forward(type);
    const auto values = checkParameters((*type)->parameters, step.parameters, step.step);
    if (!values) return forward(values);
    Json told = {{"step", step.step}};
    for (const auto& [id, value] : values->all())
      if (!value.empty()) told[id] = value;
    steps.push_back(std::move(told));
  }
  return Making{"clean", {{"steps", std::move(steps)}}, {from}};
}

}  // namespace

Result<CleanReport> clean(Database& database, const TableName& from, const Recipe& recipe, const NewTable& to,
                          JobContext& job) {
  const Stopwatch watch;
  if (auto fine = checkRecipe(recipe); !fine) return forward(fine);
  if (auto fine = checkNewTable(database, to); !fine) return forward(fine);
  const auto making = makingOf(recipe, from);
  if (!making) return forward(making);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto known = registerTextFunctions(*session, job); !known) return forward(known);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto run = RecipeRun::open(database, *session, from, job);
  if (!run) return forward(run);

  CleanReport report{.table = {to.name, to.schema}};
  const auto parts = static_cast<double>(recipe.steps.size() + 1);
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    JobContext part = job.part(static_cast<double>(i) / parts, static_cast<double>(i + 1) / parts);
    auto step = run->apply(recipe.steps[i], i, part);
    if (!step) return forward(step);
    report.steps.push_back(std::move(*step));
  }
  JobContext last = job.part(1 - 1 / parts, 1);
  last.report(0, kWriting, {to.name});
  if (!run->relation().ordered)
    if (auto settled = run->settle(last); !settled) return forward(settled);
  auto rows =
      makeTable(*session, to, "SELECT * EXCLUDE (" + run->relation().row + ") FROM " + run->relation().from,
                *making, last);
  if (!rows) return forward(rows);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = session->commit(); !done) return forward(done);
  report.rows = *rows;
  report.seconds = watch.seconds();
  job.report(1, kWriting, {to.name});
  return report;
}

}  // namespace lodestone::data
