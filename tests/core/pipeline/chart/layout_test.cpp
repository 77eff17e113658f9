// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/pipeline/chart/label_metrics.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

Chart chartOf(const std::string& source) {
  auto chart = readChart(source);
  EXPECT_TRUE(chart.has_value()) << source;
  return chart ? std::move(*chart) : Chart{};
}

Result<Layout> layoutOf(const Chart& chart) {
  JobContext job;
  return layoutChart(chart, job);
}

const LayoutBox& boxOf(const Layout& layout, const std::string& id) {
  const auto found =
      std::find_if(layout.nodes.begin(), layout.nodes.end(), [&](const NodeLayout& n) { return n.id == id; });
  EXPECT_NE(found, layout.nodes.end()) << id;
  return found->box;
}

void expectWithin(const Layout& layout) {
  for (const NodeLayout& node : layout.nodes) {
    EXPECT_GE(node.box.x, 0) << node.id;
    EXPECT_GE(node.box.y, 0) << node.id;
    EXPECT_LE(node.box.x + node.box.width, layout.width) << node.id;
    EXPECT_LE(node.box.y + node.box.height, layout.height) << node.id;
  }
}

TEST(Layout, TheStrategySeedRunsDownAndBack) {
  const auto file = test::sharedFile("seeds/s3-strategy-generation.mmd");
  LODESTONE_NEEDS(file);
  std::ifstream in(file);
  std::stringstream source;
  source << in.rdbuf();
  const Chart chart = chartOf(source.str());
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout) << layout.error().message(Language::English);
  ASSERT_EQ(layout->nodes.size(), 8U);
  ASSERT_EQ(layout->edges.size(), 8U);
  expectWithin(*layout);
  for (std::size_t i = 0; i + 1 < 8; ++i) EXPECT_LT(layout->nodes[i].box.y, layout->nodes[i + 1].box.y);
  // The last edge goes back up, from H to E.
  const auto& back = layout->edges[7].spline;
  ASSERT_GE(back.size(), 4U);
  EXPECT_EQ(back.size() % 3, 1U);
  EXPECT_GT(back.front().y, back.back().y);
  EXPECT_NEAR(back.front().y, boxOf(*layout, "H").y, 40);
  const std::string svg = renderSvg(chart, *layout);
  EXPECT_NE(svg.find("营销策略生成"), std::string::npos);
  EXPECT_EQ(svg.rfind("<?xml", 0), 0U);
}

