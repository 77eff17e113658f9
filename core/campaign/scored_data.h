// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/base/job_context.h"
#include "core/campaign/scored_tables.h"
#include "core/project/project.h"

namespace lodestone::campaign {

enum class HistoryPart : std::int8_t { Train, Validation, Test };

/// The two tables of ScoredTables in memory, with their special columns read.
struct ScoredData {
  ScoredTables tables;
  Frame history;
  Frame population;

  // One a row of the history.
  std::vector<double> score;
  std::vector<HistoryPart> part;
  std::vector<char> positive;          ///< the target
  std::vector<std::int8_t> treated;    ///< 1, 0, or -1 where missing; empty without a treatment role
  std::vector<std::int32_t> user;      ///< from 0; the row itself without a user role
  std::vector<std::int32_t> campaign;  ///< index into campaigns
  std::vector<std::string> campaigns;  ///< as the history names them; one, "", without a campaign role
  std::vector<std::string> offer;      ///< one a campaign row; "" without an offer role
  std::vector<std::string> channel;
  std::int64_t test_rows = 0;

  /// Column of a role, "" when it has none.
  std::string role(const std::string& name) const;
  bool hasTreatment() const { return !treated.empty(); }
};

/// NotFound for tables, InvalidArgument for columns that the roles name and the tables lack, NotEnoughData
/// when there are fewer than 30 rows to address or held-out rows.
Result<ScoredData> loadScoredData(project::Project& project, const ScoredTables& tables, JobContext& job);
/// The population alone: what an export needs.
Result<Frame> loadPopulation(project::Project& project, const ScoredTables& tables, JobContext& job);

/// A cell as yes or no: numbers by being 0 or not, texts like yes/no, true/false, 是/否, treated/control.
/// None where it is missing or says neither.
std::optional<bool> truthOf(const Frame& frame, const FrameColumn& column, std::int64_t row);

}  // namespace lodestone::campaign
