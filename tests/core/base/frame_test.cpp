// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/frame.h"

#include <gtest/gtest.h>

#include <limits>

namespace lodestone {
namespace {

Frame shop() {
  Frame frame;
  frame.rows = 3;
  frame.columns = {{"age", ColumnKind::Number, {31, std::numeric_limits<double>::quiet_NaN(), 45.5}, {}, {}},
                   {"city", ColumnKind::Text, {}, {1, 0, -1}, {"Köln", "上海"}}};
  return frame;
}

TEST(Frame, CellsReadAsText) {
  const Frame frame = shop();
  EXPECT_EQ(frame.cell(*frame.find("age"), 0), "31");
  EXPECT_EQ(frame.cell(*frame.find("age"), 1), "");
  EXPECT_EQ(frame.cell(*frame.find("city"), 0), "上海");
  EXPECT_TRUE(frame.missing(*frame.find("city"), 2));
  EXPECT_EQ(frame.find("nothing"), nullptr);
}

TEST(Frame, TakesRowsInTheGivenOrder) {
  const Frame taken = shop().take({2, 0, 0});
  EXPECT_EQ(taken.rows, 3);
  EXPECT_EQ(taken.cell(taken.columns[0], 0), "45.5");
  EXPECT_EQ(taken.cell(taken.columns[1], 2), "上海");
}

}  // namespace
}  // namespace lodestone
