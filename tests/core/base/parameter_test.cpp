// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parameter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lodestone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> kParameters = {
      {"epochs", {"Epochs", "轮数"}, {"Passes.", "遍数。"}, ParameterKind::Integer, "10", 1.0, 1000.0},
      {"rate", {"Rate", "学习率"}, {"Step.", "步长。"}, ParameterKind::Number, "0.001", 0.0, 1.0},
      {"kind",
       {"Kind", "种类"},
       {"Which.", "哪种。"},
       ParameterKind::Choice,
       "a",
       {},
       {},
       {},
       {{"a", {"A", "甲"}}, {"b", {"B", "乙"}}}},
      {"on", {"On", "开启"}, {"Whether.", "是否。"}, ParameterKind::Flag, "true"},
  };
  return kParameters;
}

std::string refusal(const std::map<std::string, std::string>& given) {
  const auto checked = checkParameters(parameters(), given, "mlp");
  EXPECT_FALSE(checked.has_value());
  return checked.has_value() ? std::string() : checked.error().message(Language::English);
}

TEST(Parameters, DefaultsStandUnlessGiven) {
  const auto values = checkParameters(parameters(), {{"epochs", "3"}}, "mlp");
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(values->integer("epochs"), 3);
  EXPECT_DOUBLE_EQ(values->number("rate"), 0.001);
  EXPECT_TRUE(values->flag("on"));
  EXPECT_EQ(values->text("kind"), "a");
}

TEST(Parameters, RefusalsSayWhatWouldDo) {
  EXPECT_THAT(refusal({{"epoch", "3"}}), HasSubstr("epochs, rate, kind, on"));
  EXPECT_THAT(refusal({{"epochs", "2.5"}}), HasSubstr("whole number"));
  EXPECT_THAT(refusal({{"epochs", "0"}}), HasSubstr("at least 1"));
  EXPECT_THAT(refusal({{"rate", "2"}}), HasSubstr("at most 1"));
  EXPECT_THAT(refusal({{"kind", "c"}}), HasSubstr("a, b"));
  EXPECT_THAT(refusal({{"on", "yes"}}), HasSubstr("true or false"));
  EXPECT_THAT(refusal({{"rate", "nan"}}), HasSubstr("number"));
}

TEST(Pairs, ComeBackAsTheyWere) {
  const std::vector<Pair> pairs = {
      {"a", "b"},         {"a=b", "c=d"}, {"say \"hi\", then", ""}, {"gone", std::nullopt}, {"C:\\", "\\="},
      {"城市", " 北京 "}, {"", "empty"}};
  EXPECT_EQ(splitPairs(joinPairs(pairs)), pairs);
  EXPECT_EQ(joinPairs({{"y", "yes"}, {"?", std::nullopt}}), "y=yes,?");
}

TEST(Lists, ComeBackAsTheyWere) {
  const std::vector<std::string> items = {"customerID", "a, b", "say \"hi\"", " padded ",
                                          "城市",       "",     "three\nfour"};
  EXPECT_EQ(splitList(joinList(items)), items);
  EXPECT_THAT(splitList(" a , b ,, c"), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(splitList("").empty());
}

}  // namespace
}  // namespace lodestone
