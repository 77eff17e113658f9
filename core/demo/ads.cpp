// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr std::int64_t kTenThousand = 10'000;
constexpr std::int64_t kFewestTries = 1000;
constexpr std::int64_t kMostTries = 5'000'000;
constexpr double kExplored = 0.3;  // of the logged policy: any ad alike
constexpr double kUsualClick = -2.9;

// What an ad gains or loses with one side of the context.
using Sides = std::array<std::array<double, kContextSide>, kAds>;

Sides drawSides(double scale, Sampler& sampler) {
  Sides sides{};
  for (auto& ad : sides)
    for (double& value : ad) value = scale * sampler.normal();
  return sides;
}

void drawClicks(AdLog& log, Sampler& sampler) {
  std::array<double, kAds> usual{};
  for (double& ad : usual) ad = kUsualClick + 0.25 * sampler.normal();
  const Sides device = drawSides(0.45, sampler);
  const Sides daypart = drawSides(0.35, sampler);
  const Sides age = drawSides(0.6, sampler);
  for (std::size_t context = 0; context < kContexts; ++context)
    for (std::size_t ad = 0; ad < kAds; ++ad)
      log.click[context][ad] =
          logistic(usual[ad] + device[ad][context / 9] + daypart[ad][context / 3 % 3] + age[ad][context % 3]);
  for (double& ad : log.conversion) ad = 0.04 + 0.12 * sampler.uniform();
}

// What was shown: now and then any ad, mostly what a model of little knowledge took for good. In whole
// ten-thousandths, so that the probabilities in the file are the ones that were drawn with.
void drawLogging(AdLog& log, Sampler& sampler) {
  for (std::size_t context = 0; context < kContexts; ++context) {
    std::array<double, kAds> weights{};
    double total = 0;
    for (std::size_t ad = 0; ad < kAds; ++ad) {
      const double click = log.click[context][ad];
      const double believed = portableLog(click / (1 - click)) + 0.6 * sampler.normal();
      weights[ad] = portableExp(2 * believed);
      total += weights[ad];
    }
    std::int64_t left = kTenThousand;
    for (std::size_t ad = 0; ad < kAds; ++ad) {
      const double share = kExplored / static_cast<double>(kAds) + (1 - kExplored) * weights[ad] / total;
      log.logging[context][ad] = static_cast<std::int64_t>(share * static_cast<double>(kTenThousand));
      left -= log.logging[context][ad];
    }
    log.logging[context][context % kAds] += left;
  }
}

std::size_t ageBand(const Customer& customer) {
  if (customer.age < 35) return 0;
  return customer.age < 55 ? 1 : 2;
}

std::size_t daypart(std::int64_t moment) {
  const std::int64_t hour = moment / 3600 % 24;
  if (hour < 12) return 0;
  return hour < 18 ? 1 : 2;
}

std::uint8_t shownAd(const std::array<std::int64_t, kAds>& logging, Sampler& sampler) {
  std::int64_t left = sampler.between(0, kTenThousand - 1);
  std::size_t ad = 0;
  while (ad + 1 < kAds && left >= logging[ad]) left -= logging[ad++];
  return static_cast<std::uint8_t>(ad);
}

// Anybody at any moment; false where that one is not about on that day.
bool drawVisit(const Shop& shop, Impression& impression, Sampler& sampler) {
  const auto last = static_cast<std::int64_t>(shop.customers.size()) - 1;
  impression.customer = static_cast<std::int32_t>(sampler.between(0, last));
  const int day = static_cast<int>(sampler.between(0, shop.options.days - 1));
  const double hour = sampler.uniform();
  const double rest = sampler.uniform();
  impression.moment = day * kDaySeconds + momentOfDay(hour, rest);
  const Customer& customer = shop.customers[static_cast<std::size_t>(impression.customer)];
  return day >= customer.signup_day && day < customer.dropout_day;
}

// In time; nobody sees two ads in the same second.
Result<> drawVisits(Shop& shop, Sampler& sampler, JobContext& job) {
  std::vector<Impression>& impressions = shop.ads.impressions;
  const std::int64_t tries = std::clamp(shop.options.events / 4, kFewestTries, kMostTries);
  for (std::int64_t i = 0; i < tries; ++i) {
    if (i % 65'536 == 0)
      if (auto go = job.checkpoint(); !go) return go;
    Impression impression;
    if (drawVisit(shop, impression, sampler)) impressions.push_back(impression);
  }
  std::stable_sort(impressions.begin(), impressions.end(), [](const Impression& x, const Impression& y) {
    return x.moment != y.moment ? x.moment < y.moment : x.customer < y.customer;
  });
  const auto end =
      std::unique(impressions.begin(), impressions.end(), [](const Impression& x, const Impression& y) {
        return x.moment == y.moment && x.customer == y.customer;
      });
  impressions.erase(end, impressions.end());
  return {};
}

void show(const Shop& shop, Impression& impression, Sampler& sampler) {
  constexpr std::array<double, kContextSide> kDeviceShare{0.62, 0.28, 0.10};
  const Customer& customer = shop.customers[static_cast<std::size_t>(impression.customer)];
  const std::size_t device = sampler.pick(kDeviceShare);
  const std::size_t context = (device * 3 + daypart(impression.moment)) * 3 + ageBand(customer);
  impression.context = static_cast<std::uint8_t>(context);
  impression.ad = shownAd(shop.ads.logging[context], sampler);
  const bool clicked = sampler.chance(shop.ads.click[context][impression.ad]);
  const bool converted = sampler.chance(shop.ads.conversion[impression.ad]);
  impression.clicked = clicked;
  impression.converted = clicked && converted;
}

}  // namespace

std::string contextName(std::size_t context) {
  std::string name(kContextDevices[context / 9]);
  return name.append("|").append(kDayparts[context / 3 % 3]).append("|").append(kAgeBands[context % 3]);
}

Result<> makeAdLog(Shop& shop, JobContext& job) {
  Sampler model(shop.options.seed, "ads");
  Sampler sampler(shop.options.seed, "ad_log");
  drawClicks(shop.ads, model);
  drawLogging(shop.ads, model);
  if (auto done = drawVisits(shop, sampler, job); !done) return done;
  std::int64_t seen = 0;
  for (Impression& impression : shop.ads.impressions) {
    if (seen++ % 65'536 == 0)
      if (auto go = job.checkpoint(); !go) return go;
    show(shop, impression, sampler);
  }
  return {};
}

}  // namespace lodestone::demo
