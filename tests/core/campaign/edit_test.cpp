// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

using ::testing::HasSubstr;

class EditTest : public ::testing::Test {
 protected:
  EditTest() {
    const ScoredTables tables = test::makeSmallShop(project_);
    content_ = generateStrategies(project_, tables, {.goal = Goal::Conversions}, job_).value().strategies[0];
  }
  Json edited(const std::string& path, const std::string& value) {
    return editContent(project_, content_, {{path, value}}, job_).value();
  }
  ErrorCode refusal(const std::string& path, const std::string& value) {
    const auto result = editContent(project_, content_, {{path, value}}, job_);
    return result ? ErrorCode::Internal : result.error().code;
  }

  test::TemporaryFolder folder_;
  project::Project project_ = test::newProject(folder_);
  JobContext job_;
  Json content_;
};

TEST_F(EditTest, changingNothingChangesNothing) {
  EXPECT_EQ(editContent(project_, content_, {}, job_).value(), content_);
}

TEST_F(EditTest, anOfferThatHistoryNeverTestedHasNoEffect) {
  const Json edit = edited("offer.discount", "0.5");
  EXPECT_EQ(edit["offer"]["discount"], 0.5);
  EXPECT_TRUE(edit["predicted"]["conversions"]["value"].is_null());
  EXPECT_TRUE(edit["predicted"]["incremental_conversions"]["value"].is_null());
  EXPECT_THAT(inLanguage(edit["predicted"]["incremental_conversions"]["reason"], Language::English),
              HasSubstr("tested"));
  EXPECT_THAT(inLanguage(edit["title"], Language::English), HasSubstr("50 % off"));
}

TEST_F(EditTest, anotherTestedOfferIsEstimatedAnew) {
  const Json edit = edited("offer.id", "ten_percent_off");
  EXPECT_EQ(edit["offer"]["discount"], 0.1);
  EXPECT_TRUE(edit["predicted"]["incremental_conversions"]["value"].is_number());
  EXPECT_EQ(edit["evidence"]["campaigns"][0]["campaign"], "C1");
}

TEST_F(EditTest, aHigherLeastScoreMakesTheAudienceSmaller) {
  const Json edit = edited("audience.min_score", "0.9");
  EXPECT_LT(edit["audience"]["size"], content_["audience"]["size"]);
  EXPECT_NE(edit["audience"]["members_hash"], content_["audience"]["members_hash"]);
  EXPECT_THAT(edit["audience"]["rule"].get<std::string>(), HasSubstr("score >= 0.9"));
  EXPECT_EQ(edited("audience.rule", "score >= 0.95 and spend < 50")["audience"]["rule"],
            "score >= 0.95 and spend < 50");
}

TEST_F(EditTest, wordsAndDatesAreKeptAsWritten) {
  const Json edit = editContent(project_, content_,
                                {{"title", "Spring"},
                                 {"content.zh_CN.subject", "春天"},
                                 {"timing.end", "2099-01-01"},
                                 {"budget", "5000"}},
                                job_)
                        .value();
  EXPECT_EQ(edit["title"]["zh_CN"], "Spring");
  EXPECT_EQ(edit["content"]["zh_CN"]["subject"], "春天");
  EXPECT_EQ(edit["content"]["en"], content_["content"]["en"]);
  EXPECT_EQ(edit["timing"]["end"], "2099-01-01");
  EXPECT_EQ(edit["budget"], 5000);
  const Json again = editContent(project_, edit, {{"offer.id", "ten_percent_off"}}, job_).value();
  EXPECT_EQ(again["title"]["en"], "Spring");
  EXPECT_EQ(again["budget"], 5000);
}

TEST_F(EditTest, aCostBeyondTheBudgetFailsItsCheck) {
  const Json edit = edited("budget", "1");
  EXPECT_EQ(edit["checks"].back()["name"], "budget");
  EXPECT_EQ(edit["checks"].back()["status"], "FAIL");
}

TEST_F(EditTest, refusesWhatMakesNoSense) {
  for (const auto& [path, value] :
       std::vector<std::pair<std::string, std::string>>{{"offer.discount", "1.5"},
                                                        {"offer.discount", "much"},
                                                        {"offer.id", "car"},
                                                        {"channel", "pigeon"},
                                                        {"timing.start", "tomorrow"},
                                                        {"timing.end", "2001-01-01"},
                                                        {"budget", "-1"},
                                                        {"audience.rule", "all of them"},
                                                        {"audience.min_score", "1"},
                                                        {"channel", "sms"},
                                                        {"title", " "},
                                                        {"state", "approved"},
                                                        {"predicted.roi", "9"}})
    EXPECT_EQ(refusal(path, value), ErrorCode::InvalidArgument) << path << "=" << value;
}

}  // namespace
}  // namespace lodestone::campaign
