// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "tests/core/demo/planted_shop.h"

// What is planted can be found again in the files, within the error of a sample.

namespace lodestone::demo {
namespace {

const PlantedShop& shop() {
  return plantedShop();
}

TEST(Truth, FollowsTheOrderOfTheFiles) {
  const CsvTable customers = readCsv(shop().folder / "customers.csv");
  const Json& ids = shop().truth["customers"];
  ASSERT_EQ(ids.size(), customers.rows.size());
  for (std::size_t i = 0; i < ids.size(); ++i)
    ASSERT_EQ(ids[i].get<std::string>(), customers.at(i, "customer_id"));
  for (const auto& [key, effects] : shop().truth["effects"]["customer_effect"].items())
    EXPECT_EQ(effects.size(), ids.size()) << key;
}

// P(product) of one customer on one day, as README.md states it.
class Choice {
 public:
  explicit Choice(const PlantedShop& from)
      : tastes_(from.truth["tastes"]), days_(from.truth["days"].get<double>()) {
    const CsvTable products = readCsv(from.folder / "products.csv");
    for (std::size_t i = 0; i < products.rows.size(); ++i)
      launch_.push_back(dayOf(products.at(i, "launch_date")) - from.first_day);
    products_ = tastes_["products"].get<std::vector<std::vector<double>>>();
    popularity_ = tastes_["popularity"].get<std::vector<double>>();
    category_ = tastes_["category_of_product"].get<std::vector<std::size_t>>();
    seasons_ = tastes_["seasons"].get<std::vector<std::vector<double>>>();
    trends_ = tastes_["trends"].get<std::vector<double>>();
  }

  struct Liking {
    std::vector<double> dots;
    std::vector<double> weights;  ///< P(product) but for a constant
    double mean = 0;
    double variance = 0;
  };

  Liking of(std::size_t customer, std::int64_t day, std::size_t month) const {
    const auto taste = tastes_["customers"][customer].get<std::vector<double>>();
    Liking liking;
    double total = 0;
    double squares = 0;
    for (std::size_t i = 0; i < products_.size(); ++i) {
      double dot = 0;
      for (std::size_t d = 0; d < taste.size(); ++d) dot += taste[d] * products_[i][d];
      liking.dots.push_back(dot);
      liking.weights.push_back(0);
      if (launch_[i] > day) continue;
      const double trend = 1 + trends_[category_[i]] * static_cast<double>(day) / days_;
      const double weight = popularity_[i] * std::exp(tastes_["scale"].get<double>() * dot) *
                            seasons_[category_[i]][month] * trend;
      liking.weights.back() = weight;
      total += weight;
      liking.mean += weight * dot;
      squares += weight * dot * dot;
    }
    liking.mean /= total;
    liking.variance = squares / total - liking.mean * liking.mean;
    return liking;
  }

 private:
  const Json& tastes_;
  double days_;
  std::vector<std::int64_t> launch_;
  std::vector<std::vector<double>> products_;
  std::vector<double> popularity_;
  std::vector<std::size_t> category_;
  std::vector<std::vector<double>> seasons_;
  std::vector<double> trends_;
};

TEST(Truth, CustomersViewWhatTheyLikeAsMuchAsIsPlanted) {
  const CsvTable events = readCsv(shop().folder / "events.csv");
  std::set<std::string> buying;
  for (std::size_t row = 0; row < events.rows.size(); ++row)
    if (events.at(row, "type") == "purchase") buying.insert(events.at(row, "session_id"));
  const Choice choice(shop());
  double difference = 0;
  double variance = 0;
  double seen = 0;
  double any = 0;
  int views = 0;
  for (std::size_t row = 0; row < events.rows.size() && views < 8000; row += 7) {
    if (events.at(row, "type") != "view" || buying.contains(events.at(row, "session_id"))) continue;
    const std::string& ts = events.at(row, "ts");
    const std::size_t month = std::stoul(ts.substr(5, 2)) - 1;
    const auto liking =
        choice.of(indexOf(events.at(row, "customer_id")), dayOf(ts) - shop().first_day, month);
    const double dot = liking.dots[indexOf(events.at(row, "product_id"))];
    difference += dot - liking.mean;
    variance += liking.variance;
    seen += dot;
    for (const double each : liking.dots) any += each / static_cast<double>(liking.dots.size());
    ++views;
  }
  ASSERT_GT(views, 3000);
  EXPECT_LT(std::abs(difference), kErrors * std::sqrt(variance));
  EXPECT_GT((seen - any) / views, 0.5);
}

double ndcg(const std::vector<double>& scores, const std::set<std::size_t>& wanted, std::size_t cut) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return scores[x] > scores[y]; });
  double gain = 0;
  double ideal = 0;
  for (std::size_t place = 0; place < std::min(cut, order.size()); ++place) {
    const double worth = 1 / std::log2(static_cast<double>(place) + 2);
    gain += wanted.contains(order[place]) ? worth : 0;
    ideal += place < wanted.size() ? worth : 0;
  }
  return gain / ideal;
}

