// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory_watch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "core/base/version.h"

namespace lodestone {
namespace {

TEST(MemoryWatch, TellsThePeakThatIsGoneAtTheEnd) {
  constexpr std::size_t kBytes = 64U << 20U;
  ASSERT_GT(residentBytes(), 0);
  MemoryWatch watch;
  const auto outer = watch.begin();
  {
    std::vector<char> large(kBytes, 1);  // every page written, so that it is resident
    ASSERT_EQ(large[kBytes / 2], 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  const auto inner = watch.begin();
  const std::int64_t small = watch.end(inner);
  const std::int64_t peak = watch.end(outer);
  EXPECT_GE(peak, static_cast<std::int64_t>(kBytes * 9 / 10));
  EXPECT_GE(small, 0);
  EXPECT_LT(small, static_cast<std::int64_t>(kBytes / 2)) << "what began later does not see the peak";
  EXPECT_EQ(watch.end(outer), 0) << "it has ended";
}

TEST(Version, BeginsWithANumber) {
  const std::string version = codeVersion();
  ASSERT_FALSE(version.empty());
  EXPECT_GE(version.front(), '0');
  EXPECT_LE(version.front(), '9');
}

}  // namespace
}  // namespace lodestone
