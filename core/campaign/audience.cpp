// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/audience.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/hash.h"
#include "core/campaign/scored_data.h"

namespace lodestone::campaign {

namespace {

std::vector<std::string> idsOf(const Frame& population, const project::Roles& roles,
                               const std::vector<std::int64_t>& rows) {
  const auto role = roles.find("user");
  const FrameColumn* user = role == roles.end() ? nullptr : population.find(role->second);
  std::vector<std::string> ids;
  ids.reserve(rows.size());
  for (const std::int64_t row : rows)
    ids.push_back(user == nullptr ? std::to_string(row + 1) : population.cell(*user, row));
  return ids;
}

/// Best score first; ties by id, so that the order of the rows in the table does not matter.
void sortByScore(const Frame& population, Audience& audience) {
  const std::vector<double>& scores = population.find(kScoreColumn)->numbers;
  std::vector<std::size_t> order(audience.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto score = [&](std::size_t i) {
    const double value = scores[static_cast<std::size_t>(audience.rows[i])];
    return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (score(a) != score(b)) return score(a) > score(b);
    return audience.ids[a] != audience.ids[b] ? audience.ids[a] < audience.ids[b]
                                              : audience.rows[a] < audience.rows[b];
  });
  Audience sorted;
  for (const std::size_t i : order) {
    sorted.rows.push_back(audience.rows[i]);
    sorted.ids.push_back(std::move(audience.ids[i]));
  }
  audience.rows = std::move(sorted.rows);
  audience.ids = std::move(sorted.ids);
}

std::string hashOf(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  Sha256 hash;
  for (const std::string& id : ids) {
    hash.add(id);
    hash.add("\n");
  }
  return hash.hex();
}

}  // namespace

std::string consentColumn(const project::Roles& roles, const std::string& channel) {
  for (const std::string& role : {"consent:" + channel, std::string("consent")})
    if (const auto found = roles.find(role); found != roles.end() && !found->second.empty())
      return found->second;
  return {};
}

Result<Audience> selectAudience(const Frame& population, const project::Roles& roles, const Rule& rule,
                                const std::string& channel, std::optional<std::int64_t> capacity) {
  auto rows = matchingRows(population, rule);
  if (!rows) return forward(rows);
  Audience audience;
  audience.eligible = static_cast<std::int64_t>(rows->size());
  const std::string consent_name = consentColumn(roles, channel);
  const FrameColumn* consent = consent_name.empty() ? nullptr : population.find(consent_name);
  audience.consent = consent == nullptr ? ConsentKnown::No : ConsentKnown::Yes;
  for (const std::int64_t row : *rows) {
    if (consent == nullptr || truthOf(population, *consent, row).value_or(false))
      audience.rows.push_back(row);
    else
      ++audience.without_consent;
  }
  audience.ids = idsOf(population, roles, audience.rows);
  sortByScore(population, audience);
  if (const auto size = static_cast<std::int64_t>(audience.rows.size()); capacity && size > *capacity) {
    audience.beyond_capacity = size - *capacity;
    audience.rows.resize(static_cast<std::size_t>(*capacity));
    audience.ids.resize(static_cast<std::size_t>(*capacity));
  }
  audience.members_hash = hashOf(audience.ids);
  return audience;
}

}  // namespace lodestone::campaign
