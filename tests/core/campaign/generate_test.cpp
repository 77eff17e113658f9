// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "core/campaign/wording.h"
#include "core/project/strategy_records.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

using ::testing::HasSubstr;

class GenerateTest : public ::testing::Test {
 protected:
  Generated generate(const ScoredTables& tables, const GenerateOptions& options = {}) {
    auto made = generateStrategies(project_, tables, options, job_);
    if (!made) throw std::runtime_error(made.error().message(Language::English));
    return std::move(*made);
  }
  std::string statusOf(const Json& strategy, const std::string& check) {
    for (const Json& each : strategy["checks"])
      if (each["name"] == check) return each["status"];
    return "none";
  }

  test::TemporaryFolder folder_;
  project::Project project_ = test::newProject(folder_);
  JobContext job_;
};

TEST_F(GenerateTest, makesOneStrategyASegmentWithTheBetterOffer) {
  const ScoredTables tables = test::makeSmallShop(project_);
  const Generated made = generate(tables, {.goal = Goal::Conversions});
  ASSERT_EQ(made.strategies.size(), 6U);
  EXPECT_TRUE(made.binding.empty());
  EXPECT_FALSE(made.unspent);
  int gifts = 0;
  double truth = 0;
  double low = 0;
  double high = 0;
  for (const Json& strategy : made.strategies) {
    EXPECT_EQ(strategy["channel"], "email");
    gifts += strategy["offer"]["id"] == "free_gift" ? 1 : 0;
    const Json& incremental = strategy["predicted"]["incremental_conversions"];
    truth +=
        strategy["audience"]["size"].get<double>() * (strategy["offer"]["id"] == "free_gift" ? 0.10 : 0.02);
    low += incremental["low"].get<double>();
    high += incremental["high"].get<double>();
    EXPECT_LE(incremental["low"], incremental["value"]);
    EXPECT_LE(incremental["value"], incremental["high"]);
    EXPECT_EQ(statusOf(strategy, "holdout"), "PASS");
  }
  EXPECT_GE(gifts, 5);
  EXPECT_LT(low, truth);
  EXPECT_GT(high, truth);
}

TEST_F(GenerateTest, theConfoundedCampaignTakesNoPartAndIsNamed) {
  const ScoredTables tables = test::makeSmallShop(project_);
  for (const Json& strategy : generate(tables).strategies) {
    const Json& confounded = strategy["evidence"]["confounded"];
    ASSERT_EQ(confounded.size(), 1U);
    EXPECT_EQ(confounded[0]["campaign"], "C3");
    EXPECT_EQ(confounded[0]["column"], kScoreColumn);
    for (const Json& used : strategy["evidence"]["campaigns"]) EXPECT_NE(used["campaign"], "C3");
  }
}

TEST_F(GenerateTest, thoseWithoutConsentAreLeftOutAndCounted) {
  const ScoredTables tables = test::makeSmallShop(project_);
  std::int64_t addressed = 0;
  std::int64_t left_out = 0;
  for (const Json& strategy : generate(tables).strategies) {
    addressed += strategy["audience"]["size"].get<std::int64_t>();
    ASSERT_EQ(strategy["audience"]["excluded"].size(), 1U);
    left_out += strategy["audience"]["excluded"][0]["count"].get<std::int64_t>();
  }
  EXPECT_EQ(addressed + left_out, 3000);
  EXPECT_NEAR(static_cast<double>(left_out), 1500, 120);
}

TEST_F(GenerateTest, theSameSeedGivesTheSameNumbers) {
  const ScoredTables tables = test::makeSmallShop(project_);
  EXPECT_EQ(generate(tables).strategies, generate(tables).strategies);
  const Json other = generate(tables, {.seed = 7}).strategies[0];
  EXPECT_NE(other["predicted"], generate(tables).strategies[0]["predicted"]);
}

TEST_F(GenerateTest, withoutAHoldoutNoIncrementalNumberIsMadeUp) {
  const ScoredTables tables = test::makeSmallShop(project_, {.holdout = false, .confounded_campaign = false});
  for (const Json& strategy : generate(tables).strategies) {
    const Json& predicted = strategy["predicted"];
    EXPECT_TRUE(predicted["incremental_conversions"]["value"].is_null());
    EXPECT_THAT(inLanguage(predicted["incremental_conversions"]["reason"], Language::English),
                HasSubstr("holdout"));
    EXPECT_TRUE(predicted["roi"]["value"].is_null());
    EXPECT_EQ(strategy["evidence"]["confounded"].size(), 2U);
    EXPECT_EQ(statusOf(strategy, "holdout"), "REVIEW");
  }
}

