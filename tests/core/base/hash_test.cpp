// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace lodestone {
namespace {

TEST(Sha256, AgreesWithThePublishedVectors) {
  EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, PiecesHashLikeTheWhole) {
  Sha256 hash;
  hash.add("a");
  hash.add("bc");
  EXPECT_EQ(hash.hex(), sha256Hex("abc"));
}

TEST(Sha256, OfAFile) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(*sha256File(folder.write("x", "abc")), sha256Hex("abc"));
  EXPECT_EQ(sha256File(folder / "missing").error().code, ErrorCode::Io);
}

TEST(SplitMix64, AgreesWithTheReferenceGenerator) {
  std::uint64_t state = 1234567;
  EXPECT_EQ(splitmix64(state += kGoldenGamma), 6457827717110365317ULL);
  EXPECT_EQ(splitmix64(state += kGoldenGamma), 3203168211198807973ULL);
}

}  // namespace
}  // namespace lodestone
