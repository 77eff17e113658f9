// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/experiment.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace lodestone::campaign {

namespace {

constexpr Text kResampling{"Estimating effects", "正在估计效果"};

struct Cell {
  std::int32_t campaign = 0;
  std::int32_t treated = 0;
  std::int32_t treated_conversions = 0;
  std::int32_t holdout = 0;
  std::int32_t holdout_conversions = 0;
};

struct Totals {
  double treated = 0;
  double treated_conversions = 0;
  double holdout = 0;
  double holdout_conversions = 0;
};

Rates ratesOf(const std::vector<Totals>& campaigns, bool any_holdout) {
  Rates rates;
  double weights = 0;
  for (const Totals& each : campaigns) {
    if (each.treated == 0 || (any_holdout && each.holdout == 0)) continue;
    const double weight = each.treated + each.holdout;
    weights += weight;
    rates.treated += weight * each.treated_conversions / each.treated;
    if (any_holdout) rates.holdout += weight * each.holdout_conversions / each.holdout;
  }
  if (weights == 0) return {NAN, NAN};
  rates.treated /= weights;
  rates.holdout /= weights;
  return rates;
}

/// Counts by user and campaign, so that drawing a user costs as little as he has campaigns.
struct Clusters {
  std::vector<std::size_t> begin;  // of each user in cells, and the end
  std::vector<Cell> cells;
  std::size_t campaigns = 0;
  bool any_holdout = false;
};

Clusters clustersOf(const std::vector<Trial>& trials) {
  std::vector<Trial> sorted = trials;
  std::sort(sorted.begin(), sorted.end(), [](const Trial& a, const Trial& b) {
    return a.user != b.user ? a.user < b.user : a.campaign < b.campaign;
  });
  Clusters out;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const Trial& trial = sorted[i];
    const bool new_user = i == 0 || sorted[i - 1].user != trial.user;
    if (new_user) out.begin.push_back(out.cells.size());
    if (new_user || sorted[i - 1].campaign != trial.campaign) out.cells.push_back({trial.campaign});
    Cell& cell = out.cells.back();
    (trial.treated ? cell.treated : cell.holdout) += 1;
    if (trial.converted) (trial.treated ? cell.treated_conversions : cell.holdout_conversions) += 1;
    out.campaigns = std::max(out.campaigns, static_cast<std::size_t>(trial.campaign) + 1);
    out.any_holdout = out.any_holdout || !trial.treated;
  }
  out.begin.push_back(out.cells.size());
  return out;
}

void add(std::vector<Totals>& totals, const Clusters& clusters, std::size_t user) {
  for (std::size_t i = clusters.begin[user]; i < clusters.begin[user + 1]; ++i) {
    const Cell& cell = clusters.cells[i];
    Totals& total = totals[static_cast<std::size_t>(cell.campaign)];
    total.treated += cell.treated;
    total.treated_conversions += cell.treated_conversions;
    total.holdout += cell.holdout;
    total.holdout_conversions += cell.holdout_conversions;
  }
}

std::vector<Totals> totalsOf(const Clusters& clusters) {
  std::vector<Totals> totals(clusters.campaigns);
  for (std::size_t user = 0; user + 1 < clusters.begin.size(); ++user) add(totals, clusters, user);
  return totals;
}

}  // namespace

QuickEstimate quickEstimate(const std::vector<Trial>& trials) {
  std::vector<Totals> campaigns;
  bool any_holdout = false;
  for (const Trial& trial : trials) {
    const auto k = static_cast<std::size_t>(trial.campaign);
    if (k >= campaigns.size()) campaigns.resize(k + 1);
    (trial.treated ? campaigns[k].treated : campaigns[k].holdout) += 1;
    if (trial.converted)
      (trial.treated ? campaigns[k].treated_conversions : campaigns[k].holdout_conversions) += 1;
    any_holdout = any_holdout || !trial.treated;
  }
  QuickEstimate out;
  out.rates = ratesOf(campaigns, any_holdout);
  double weights = 0;
  for (const Totals& each : campaigns) {
    out.treated_rows += static_cast<std::int64_t>(each.treated);
    out.holdout_rows += static_cast<std::int64_t>(each.holdout);
    if (each.treated == 0 || each.holdout == 0) continue;
    const double p = each.treated_conversions / each.treated;
    const double q = each.holdout_conversions / each.holdout;
    const double weight = each.treated + each.holdout;
    weights += weight;
    out.variance += weight * weight * (p * (1 - p) / each.treated + q * (1 - q) / each.holdout);
  }
  if (weights > 0) out.variance /= weights * weights;
  return out;
}

Result<Effect> estimateEffect(const std::vector<Trial>& trials, int resamples, Random& random,
                              JobContext& job) {
  const Clusters clusters = clustersOf(trials);
  const std::vector<Totals> all = totalsOf(clusters);
  Effect effect;
  for (const Totals& each : all) {
    effect.treated_rows += static_cast<std::int64_t>(each.treated);
    effect.holdout_rows += static_cast<std::int64_t>(each.holdout);
    effect.treated_conversions += static_cast<std::int64_t>(each.treated_conversions);
    effect.holdout_conversions += static_cast<std::int64_t>(each.holdout_conversions);
  }
  effect.rates = ratesOf(all, clusters.any_holdout);
  const std::size_t users = clusters.begin.size() - 1;
  if (users == 0) return effect;
  effect.resamples.reserve(static_cast<std::size_t>(resamples));
  std::vector<Totals> drawn(clusters.campaigns);
  for (int i = 0; i < resamples; ++i) {
    if (i % 50 == 0) {
      if (auto go = job.checkpoint(); !go) return forward(go);
      job.report(static_cast<double>(i) / resamples, kResampling);
    }
    std::fill(drawn.begin(), drawn.end(), Totals{});
    for (std::size_t j = 0; j < users; ++j)
      add(drawn, clusters, static_cast<std::size_t>(random.below(users)));
    const Rates rates = ratesOf(drawn, clusters.any_holdout);
    if (std::isfinite(rates.treated)) effect.resamples.push_back(rates);
  }
  return effect;
}

Interval percentileInterval(std::vector<double> values, double confidence) {
  std::sort(values.begin(), values.end());
  const auto quantile = [&](double q) {
    const double at = q * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {quantile((1 - confidence) / 2), quantile((1 + confidence) / 2)};
}

}  // namespace lodestone::campaign