// Products viewed by customer in the last days, apart from the way to an order.
std::map<std::size_t, std::set<std::size_t>> lastBrowsed(std::int64_t from) {
  const CsvTable events = shop().table("events");
  std::set<std::string> buying;
  for (std::size_t row = 0; row < events.rows.size(); ++row)
    if (events.at(row, "type") == "purchase") buying.insert(events.at(row, "session_id"));
  std::map<std::size_t, std::set<std::size_t>> browsed;
  for (std::size_t row = 0; row < events.rows.size(); ++row)
    if (events.at(row, "type") == "view" && dayOf(events.at(row, "ts")) >= from &&
        !buying.contains(events.at(row, "session_id")))
      browsed[indexOf(events.at(row, "customer_id"))].insert(indexOf(events.at(row, "product_id")));
  return browsed;
}

TEST(Truth, NoRankingForetellsBetterThanTheTastes) {
  const Json& told = shop().truth["best_ranking"];
  const std::int64_t from =
      dayOf(shop().truth["last_date"].get<std::string>()) + 1 - told["last_days"].get<std::int64_t>();
  const Choice choice(shop());
  const auto popularity = shop().truth["tastes"]["popularity"].get<std::vector<double>>();
  const auto cut = told["at"].get<std::size_t>();
  double best = 0;
  double popular = 0;
  double customers = 0;
  for (const auto& [customer, wanted] : lastBrowsed(from)) {
    if (customers >= told["customers"].get<double>()) break;
    best += ndcg(choice.of(customer, from - shop().first_day, 11).weights, wanted, cut);
    popular += ndcg(popularity, wanted, cut);
    ++customers;
  }
  ASSERT_GT(customers, 200);
  EXPECT_EQ(customers, told["customers"].get<double>());
  EXPECT_NEAR(best / customers, told["ndcg"].get<double>(), 1e-3);
  EXPECT_GT(best, 1.3 * popular);
}

// Customers in no campaign: their orders are their own, and none was chosen for how he buys.
struct OwnOrders {
  std::vector<bool> apart;
  std::vector<std::vector<std::string>> moments;
};

OwnOrders ownOrders() {
  const std::size_t customers = shop().truth["customers"].size();
  OwnOrders own{std::vector<bool>(customers, true), std::vector<std::vector<std::string>>(customers)};
  const CsvTable assignments = readCsv(shop().folder / "assignments.csv");
  for (std::size_t row = 0; row < assignments.rows.size(); ++row)
    own.apart[indexOf(assignments.at(row, "customer_id"))] = false;
  const CsvTable orders = readCsv(shop().folder / "orders.csv");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    own.moments[indexOf(orders.at(row, "customer_id"))].push_back(orders.at(row, "ts"));
  return own;
}

