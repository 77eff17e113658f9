// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/project/project.h"

namespace lodestone::campaign {

struct Offer {
  std::string id;
  std::string title_en;
  std::string title_zh;
  double discount = 0;   ///< share of the order's value, 0 to 1
  double unit_cost = 0;  ///< money for each conversion, beside the discount
};

struct Channel {
  std::string id;
  std::string title_en;
  std::string title_zh;
  double unit_cost = 0;                  ///< money for each contact
  std::optional<std::int64_t> capacity;  ///< contacts, none: unlimited
};

/// The offers and channels that strategies are made of; the user edits it, a project keeps it.
struct Catalogue {
  std::vector<Offer> offers;
  std::vector<Channel> channels;
  double margin = 0.4;  ///< profit as a share of revenue, before offer and contact costs
  std::string currency = "EUR";

  const Offer* offer(const std::string& id) const;
  const Channel* channel(const std::string& id) const;
};

/// What a new project starts with: the offers and channels of the demo shop.
Catalogue defaultCatalogue();
Result<Catalogue> loadCatalogue(const project::Project& project);
Result<> saveCatalogue(project::Project& project, const Catalogue& catalogue);
Json toJson(const Catalogue& catalogue);
/// InvalidArgument naming the entry and what is wrong with it.
Result<Catalogue> catalogueFromJson(const Json& json);

}  // namespace lodestone::campaign
