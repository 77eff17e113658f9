// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class DifferenceTest : public ::testing::Test {
 protected:
  DifferenceTest() {
    const ScoredTables tables = test::makeSmallShop(project_);
    content_ = generateStrategies(project_, tables, {.goal = Goal::Conversions}, job_).value().strategies[0];
  }
  Json edited(const std::string& path, const std::string& value) {
    return editContent(project_, content_, {{path, value}}, job_).value();
  }
  static std::vector<std::string> paths(const std::vector<FieldPair>& pairs) {
    std::vector<std::string> out;
    for (const FieldPair& pair : pairs) out.push_back(pair.path);
    return out;
  }
  static const FieldPair& of(const std::vector<FieldPair>& pairs, const std::string& path) {
    for (const FieldPair& pair : pairs)
      if (pair.path == path) return pair;
    static const FieldPair kNone;
    ADD_FAILURE() << path << " is missing";
    return kNone;
  }

  test::TemporaryFolder folder_;
  project::Project project_ = test::newProject(folder_);
  JobContext job_;
  Json content_;
};

TEST_F(DifferenceTest, equalContentsHaveNone) {
  EXPECT_THAT(differences(content_, content_), IsEmpty());
  for (const FieldPair& pair : compareContents(content_, content_)) {
    EXPECT_FALSE(pair.changed) << pair.path;
    EXPECT_EQ(pair.before, pair.after) << pair.path;
  }
}

TEST_F(DifferenceTest, aBudgetIsToldInMoneyWithWhatFollowsFromIt) {
  const auto changes = differences(content_, edited("budget", "1"));
  const FieldPair& budget = of(changes, "budget");
  EXPECT_EQ(inLanguage(budget.title, Language::English), "Budget");
  EXPECT_EQ(inLanguage(budget.title, Language::Chinese), "预算");
  EXPECT_EQ(inLanguage(budget.after, Language::English), "EUR 1.00");
  EXPECT_THAT(paths(changes), Contains("checks.budget"));
  EXPECT_THAT(inLanguage(of(changes, "checks.budget").after, Language::English), HasSubstr("FAIL"));
  EXPECT_THAT(paths(changes), Not(Contains("audience.rule")));
}

TEST_F(DifferenceTest, anAudienceIsToldByRuleSizeAndMembers) {
  const auto changes = differences(content_, edited("audience.min_score", "0.9"));
  for (const char* path : {"audience.rule", "audience.size", "audience.members_hash"})
    EXPECT_THAT(paths(changes), Contains(path));
  const FieldPair& rule = of(changes, "audience.rule");
  EXPECT_THAT(inLanguage(rule.after, Language::English), HasSubstr("0.9"));
  EXPECT_NE(inLanguage(rule.after, Language::Chinese), inLanguage(rule.after, Language::English));
}

TEST_F(DifferenceTest, aTitleInOneLanguageIsThatLanguagesField) {
  const auto changes = differences(content_, edited("title.zh_CN", "春季"));
  ASSERT_EQ(paths(changes), std::vector<std::string>{"title.zh_CN"});
  EXPECT_EQ(inLanguage(changes[0].after, Language::English), "春季");
}

TEST_F(DifferenceTest, anotherOfferIsToldByItsTitle) {
  Json after = content_;
  after["offer"]["id"] = "ten_percent_off";
  after["offer"]["title"] = {{"en", "Ten per cent"}, {"zh_CN", "九折"}};
  const auto changes = differences(content_, after);
  ASSERT_EQ(paths(changes), std::vector<std::string>{"offer.id"});
  EXPECT_EQ(inLanguage(changes[0].after, Language::Chinese), "九折");
}

TEST_F(DifferenceTest, whatRoundingWouldHideIsWrittenInFull) {
  Json after = content_;
  after["budget"] = 100.001;
  Json before = content_;
  before["budget"] = 100.002;
  const auto changes = differences(before, after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_THAT(inLanguage(changes[0].before, Language::English), HasSubstr("100.002"));
  EXPECT_THAT(inLanguage(changes[0].after, Language::English), HasSubstr("100.001"));
}

TEST_F(DifferenceTest, nothingThatDiffersIsLeftOut) {
  Json after = content_;
  after["evidence"]["seed"] = 7;
  after["source"]["model"] = "mlp-9999";
  after["remark"] = {{"colour", "blue"}};
  after["offer"]["id"] = "another";
  EXPECT_THAT(paths(differences(content_, after)),
              ::testing::UnorderedElementsAre("evidence.seed", "source.model", "remark.colour", "offer.id"));
}

TEST_F(DifferenceTest, aFieldThatIsGoneHasNothingAfter) {
  Json after = content_;
  after.erase("timing");
  const auto changes = differences(content_, after);
  EXPECT_TRUE(of(changes, "timing.start").after.is_null());
  EXPECT_FALSE(of(changes, "timing.start").before.is_null());
}

TEST_F(DifferenceTest, contentsThatAreNoneAreNoCrash) {
  EXPECT_THAT(differences(Json(nullptr), Json(nullptr)), IsEmpty());
  EXPECT_THAT(differences(Json::array(), content_), Not(IsEmpty()));
}

}  // namespace
}  // namespace lodestone::campaign
