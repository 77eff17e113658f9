// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/campaign/scored_tables.h"
#include "core/project/project.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::test {

/// A made shop whose truth is known: every customer converts at 0.1 + 0.2 score without a campaign; each
/// offer adds its own effect to those who are treated.
struct SmallShop {
  std::int64_t customers = 3000;
  std::uint64_t seed = 1;
  double ten_percent_effect = 0.02;
  double gift_effect = 0.10;
  bool holdout = true;
  bool confounded_campaign = true;  ///< a third campaign that treats mostly those with high scores
};

/// Tables history and population of a new project: campaigns "C1" (ten_percent_off by email), "C2" (free_gift
/// by email), and "C3" (free_gift by email, confounded). Columns customer_id, age, spend, email, name,
/// email_consent, sms_consent; half of the customers consent to e-mail.
campaign::ScoredTables makeSmallShop(project::Project& project, const SmallShop& shop = {});

/// A table like any other: no campaigns, no users, no consent.
campaign::ScoredTables makePlainTable(project::Project& project, std::int64_t rows = 1500);

project::Project newProject(const TemporaryFolder& folder);

FrameColumn numbers(const std::string& name, std::vector<double> values);
FrameColumn texts(const std::string& name, const std::vector<std::string>& values);

}  // namespace lodestone::test
