// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

using Seen = std::map<std::int32_t, std::set<std::int32_t>>;

// Products viewed by customer from that day on, views on the way to an order left out.
Seen browsedFrom(const Shop& shop, int day) {
  std::vector<bool> buying(static_cast<std::size_t>(shop.sessions), false);
  for (const Event& event : shop.events)
    if (event.type == EventType::Purchase) buying[static_cast<std::size_t>(event.session)] = true;
  Seen seen;
  for (const Event& event : shop.events) {
    const bool view = event.type == EventType::View && !buying[static_cast<std::size_t>(event.session)];
    if (view && event.moment >= day * kDaySeconds) seen[event.customer].insert(event.product);
  }
  return seen;
}

// P(product) but for a constant, of what is launched by that day; the rest is 0.
std::vector<double> likings(const Shop& shop, const Customer& customer, int day) {
  const auto month = static_cast<std::size_t>(shop.month_of_day[static_cast<std::size_t>(day)]);
  const double passed = static_cast<double>(day) / static_cast<double>(shop.options.days);
  std::vector<double> weights;
  for (const Product& product : shop.products) {
    double dot = 0;
    for (std::size_t d = 0; d < kTasteSize; ++d) dot += customer.taste[d] * product.taste[d];
    const double factor = shop.season[product.category][month] * (1 + shop.trend[product.category] * passed);
    weights.push_back(
        product.launch_day > day ? 0 : product.popularity * portableExp(kTasteScale * dot) * factor);
  }
  return weights;
}

double ndcg(const std::vector<double>& weights, const std::set<std::int32_t>& wanted) {
  std::vector<std::int32_t> order(weights.size());
  std::iota(order.begin(), order.end(), 0);
  const auto cut = std::min<std::ptrdiff_t>(kRankingCut, std::ssize(order));
  std::partial_sort(order.begin(), order.begin() + cut, order.end(), [&](std::int32_t x, std::int32_t y) {
    const double one = weights[static_cast<std::size_t>(x)];
    const double two = weights[static_cast<std::size_t>(y)];
    return one != two ? one > two : x < y;
  });
  double gain = 0;
  double ideal = 0;
  for (std::ptrdiff_t place = 0; place < cut; ++place) {
    const double worth = portableLog(2) / portableLog(static_cast<double>(place) + 2);
    if (wanted.contains(order[static_cast<std::size_t>(place)])) gain += worth;
    if (place < std::ssize(wanted)) ideal += worth;
  }
  return gain / ideal;
}

}  // namespace

void rankByTaste(Shop& shop) {
  BestRanking& ranking = shop.ranking;
  ranking.days = std::min(30, shop.options.days / 5);
  const int from = shop.options.days - ranking.days;
  double sum = 0;
  for (const auto& [customer, wanted] : browsedFrom(shop, from)) {
    if (ranking.customers >= static_cast<std::int64_t>(kRankingCustomers)) break;
    sum += ndcg(likings(shop, shop.customers[static_cast<std::size_t>(customer)], from), wanted);
    ++ranking.customers;
  }
  ranking.ndcg = ranking.customers > 0 ? sum / static_cast<double>(ranking.customers) : 0;
}

}  // namespace lodestone::demo