TEST(Truth, RepeatOrdersAndDropoutsComeAtThePlantedRates) {
  const OwnOrders own = ownOrders();
  const Json& buying = shop().truth["buying"];
  const std::int64_t last_day = dayOf(shop().truth["last_date"].get<std::string>());
  double repeats = 0;
  double expected_repeats = 0;
  double dropouts = 0;
  double expected_dropouts = 0;
  for (std::size_t i = 0; i < own.apart.size(); ++i) {
    if (!own.apart[i] || own.moments[i].empty() || buying["model"][i] != "bg_nbd") continue;
    const bool left = !buying["dropout_date"][i].is_null();
    const auto count = static_cast<double>(own.moments[i].size() - 1);
    const auto end = left ? static_cast<double>(dayOf(buying["dropout_date"][i].get<std::string>()))
                          : static_cast<double>(last_day) + 0.5;
    repeats += count;
    expected_repeats +=
        buying["rate"][i].get<double>() * (end - static_cast<double>(dayOf(own.moments[i][0])));
    dropouts += left ? 1 : 0;
    expected_dropouts += buying["dropout_chance"][i].get<double>() * count;
    if (!left) continue;
    EXPECT_EQ(dayOf(own.moments[i].back()), dayOf(buying["dropout_date"][i].get<std::string>()));
  }
  ASSERT_GT(repeats, 1000);
  EXPECT_NEAR(repeats, expected_repeats, kErrors * std::sqrt(expected_repeats));
  EXPECT_NEAR(dropouts, expected_dropouts, kErrors * std::sqrt(expected_dropouts));
}

TEST(Truth, RatesAndSpendFollowThePlantedPopulation) {
  const Json& buying = shop().truth["buying"];
  const Json& population = buying["population"];
  double rates = 0;
  double buyers = 0;
  double others = 0;
  for (std::size_t i = 0; i < buying["rate"].size(); ++i) {
    if (buying["model"][i] == "none") continue;
    rates += buying["rate"][i].get<double>();
    others += buying["model"][i] == "seasonal" ? 1 : 0;
    ++buyers;
  }
  const double r = population["r"].get<double>();
  const double mean_rate = r / population["alpha"].get<double>();
  EXPECT_NEAR(rates / buyers, mean_rate, kErrors * mean_rate / std::sqrt(r * buyers));
  EXPECT_NEAR(others / buyers, 0.1, kErrors * 0.3 / std::sqrt(buyers));

  const CsvTable orders = readCsv(shop().folder / "orders.csv");
  std::map<std::size_t, std::pair<double, double>> spent;
  for (std::size_t row = 0; row < orders.rows.size(); ++row) {
    auto& [sum, count] = spent[indexOf(orders.at(row, "customer_id"))];
    sum += std::stod(orders.at(row, "total")) + std::stod(orders.at(row, "discount"));
    ++count;
  }
  double excess = 0;
  double variance = 0;
  double expected_sum = 0;
  for (const auto& [customer, total] : spent) {
    const double expected = buying["expected_order_value"][customer].get<double>();
    excess += total.first - expected * total.second;
    variance += expected * expected / population["p"].get<double>() * total.second;
    expected_sum += expected;
  }
  EXPECT_LT(std::abs(excess), kErrors * std::sqrt(variance));
  const double q = population["q"].get<double>();
  const double mean = population["p"].get<double>() * population["gamma"].get<double>() / (q - 1);
  const auto known = static_cast<double>(spent.size());
  EXPECT_NEAR(expected_sum / known, mean, kErrors * mean / std::sqrt((q - 2) * known));
}

// Share of a customer's orders that fall into his best three months of the year in a row.
double bestSeason(const std::vector<std::string>& moments) {
  std::array<double, 12> months{};
  for (const std::string& moment : moments) ++months[std::stoul(moment.substr(5, 2)) - 1];
  double best = 0;
  for (std::size_t month = 0; month < 12; ++month)
    best = std::max(best, months[month] + months[(month + 1) % 12] + months[(month + 2) % 12]);
  return best / static_cast<double>(moments.size());
}

