// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <map>

#include "tests/core/demo/planted_shop.h"

// The factors of demand come out of demand.csv, holidays.csv and products.csv by a Poisson regression.

namespace lodestone::demo {
namespace {

/// Levels of one factor: what was sold, what the other factors let expect, and their ratio.
struct Factor {
  std::vector<double> value;
  std::vector<double> sold;
  std::vector<double> expected;
  explicit Factor(std::size_t levels) : value(levels, 1), sold(levels, 0), expected(levels, 0) {}
};

struct DemandRow {
  std::array<std::size_t, 5> level;
  double units;
};

enum FactorName : std::size_t { kProduct, kCategoryMonth, kWeekday, kHoliday, kPromotion };

/// Multiplicative means fitted by iterative proportional scaling, which is maximum likelihood for Poisson
/// counts (Darroch, Ratcliff 1972). Level 0 of holiday and promotion is the ordinary day, whose factor is 1.
class DemandFit {
 public:
  explicit DemandFit(const PlantedShop& shop) : shop_(shop) {
    const Json& category = shop.truth["tastes"]["category_of_product"];
    categories_ = 12;
    for (const std::size_t levels :
         {category.size(), categories_ * 24, std::size_t{7}, std::size_t{3}, categories_ + 1})
      factors_.emplace_back(levels);
    readRows(category.get<std::vector<std::size_t>>());
    for (int round = 0; round < 40; ++round)
      for (std::size_t name = 0; name < factors_.size(); ++name) scale(name);
  }

  /// Of the ordinary day, or of the mean of all levels where there is none.
  double value(FactorName name, std::size_t level) const {
    const Factor& factor = factors_[name];
    if (name == kHoliday || name == kPromotion) return factor.value[level] / factor.value[0];
    double mean = 0;
    for (const double each : factor.value) mean += each / static_cast<double>(factor.value.size());
    return factor.value[level] / mean;
  }
  /// Relative standard error, were the other factors known.
  double error(FactorName name, std::size_t level) const { return 1 / std::sqrt(factors_[name].sold[level]); }

 private:
  void readRows(const std::vector<std::size_t>& category) {
    std::map<std::string, std::size_t> holidays;
    const CsvTable dates = shop_.table("holidays");
    for (std::size_t row = 0; row < dates.rows.size(); ++row)
      holidays[dates.at(row, "date")] = dates.at(row, "kind") == "public" ? 1 : 2;
    const CsvTable demand = shop_.table("demand");
    const std::size_t date = demand.column("date");
    const std::size_t product = demand.column("product_id");
    const std::size_t units = demand.column("units");
    const std::size_t promotion = demand.column("promotion");
    for (const auto& cells : demand.rows) {
      const std::string& day = cells[date];
      const std::size_t index = indexOf(cells[product]);
      const std::size_t month = (day[3] - '4') * 12 + std::stoul(day.substr(5, 2)) - 1;
      const auto holiday = holidays.find(day);
      DemandRow row{{index, category[index] * 24 + month, static_cast<std::size_t>((dayOf(day) + 3) % 7),
                     holiday == holidays.end() ? 0 : holiday->second,
                     cells[promotion] == "1" ? category[index] + 1 : 0},
                    std::stod(cells[units])};
      for (std::size_t name = 0; name < factors_.size(); ++name)
        factors_[name].sold[row.level[name]] += row.units;
      rows_.push_back(row);
    }
  }

  void scale(std::size_t name) {
    Factor& factor = factors_[name];
    std::fill(factor.expected.begin(), factor.expected.end(), 0.0);
    for (const DemandRow& row : rows_) {
      double mean = 1;
      for (std::size_t other = 0; other < factors_.size(); ++other)
        mean *= factors_[other].value[row.level[other]];
      factor.expected[row.level[name]] += mean;
    }
    for (std::size_t level = 0; level < factor.value.size(); ++level)
      if (factor.expected[level] > 0) factor.value[level] *= factor.sold[level] / factor.expected[level];
  }

