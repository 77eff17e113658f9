// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lodestone::pipeline {
namespace {

using testing::ElementsAre;
using testing::Pair;

Graph graphOf(std::string_view text) {
  auto chart = readChart(text);
  EXPECT_TRUE(chart.has_value());
  return makeGraph(*chart);
}

TEST(Graph, CutsTheEdgeThatClosesACycle) {
  const Graph graph = graphOf("graph TB\nA-->B\nB-->C\nC-->D\nD-->B\n");
  EXPECT_THAT(graph.order(), ElementsAre(0U, 1U, 2U, 3U));
  EXPECT_THAT(graph.feedback, ElementsAre(Pair(3U, 1U)));
  EXPECT_THAT(graph.loop(), ElementsAre(false, true, true, true));
}

TEST(Graph, OrdersByNeedAndThenByMention) {
  const Graph graph = graphOf("graph TB\nD-->A\nB-->A\nA-->C\n");
  ASSERT_THAT(graph.ids, ElementsAre("D", "A", "B", "C"));
  EXPECT_THAT(graph.order(), ElementsAre(0U, 2U, 1U, 3U));
  EXPECT_TRUE(graph.feedback.empty());
}

TEST(Graph, SelfEdgeIsFeedback) {
  const Graph graph = graphOf("graph TB\nA-->A\nA-->B\n");
  EXPECT_THAT(graph.feedback, ElementsAre(Pair(0U, 0U)));
  EXPECT_THAT(graph.order(), ElementsAre(0U, 1U));
}

TEST(Graph, DeepChainsAreSafe) {
  std::string text = "graph TB\n";
  for (int i = 0; i < 5000; ++i) text += "n" + std::to_string(i) + "-->n" + std::to_string(i + 1) + "\n";
  text += "n5000-->n0\n";
  const Graph graph = graphOf(text);
  EXPECT_EQ(graph.order().size(), 5001U);
  EXPECT_THAT(graph.feedback, ElementsAre(Pair(5000U, 0U)));
}

}  // namespace
}  // namespace lodestone::pipeline
