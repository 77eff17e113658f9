// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/text.h"
#include "core/data/recipe_run.h"
#include "core/data/text_functions.h"

namespace lodestone::data {

namespace {

constexpr Text kNoSuchStep{"The recipe has no step {0}; it has {1}.", "配方没有第 {0} 步；共有 {1} 步。"};

std::string cells(const std::vector<ColumnInfo>& columns, std::string_view alias) {
  std::string list;
  for (const ColumnInfo& column : columns)
    list += ", " + std::string(alias) + "." + quoteIdentifier(column.name);
  return list;
}

/// One condition for each column that may have changed, and the name by which it is told.
struct Comparison {
  std::string column;
  std::string differs;
};

std::vector<Comparison> comparisons(const StepOutcome& outcome, const std::vector<ColumnInfo>& before,
                                    const std::vector<ColumnInfo>& after) {
  std::vector<Comparison> list;
  const auto cellOf = [](std::string_view alias, const std::string& name) {
    return std::string(alias) + "." + quoteIdentifier(name);
  };
  for (std::size_t i = 0; i < outcome.columns.size(); ++i) {
    const OutputColumn& column = outcome.columns[i];
    const std::string now = cellOf("a", after[i].name);
    if (column.was.empty()) {
      list.push_back({column.name, now + " IS NOT NULL"});
      continue;
    }
    const auto was = std::find_if(before.begin(), before.end(),
                                  [&](const ColumnInfo& other) { return other.name == column.was; });
    if (was != before.end())
      list.push_back({column.name, differs(cellOf("b", was->name), was->type, now, after[i].type)});
  }
  for (const ColumnInfo& column : before) {
    const bool kept = std::any_of(outcome.columns.begin(), outcome.columns.end(),
                                  [&](const OutputColumn& out) { return out.was == column.name; });
    if (!kept) list.push_back({column.name, cellOf("b", column.name) + " IS NOT NULL"});
  }
  return list;
}

/// The first rows of groups: none of them was there before.
Result<std::vector<RowChange>> newRows(Session& session, const Relation& after, std::int64_t most,
                                       JobContext& job) {
  auto rows = session.rows(
      "SELECT * FROM " + after.from + " AS a ORDER BY a." + after.row + " LIMIT " + std::to_string(most),
      job);
  if (!rows) return forward(rows);
  std::vector<RowChange> changes;
  for (std::vector<Json>& row : rows->rows) {
    RowChange change{.row = row.front().get<std::int64_t>() + 1};
    change.after.assign(row.begin() + 1, row.end());
    for (const ColumnInfo& column : after.columns) change.cells.push_back(column.name);
    changes.push_back(std::move(change));
  }
  return changes;
}

Result<std::vector<RowChange>> changedRows(Session& session, const StepOutcome& outcome,
                                           const Relation& before, const Relation& after, std::int64_t most,
                                           JobContext& job) {
  const std::vector<Comparison> compared = comparisons(outcome, before.columns, after.columns);
  const std::string& row = before.row;
  std::string flags;
  std::string any = "a." + row + " IS NULL";
  for (const Comparison& one : compared) {
    flags += ", " + one.differs;
    any += " OR " + one.differs;
  }
  auto rows = session.rows("SELECT b." + row + ", a." + row + " IS NULL" + cells(before.columns, "b") +
                               cells(after.columns, "a") + flags + " FROM " + before.from +
                               " AS b LEFT JOIN " + after.from + " AS a ON a." + row + " = b." + row +
                               " WHERE " + any + " ORDER BY b." + row + " LIMIT " + std::to_string(most),
                           job);
  if (!rows) return forward(rows);
  std::vector<RowChange> changes;
  const auto old_cells = static_cast<std::ptrdiff_t>(before.columns.size());
  const auto new_cells = static_cast<std::ptrdiff_t>(after.columns.size());
  for (const std::vector<Json>& cells_of_row : rows->rows) {
    RowChange change{.row = cells_of_row[0].get<std::int64_t>() + 1};
    const auto first = cells_of_row.begin() + 2;
    change.before.assign(first, first + old_cells);
    if (cells_of_row[1] != Json(true)) {
      change.after.assign(first + old_cells, first + old_cells + new_cells);
      for (std::size_t i = 0; i < compared.size(); ++i)
        if (*(first + old_cells + new_cells + static_cast<std::ptrdiff_t>(i)) == Json(true))
          change.cells.push_back(compared[i].column);
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

Result<StepPreview> previewOne(Session& session, RecipeRun& run, const RecipeStep& step, std::size_t index,
                               const PreviewOptions& options, JobContext& job) {
  const Relation before = run.relation();
  auto report = run.apply(step, index, job);
  if (!report) return forward(report);
  // Each step's rows are written down, so that the next one's figures do not cost all the steps before.
  if (auto settled = run.settle(job); !settled) return forward(settled);
  StepPreview preview{.report = std::move(*report),
                      .columns_before = before.columns,
                      .columns_after = run.relation().columns};
  auto changes = run.outcome().grouped.empty()
                     ? changedRows(session, run.outcome(), before, run.relation(), options.most_changes, job)
                     : newRows(session, run.relation(), options.most_changes, job);
  if (!changes) return forward(changes);
  preview.changes = std::move(*changes);
  return preview;
}

}  // namespace

Result<RecipePreview> previewRecipe(const Database& database, const TableName& from, const Recipe& recipe,
                                    const PreviewOptions& options, JobContext& job) {
  if (auto fine = checkRecipe(recipe); !fine) return forward(fine);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto known = registerTextFunctions(*session, job); !known) return forward(known);
  // Never committed: what steps leave are temporary tables of this connection.
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto run = RecipeRun::open(database, *session, from, job);
  if (!run) return forward(run);
  RecipePreview preview{.table_rows = run->relation().rows};
  if (auto sampled = run->sample(std::max<std::int64_t>(1, options.most_rows), job); !sampled)
    return forward(sampled);
  preview.rows_looked_at = run->relation().rows;
  const auto parts = static_cast<double>(recipe.steps.size());
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    JobContext part = job.part(static_cast<double>(i) / parts, static_cast<double>(i + 1) / parts);
    auto step = previewOne(*session, *run, recipe.steps[i], i, options, part);
    if (!step) {
      if (step.error().code == ErrorCode::Cancelled) return forward(step);
      preview.failed = step.error();
      break;
    }
    preview.steps.push_back(std::move(*step));
  }
  return preview;
}

Result<StepPreview> previewStep(const Database& database, const TableName& from, const Recipe& recipe,
                                std::size_t index, const PreviewOptions& options, JobContext& job) {
  if (index >= recipe.steps.size())
    return fail(ErrorCode::InvalidArgument, kNoSuchStep,
                {std::to_string(index + 1), std::to_string(recipe.steps.size())});
  Recipe head = recipe;
  head.steps.resize(index + 1);
  auto preview = previewRecipe(database, from, head, options, job);
  if (!preview) return forward(preview);
  if (preview->failed) return tl::unexpected<Error>(*preview->failed);
  return std::move(preview->steps.back());
}

}  // namespace lodestone::data
