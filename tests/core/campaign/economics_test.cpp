// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/economics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lodestone::campaign {
namespace {

TEST(EconomicsTest, countsTheDiscountOfThoseWhoWouldHaveBoughtAnyway) {
  const Terms terms{.contacts = 1000,
                    .contact_cost = 0.1,
                    .discount = 0.2,
                    .redemption_cost = 1,
                    .margin = 0.5,
                    .order_value = 50};
  const Outcome outcome = outcomeOf(terms, {0.3, 0.2});
  EXPECT_NEAR(outcome.conversions, 300, 1e-9);
  EXPECT_NEAR(outcome.incremental, 100, 1e-9);
  EXPECT_NEAR(outcome.revenue, 300 * 50 * 0.8, 1e-9);
  EXPECT_NEAR(outcome.discounts, 300 * 50 * 0.2, 1e-9);
  EXPECT_NEAR(outcome.incremental_revenue, 100 * 50 - 3000, 1e-9);
  EXPECT_NEAR(outcome.cost(), 100 + 300, 1e-9);
  EXPECT_NEAR(outcome.profit, 0.5 * 100 * 50 - 3000 - 400, 1e-9);
  EXPECT_NEAR(outcome.roi, -900.0 / 3400, 1e-9);
}

TEST(EconomicsTest, withoutAnOrderValueConversionsAndCostRemain) {
  const Outcome outcome = outcomeOf({.contacts = 10, .contact_cost = 1, .order_value = NAN}, {0.5, 0.4});
  EXPECT_NEAR(outcome.conversions, 5, 1e-9);
  EXPECT_NEAR(outcome.cost(), 10, 1e-9);
  EXPECT_TRUE(std::isnan(outcome.revenue));
}

TEST(EconomicsTest, nothingSpentHasNoReturn) {
  EXPECT_TRUE(std::isnan(outcomeOf({.contacts = 10, .order_value = 5}, {0.5, 0.4}).roi));
}

}  // namespace
}  // namespace lodestone::campaign
