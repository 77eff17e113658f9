// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <gtest/gtest.h>

namespace lodestone {
namespace {

TEST(Text, FillsPlaceholdersInEitherOrder) {
  constexpr Text kText{"Row {0} of {1}.", "{1} 的第 {0} 行。"};
  EXPECT_EQ(fill(kText, Language::English, {"3", "shop.csv"}), "Row 3 of shop.csv.");
  EXPECT_EQ(fill(kText, Language::Chinese, {"3", "shop.csv"}), "shop.csv 的第 3 行。");
}

TEST(Text, TrimsWideSpacesToo) {
  EXPECT_EQ(trim("\uFEFF \u3000a b\t"), "a b");
}

TEST(Text, ReplacesInvalidUtf8) {
  EXPECT_EQ(toValidUtf8("流失"), "流失");
  EXPECT_EQ(toValidUtf8("a\xC3(b"), "a\uFFFD(b");
}

TEST(Text, FormatsForPeople) {
  EXPECT_EQ(formatGrouped(1234567.891, 1), "1,234,567.9");
  EXPECT_EQ(formatGrouped(-0.001, 2), "0.00");
  EXPECT_EQ(formatGrouped(-1234, 0), "-1,234");
  EXPECT_EQ(formatPercent(0.1234), "12.3 %");
}

}  // namespace
}  // namespace lodestone
