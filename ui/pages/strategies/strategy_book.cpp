// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_book.h"

#include <algorithm>

#include "core/pipeline/run_outputs.h"

namespace lodestone::pages {

namespace {

bool isThere(const std::vector<std::string>& tables, const std::string& name) {
  return std::find(tables.begin(), tables.end(), name) != tables.end();
}

}  // namespace

Result<StrategyBook> readBook(project::Project& project) {
  StrategyBook book;
  auto strategies = project.strategies().list();
  if (!strategies) return forward(strategies);
  book.strategies = std::move(*strategies);
  auto catalogue = campaign::loadCatalogue(project);
  if (!catalogue) return forward(catalogue);
  book.catalogue = std::move(*catalogue);
  auto newest = pipeline::newestPredictions(project);
  if (!newest) return forward(newest);
  book.newest = std::move(*newest);
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto tables = (*database)->tables();
  if (!tables) return forward(tables);
  for (const auto& table : *tables)
    if (table.table.schema == data::TableName{}.schema) book.tables.push_back(table.table.name);
  auto models = project.models().list();
  if (!models) return forward(models);
  for (auto record = models->rbegin(); record != models->rend(); ++record)
    if (record->state == project::TrainingState::Done && isThere(book.tables, record->table))
      book.models.push_back(std::move(*record));
  return book;
}

Result<StrategyHistory> readHistory(project::Project& project, const std::string& id) {
  StrategyHistory history;
  auto versions = project.strategies().versions(id);
  if (!versions) return forward(versions);
  history.versions = std::move(*versions);
  std::sort(history.versions.begin(), history.versions.end(),
            [](const auto& a, const auto& b) { return a.version > b.version; });
  auto comments = project.strategies().comments(id);
  if (!comments) return forward(comments);
  history.comments = std::move(*comments);
  std::reverse(history.comments.begin(), history.comments.end());
  return history;
}

}  // namespace lodestone::pages
