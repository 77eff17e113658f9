// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/random.h"
#include "core/campaign/scored_data.h"

namespace lodestone::campaign {

/// One row of history as an experiment sees it.
struct Trial {
  std::int32_t user = 0;      ///< 0 .. users - 1
  std::int32_t campaign = 0;  ///< 0 .. campaigns - 1
  bool treated = false;
  bool converted = false;
};

/// Rates of conversion by arm, each the mean of the campaigns' rates weighted by the campaigns' rows.
struct Rates {
  double treated = 0;
  double holdout = 0;
  double difference() const { return treated - holdout; }
};

/// What trials say about an offer's effect.
struct Effect {
  std::int64_t treated_rows = 0;
  std::int64_t holdout_rows = 0;
  std::int64_t treated_conversions = 0;
  std::int64_t holdout_conversions = 0;
  Rates rates;
  std::vector<Rates> resamples;
  bool thin_arms = false;  ///< some arm's resamples come from its posterior
};

struct Interval {
  double low = 0;
  double high = 0;
};

inline constexpr int kResamples = 1000;
inline constexpr double kConfidence = 0.90;
inline constexpr int kFewestForBootstrap =
    10;  ///< conversions, and rows without one, in an arm of a campaign

/// An effect without resamples, for comparing many.
struct QuickEstimate {
  Rates rates;          ///< NaN where no campaign has both arms
  double variance = 0;  ///< of the difference, as of independent rows
  std::int64_t treated_rows = 0;
  std::int64_t holdout_rows = 0;
};

/// The difference between treated and holdout, stratified by campaign: sum over campaigns k of
/// w_k (p_treated,k - p_holdout,k), w_k proportional to the campaign's rows; campaigns without both arms take
/// no part. With no holdout row at all only the treated rate is estimated (the holdout's is 0).
QuickEstimate quickEstimate(const std::vector<Trial>& trials);

/// The same with a cluster bootstrap (Efron and Tibshirani 1993, chapter 6; Cameron, Gelbach, Miller 2008):
/// whole users are drawn with replacement, so that several rows of one user do not pass for independent ones.
/// The rate of an arm with fewer than kFewestForBootstrap conversions (x of n) is drawn from Beta(x + 1/2, n
/// - x + 1/2) instead, its posterior with Jeffreys's prior (Brown, Cai, DasGupta 2001): resampling cannot see
/// the uncertainty of none.
Result<Effect> estimateEffect(const std::vector<Trial>& trials, int resamples, Random& random,
                              JobContext& job);

/// The central share of the values, between which quantiles are interpolated linearly. values is not empty.
Interval percentileInterval(std::vector<double> values, double confidence = kConfidence);

/// A campaign of history and whether it can tell an effect.
struct CampaignReview {
  enum class Verdict {
    Random,      ///< treated and holdout rows look alike before the campaign
    NoHoldout,   ///< all treated, or none
    Confounded,  ///< they differ: who was treated was not left to chance
  };
  std::string id;
  Verdict verdict = Verdict::Random;
  std::int64_t treated = 0;
  std::int64_t holdout = 0;
  std::string column;                                      ///< the most unbalanced column
  double difference = 0;                                   ///< its standardised mean difference
  std::vector<std::pair<std::string, std::string>> pairs;  ///< (offer, channel) among its rows
};

/// Balance of each campaign on the score and on every column that both tables have, roles of outcomes aside:
/// a campaign is confounded where |standardised mean difference| > 0.1 (Austin 2009) and a two-sample z-test
/// rejects equal means at 0.001 after Bonferroni's correction. Texts take part as their levels (up to 20),
/// missing cells as a level.
std::vector<CampaignReview> reviewCampaigns(const ScoredData& data);

}  // namespace lodestone::campaign
