// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <map>

#include "tests/core/demo/planted_shop.h"

// Off-policy evaluation from the logged probabilities alone: inverse propensity scores.

namespace lodestone::demo {
namespace {

struct Logged {
  std::string context;
  std::string ad;
  double probability;
  double clicked;
  double converted;
};

const std::vector<Logged>& log() {
  static const std::vector<Logged> kLog = [] {
    std::vector<Logged> rows;
    const CsvTable table = plantedShop().table("ad_log");
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      rows.push_back({table.at(row, "context"), table.at(row, "ad_id"),
                      std::stod(table.at(row, "logging_probability")), std::stod(table.at(row, "clicked")),
                      std::stod(table.at(row, "converted"))});
    return rows;
  }();
  return kLog;
}

using Policy = std::map<std::string, std::string>;  // ad by context

Policy plantedPolicy(const char* key) {
  const Json& ads = plantedShop().truth["ads"];
  Policy policy;
  for (std::size_t i = 0; i < ads["contexts"].size(); ++i)
    policy[ads["contexts"][i].get<std::string>()] = ads[key][i].get<std::string>();
  return policy;
}

struct Estimate {
  double value = 0;
  double error = 0;
};

Estimate inversePropensity(const Policy& policy, double Logged::*reward) {
  double sum = 0;
  double squares = 0;
  for (const Logged& row : log()) {
    const double score = policy.at(row.context) == row.ad ? row.*reward / row.probability : 0;
    sum += score;
    squares += score * score;
  }
  const auto count = static_cast<double>(log().size());
  const double mean = sum / count;
  return {mean, std::sqrt((squares / count - mean * mean) / count)};
}

TEST(Ads, AdsAreShownAsOftenAsTheLogSays) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> cells;  // shown, probability
  std::map<std::string, double> contexts;
  for (const Logged& row : log()) {
    auto& [shown, probability] = cells[{row.context, row.ad}];
    ++shown;
    probability = row.probability;
    ++contexts[row.context];
  }
  EXPECT_EQ(contexts.size(), 27U);
  std::map<std::string, double> sums;
  for (const auto& [cell, shown] : cells) {
    const double count = contexts[cell.first];
    const double probability = shown.second;
    sums[cell.first] += probability;
    EXPECT_GE(probability, 0.05);
    EXPECT_NEAR(shown.first, count * probability, kErrors * std::sqrt(count * probability) + 1)
        << cell.first << " " << cell.second;
  }
  for (const auto& [context, sum] : sums) EXPECT_NEAR(sum, 1, 1e-9) << context;
}

TEST(Ads, BestPolicyIsWorthWhatIsPlanted) {
  const Json& ads = plantedShop().truth["ads"];
  const Estimate clicks = inversePropensity(plantedPolicy("best_for_clicks"), &Logged::clicked);
  const Estimate conversions = inversePropensity(plantedPolicy("best_for_conversions"), &Logged::converted);
  EXPECT_NEAR(clicks.value, ads["best_clicks"].get<double>(), kErrors * clicks.error);
  EXPECT_NEAR(conversions.value, ads["best_conversions"].get<double>(), kErrors * conversions.error);
  double logged = 0;
  for (const Logged& row : log()) logged += row.clicked / static_cast<double>(log().size());
  const double error = std::sqrt(logged * (1 - logged) / static_cast<double>(log().size()));
  EXPECT_NEAR(logged, ads["logged_clicks"].get<double>(), kErrors * error);
  // Worth finding: far beyond what chance could feign.
  EXPECT_GT(clicks.value - logged, 3 * (clicks.error + error));
}

// Click rates by context and ad, drawn towards the ad's mean where there are few: what the policy learned
// from one half is really worth, by the planted probabilities.
TEST(Ads, AGoodPolicyCanBeLearned) {
  const Json& ads = plantedShop().truth["ads"];
  std::map<std::string, Share> by_ad;
  std::map<std::pair<std::string, std::string>, Share> by_cell;
  for (const Logged& row : log()) {
    by_ad[row.ad].add(row.clicked > 0);
    by_cell[{row.context, row.ad}].add(row.clicked > 0);
  }
  double learned = 0;
  double best = 0;
  double blind = 0;
  for (std::size_t context = 0; context < ads["contexts"].size(); ++context) {
    const auto name = ads["contexts"][context].get<std::string>();
    double best_guess = -1;
    double worth = 0;
    double highest = 0;
    for (const auto& [ad, overall] : by_ad) {
      const Share& cell = by_cell[{name, ad}];
      const double guess = (cell.hits + 20 * overall.value()) / (cell.count + 20);
      const auto click = ads["click"][context][indexOf(ad)].get<double>();
      if (guess > best_guess) {
        best_guess = guess;
        worth = click;
      }
      highest = std::max(highest, click);
      blind += click / 6;
    }
    learned += worth;
    best += highest;
  }
  EXPECT_GT(learned, 0.8 * best);
  EXPECT_LT(blind, 0.6 * best);
}

}  // namespace
}  // namespace lodestone::demo
