// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/data/database.h"
#include "core/project/project.h"

namespace lodestone::campaign {

/// Columns that scoring adds to a table's own.
inline constexpr const char* kScoreColumn = "lodestone_score";    ///< probability of the positive class
inline constexpr const char* kPartColumn = "lodestone_part";      ///< train, validation, test
inline constexpr const char* kTargetColumn = "lodestone_target";  ///< 0 or 1

/// What strategies are made from: rows with outcomes, rows to address, and what their columns mean.
struct ScoredTables {
  data::TableName history;     ///< source columns + score, part, target
  data::TableName population;  ///< source columns + score; one row a customer
  std::string source;          ///< the table as the user knows it
  std::string model;           ///< id
  /// user, treatment (0/1, random holdout), campaign, offer, channel (of the history's rows), amount (value
  /// of one conversion), consent (all channels) or consent:<channel>, of the columns of both tables.
  project::Roles roles;
  std::vector<std::string> features;  ///< columns that the model saw: what was known beforehand

  Json toJson() const;
  static Result<ScoredTables> fromJson(const Json& json);
};

}  // namespace lodestone::campaign