// Under BG/NBD orders know no season: of a dozen orders over two years the best quarter has hardly half. A
// tenth of the buyers have three months at nine times the rate of the others.
TEST(Truth, ATenthOfTheBuyersKeepToASeason) {
  const OwnOrders own = ownOrders();
  const Json& buying = shop().truth["buying"];
  std::array<double, 2> sums{};
  std::array<double, 2> counts{};
  for (std::size_t i = 0; i < own.moments.size(); ++i) {
    const auto& moments = own.moments[i];
    if (moments.size() < 12 || dayOf(moments.back()) - dayOf(moments.front()) < 365) continue;
    const std::size_t seasonal = buying["model"][i] == "seasonal" ? 1 : 0;
    sums[seasonal] += bestSeason(moments);
    ++counts[seasonal];
  }
  ASSERT_GT(counts[0], 50);
  ASSERT_GT(counts[1], 10);
  EXPECT_LT(sums[0] / counts[0], 0.52);
  EXPECT_GT(sums[1] / counts[1], 0.62);
}

TEST(Truth, NobodyBrowsesAfterLeaving) {
  const CsvTable events = readCsv(shop().folder / "events.csv");
  const Json& dates = shop().truth["buying"]["dropout_date"];
  std::set<std::string> buying;
  for (std::size_t row = 0; row < events.rows.size(); ++row)
    if (events.at(row, "type") == "purchase") buying.insert(events.at(row, "session_id"));
  for (std::size_t row = 0; row < events.rows.size(); ++row) {
    const Json& left = dates[indexOf(events.at(row, "customer_id"))];
    if (left.is_null() || buying.contains(events.at(row, "session_id"))) continue;
    ASSERT_LT(events.at(row, "ts").substr(0, 10), left.get<std::string>());
  }
}

struct Arm {
  double count = 0;
  double conversions = 0;
  double rate() const { return conversions / count; }
  double variance() const { return rate() * (1 - rate()) / count; }
};

std::map<std::string, std::array<Arm, 2>> armsOfCampaigns() {
  std::map<std::string, std::array<Arm, 2>> arms;
  const CsvTable assignments = readCsv(shop().folder / "assignments.csv");
  for (std::size_t row = 0; row < assignments.rows.size(); ++row) {
    Arm& arm = arms[assignments.at(row, "campaign_id")][assignments.at(row, "treated") == "1" ? 1 : 0];
    ++arm.count;
    arm.conversions += assignments.at(row, "converted") == "1" ? 1 : 0;
  }
  return arms;
}

TEST(Truth, RandomCampaignsShowTheirTrueEffect) {
  int random = 0;
  for (const auto& [id, arms] : armsOfCampaigns()) {
    const Json& campaign = shop().truth["effects"]["campaigns"][id];
    if (!campaign["random"].get<bool>()) continue;
    ++random;
    EXPECT_NEAR(arms[1].rate() - arms[0].rate(), campaign["average_effect"].get<double>(),
                3.5 * std::sqrt(arms[0].variance() + arms[1].variance()))
        << id;
    EXPECT_NEAR(arms[1].count / (arms[0].count + arms[1].count), 0.6, 0.05) << id;
  }
  EXPECT_EQ(random, 12);
}

TEST(Truth, TwoCampaignsAreConfounded) {
  int confounded = 0;
  for (const auto& [id, arms] : armsOfCampaigns()) {
    const Json& campaign = shop().truth["effects"]["campaigns"][id];
    if (campaign["random"].get<bool>()) continue;
    ++confounded;
    const double bias = arms[1].rate() - arms[0].rate() - campaign["average_effect"].get<double>();
    EXPECT_GT(bias, 2.5 * std::sqrt(arms[0].variance() + arms[1].variance())) << id;
    EXPECT_GT(campaign["base_of_treated"].get<double>(), 1.2 * campaign["base_of_held_out"].get<double>())
        << id;
  }
  EXPECT_EQ(confounded, 2);
}

