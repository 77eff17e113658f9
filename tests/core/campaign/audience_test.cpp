// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/audience.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

Frame fiveCustomers() {
  Frame frame;
  frame.rows = 5;
  frame.columns = {
      test::texts("id", {"e", "d", "c", "b", "a"}), test::numbers(kScoreColumn, {0.9, 0.8, 0.8, 0.4, 0.1}),
      test::numbers("may_email", {1, 1, 1, 0, NAN}), test::texts("may_sms", {"yes", "no", "yes", "", "是"})};
  return frame;
}

const project::Roles kRoles{{"user", "id"}, {"consent:email", "may_email"}, {"consent:sms", "may_sms"}};
const Rule kEveryone{{kScoreColumn, Comparison::AtLeast, 0}};

TEST(AudienceTest, leavesOutThoseWithoutConsentAndCountsThem) {
  const Audience audience = selectAudience(fiveCustomers(), kRoles, kEveryone, "email", {}).value();
  EXPECT_EQ(audience.ids, (std::vector<std::string>{"e", "c", "d"}));
  EXPECT_EQ(audience.eligible, 5);
  EXPECT_EQ(audience.without_consent, 2) << "a missing consent is no consent";
  EXPECT_EQ(audience.consent, ConsentKnown::Yes);
}

TEST(AudienceTest, readsConsentWrittenInWords) {
  const Audience audience = selectAudience(fiveCustomers(), kRoles, kEveryone, "sms", {}).value();
  EXPECT_EQ(audience.ids, (std::vector<std::string>{"e", "c", "a"}));
}

TEST(AudienceTest, aChannelWithoutAConsentColumnIsNotKnown) {
  const Audience audience = selectAudience(fiveCustomers(), kRoles, kEveryone, "push", {}).value();
  EXPECT_EQ(audience.rows.size(), 5U);
  EXPECT_EQ(audience.consent, ConsentKnown::No);
}

TEST(AudienceTest, aCapacityLeavesOutTheLowestScores) {
  const Audience audience = selectAudience(fiveCustomers(), kRoles, kEveryone, "push", 2).value();
  EXPECT_EQ(audience.ids, (std::vector<std::string>{"e", "c"}));
  EXPECT_EQ(audience.beyond_capacity, 3);
}

TEST(AudienceTest, theHashIsOfThePeopleNotOfTheirOrder) {
  Frame turned = fiveCustomers().take({4, 3, 2, 1, 0});
  const auto hash = [](const Frame& frame, const Rule& rule) {
    return selectAudience(frame, kRoles, rule, "email", {})->members_hash;
  };
  EXPECT_EQ(hash(fiveCustomers(), kEveryone), hash(turned, kEveryone));
  EXPECT_NE(hash(fiveCustomers(), kEveryone), hash(turned, {{kScoreColumn, Comparison::AtLeast, 0.85}}));
}

}  // namespace
}  // namespace lodestone::campaign
