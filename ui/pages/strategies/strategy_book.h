// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/campaign/catalogue.h"
#include "core/campaign/scored_tables.h"
#include "core/project/model_records.h"
#include "core/project/project.h"
#include "core/project/strategy_records.h"

namespace lodestone::pages {

/// All that the page shows of a project, read at once.
struct StrategyBook {
  std::vector<project::StrategyVersion> strategies;  ///< the newest version of each, by id
  campaign::Catalogue catalogue;
  /// Those that are trained and whose table is one of the user's: what a run trained on a table of its own
  /// speaks through newest. Newest first.
  std::vector<project::ModelRecord> models;
  std::optional<campaign::ScoredTables> newest;  ///< predictions of the newest run
  std::vector<std::string> tables;               ///< the user's, whom a model could score

  bool canGenerate() const { return newest.has_value() || !models.empty(); }
};
/// Blocks: for a worker thread.
Result<StrategyBook> readBook(project::Project& project);

/// What happened to one strategy, newest first.
struct StrategyHistory {
  std::vector<project::StrategyVersion> versions;
  std::vector<project::Comment> comments;
};
Result<StrategyHistory> readHistory(project::Project& project, const std::string& id);

}  // namespace lodestone::pages
