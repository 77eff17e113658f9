// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spoken.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <system_error>

namespace lodestone {
namespace {

constexpr Text kCannot{"Cannot read {0}: {1}.", "无法读取 {0}：{1}。"};

TEST(Spoken, AnArgumentIsSaidInTheLanguageOfTheMessage) {
  constexpr Text kSpace{"space", "空格"};
  const std::vector<std::string> args = {"a.csv", "; / " + spoken(kSpace) + " / " + spoken("end", "结尾")};
  EXPECT_EQ(fill(kCannot, Language::English, args), "Cannot read a.csv: ; / space / end.");
  EXPECT_EQ(fill(kCannot, Language::Chinese, args), "无法读取 a.csv：; / 空格 / 结尾。");
}

TEST(Spoken, WhatIsNotSpokenStaysAsItIs) {
  for (const char* text : {"", "plain", "\x1D", "\x1E\x1D\x1F",
                           "a\x1D"
                           "b\x1E"
                           "c"})
    EXPECT_EQ(spokenIn(text, Language::Chinese), text);
}

TEST(Spoken, TheSystemsReasonsAreSaidInBothLanguages) {
  EXPECT_EQ(fill(kCannot, Language::English, {"a", systemReason(EACCES)}),
            "Cannot read a: Permission denied.");
  EXPECT_EQ(fill(kCannot, Language::Chinese, {"a", systemReason(EACCES)}), "无法读取 a：没有访问权限。");
  for (const int error : {ENOENT, EACCES, EPERM, ENOSPC, EISDIR, ENOTDIR, EEXIST, EROFS, EMFILE, EIO, EDQUOT,
                          ENAMETOOLONG, ENOTEMPTY, ELOOP}) {
    EXPECT_EQ(spokenIn(systemReason(error), Language::English), std::generic_category().message(error));
    EXPECT_NE(spokenIn(systemReason(error), Language::Chinese), std::generic_category().message(error));
  }
  EXPECT_EQ(systemReason(EPIPE), std::generic_category().message(EPIPE));
}

}  // namespace
}  // namespace lodestone
