// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/rule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/campaign/scored_tables.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

TEST(RuleTest, readsBackWhatItWrites) {
  const Rule rule{{kScoreColumn, Comparison::AtLeast, 0.182},
                  {"average order", Comparison::Below, 54.2, true},
                  {"金额", Comparison::AtLeast, 100000},
                  {"score", Comparison::Below, 0.0000182}};
  const std::string text = ruleText(rule);
  EXPECT_EQ(text,
            "score >= 0.182 and (\"average order\" < 54.2 or missing) and 金额 >= 100000 and \"score\" < "
            "0.0000182");
  EXPECT_EQ(parseRule(text).value(), rule);
  EXPECT_EQ(ruleFromJson(toJson(rule)).value(), rule);
}

TEST(RuleTest, refusesWhatItCannotRead) {
  for (const char* text :
       {"", "score", "score >= ", "score = 1", "score >= 1 or x < 2", "(score >= 1", "score >= 1 x"}) {
    const auto rule = parseRule(text);
    ASSERT_FALSE(rule) << text;
    EXPECT_EQ(rule.error().code, ErrorCode::InvalidArgument);
  }
}

TEST(RuleTest, missingCellsBelongOnlyWhereTheRuleSaysSo) {
  Frame frame;
  frame.rows = 3;
  frame.columns = {test::numbers("x", {1, NAN, 3})};
  EXPECT_EQ(matchingRows(frame, {{"x", Comparison::Below, 2}}).value(), (std::vector<std::int64_t>{0}));
  EXPECT_EQ(matchingRows(frame, {{"x", Comparison::Below, 2, true}}).value(),
            (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(matchingRows(frame, {{"y", Comparison::Below, 2}}).error().code, ErrorCode::InvalidArgument);
}

TEST(RuleTest, roundsToDigitsThatPeopleRead) {
  EXPECT_EQ(plainNumber(roundSignificant(0.181876, 3)), "0.182");
  EXPECT_EQ(plainNumber(roundSignificant(123456, 3)), "123000");
}

TEST(RuleTest, readsInWordsOfEitherLanguage) {
  const Rule rule = {{kScoreColumn, Comparison::AtLeast, 0.182}, {"value", Comparison::Below, 54.2, true}};
  EXPECT_EQ(ruleWords(rule, Language::English), "score ≥ 0.182 and value < 54.2 (or missing)");
  EXPECT_EQ(ruleWords(rule, Language::Chinese), "得分 ≥ 0.182 且 value < 54.2（或缺失）");
}

}  // namespace
}  // namespace lodestone::campaign
