// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/project/audit_log.h"
#include "core/project/project.h"
#include "core/project/strategy_records.h"

namespace lodestone::pages {

/// All about one strategy that its review needs.
struct StrategyDetails {
  std::vector<project::StrategyVersion> versions;  ///< oldest first; never empty once read
  std::vector<project::AuditEntry> history;        ///< about it alone, oldest first
  std::vector<project::Comment> comments;          ///< oldest first
  std::vector<std::string> people;                 ///< of the whole project's history, each once

  const project::StrategyVersion& newest() const { return versions.back(); }
};

/// Blocks: for worker threads.
Result<StrategyDetails> readDetails(project::Project& project, const std::string& id);

/// Approved, exported and measured ones.
bool isApproved(project::StrategyState state);

/// Core's comparison of names: case and the width of gaps make no other person.
bool samePerson(const std::string& one, const std::string& other);

}  // namespace lodestone::pages
