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

/// Standard normal, by the polar method of Marsaglia and Bray (1964).
double normal(Random& random) {
  while (true) {
    const double u = 2 * random.uniform() - 1;
    const double v = 2 * random.uniform() - 1;
    const double s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * std::log(s) / s);
  }
}

/// Gamma of the shape and scale 1, by Marsaglia and Tsang (2000); a shape below 1 by their boost.
double gamma(double shape, Random& random) {
  if (shape < 1) return gamma(shape + 1, random) * std::pow(1 - random.uniform(), 1 / shape);
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = normal(random);
    const double v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(1 - random.uniform()) < 0.5 * x * x + d * (1 - v + std::log(v))) return d * v;
  }
}

bool isThin(double conversions, double rows) {
  return rows > 0 && std::min(conversions, rows - conversions) < kFewestForBootstrap;
}

/// A rate of an arm with few conversions, from its posterior with Jeffreys's prior.
double posteriorRate(double conversions, double rows, Random& random) {
  const double a = gamma(conversions + 0.5, random);
  const double b = gamma(rows - conversions + 0.5, random);
  return a / (a + b);
}

/// Drawing rows again cannot show how uncertain a rate of (nearly) none or all is: 0 of 70 stays 0 in every
/// resample.
void redrawThinArms(std::vector<Totals>& drawn, const std::vector<Totals>& all, Random& random) {
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (isThin(all[k].treated_conversions, all[k].treated))
      drawn[k].treated_conversions =
          drawn[k].treated * posteriorRate(all[k].treated_conversions, all[k].treated, random);
    if (isThin(all[k].holdout_conversions, all[k].holdout))
      drawn[k].holdout_conversions =
          drawn[k].holdout * posteriorRate(all[k].holdout_conversions, all[k].holdout, random);
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
    effect.thin_arms = effect.thin_arms || isThin(each.treated_conversions, each.treated) ||
                       isThin(each.holdout_conversions, each.holdout);
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
    redrawThinArms(drawn, all, random);
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
