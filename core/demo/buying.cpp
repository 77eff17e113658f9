// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr Text kProgress{"Letting customers buy", "正在模拟顾客购买"};
constexpr double kSeasonHigh = 3;
constexpr double kSeasonLow = 1.0 / 3;  // 3 months high and 9 low: the mean over a year is 1
constexpr double kOtherLifetimeDays = 500;
constexpr double kVisitorLifetimeDays = 60;

double seasonFactor(const Shop& shop, const Customer& customer, int day) {
  const int month = shop.month_of_day[static_cast<std::size_t>(day)];
  return (month - customer.season_month + 12) % 12 < 3 ? kSeasonHigh : kSeasonLow;
}

Order orderOn(const Shop& shop, const Customer& customer, int day, Sampler& sampler) {
  const double hour = sampler.uniform();
  const double rest = sampler.uniform();
  Order order;
  order.moment = day * kDaySeconds + momentOfDay(hour, rest);
  const double value = sampler.gamma(shop.buying.p) / customer.spend_rate;
  order.value = std::max<std::int64_t>(300, static_cast<std::int64_t>(value * 100 + 0.5));
  return order;
}

// BG/NBD: exponential gaps, and after each repeat order a coin that ends it.
void buyRegularly(const Shop& shop, Customer& customer, double first, Sampler& sampler) {
  double moment = first;
  while (true) {
    moment += sampler.exponential() / customer.rate;
    if (!(moment < shop.options.days)) return;
    const int day = static_cast<int>(moment);
    customer.orders.push_back(orderOn(shop, customer, day, sampler));
    if (sampler.chance(customer.dropout_chance)) {
      customer.dropout_day = day;
      return;
    }
  }
}

// Against BG/NBD: a season of his own, and a date on which he leaves whether he orders or not.
void buyInSeason(const Shop& shop, Customer& customer, double first, Sampler& sampler) {
  const double leaves = first + 1 + sampler.exponential() * kOtherLifetimeDays;
  if (leaves < shop.options.days) customer.dropout_day = static_cast<int>(leaves);
  const int last = std::min(customer.dropout_day, shop.options.days - 1);
  double moment = first;
  while (true) {
    moment += sampler.exponential() / (customer.rate * kSeasonHigh);
    if (!(moment < last + 1)) return;
    const int day = static_cast<int>(moment);
    if (sampler.chance(seasonFactor(shop, customer, day) / kSeasonHigh))
      customer.orders.push_back(orderOn(shop, customer, day, sampler));
  }
}

void buy(const Shop& shop, Customer& customer, Sampler& sampler) {
  if (!customer.buyer) {
    const double leaves = customer.signup_day + sampler.exponential() * kVisitorLifetimeDays;
    if (leaves < shop.options.days) customer.dropout_day = static_cast<int>(leaves);
    return;
  }
  const double first = customer.signup_day + sampler.exponential() / shop.buying.first_order_rate;
  if (!(first < shop.options.days)) return;
  customer.first_order_day = static_cast<int>(first);
  customer.orders.push_back(orderOn(shop, customer, customer.first_order_day, sampler));
  if (customer.other_model)
    buyInSeason(shop, customer, first, sampler);
  else
    buyRegularly(shop, customer, first, sampler);
}

}  // namespace

std::int64_t momentOfDay(double uniform_hour, double uniform_rest) {
  // Hours 8 to 22 in proportion to the weights below, whose sum is 60.
  constexpr std::array<int, 15> kWeights{2, 3, 4, 4, 4, 3, 3, 3, 3, 3, 4, 6, 7, 7, 4};
  int left = static_cast<int>(uniform_hour * 60);
  std::size_t hour = 0;
  while (hour + 1 < kWeights.size() && left >= kWeights[hour]) left -= kWeights[hour++];
  return static_cast<std::int64_t>(hour + 8) * 3600 + static_cast<std::int64_t>(uniform_rest * 3600);
}

Result<> makeOrders(Shop& shop, JobContext& job) {
  Sampler sampler(shop.options.seed, "orders");
  std::int64_t done = 0;
  for (Customer& customer : shop.customers) {
    if (done++ % 4096 == 0) {
      if (auto go = job.checkpoint(); !go) return go;
      job.report(static_cast<double>(done) / static_cast<double>(shop.customers.size()), kProgress);
    }
    buy(shop, customer, sampler);
    std::stable_sort(customer.orders.begin(), customer.orders.end(),
                     [](const Order& x, const Order& y) { return x.moment < y.moment; });
  }
  return {};
}

double baseConversion(const Shop& shop, const Customer& customer, int start, int days) {
  if (!customer.buyer || customer.dropout_day < start) return 0;
  if (customer.first_order_day >= start) return 1 - portableExp(-shop.buying.first_order_rate * days);
  if (!customer.other_model) return 1 - portableExp(-customer.rate * days);
  double expected = 0;
  const int first_beyond = std::min(start + days, shop.options.days);
  for (int day = start; day < start + days && day <= customer.dropout_day; ++day) {
    // Beyond the end of history the last day's month stands for the days that follow it.
    const int known = day < first_beyond ? day : shop.options.days - 1;
    expected += customer.rate * seasonFactor(shop, customer, known);
  }
  return 1 - portableExp(-expected);
}

double clippedEffect(double base, double effect) {
  return std::clamp(base + effect, 0.001, 0.95) - base;
}

}  // namespace lodestone::demo