TEST(Layout, OppositeEdgesAreTwoCurvesAndALoopIsDrawn) {
  const Chart chart = chartOf("graph TD\nA --> B\nB --> A\nB --> B\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout);
  const auto middle = [&](std::size_t edge) {
    return layout->edges[edge].spline[layout->edges[edge].spline.size() / 2];
  };
  EXPECT_GT(std::abs(middle(0).x - middle(1).x), 3);
  EXPECT_GE(layout->edges[2].spline.size(), 4U);
}

TEST(Layout, ALongerLinkKeepsMoreDistance) {
  const Chart chart = chartOf("graph TD\nA --> B\nA ----> C\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout);
  EXPECT_GT(boxOf(*layout, "C").y, boxOf(*layout, "B").y + 50);
}

TEST(Layout, SubgraphsFrameTheirNodes) {
  const Chart chart = chartOf(
      "graph LR\nsubgraph S [外]\n  A --> B\n  subgraph T\n    C\n  end\nend\nsubgraph Empty\nend\nS --> "
      "D\nC --> Empty\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout) << layout.error().message(Language::English);
  ASSERT_EQ(layout->subgraphs.size(), 3U);
  const auto frame = [&](const std::string& id) {
    return std::find_if(layout->subgraphs.begin(), layout->subgraphs.end(),
                        [&](const SubgraphLayout& s) { return s.id == id; })
        ->box;
  };
  const LayoutBox outer = frame("S");
  for (const char* id : {"A", "B", "C"}) {
    const LayoutBox& box = boxOf(*layout, id);
    EXPECT_GE(box.x, outer.x);
    EXPECT_LE(box.x + box.width, outer.x + outer.width);
  }
  EXPECT_GT(outer.width, frame("T").width);
  EXPECT_GT(boxOf(*layout, "D").x, outer.x + outer.width);
}

TEST(Layout, LabelsNeverReachGraphviz) {
  const Chart chart = chartOf(
      "graph LR\nA[\"\\N #quot;]; evil [label=x\"] -->|\"</table>> #quot;\"| "
      "B[\"<script>alert(1)</script>\"]\nstyle A fill:red\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout) << layout.error().message(Language::English);
  EXPECT_EQ(layout->nodes.size(), 2U);
  const std::string svg = renderSvg(chart, *layout);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("fill=\"red\""), std::string::npos);
}

TEST(Layout, StylesCannotBreakOutOfTheirAttribute) {
  const Chart chart = chartOf("graph LR\nA\nstyle A fill:red\"x,stroke:#0f0\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout);
  const std::string svg = renderSvg(chart, *layout);
  EXPECT_EQ(svg.find("red\"x"), std::string::npos);
  EXPECT_NE(svg.find("#0f0"), std::string::npos);
}

TEST(Layout, AnEmptyChartHasASize) {
  const Chart chart = chartOf("graph TD\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout) << layout.error().message(Language::English);
  EXPECT_TRUE(layout->nodes.empty());
  EXPECT_GT(layout->width, 0);
}

TEST(Layout, WideCharactersCountAsOneEm) {
  EXPECT_DOUBLE_EQ(textWidth("数据"), 2 * kFontSize);
  EXPECT_LT(textWidth("ab"), 2 * kFontSize);
  EXPECT_EQ(labelLines("一\n二").size(), 2U);
  EXPECT_GT(labelLines("很长的标签很长的标签很长的标签很长的标签很长的标签很长的标签").size(), 1U);
}

TEST(Layout, MissingGraphvizIsSaid) {
  const Chart chart = chartOf("graph TD\nA-->B\n");
  JobContext job;
  const auto layout = layoutChart(chart, job, {.dot = "/nonexistent/dot"});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, ErrorCode::Unsupported);
  EXPECT_NE(layout.error().message(Language::English).find("graphviz"), std::string::npos);
}

std::string program(const test::TemporaryFolder& folder, const std::string& script) {
  const auto file = folder.write("dot", "#!/bin/sh\n" + script);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file.string();
}

TEST(Layout, TheTimeLimitEndsTheProgram) {
  const test::TemporaryFolder folder;
  const Chart chart = chartOf("graph TD\nA-->B\n");
  JobContext job;
  const auto begin = std::chrono::steady_clock::now();
  const auto layout =
      layoutChart(chart, job, {.dot = program(folder, "sleep 60\n"), .time_limit_seconds = 0.3});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, ErrorCode::Unsupported);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Layout, AStoppedJobEndsTheProgram) {
  const test::TemporaryFolder folder;
  const Chart chart = chartOf("graph TD\nA-->B\n");
  std::stop_source stop;
  JobContext job(stop.get_token());
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto layout = layoutChart(chart, job, {.dot = program(folder, "sleep 60\n")});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, ErrorCode::Cancelled);
}

TEST(Layout, AProgramThatFailsOrBabblesIsAnError) {
  const Chart chart = chartOf("graph TD\nA-->B\n");
  JobContext job;
  for (const char* script : {"exit 3\n", "echo nonsense\n", "echo '{}'\n", "cat >/dev/null; echo '[1]'\n"}) {
    const test::TemporaryFolder folder;
    const auto layout = layoutChart(chart, job, {.dot = program(folder, script)});
    ASSERT_FALSE(layout) << script;
    EXPECT_EQ(layout.error().code, ErrorCode::Internal) << script;
  }
}

}  // namespace
}  // namespace lodestone::pipeline