// Whoever ordered in the 45 days before the campaign was treated more often. Within those who did and those
// who did not, the treatment was drawn: weighting their differences by the treated gives the true effect
// back.
TEST(Truth, AdjustingForRecentOrdersUndoesTheConfounding) {
  const CsvTable campaigns = shop().table("campaigns");
  std::map<std::string, std::int64_t> start;
  for (std::size_t row = 0; row < campaigns.rows.size(); ++row)
    start[campaigns.at(row, "campaign_id")] = dayOf(campaigns.at(row, "start"));
  std::map<std::string, std::vector<std::int64_t>> orders;
  const CsvTable table = shop().table("orders");
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    orders[table.at(row, "customer_id")].push_back(dayOf(table.at(row, "ts")));
  std::map<std::string, std::array<std::array<Share, 2>, 2>> strata;  // by recent order, treated
  const CsvTable assignments = shop().table("assignments");
  for (std::size_t row = 0; row < assignments.rows.size(); ++row) {
    const std::string& id = assignments.at(row, "campaign_id");
    if (shop().truth["effects"]["campaigns"][id]["random"].get<bool>()) continue;
    bool recent = false;
    for (const std::int64_t day : orders[assignments.at(row, "customer_id")])
      recent |= day < start[id] && day >= start[id] - 45;
    strata[id][recent ? 1 : 0][assignments.at(row, "treated") == "1" ? 1 : 0].add(
        assignments.at(row, "converted") == "1");
  }
  ASSERT_EQ(strata.size(), 2U);
  for (const auto& [id, stratum] : strata) {
    const auto truth = shop().truth["effects"]["campaigns"][id]["average_effect"].get<double>();
    const double treated = stratum[0][1].count + stratum[1][1].count;
    double effect = 0;
    double variance = 0;
    for (const auto& arms : stratum) {
      const double weight = arms[1].count / treated;
      effect += weight * (arms[1].value() - arms[0].value());
      variance += weight * weight * (arms[0].variance() + arms[1].variance());
    }
    const double naive =
        (stratum[0][1].hits + stratum[1][1].hits) / treated -
        (stratum[0][0].hits + stratum[1][0].hits) / (stratum[0][0].count + stratum[1][0].count);
    EXPECT_NEAR(effect, truth, 3 * std::sqrt(variance)) << id;
    EXPECT_GT(naive - truth, 2 * std::abs(effect - truth)) << id;
    EXPECT_GT(stratum[1][1].count / (stratum[1][0].count + stratum[1][1].count), 0.8) << id;
    EXPECT_LT(stratum[0][1].count / (stratum[0][0].count + stratum[0][1].count), 0.2) << id;
  }
}

TEST(Truth, SomeCustomersArePersuadableAndSomeArePutOff) {
  const Json& effects = shop().truth["effects"]["customer_effect"]["twenty_percent_off|push"];
  double sum = 0;
  double strong = 0;
  double harmed = 0;
  for (const Json& effect : effects) {
    sum += effect.get<double>();
    strong += effect.get<double>() > 0.10 ? 1 : 0;
    harmed += effect.get<double>() < -0.005 ? 1 : 0;
  }
  const auto count = static_cast<double>(effects.size());
  EXPECT_NEAR(sum / count, 0.06, 0.02);
  EXPECT_GT(strong / count, 0.1);
  EXPECT_GT(harmed / count, 0.03);
  EXPECT_LT(harmed / count, 0.1);
}

TEST(Truth, FrequentContactDrivesCustomersAway) {
  const CsvTable assignments = readCsv(shop().folder / "assignments.csv");
  std::map<std::string, std::vector<std::int64_t>> contacts;
  std::array<Arm, 2> arms;  // few and many contacts in the last 60 days; conversions are unsubscriptions
  for (std::size_t row = 0; row < assignments.rows.size(); ++row) {
    if (assignments.at(row, "treated") == "0") continue;
    const std::int64_t day = dayOf(assignments.at(row, "sent_at"));
    auto& before = contacts[assignments.at(row, "customer_id")];
    const bool many = !before.empty() && before.back() >= day - 60;
    Arm& arm = arms[many ? 1 : 0];
    ++arm.count;
    arm.conversions += assignments.at(row, "unsubscribed") == "1" ? 1 : 0;
    before.push_back(day);
  }
  EXPECT_GT(arms[1].rate() - arms[0].rate(), 2 * std::sqrt(arms[0].variance() + arms[1].variance()));
}

}  // namespace
}  // namespace lodestone::demo
