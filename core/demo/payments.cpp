// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

enum Method : std::uint8_t { kCard, kWallet };
constexpr std::array<double, kMethods> kMethodShare{0.55, 0.30, 0.10, 0.05};
constexpr std::array<double, 3> kHomeShare{0.92, 0.05, 0.03};
// Where an honest customer pays from when not at home: hardly ever where the foreign cards come from.
constexpr std::array<double, kCountries> kTravelShare{0.30, 0.28, 0.27, 0.09, 0.03, 0.03};
constexpr double kTravels = 0.03;
constexpr std::uint8_t kTakeoverCountry = 3;
constexpr std::array<double, 4> kCardAttempts{0.90, 0.075, 0.02, 0.005};
constexpr std::array<double, 2> kOtherAttempts{0.97, 0.03};
constexpr double kHonestChargeback = 0.0005;
constexpr double kFraudChargeback = 0.95;

std::uint8_t pick(std::span<const double> weights, Sampler& sampler) {
  return static_cast<std::uint8_t>(sampler.pick(weights));
}

Payment honest(std::uint8_t country, Sampler& sampler) {
  Payment payment;
  payment.method = pick(kMethodShare, sampler);
  payment.country = country;
  const bool travels = sampler.chance(kTravels);
  payment.ip_country = travels ? pick(kTravelShare, sampler) : country;
  const std::size_t tries =
      payment.method == kCard ? sampler.pick(kCardAttempts) : sampler.pick(kOtherAttempts);
  payment.attempts = static_cast<std::uint8_t>(tries + 1);
  payment.chargeback = sampler.chance(kHonestChargeback);
  return payment;
}

void defraud(Payment& payment, Fraud fraud, Sampler& sampler) {
  payment.fraud = fraud;
  payment.chargeback = sampler.chance(kFraudChargeback);
  payment.attempts = 1;
  if (fraud == Fraud::ForeignCard) {
    payment.method = kCard;
    payment.ip_country = static_cast<std::uint8_t>(sampler.between(4, 5));
  } else if (fraud == Fraud::CardTesting) {
    payment.method = kCard;
    payment.ip_country = payment.country;
    payment.attempts = static_cast<std::uint8_t>(sampler.between(5, 12));
  } else {
    payment.method = kWallet;
    payment.ip_country = kTakeoverCountry;
  }
}

// Draws without putting back from those that are still honest.
void spread(Shop& shop, std::vector<std::size_t> pool, std::size_t count, Fraud fraud, Sampler& sampler) {
  std::erase_if(pool, [&](std::size_t place) { return shop.payments[place].fraud != Fraud::None; });
  shuffle(pool, sampler.random());
  for (std::size_t i = 0; i < std::min(count, pool.size()); ++i)
    defraud(shop.payments[pool[i]], fraud, sampler);
}

void plantFraud(Shop& shop, Sampler& sampler) {
  const std::size_t orders = shop.in_time.size();
  const auto total = static_cast<std::size_t>(static_cast<double>(orders) * kFraudShare + 0.5);
  std::vector<std::int64_t> totals;
  for (const OrderPlace& place : shop.in_time)
    totals.push_back(shop.order(place).value - shop.order(place).discount);
  std::vector<std::int64_t> sorted = totals;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> last;
  std::vector<std::size_t> dear;
  std::vector<std::size_t> cheap;
  for (std::size_t i = 0; i < orders; ++i) {
    if (shop.order(shop.in_time[i]).day() >= shop.options.days - kFraudLastDays) last.push_back(i);
    if (totals[i] >= sorted[orders * 3 / 4]) dear.push_back(i);
    if (totals[i] <= sorted[orders / 3]) cheap.push_back(i);
  }
  const std::size_t late = total / 5;
  spread(shop, last, late, Fraud::WalletTakeover, sampler);
  spread(shop, dear, (total - late) / 2, Fraud::ForeignCard, sampler);
  spread(shop, cheap, total - late - (total - late) / 2, Fraud::CardTesting, sampler);
}

}  // namespace

Result<> makePayments(Shop& shop, JobContext& job) {
  Sampler sampler(shop.options.seed, "payments");
  std::vector<std::uint8_t> home;
  for (std::size_t i = 0; i < shop.customers.size(); ++i) home.push_back(pick(kHomeShare, sampler));
  for (const OrderPlace& place : shop.in_time) {
    if (shop.payments.size() % 4096 == 0)
      if (auto go = job.checkpoint(); !go) return go;
    shop.payments.push_back(honest(home[static_cast<std::size_t>(place.customer)], sampler));
  }
  plantFraud(shop, sampler);
  return {};
}

}  // namespace lodestone::demo
