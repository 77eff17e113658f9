// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/campaign/rule.h"
#include "core/campaign/scored_tables.h"

namespace lodestone::campaign {

enum class ConsentKnown { No, Yes };

/// Who gets a campaign: the rule's rows with consent for the channel, best scores first where a capacity
/// limits them.
struct Audience {
  std::vector<std::int64_t> rows;  ///< of the population, best score first, ties by id
  std::vector<std::string> ids;    ///< one a row: the user, or the row's number from 1 without a user role
  std::int64_t eligible = 0;       ///< the rule's rows
  std::int64_t without_consent = 0;
  std::int64_t beyond_capacity = 0;
  ConsentKnown consent = ConsentKnown::No;
  std::string members_hash;  ///< SHA-256 of the sorted ids, each ended by a line feed
};

/// The consent column of a channel: its own, else the one for all, else "".
std::string consentColumn(const project::Roles& roles, const std::string& channel);

/// The one way to an audience: generating, editing and exporting all come here. Missing consent is no
/// consent.
Result<Audience> selectAudience(const Frame& population, const project::Roles& roles, const Rule& rule,
                                const std::string& channel, std::optional<std::int64_t> capacity);

}  // namespace lodestone::campaign
