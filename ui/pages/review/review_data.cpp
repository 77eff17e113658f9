// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_data.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::pages {

Result<StrategyDetails> readDetails(project::Project& project, const std::string& id) {
  StrategyDetails details;
  auto versions = project.strategies().versions(id);
  if (!versions) return forward(versions);
  details.versions = std::move(*versions);
  auto comments = project.strategies().comments(id);
  if (!comments) return forward(comments);
  details.comments = std::move(*comments);
  auto entries = project.audit().entries();
  if (!entries) return forward(entries);
  for (project::AuditEntry& entry : *entries) {
    if (entry.actor != project::kProgramName &&
        std::find(details.people.begin(), details.people.end(), entry.actor) == details.people.end())
      details.people.push_back(entry.actor);
    if (entry.subject == id) details.history.push_back(std::move(entry));
  }
  return details;
}

bool isApproved(project::StrategyState state) {
  using project::StrategyState;
  return state == StrategyState::Approved || state == StrategyState::Exported ||
         state == StrategyState::Measured;
}

bool samePerson(const std::string& one, const std::string& other) {
  const auto plain = [](const std::string& name) {
    std::string out;
    for (const auto& part : split(lowerAscii(trim(name)), ' '))
      if (!part.empty()) out += (out.empty() ? "" : " ") + part;
    return out;
  };
  return plain(one) == plain(other);
}

}  // namespace lodestone::pages
