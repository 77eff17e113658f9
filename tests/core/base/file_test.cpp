// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/temporary_folder.h"

namespace lodestone {
namespace {

namespace fs = std::filesystem;

TEST(File, WritesWholeOrNotAtAll) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(writeFileAtomically(folder / "a.txt", "first").has_value());
  ASSERT_TRUE(writeFileAtomically(folder / "a.txt", "second").has_value());
  EXPECT_EQ(*readFile(folder / "a.txt"), "second");
  EXPECT_EQ(writeFileAtomically(folder / "missing" / "a.txt", "x").error().code, ErrorCode::Io);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1)
      << "no leftovers";
}

TEST(File, ReadingSaysWhatIsWrong) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(readFile(folder / "nothing").error().code, ErrorCode::NotFound);
  EXPECT_EQ(readFile(folder.path()).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(readFile(folder / "nothing").error().where.file, (folder / "nothing").string());
}

TEST(File, NamesAreSafe) {
  EXPECT_EQ(safeFileName("20 % off / e-mail"), "20___off___e-mail");
  EXPECT_EQ(safeFileName("../etc"), "_.._etc");
  EXPECT_EQ(safeFileName("策略"), "策略");
  EXPECT_EQ(safeFileName(""), "_");
}

}  // namespace
}  // namespace lodestone
