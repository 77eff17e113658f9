// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/segments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/campaign/scored_tables.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

Frame someRows(std::int64_t rows, const std::vector<double>& amounts_from = {}) {
  Random random(3);
  std::vector<double> scores, amounts;
  for (std::int64_t i = 0; i < rows; ++i) {
    scores.push_back(random.uniform());
    amounts.push_back(amounts_from.empty() ? 10 + 90 * random.uniform()
                                           : amounts_from[static_cast<std::size_t>(i) % amounts_from.size()]);
  }
  Frame frame;
  frame.rows = rows;
  frame.columns = {test::numbers(kScoreColumn, scores), test::numbers("spend", amounts)};
  return frame;
}

/// How many segments each row is in.
std::vector<int> memberships(const Frame& frame, const std::vector<Segment>& segments) {
  std::vector<int> count(static_cast<std::size_t>(frame.rows));
  for (const Segment& segment : segments) {
    const std::vector<std::int64_t> rows = matchingRows(frame, segment.rule).value();
    for (const std::int64_t row : rows) ++count[static_cast<std::size_t>(row)];
  }
  return count;
}

TEST(SegmentsTest, sixDisjointSegmentsByScoreAndValueCoverEveryone) {
  const Frame frame = someRows(1000);
  const auto segments = makeSegments(frame, "spend");
  EXPECT_EQ(segments.size(), 6U);
  EXPECT_EQ(memberships(frame, segments), std::vector<int>(1000, 1));
  for (const Segment& segment : segments)
    EXPECT_NEAR(static_cast<double>(matchingRows(frame, segment.rule)->size()), 167, 60);
}

TEST(SegmentsTest, rulesApplyExactlyAsPrinted) {
  const Frame frame = someRows(1000);
  for (const Segment& segment : makeSegments(frame, "spend"))
    EXPECT_EQ(parseRule(ruleText(segment.rule)).value(), segment.rule);
}

TEST(SegmentsTest, missingAmountsCountAsLow) {
  const Frame frame = someRows(1000, {NAN, 10, 20, 30, 40, 50});
  const auto segments = makeSegments(frame, "spend");
  EXPECT_EQ(memberships(frame, segments), std::vector<int>(1000, 1));
  EXPECT_NE(ruleText(segments[1].rule).find("or missing"), std::string::npos);
}

TEST(SegmentsTest, withoutAnAmountFourBands) {
  const Frame frame = someRows(1000);
  const auto segments = makeSegments(frame, "");
  ASSERT_EQ(segments.size(), 4U);
  EXPECT_NEAR(static_cast<double>(matchingRows(frame, segments[0].rule)->size()), 100, 10);
  EXPECT_EQ(memberships(frame, segments), std::vector<int>(1000, 1));
}

TEST(SegmentsTest, smallTablesAndConstantAmountsGetFewer) {
  EXPECT_EQ(makeSegments(someRows(100), "spend").size(), 3U);
  EXPECT_EQ(makeSegments(someRows(1000, {5}), "spend").size(), 4U);
}

TEST(SegmentsTest, oneScoreForAllIsOneSegment) {
  Frame frame;
  frame.rows = 300;
  frame.columns = {test::numbers(kScoreColumn, std::vector<double>(300, 0.25))};
  const auto segments = makeSegments(frame, "");
  ASSERT_EQ(segments.size(), 1U);
  EXPECT_EQ(memberships(frame, segments), std::vector<int>(300, 1));
}

}  // namespace
}  // namespace lodestone::campaign
