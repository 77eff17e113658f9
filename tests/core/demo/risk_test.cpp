// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/core/demo/planted_shop.h"

namespace lodestone::demo {
namespace {

std::vector<std::string> datesOfOrders() {
  std::vector<std::string> dates;
  const CsvTable orders = plantedShop().table("orders");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    dates.push_back(orders.at(row, "ts").substr(0, 10));
  return dates;
}

TEST(Risk, FourInAThousandPaymentsAreFraud) {
  const CsvTable payments = plantedShop().table("payments");
  const Json& fraud = plantedShop().truth["risk"]["fraud"];
  EXPECT_NEAR(static_cast<double>(fraud.size()), 0.004 * static_cast<double>(payments.rows.size()), 0.51);
  Share honest;
  Share caught;
  for (std::size_t row = 0; row < payments.rows.size(); ++row)
    (fraud.contains(payments.at(row, "payment_id")) ? caught : honest)
        .add(payments.at(row, "chargeback") == "1");
  EXPECT_NEAR(honest.value(), 0.0005, kErrors * std::sqrt(0.0005 / honest.count));
  EXPECT_NEAR(caught.value(), 0.95, kErrors * std::sqrt(0.95 * 0.05 / caught.count));
}

TEST(Risk, APaymentPaysItsOrder) {
  const CsvTable payments = plantedShop().table("payments");
  const CsvTable orders = plantedShop().table("orders");
  ASSERT_EQ(payments.rows.size(), orders.rows.size());
  for (std::size_t row = 0; row < orders.rows.size(); ++row) {
    EXPECT_EQ(payments.at(row, "order_id"), orders.at(row, "order_id"));
    EXPECT_EQ(payments.at(row, "amount"), orders.at(row, "total"));
  }
}

TEST(Risk, TheThirdPatternIsOfTheLastMonthAlone) {
  const Json& risk = plantedShop().truth["risk"];
  const auto from = risk["last_pattern_from"].get<std::string>();
  const std::vector<std::string> dates = datesOfOrders();
  const auto last = dayOf(plantedShop().truth["last_date"].get<std::string>());
  EXPECT_EQ(last - dayOf(from), 29);
  std::map<std::string, std::array<int, 2>> counts;
  for (const auto& [payment, pattern] : risk["fraud"].items())
    ++counts[pattern.get<std::string>()][dates[indexOf(payment)] >= from ? 1 : 0];
  ASSERT_EQ(counts.size(), 3U);
  EXPECT_EQ(counts["wallet_takeover"][0], 0);
  EXPECT_GT(counts["wallet_takeover"][1], 20);
  EXPECT_GT(counts["foreign_card"][0], 40);
  EXPECT_GT(counts["card_testing"][0], 40);
}

// Each pattern shows in the columns: rules that know it find chargebacks, and the third finds none before.
TEST(Risk, PatternsShowInTheFile) {
  const CsvTable payments = plantedShop().table("payments");
  const std::vector<std::string> dates = datesOfOrders();
  const auto from = plantedShop().truth["risk"]["last_pattern_from"].get<std::string>();
  Share foreign;
  Share many_attempts;
  std::array<Share, 2> takeover;
  Share rest;
  for (std::size_t row = 0; row < payments.rows.size(); ++row) {
    const bool back = payments.at(row, "chargeback") == "1";
    const std::string& method = payments.at(row, "method");
    const std::string& ip = payments.at(row, "ip_country");
    if (std::stoi(payments.at(row, "attempts")) >= 5)
      many_attempts.add(back);
    else if (method == "card" && (ip == "XE" || ip == "XF") && std::stod(payments.at(row, "amount")) > 50)
      foreign.add(back);
    else if (method == "wallet" && ip == "XD")
      takeover[dates[row] >= from ? 1 : 0].add(back);
    else
      rest.add(back);
  }
  EXPECT_GT(many_attempts.value(), 0.8);
  EXPECT_GT(foreign.value(), 0.5);
  EXPECT_GT(takeover[1].value(), 0.7);
  ASSERT_GT(takeover[0].count, 10);
  EXPECT_LT(takeover[0].value(), 0.1);
  EXPECT_LT(rest.value(), 0.002);
}

}  // namespace
}  // namespace lodestone::demo
