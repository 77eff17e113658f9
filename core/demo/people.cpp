// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"
#include "core/demo/vocabulary.h"

namespace lodestone::demo {

namespace {

constexpr std::array<double, kChannels> kConsent{0.70, 0.45, 0.35};
constexpr int kLastYear = 2025;

// Many sign up early, so that there is a history to learn from: half of them within three tenths of it.
std::vector<int> signupDays(const Shop& shop) {
  Sampler sampler(shop.options.seed, "signups");
  std::vector<int> days(static_cast<std::size_t>(shop.options.customers));
  for (int& day : days)
    day = static_cast<int>(0.94 * shop.options.days * portableExp(1.6 * portableLog(sampler.uniform())));
  std::sort(days.begin(), days.end());
  return days;
}

void makeBuyer(const Buying& buying, Customer& customer, Sampler& sampler) {
  customer.rate = std::max(sampler.gamma(buying.r) / buying.alpha, 1e-7);
  customer.dropout_chance = sampler.beta(buying.a, buying.b);
  customer.spend_rate = sampler.gamma(buying.q) / buying.gamma;
  customer.buyer = sampler.chance(buying.buyers);
  customer.other_model = sampler.chance(buying.other_model) && customer.buyer;
  customer.season_month = static_cast<int>(sampler.between(0, 11));
  customer.activity = (0.15 + customer.rate * buying.alpha / buying.r) * portableExp(0.5 * sampler.normal());
}

// Who he is goes with how much he buys, so that a model can tell one from the other.
void makePerson(const Shop& shop, Customer& customer, Sampler& sampler) {
  const double pace = customer.rate * shop.buying.alpha / shop.buying.r;
  const double index = pace / (1 + pace);
  const double age = std::clamp(50 - 18 * index + 13 * sampler.normal(), 18.0, 85.0);
  customer.birth_year = kLastYear - static_cast<int>(age);
  customer.age = static_cast<int>(age);
  constexpr std::array<double, kGenders> kGenderShare{0.50, 0.44, 0.06};
  customer.gender = sampler.pick(kGenderShare);
  constexpr std::array<double, 3> kTierShare{0.45, 0.33, 0.22};
  customer.city_tier = sampler.pick(kTierShare);
  customer.city = customer.city_tier * 6 + static_cast<std::size_t>(sampler.between(0, 5));
  const std::array<double, kAcquisitionChannels> share{0.15 + 0.3 * index,  0.2,  0.35 - 0.25 * index,
                                                       0.05 + 0.25 * index, 0.12, 0.13};
  customer.acquisition = sampler.pick(share);
  for (std::size_t channel = 0; channel < kChannels; ++channel)
    customer.consent[channel] = sampler.chance(kConsent[channel]);
}

double twice(double x) {
  return 2 * logistic(x);
}

// How well the offer suits him: 1 on the whole.
double offerFit(const Customer& customer, std::size_t offer) {
  const double age = (customer.age - 42) / 15;
  const double tier = static_cast<double>(customer.city_tier) - 1;
  const double female = customer.gender == kFemale ? 1 : 0;
  const auto from = [&](AcquisitionChannel channel) { return customer.acquisition == channel ? 1.0 : 0.0; };
  switch (offer) {
    case 0:
      return twice(0.5 * from(kSearchAds) - 0.3 * age - 0.1);
    case 1:
      return twice(0.8 * from(kSocial) + 0.4 * from(kMarketplace) - 0.6 * age - 0.2);
    case 2:
      return twice(0.9 * tier + 0.3 * age);
    default:
      return twice(1.0 * female + 0.6 * from(kOrganic) - 0.7);
  }
}

double channelFit(const Customer& customer, std::size_t channel) {
  const double age = (customer.age - 42) / 15;
  const double tier = static_cast<double>(customer.city_tier) - 1;
  if (channel == 0) return twice(0.5 * age + (customer.acquisition == kReferral ? 0.4 : 0.0));
  if (channel == 1) return twice(0.3 * tier - 0.1);
  return twice(-0.9 * age + (customer.acquisition == kSocial ? 0.3 : 0.0) - 0.1);
}

}  // namespace

void plantEffects(Shop& shop, Customer& customer, double noise,
                  const std::array<double, kOffers * kChannels>& each) {
  constexpr std::array<double, kOffers> kStrength{0.07, 0.13, 0.10, 0.08};
  constexpr double kHarm = 0.07;
  const double age = (customer.age - 42) / 15;
  const double pace = customer.buyer ? customer.rate * shop.buying.alpha / shop.buying.r : 0;
  // Rises from those who hardly ever buy to the middle and falls towards those who buy anyway.
  const double high = pace / 4;
  const double persuadable = (0.06 + pace) / (0.4 + pace) / (1 + high * high * high);
  // Whoever is put off by any campaign: steep in features that files show.
  const double dislike = 0.6 * age + 1.6 * (customer.acquisition == kAffiliate ? 1 : 0) +
                         0.9 * (customer.gender == kMale ? 1 : 0) -
                         0.5 * static_cast<double>(customer.city_tier);
  const double dog = logistic(5 * (dislike - 1.6));
  customer.noise = noise;
  for (std::size_t offer = 0; offer < kOffers; ++offer) {
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
      const std::size_t at = offer * kChannels + channel;
      const double gain =
          kStrength[offer] * offerFit(customer, offer) * channelFit(customer, channel) * persuadable;
      const double effect = (1 - dog) * gain - dog * kHarm + 0.008 * noise + 0.004 * each[at];
      customer.effect[at] = std::clamp(effect, -0.15, 0.20);
    }
  }
}

void makeCustomers(Shop& shop) {
  const std::vector<int> days = signupDays(shop);
  Sampler buying(shop.options.seed, "buying");
  Sampler people(shop.options.seed, "customers");
  Sampler tastes(shop.options.seed, "tastes");
  Sampler effects(shop.options.seed, "effects");
  shop.customers.resize(days.size());
  for (std::size_t i = 0; i < days.size(); ++i) {
    Customer& customer = shop.customers[i];
    customer.signup_day = days[i];
    makeBuyer(shop.buying, customer, buying);
    makePerson(shop, customer, people);
    for (double& value : customer.taste) value = tastes.normal();
    const double noise = effects.normal();
    std::array<double, kOffers * kChannels> each{};
    for (double& value : each) value = effects.normal();
    plantEffects(shop, customer, noise, each);
  }
}

}  // namespace lodestone::demo
