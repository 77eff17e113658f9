// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/base/json.h"
#include "core/campaign/rule.h"

namespace lodestone::campaign {

/// Part of the rows to address, as a rule that people read.
struct Segment {
  Rule rule;
  Json title;  ///< {"en","zh_CN"}
};

/// Disjoint segments that cover every row with a score, best scores first.
/// With an amount column that varies: terciles of the score, each halved at the median amount (missing
/// amounts count as low). Without: the best 10 %, the next 20 %, the next 30 %, the rest. Under 200 rows:
/// terciles alone. Thresholds have three significant digits and are applied as printed; where scores tie,
/// segments are fewer. The frame has kScoreColumn as numbers; amount_column: "" for none.
std::vector<Segment> makeSegments(const Frame& population, const std::string& amount_column);

}  // namespace lodestone::campaign
