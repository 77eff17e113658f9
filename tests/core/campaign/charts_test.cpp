// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/charts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lodestone::campaign {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ChartsTest, ticksAreRoundAndCover) {
  EXPECT_THAT(niceTicks(0, 0.97),
              ::testing::ElementsAre(0, ::testing::DoubleNear(0.2, 1e-9), ::testing::DoubleNear(0.4, 1e-9),
                                     ::testing::DoubleNear(0.6, 1e-9), ::testing::DoubleNear(0.8, 1e-9),
                                     ::testing::DoubleNear(1, 1e-9)));
  const auto ticks = niceTicks(-37, 112);
  EXPECT_LE(ticks.front(), -37);
  EXPECT_GE(ticks.back(), 112);
  EXPECT_GE(niceTicks(3, 3).size(), 2U);
}

TEST(ChartsTest, namesFromDataCannotBreakTheDrawing) {
  const std::string svg =
      barChart({"<t>", "a & b", "x", "y"}, {{"<script>alert(1)</script>", 5, "5 & \"6\""}});
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, HasSubstr("<title>&lt;t&gt;</title>"));
  EXPECT_THAT(svg, HasSubstr("a &amp; b"));
}

TEST(ChartsTest, holdToWhatEveryRendererDraws) {
  const std::string svg =
      lineChart({"t", "s", "x", "y"}, {{"model", {{0, 0}, {0.5, 0.8}, {1, 1}}}},
                {Reference::Kind::Diagonal, 0, "chance"}) +
      calibrationChart({"t", "s", "x", "y"}, {{0.1, 0.2, 10}, {0.3, 0.25, 10}}, "right") +
      intervalChart({"t", "s", "x", "y"}, {{"a", 3, -1, 7, "3"}, {"b", {}, 0, 0, ""}}, "no estimate");
  for (const char* feature : {"<style", "class=", "clip-path", "filter=", "dominant-baseline", "nan", "inf"})
    EXPECT_THAT(svg, Not(HasSubstr(feature)));
  EXPECT_THAT(svg, HasSubstr("no estimate"));
}

TEST(ChartsTest, anIntervalWithoutLengthLeavesNoEmptyPath) {
  const std::string svg =
      intervalChart({"t", "s", "x", "y"}, {{"a", 3, -1, 7, "3"}, {"b", 0, 0, 0, "0"}}, "-");
  for (std::size_t at = svg.find("<line"); at != std::string::npos; at = svg.find("<line", at + 1)) {
    const auto value = [&](const std::string& name) {
      const std::size_t from = svg.find(" " + name + "=\"", at) + name.size() + 3;
      return svg.substr(from, svg.find('"', from) - from);
    };
    EXPECT_FALSE(value("x1") == value("x2") && value("y1") == value("y2"));
  }
}

TEST(ChartsTest, emptyInputStillDrawsAFrame) {
  EXPECT_THAT(intervalChart({"t", "s", "x", "y"}, {}, "none"), ::testing::EndsWith("</svg>"));
  EXPECT_THAT(barChart({"t", "s", "x", "y"}, {}), ::testing::EndsWith("</svg>"));
  EXPECT_THAT(calibrationChart({"t", "s", "x", "y"}, {}, "right"), ::testing::EndsWith("</svg>"));
}

}  // namespace
}  // namespace lodestone::campaign
