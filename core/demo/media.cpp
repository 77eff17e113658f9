// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

// For a shop of 50,000 customers; money and conversions grow with the shop.
constexpr std::array<MediaLaw, kMediaChannels> kLaws{{{"search_ads", 0.10, 260, 1.0, 92, 21},
                                                      {"social", 0.45, 420, 1.3, 140, 15},
                                                      {"affiliate", 0.25, 180, 1.0, 60, 22},
                                                      {"display", 0.65, 500, 1.2, 90, 16}}};
// What is spent in a usual week, as a share of the spend at which half of the maximum is reached: too much on
// some channels and too little on others, so that there is something to gain.
constexpr std::array<double, kMediaChannels> kUsual{1.7, 0.5, 1.6, 0.5};
constexpr double kWeekOff = 0.15;
constexpr double kValueShape = 6;  // of one conversion's revenue

double hill(const MediaLaw& law, double adstock) {
  if (adstock <= 0) return 0;
  const double power = portableExp(law.slope * portableLog(adstock / law.half));
  return law.maximum * power / (1 + power);
}

double steadyRevenue(const MediaLaw& law, double spend) {
  return law.value * hill(law, spend / (1 - law.decay));
}

// Weeks of a level of their own, some of them off, so that both the curve and the carry-over can be seen.
void spendAndSell(const MediaLaw& law, double usual, int days, std::vector<MediaDay>& history,
                  Sampler& sampler) {
  double adstock = 0;
  double level = 0;
  for (int day = 0; day < days; ++day) {
    if (day % 7 == 0) {
      const bool off = sampler.chance(kWeekOff);
      const double wave = sampler.normal();
      level = off ? 0 : usual * portableExp(0.6 * wave);
    }
    const double noise = sampler.normal();
    MediaDay today;
    today.spend = static_cast<std::int64_t>(level * portableExp(0.15 * noise) * 100 + 0.5);
    adstock = static_cast<double>(today.spend) / 100 + law.decay * adstock;
    today.conversions = sampler.poisson(hill(law, adstock));
    if (today.conversions > 0) {
      const double sum = sampler.gamma(kValueShape * static_cast<double>(today.conversions)) / kValueShape;
      today.revenue = static_cast<std::int64_t>(law.value * sum * 100 + 0.5);
    }
    history.push_back(today);
  }
}

// The best way to share out the budget in whole steps: channel by channel, over what is left.
void allocate(Media& media) {
  const double step = media.daily_budget / static_cast<double>(kBudgetSteps);
  std::array<std::array<std::size_t, kBudgetSteps + 1>, kMediaChannels> taken{};
  std::array<double, kBudgetSteps + 1> best{};
  for (std::size_t channel = 0; channel < kMediaChannels; ++channel) {
    std::array<double, kBudgetSteps + 1> alone{};
    for (std::size_t i = 0; i <= kBudgetSteps; ++i)
      alone[i] = steadyRevenue(media.laws[channel], static_cast<double>(i) * step);
    std::array<double, kBudgetSteps + 1> with = best;
    for (std::size_t budget = 0; budget <= kBudgetSteps; ++budget) {
      for (std::size_t own = 1; own <= budget; ++own) {
        const double revenue = best[budget - own] + alone[own];
        if (revenue <= with[budget]) continue;
        with[budget] = revenue;
        taken[channel][budget] = own;
      }
    }
    best = with;
  }
  media.best_revenue = best[kBudgetSteps];
  std::size_t left = kBudgetSteps;
  for (std::size_t channel = kMediaChannels; channel-- > 0;) {
    media.best_spend[channel] = static_cast<double>(taken[channel][left]) * step;
    left -= taken[channel][left];
  }
}

}  // namespace

void makeMedia(Shop& shop) {
  Sampler sampler(shop.options.seed, "channel_spend");
  Media& media = shop.media;
  media.laws = kLaws;
  const double scale = std::max(static_cast<double>(shop.options.customers) / 50'000, 0.25);
  for (std::size_t channel = 0; channel < kMediaChannels; ++channel) {
    MediaLaw& law = media.laws[channel];
    law.half *= scale;
    law.maximum *= scale;
    const double usual = law.half * (1 - law.decay) * kUsual[channel];
    spendAndSell(law, usual, shop.options.days, media.days[channel], sampler);
    std::int64_t cents = 0;
    for (const MediaDay& day : media.days[channel]) cents += day.spend;
    media.mean_spend[channel] = static_cast<double>(cents) / 100 / static_cast<double>(shop.options.days);
    media.daily_budget += media.mean_spend[channel];
    media.mean_revenue += steadyRevenue(law, media.mean_spend[channel]);
  }
  allocate(media);
}

}  // namespace lodestone::demo
