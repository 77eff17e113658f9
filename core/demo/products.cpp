// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/time.h"
#include "core/demo/sampler.h"
#include "core/demo/shop.h"
#include "core/demo/vocabulary.h"

namespace lodestone::demo {

namespace {

// The last day of every shop, so that shops of different lengths end alike.
constexpr int kLastYear = 2025;

// A wave over the year, in steps of a month.
constexpr std::array<double, 12> kWave{1,  0.8660254037844386,  0.5,  0, -0.5, -0.8660254037844386,
                                       -1, -0.8660254037844386, -0.5, 0, 0.5,  0.8660254037844386};
// By category: the strongest month (0 = January) and how strong.
constexpr std::array<std::size_t, kCategories> kPeak{0, 10, 9, 3, 6, 4, 11, 7, 2, 8, 10, 11};
constexpr std::array<double, kCategories> kSwing{0.25, 0.2, 0.3, 0.6, 0.6, 0.35,
                                                 0.55, 0.3, 0.1, 0.4, 0.3, 0.25};
constexpr std::array<double, kCategories> kTrend{0.15,  0,    -0.1, 0.1,  0.3, 0.2,
                                                 -0.15, 0.25, 0.35, -0.3, 0.1, 0};
// Usual price in cents.
constexpr std::array<double, kCategories> kPrice{1600, 3200, 3500, 2200, 6500, 2800,
                                                 2600, 1800, 2400, 1200, 4500, 900};

void makeSeasons(Shop& shop) {
  for (std::size_t category = 0; category < kCategories; ++category) {
    for (std::size_t month = 0; month < 12; ++month)
      shop.season[category][month] = 1 + kSwing[category] * kWave[(month + 12 - kPeak[category]) % 12];
    shop.trend[category] = kTrend[category];
  }
}

Taste randomTaste(Sampler& sampler, double scale) {
  Taste taste{};
  for (double& value : taste) value = scale * sampler.normal();
  return taste;
}

void makePairs(Shop& shop, Sampler& sampler) {
  std::vector<std::int32_t> order(shop.products.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
  shuffle(order, sampler.random());
  const std::size_t pairs = order.size() / 20;
  for (std::size_t i = 0; i < pairs; ++i) {
    const auto one = static_cast<std::size_t>(order[2 * i]);
    const auto two = static_cast<std::size_t>(order[2 * i + 1]);
    shop.products[one].partner = order[2 * i + 1];
    shop.products[two].partner = order[2 * i];
  }
}

}  // namespace

Shop emptyShop(const DemoShopOptions& options) {
  Shop shop;
  shop.options = options;
  shop.first_day = daysFromCivil(kLastYear, 12, 31) - options.days + 1;
  shop.month_of_day.resize(static_cast<std::size_t>(options.days));
  for (int day = 0; day < options.days; ++day) {
    const std::string date = formatDate(shop.first_day + day);
    shop.month_of_day[static_cast<std::size_t>(day)] = (date[5] - '0') * 10 + (date[6] - '0') - 1;
  }
  makeSeasons(shop);
  return shop;
}

void makeProducts(Shop& shop) {
  Sampler sampler(shop.options.seed, "products");
  const double scale = 1 / std::sqrt(static_cast<double>(kTasteSize));
  std::array<Taste, kCategories> centres;
  for (Taste& centre : centres) centre = randomTaste(sampler, 0.7 * scale);
  const std::int64_t count = std::clamp<std::int64_t>(shop.options.customers / 50, 60, 1500);
  shop.products.resize(static_cast<std::size_t>(count));
  std::vector<std::size_t> made(kCategories * kNouns * kAdjectives, 0);
  for (std::size_t i = 0; i < shop.products.size(); ++i) {
    Product& product = shop.products[i];
    // The first go round the categories, so that none is empty.
    product.category =
        i < 2 * kCategories ? i % kCategories : static_cast<std::size_t>(sampler.between(0, kCategories - 1));
    product.noun = static_cast<std::size_t>(sampler.between(0, kNouns - 1));
    product.adjective = static_cast<std::size_t>(sampler.between(0, kAdjectives - 1));
    product.variant = ++made[(product.category * kNouns + product.noun) * kAdjectives + product.adjective];
    product.brand = static_cast<std::size_t>(sampler.between(0, kBrands - 1));
    const double price = kPrice[product.category] * portableExp(0.55 * sampler.normal());
    product.price = std::max<std::int64_t>(199, static_cast<std::int64_t>(price / 100) * 100 + 99);
    product.unit_cost = product.price * sampler.between(40, 70) / 100;
    product.stock = static_cast<int>(sampler.between(0, 400));
    product.lead_time_days = static_cast<int>(sampler.between(2, 28));
    // The first of each category are there from the start, so that there is always something to see.
    const bool late = i >= 2 * kCategories && sampler.chance(0.2);
    product.launch_day = late ? static_cast<int>(sampler.between(1, shop.options.days * 4 / 5))
                              : -static_cast<int>(sampler.between(10, 1500));
    const Taste own = randomTaste(sampler, 0.75 * scale);
    for (std::size_t d = 0; d < kTasteSize; ++d) product.taste[d] = centres[product.category][d] + own[d];
    product.popularity = portableExp(0.7 * sampler.normal());
  }
  makePairs(shop, sampler);
}

}  // namespace lodestone::demo
