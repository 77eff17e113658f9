// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/time.h"
#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr double kUnitsOfPopularity = 3;  // a day, of a product of popularity 1
constexpr int kPromotionDays = 7;
constexpr double kPromotionStart = 0.012;  // a day

// The factors of one day that hold for all products, and those of each category.
struct DayFactors {
  double shop = 1;
  std::array<double, kCategories> category{};
};

int monthOf(std::int64_t days_since_1970) {
  const std::string date = formatDate(days_since_1970);
  return (date[5] - '0') * 10 + (date[6] - '0');
}

std::vector<HolidayDate> holidaysOf(const Shop& shop) {
  std::vector<HolidayDate> found;
  for (int day = 0; day < shop.options.days + kHolidaysAhead; ++day) {
    const std::string date = formatDate(shop.first_day + day);
    const int month = (date[5] - '0') * 10 + (date[6] - '0');
    const int of_month = (date[8] - '0') * 10 + (date[9] - '0');
    for (std::size_t i = 0; i < kHolidayCount; ++i)
      if (kHolidays[i].month == month && kHolidays[i].day == of_month) found.push_back({day, i});
  }
  return found;
}

// 1970-01-01 was a Thursday.
std::size_t weekday(std::int64_t days_since_1970) {
  return static_cast<std::size_t>((days_since_1970 + 3) % 7);
}

std::vector<DayFactors> factorsOf(const Shop& shop) {
  std::vector<DayFactors> factors(static_cast<std::size_t>(shop.options.days + kHolidaysAhead));
  for (std::size_t day = 0; day < factors.size(); ++day) {
    const std::int64_t date = shop.first_day + static_cast<std::int64_t>(day);
    const double passed = static_cast<double>(day) / static_cast<double>(shop.options.days);
    factors[day].shop = kWeekdayFactor[weekday(date)];
    const auto month = static_cast<std::size_t>(monthOf(date) - 1);
    for (std::size_t i = 0; i < kCategories; ++i)
      factors[day].category[i] = shop.season[i][month] * (1 + shop.trend[i] * passed);
  }
  for (const HolidayDate& date : shop.holidays)
    factors[static_cast<std::size_t>(date.day)].shop *=
        kHolidays[date.holiday].shopping ? kShoppingDayFactor : kPublicHolidayFactor;
  return factors;
}

// The smallest count of which demand is not above with at least that chance.
int quantile(double mean, double chance) {
  double term = portableExp(-mean);
  double sum = term;
  int count = 0;
  while (sum < chance && count < 100'000) {
    ++count;
    term *= mean / count;
    sum += term;
  }
  return count;
}

// Enough for the days until what is ordered today is there, and one more: the newsvendor's stock.
int bestStock(const Product& product, const ProductDemand& demand, const std::vector<DayFactors>& factors,
              int days) {
  double mean = 0;
  for (int day = days; day <= days + product.lead_time_days; ++day) {
    const DayFactors& today = factors[static_cast<std::size_t>(day)];
    mean += demand.base * today.shop * today.category[product.category];
  }
  const auto margin = static_cast<double>(product.price - product.unit_cost);
  const double loss = kOverstockShare * static_cast<double>(product.unit_cost);
  return quantile(mean, margin / (margin + loss));
}

void sell(const Shop& shop, const Product& product, const std::vector<DayFactors>& factors,
          ProductDemand& demand, Sampler& sampler) {
  int promoted_until = -1;
  for (int day = demand.first_day; day < shop.options.days; ++day) {
    if (day > promoted_until && sampler.chance(kPromotionStart)) promoted_until = day + kPromotionDays - 1;
    const bool promoted = day <= promoted_until;
    const DayFactors& today = factors[static_cast<std::size_t>(day)];
    const double mean = demand.base * today.shop * today.category[product.category] *
                        (promoted ? shop.promotion[product.category] : 1);
    demand.units.push_back(static_cast<std::uint16_t>(std::min<std::int64_t>(sampler.poisson(mean), 65'535)));
    demand.promotion.push_back(promoted);
  }
}

}  // namespace

Result<> makeDemand(Shop& shop, JobContext& job) {
  Sampler sampler(shop.options.seed, "demand");
  shop.holidays = holidaysOf(shop);
  const std::vector<DayFactors> factors = factorsOf(shop);
  for (double& factor : shop.promotion) factor = 1.3 + 0.9 * sampler.uniform();
  for (const Product& product : shop.products) {
    if (auto go = job.checkpoint(); !go) return go;
    ProductDemand demand;
    demand.base = kUnitsOfPopularity * product.popularity;
    demand.first_day = std::max(product.launch_day, 0);
    demand.best_stock = bestStock(product, demand, factors, shop.options.days);
    sell(shop, product, factors, demand, sampler);
    shop.demand.push_back(std::move(demand));
  }
  return {};
}

}  // namespace lodestone::demo