TEST_F(GenerateTest, aBudgetIsKeptAndSaidToBind) {
  const ScoredTables tables = test::makeSmallShop(project_);
  double unlimited = 0;
  for (const Json& strategy : generate(tables).strategies) unlimited += strategy["cost"].get<double>();
  const double budget = unlimited * 0.4;
  const Generated made = generate(tables, {.budget = budget});
  double spent = 0;
  for (const Json& strategy : made.strategies) spent += strategy["cost"].get<double>();
  EXPECT_LE(spent, budget + 0.05);
  EXPECT_GT(spent, budget * 0.7);
  EXPECT_THAT(made.binding, ::testing::ElementsAre("budget"));
  ASSERT_TRUE(made.unspent);
  EXPECT_NEAR(*made.unspent, budget - spent, 0.05);
}

TEST_F(GenerateTest, aBudgetThatPaysForNobodyNamesTheLeast) {
  const ScoredTables tables = test::makeSmallShop(project_);
  const auto made = generateStrategies(project_, tables, {.budget = 0.001}, job_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(made.error().message(Language::English), HasSubstr("least"));
}

TEST_F(GenerateTest, aChannelsCapacityIsSharedByItsStrategies) {
  Catalogue catalogue = defaultCatalogue();
  catalogue.channels[0].capacity = 700;
  ASSERT_TRUE(saveCatalogue(project_, catalogue));
  const Generated made = generate(test::makeSmallShop(project_));
  std::int64_t contacts = 0;
  for (const Json& strategy : made.strategies) contacts += strategy["audience"]["size"].get<std::int64_t>();
  EXPECT_EQ(contacts, 700);
  EXPECT_THAT(made.binding, ::testing::ElementsAre("capacity:email"));
}

TEST_F(GenerateTest, tablesOfAnyKindGetSegmentsWithoutEffects) {
  const Generated made = generate(test::makePlainTable(project_));
  ASSERT_EQ(made.strategies.size(), 4U);
  const Json& best = made.strategies[0];
  EXPECT_GT(best["predicted"]["conversions"]["value"], 0);
  EXPECT_TRUE(best["predicted"]["incremental_conversions"]["value"].is_null());
  EXPECT_TRUE(best["predicted"]["revenue"]["value"].is_null());
  EXPECT_EQ(statusOf(best, "consent"), "REVIEW");
  EXPECT_TRUE(best["audience"]["excluded"].empty());
  const double size = best["audience"]["size"];
  EXPECT_NEAR(best["predicted"]["conversions"]["value"].get<double>() / size, 0.95, 0.1);
}

TEST_F(GenerateTest, tooFewRowsAreSaidWithTheirNumber) {
  const auto made = generateStrategies(project_, test::makePlainTable(project_, 20), {}, job_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::NotEnoughData);
  EXPECT_THAT(made.error().message(Language::English), HasSubstr("20"));
}

TEST_F(GenerateTest, aConsentColumnThatIsNotThereIsRefused) {
  ScoredTables tables = test::makeSmallShop(project_);
  tables.roles["consent:email"] = "nothing";
  const auto made = generateStrategies(project_, tables, {}, job_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(made.error().where.column, "nothing");
}

TEST_F(GenerateTest, theViewSpeaksOneLanguage) {
  const Generated made = generate(test::makeSmallShop(project_));
  const auto kept = project_.strategies().add(made.strategies, "Ann");
  ASSERT_TRUE(kept);
  const Json english = strategyView((*kept)[0], Language::English);
  EXPECT_EQ(english["state"], "draft");
  EXPECT_THAT(english["title"].get<std::string>(), HasSubstr("High score"));
  EXPECT_TRUE(english["checks"][0]["message"].is_string());
  EXPECT_THAT(strategyView((*kept)[0], Language::Chinese)["title"].get<std::string>(), HasSubstr("高分"));
}

TEST(GoalTest, isReadByName) {
  EXPECT_EQ(goalFromText("revenue").value(), Goal::Revenue);
  EXPECT_EQ(goalFromText("fame").error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace lodestone::campaign
