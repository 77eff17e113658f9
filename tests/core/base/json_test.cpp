// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace lodestone {
namespace {

TEST(Json, WritesValidUtf8WhateverTheData) {
  EXPECT_EQ(dumpJson({{"b", "a\xFF"}, {"a", 1}}), "{\"b\":\"a\uFFFD\",\"a\":1}");
}

TEST(Json, HasNoNumberForWhatIsNotFinite) {
  EXPECT_TRUE(number(std::numeric_limits<double>::quiet_NaN()).is_null());
  EXPECT_EQ(dumpJson(number(0.5)), "0.5");
}

TEST(Json, BadTextIsCorruptAndNamed) {
  const auto parsed = parseJson("{\"a\":", "model.json");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, ErrorCode::Corrupt);
  EXPECT_EQ(parsed.error().where.file, "model.json");
}

TEST(Json, ErrorsCarryCodeMessageAndPlace) {
  const Error error{ErrorCode::NotFound, Text{"No {0}.", "没有 {0}。"}, {"x"}, {.file = "a.csv", .line = 3}};
  EXPECT_EQ(dumpJson(toJson(error, Language::English)),
            R"({"code":"NotFound","message":"No x.","where":{"file":"a.csv","line":3}})");
  EXPECT_EQ(toJson(error, Language::Chinese)["message"], "没有 x。");
}

}  // namespace
}  // namespace lodestone
