// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <gtest/gtest.h>

namespace lodestone {
namespace {

TEST(Time, FormatsBeforeAndAfter1970) {
  EXPECT_EQ(formatDate(daysFromCivil(2026, 2, 28) + 1), "2026-03-01");
  EXPECT_EQ(formatDate(daysFromCivil(2024, 2, 28) + 1), "2024-02-29");
  EXPECT_EQ(formatTimestamp(0), "1970-01-01 00:00:00");
  EXPECT_EQ(formatTimestamp(-1), "1969-12-31 23:59:59");
}

TEST(Time, ReadsOnlyRealDates) {
  std::int64_t days = 0;
  EXPECT_TRUE(parseDate("2026-03-01", days));
  EXPECT_EQ(days, daysFromCivil(2026, 3, 1));
  EXPECT_FALSE(parseDate("2026-02-29", days));
  EXPECT_FALSE(parseDate("2026-3-1", days));
  EXPECT_FALSE(parseDate("01/03/2026", days));
}

TEST(Time, NowIsInUtcAndSortable) {
  const std::string now = nowUtc();
  EXPECT_EQ(now.size(), 24U);
  EXPECT_EQ(now[10], 'T');
  EXPECT_EQ(now.back(), 'Z');
}

}  // namespace
}  // namespace lodestone
