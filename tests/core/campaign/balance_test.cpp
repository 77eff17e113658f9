// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/campaign/experiment.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

using Verdict = CampaignReview::Verdict;

std::vector<CampaignReview> reviewsOf(const test::SmallShop& shop) {
  const test::TemporaryFolder folder;
  auto project = test::newProject(folder);
  const ScoredTables tables = test::makeSmallShop(project, shop);
  JobContext job;
  return reviewCampaigns(loadScoredData(project, tables, job).value());
}

TEST(BalanceTest, findsTheConfoundedCampaignAndNamesTheColumn) {
  const auto reviews = reviewsOf({});
  ASSERT_EQ(reviews.size(), 3U);
  EXPECT_EQ(reviews[0].verdict, Verdict::Random);
  EXPECT_EQ(reviews[1].verdict, Verdict::Random);
  EXPECT_EQ(reviews[2].verdict, Verdict::Confounded);
  EXPECT_EQ(reviews[2].column, kScoreColumn);
  EXPECT_GT(reviews[2].difference, 0.5);
}

TEST(BalanceTest, campaignsWithoutAHoldoutAreNamed) {
  for (const CampaignReview& review : reviewsOf({.holdout = false, .confounded_campaign = false}))
    EXPECT_EQ(review.verdict, Verdict::NoHoldout);
}

TEST(BalanceTest, chanceAloneIsNotTakenForConfounding) {
  int confounded = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    for (const CampaignReview& review :
         reviewsOf({.customers = 400, .seed = seed, .confounded_campaign = false}))
      confounded += review.verdict == Verdict::Confounded ? 1 : 0;
  EXPECT_EQ(confounded, 0);
}

TEST(BalanceTest, aTreatmentColumnThatIsNoMarkIsRefused) {
  const test::TemporaryFolder folder;
  auto project = test::newProject(folder);
  ScoredTables tables = test::makeSmallShop(project);
  tables.roles["treatment"] = "offer";
  JobContext job;
  const auto data = loadScoredData(project, tables, job);
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(data.error().where.column, "offer");
}

}  // namespace
}  // namespace lodestone::campaign
