// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/campaign/economics.h"
#include "core/campaign/generate.h"
#include "core/campaign/segments.h"
#include "core/campaign/workbench.h"

namespace lodestone::campaign {

/// The offer and channel for a segment, and what the training rows promise of it.
struct Choice {
  OfferChannel pair;
  std::optional<Rates> rates;  ///< none: nothing in history tells
  double goal_value = 0;       ///< of the whole audience, in the goal's unit; 0 without rates
  double cost = 0;             ///< planned, of the whole audience
  bool by_experiment = false;  ///< false: by the rule of thumb below
};

/// For each segment the pair that does best by the goal on training and validation rows; held-out rows are
/// not looked at. Only pairs of random campaigns with at least 100 treated and 100 holdout rows take part, in
/// the segment, or where no pair has that many there, in all segments together. A segment's effect is drawn
/// towards the pair's effect over all segments as far as chance explains their spread (empirical Bayes; Efron
/// and Morris 1975). Without experiments: the cheapest channel with known consent, and the most generous
/// offer for the best scores, one step less for each further part of the segments; of what history used,
/// where it used any. Nothing is chosen (no entry) for a segment that no channel may address.
Result<std::vector<std::optional<Choice>>> choosePairs(const Workbench& bench,
                                                       const std::vector<Segment>& segments, Goal goal,
                                                       JobContext& job);

/// The terms of a pair for an audience of the population's rows.
Terms termsOf(const Workbench& bench, const Offer& offer, const Channel& channel,
              const std::vector<std::int64_t>& rows);
/// What the goal counts; incremental conversions where the value of an order is not known.
double goalValue(Goal goal, const Outcome& outcome);

}  // namespace lodestone::campaign