  const PlantedShop& shop_;
  std::size_t categories_ = 0;
  std::vector<Factor> factors_;
  std::vector<DemandRow> rows_;
};

const DemandFit& fit() {
  static const DemandFit kFit(plantedShop());
  return kFit;
}

TEST(Demand, WeekdaysAndHolidaysSellByTheirFactors) {
  const Json& truth = plantedShop().truth["demand"];
  for (std::size_t day = 0; day < 7; ++day) {
    const double planted = truth["weekday"][day].get<double>();
    EXPECT_NEAR(fit().value(kWeekday, day), planted, kErrors * planted * fit().error(kWeekday, day)) << day;
  }
  const double quiet = truth["public_holiday"].get<double>();
  const double busy = truth["shopping_day"].get<double>();
  EXPECT_NEAR(fit().value(kHoliday, 1), quiet, kErrors * quiet * fit().error(kHoliday, 1));
  EXPECT_NEAR(fit().value(kHoliday, 2), busy, kErrors * busy * fit().error(kHoliday, 2));
}

TEST(Demand, PromotionsSellByTheFactorOfTheirCategory) {
  const Json& truth = plantedShop().truth["demand"]["promotion"];
  for (std::size_t category = 0; category < truth.size(); ++category) {
    const double planted = truth[category].get<double>();
    EXPECT_GT(planted, 1.25);
    EXPECT_NEAR(fit().value(kPromotion, category + 1), planted,
                kErrors * planted * fit().error(kPromotion, category + 1))
        << category;
  }
}

// The same month a year later sells more or less by the trend alone.
TEST(Demand, CategoriesGrowByTheirTrend) {
  const Json& trends = plantedShop().truth["tastes"]["trends"];
  const auto days = plantedShop().truth["days"].get<double>();
  for (std::size_t category = 0; category < trends.size(); ++category) {
    const auto trend = trends[category].get<double>();
    double found = 0;
    double planted = 0;
    double variance = 0;
    for (std::size_t month = 0; month < 12; ++month) {
      const std::size_t at = category * 24 + month;
      found += std::log(fit().value(kCategoryMonth, at + 12) / fit().value(kCategoryMonth, at)) / 12;
      const double passed = (static_cast<double>(month) + 0.5) * 365.25 / 12;
      planted += std::log((1 + trend * (passed + 365.25) / days) / (1 + trend * passed / days)) / 12;
      const double one = fit().error(kCategoryMonth, at);
      const double two = fit().error(kCategoryMonth, at + 12);
      variance += (one * one + two * two) / 144;
    }
    // Products that come into the range in between make the fit less certain than each month's count: twice.
    EXPECT_NEAR(found, planted, 2 * kErrors * std::sqrt(variance)) << category;
  }
}

TEST(Demand, BestStockIsTheNewsvendors) {
  const PlantedShop& shop = plantedShop();
  const Json& truth = shop.truth["demand"];
  const Json& tastes = shop.truth["tastes"];
  const CsvTable products = shop.table("products");
  const std::int64_t first = dayOf(shop.truth["last_date"].get<std::string>()) + 1;
  ASSERT_EQ(products.rows.size(), truth["best_stock"].size());
  for (std::size_t i = 0; i < products.rows.size(); ++i) {
    const auto category = tastes["category_of_product"][i].get<std::size_t>();
    const int lead = std::stoi(products.at(i, "lead_time_days"));
    ASSERT_LE(lead, 30);
    double mean = 0;
    for (int ahead = 0; ahead <= lead; ++ahead) {
      const std::int64_t day = first + ahead;  // in January, whose first day is a holiday
      const double passed = static_cast<double>(day - shop.first_day) / shop.truth["days"].get<double>();
      mean += truth["base"][i].get<double>() *
              truth["weekday"][static_cast<std::size_t>((day + 3) % 7)].get<double>() *
              tastes["seasons"][category][0].get<double>() *
              (1 + tastes["trends"][category].get<double>() * passed) *
              (ahead == 0 ? truth["public_holiday"].get<double>() : 1.0);
    }
    const double margin = std::stod(products.at(i, "price")) - std::stod(products.at(i, "unit_cost"));
    const double loss = truth["overstock_share"].get<double>() * std::stod(products.at(i, "unit_cost"));
    const auto best = truth["best_stock"][i].get<int>();
    const auto below = [&](int stock) {
      double sum = 0;
      for (int units = 0; units <= stock; ++units)
        sum += std::exp(units * std::log(mean) - mean - std::lgamma(units + 1.0));
      return sum;
    };
    // The file's parameters are rounded to four decimals: a hair either way.
    EXPECT_GE(below(best), margin / (margin + loss) - 1e-3) << i;
    EXPECT_LE(below(best - 1), margin / (margin + loss) + 1e-3) << i;
  }
}

}  // namespace
}  // namespace lodestone::demo
