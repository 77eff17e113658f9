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

std::string program(const test::TemporaryFolder& folder, const std::string& script) {
  const auto file = folder.write("dot", "#!/bin/sh\n" + script);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file.string();
}

TEST(Layout, WithoutAnAnswerOfDotThereIsADrawingStill) {
  const Chart chart = chartOf("graph TD\nA-->B\nB-->A\nB-->B\n");
  JobContext job;
  for (const char* script :
       {"exit 3\n", "echo nonsense\n", "echo '{}'\n", "cat >/dev/null; echo '[1]'\n", "sleep 60\n"}) {
    const test::TemporaryFolder folder;
    const auto layout = layoutChart(chart, job, {.dot = program(folder, script), .time_limit_seconds = 0.3});
    ASSERT_TRUE(layout) << script;
    EXPECT_EQ(layout->by, "layered") << script;
    EXPECT_EQ(layout->nodes.size(), 2U) << script;
  }
  const auto missing = layoutChart(chart, job, {.dot = "/nonexistent/dot"});
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->by, "layered");
  EXPECT_EQ(layoutOf(chart)->by, "dot");
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
  const auto layout =
      layoutChart(chart, job, {.dot = program(folder, "sleep 60\n"), .time_limit_seconds = 50});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, ErrorCode::Cancelled);
}

const LayoutBox& frameOf(const Layout& layout, const std::string& id) {
  const auto found = std::find_if(layout.subgraphs.begin(), layout.subgraphs.end(),
                                  [&](const SubgraphLayout& frame) { return frame.id == id; });
  EXPECT_NE(found, layout.subgraphs.end()) << id;
  return found->box;
}

bool overlap(const LayoutBox& a, const LayoutBox& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

void expectInside(const LayoutBox& outer, const LayoutBox& inner, const std::string& what) {
  EXPECT_GE(inner.x, outer.x) << what;
  EXPECT_GE(inner.y, outer.y) << what;
  EXPECT_LE(inner.x + inner.width, outer.x + outer.width) << what;
  EXPECT_LE(inner.y + inner.height, outer.y + outer.height) << what;
}

// Nodes do not cover each other, are within their frames and not within others; curves begin and end at their
// nodes.
void expectSound(const Chart& chart, const Layout& layout) {
  expectWithin(layout);
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    for (std::size_t k = i + 1; k < layout.nodes.size(); ++k)
      EXPECT_FALSE(overlap(layout.nodes[i].box, layout.nodes[k].box))
          << layout.nodes[i].id << " " << layout.nodes[k].id;
    if (const auto& parent = chart.findNode(layout.nodes[i].id)->parent)
      expectInside(frameOf(layout, *parent), layout.nodes[i].box, layout.nodes[i].id);
  }
  const auto box = [&](const std::string& id) -> const LayoutBox& {
    const bool frame = std::any_of(layout.subgraphs.begin(), layout.subgraphs.end(),
                                   [&](const SubgraphLayout& group) { return group.id == id; });
    return frame ? frameOf(layout, id) : boxOf(layout, id);
  };
  const auto near = [](const LayoutBox& of, const LayoutPoint& point) {
    return point.x >= of.x - 2 && point.x <= of.x + of.width + 2 && point.y >= of.y - 2 &&
           point.y <= of.y + of.height + 2;
  };
  for (const EdgeLayout& edge : layout.edges) {
    ASSERT_GE(edge.spline.size(), 4U) << edge.edge;
    EXPECT_EQ(edge.spline.size() % 3, 1U) << edge.edge;
    EXPECT_TRUE(near(box(chart.edges[edge.edge].start), edge.spline.front())) << edge.edge;
    EXPECT_TRUE(near(box(chart.edges[edge.edge].end), edge.spline.back())) << edge.edge;
  }
}

Result<Layout> layeredOf(const Chart& chart) {
  JobContext job;
  return layoutChart(chart, job, {.dot = "/nonexistent/dot"});
}

TEST(LayeredLayout, PlacesRanksFramesAndLoops) {
  for (const char* direction : {"TB", "LR", "BT", "RL"}) {
    const Chart chart =
        chartOf(std::string("flowchart ") + direction +
                "\nA -->|label| B & C\nB --> D\nC ----> D\nD --> A\nD --> D\nsubgraph one [One]\nsubgraph "
                "two\nE --> F\nend\nG\nend\nA --> E\nF --> G\ntwo --> D\nH\n");
    const auto layout = layeredOf(chart);
    ASSERT_TRUE(layout) << layout.error().message(Language::English);
    expectSound(chart, *layout);
    expectInside(frameOf(*layout, "one"), frameOf(*layout, "two"), direction);
    const std::string_view d = direction;
    const auto along = [&](const std::string& id) {
      const LayoutBox& box = boxOf(*layout, id);
      const double at = d == "TB" || d == "BT" ? box.y + box.height / 2 : box.x + box.width / 2;
      return d == "TB" || d == "LR" ? at : -at;
    };
    EXPECT_LT(along("A"), along("B")) << direction;
    EXPECT_LT(along("B"), along("D")) << direction;
  }
}

TEST(LayeredLayout, OppositeEdgesAreTwoCurves) {
  const Chart chart = chartOf("graph TD\nA-->B\nB-->A\n");
  const auto layout = layeredOf(chart);
  ASSERT_TRUE(layout);
  const LayoutPoint& one = layout->edges[0].spline[layout->edges[0].spline.size() / 2];
  const LayoutPoint& other = layout->edges[1].spline[layout->edges[1].spline.size() / 2];
  EXPECT_GT(std::abs(one.x - other.x), 5);
}

TEST(LayeredLayout, LargeDeepAndOddChartsAreDrawn) {
  std::string large = "graph TD\n";
  for (int i = 1; i < 5000; ++i)
    large += "n" + std::to_string(i / 2) + " --> n" + std::to_string(i) + "\nn" + std::to_string(i) +
             " --> n" + std::to_string(i * 7 % 5000) + "\n";
  const auto many = layeredOf(chartOf(large));
  ASSERT_TRUE(many);
  EXPECT_EQ(many->nodes.size(), 5000U);
  std::string deep = "graph TD\n";
  for (int i = 0; i < 3000; ++i) deep += "subgraph s" + std::to_string(i) + "\nn" + std::to_string(i) + "\n";
  for (int i = 0; i < 3000; ++i) deep += "end\n";
  const auto nested = layeredOf(chartOf(deep + "n0 --> n2999\ns0 --> n5\n"));
  ASSERT_TRUE(nested);
  EXPECT_EQ(nested->subgraphs.size(), 3000U);
  EXPECT_TRUE(layeredOf(chartOf("graph TD\n")));
}

TEST(Layout, FeedbackEdgesAreThoseThatCloseACycle) {
  const Chart chart = chartOf("graph TD\nA-->B\nB-->C\nC-->A\nA-->C\nC-->C\n");
  const auto layout = layoutOf(chart);
  ASSERT_TRUE(layout);
  const bool wanted[] = {false, false, true, false, true};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(layout->edges[i].feedback, wanted[i]) << i;
}

TEST(Layout, ACollapsedSubgraphIsOneNode) {
  const Chart chart = chartOf(
      "graph TD\nsubgraph one [The first]\nA-->B\nsubgraph two\nC\nend\nend\nB-->C\nC-->D\nD-->A\none-->E\n");
  JobContext job;
  for (const char* dot : {"dot", "/nonexistent/dot"}) {
    const auto layout = layoutChart(chart, job, {.dot = dot, .collapsed = {"one"}});
    ASSERT_TRUE(layout);
    ASSERT_EQ(layout->nodes.size(), 2U);
    ASSERT_EQ(layout->subgraphs.size(), 1U);
    EXPECT_TRUE(layout->subgraphs[0].collapsed);
    ASSERT_EQ(layout->edges.size(), 5U);
    EXPECT_TRUE(layout->edges[0].spline.empty());
    EXPECT_TRUE(layout->edges[1].spline.empty());
    const LayoutBox& box = frameOf(*layout, "one");
    const LayoutPoint& tip = layout->edges[3].spline.back();
    EXPECT_NEAR(std::clamp(tip.x, box.x, box.x + box.width), tip.x, 2);
    EXPECT_NEAR(std::clamp(tip.y, box.y, box.y + box.height), tip.y, 2);
  }
}

TEST(Layout, CollapsingChangesNotWhichEdgeLeadsBack) {
  const Chart chart = chartOf("graph TD\nsubgraph one\nA-->B\nend\nB-->C\nC-->D\nD-->A\n");
  JobContext job;
  for (const char* dot : {"dot", "/nonexistent/dot"})
    for (const std::set<std::string>& collapsed : {std::set<std::string>{}, {"one"}}) {
      const auto layout = layoutChart(chart, job, {.dot = dot, .collapsed = collapsed});
      ASSERT_TRUE(layout);
      EXPECT_FALSE(layout->edges[1].feedback);
      EXPECT_TRUE(layout->edges[3].feedback);
      if (!collapsed.empty()) {
        EXPECT_LT(frameOf(*layout, "one").y, boxOf(*layout, "C").y);
      }
    }
}

TEST(Layout, TheFirstOfACycleComesFirstEvenAsACollapsedSubgraphBesideAnOpenOne) {
  const Chart chart =
      chartOf("flowchart LR\nsubgraph one\nA-->B\nend\nsubgraph two\nC-->D\nend\nB-->C\nD-->|again|A\n");
  JobContext job;
  const auto layout = layoutChart(chart, job, {.collapsed = {"one"}});
  ASSERT_TRUE(layout);
  EXPECT_TRUE(layout->edges[3].feedback);
  EXPECT_LT(frameOf(*layout, "one").x, frameOf(*layout, "two").x);
  // From D, where its line begins, back to the box.
  const std::vector<LayoutPoint>& line = layout->edges[3].spline;
  ASSERT_FALSE(line.empty());
  EXPECT_GT(line.front().x, line.back().x);
}

TEST(Layout, ASubgraphHasItsOwnDirectionUnlessAnEdgeComesIn) {
  JobContext job;
  for (const char* dot : {"dot", "/nonexistent/dot"}) {
    const std::string own =
        "graph TD\nX --> one\nsubgraph one [Title]\ndirection LR\nA-->|go|B-->C\nend\none --> Y\n";
    const Chart chart = chartOf(own);
    const auto layout = layoutChart(chart, job, {.dot = dot});
    ASSERT_TRUE(layout);
    expectSound(chart, *layout);
    EXPECT_NEAR(boxOf(*layout, "A").y, boxOf(*layout, "C").y, 1);
    EXPECT_LT(boxOf(*layout, "A").x, boxOf(*layout, "B").x);
    EXPECT_LT(boxOf(*layout, "X").y, boxOf(*layout, "A").y);
    const auto crossed = layoutChart(chartOf(own + "X --> B\n"), job, {.dot = dot});
    ASSERT_TRUE(crossed);
    EXPECT_LT(boxOf(*crossed, "A").y + 10, boxOf(*crossed, "C").y);
  }
}

TEST(Layout, NodesStayWhereTheyWerePut) {
  const Chart chart = chartOf("graph TD\nsubgraph one\nA\nend\nA-->|x|B\nB-->C\n");
  JobContext job;
  const auto before = layoutChart(chart, job);
  const auto layout =
      layoutChart(chart, job, {.collapsed = {}, .positions = {{"A", -200, 300}, {"gone", 1, 1}}});
  ASSERT_TRUE(before);
  ASSERT_TRUE(layout);
  EXPECT_EQ(boxOf(*layout, "A").x, -200);
  EXPECT_EQ(boxOf(*layout, "A").y, 300);
  EXPECT_EQ(boxOf(*layout, "C").x, boxOf(*before, "C").x);
  EXPECT_EQ(layout->edges[1].spline.front().x, before->edges[1].spline.front().x);
  expectInside(frameOf(*layout, "one"), boxOf(*layout, "A"), "A");
  EXPECT_LE(layout->left, -200);
  EXPECT_GE(layout->left + layout->width, boxOf(*layout, "C").x + boxOf(*layout, "C").width);
  const LayoutPoint& start = layout->edges[0].spline.front();
  EXPECT_LE(start.x, -200 + boxOf(*layout, "A").width + 1);
}

TEST(Svg, LightsAPathMarksNodesAndEscapesEverything) {
  const Chart chart = chartOf(
      "graph TD\nA[\"a < b & c #quot;q#quot; ]]>\"] --> B\nB --> C\nC --> B\nclick A "
      "\"https://x.y/?a=1&b=2\" \"tip <b> & 'c'\"\n"
      "click B \"javascript:alert(1)\"\nsubgraph S [\"S & T\"]\nD --> E\nend\n");
  JobContext job;
  const auto layout = layoutChart(chart, job, {.collapsed = {"S"}});
  ASSERT_TRUE(layout);
  const std::string svg = renderSvg(chart, *layout,
                                    {.dark = true,
                                     .lit = {"A", "B"},
                                     .marks = {{"A", NodeMark::Done}, {"C", NodeMark::Failed}},
                                     .links = true});
  const auto has = [&](const char* text) { return svg.find(text) != std::string::npos; };
  EXPECT_TRUE(has("a &lt; b &amp; c &quot;q&quot; ]]&gt;")) << svg;
  EXPECT_TRUE(has("href=\"https://x.y/?a=1&amp;b=2\""));
  EXPECT_TRUE(has("tip &lt;b&gt; &amp; "));
  EXPECT_FALSE(has("javascript"));
  EXPECT_TRUE(has("S &amp; T"));
  EXPECT_TRUE(has("opacity=\"0.3\""));
  EXPECT_TRUE(has("#d64545"));
  EXPECT_FALSE(has("fill=\"#ffffff\""));
  // Every element that is opened is closed.
  const auto count = [&](const std::string& text) {
    int found = 0;
    for (std::size_t at = svg.find(text); at != std::string::npos; at = svg.find(text, at + 1)) ++found;
    return found;
  };
  for (const std::string name : {"g", "a", "text", "title"})
    EXPECT_EQ(count("<" + name + ">") + count("<" + name + " "), count("</" + name + ">")) << name;
  const std::string plain = renderSvg(chart, *layout);
  EXPECT_EQ(plain.find("<a "), std::string::npos);
  EXPECT_NE(plain.find("#9a6700"), std::string::npos);
}

TEST(LayoutCache, MakesALayoutOnce) {
  const test::TemporaryFolder folder;
  const auto log = folder.path() / "runs";
  const std::string dot = program(folder, "echo run >>" + log.string() + "\nexec dot \"$@\"\n");
  const auto runs = [&] {
    std::ifstream in(log);
    return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
  };
  LayoutCache cache(2);
  JobContext job;
  const Chart one = chartOf("graph TD\nA-->B\n");
  const Chart two = chartOf("graph TD\nA-->B2\n");
  const auto first = cache.layout(one, job, {.dot = dot});
  ASSERT_TRUE(first);
  ASSERT_TRUE(cache.layout(two, job, {.dot = dot}));
  EXPECT_EQ(runs(), 2);
  const auto again = cache.layout(one, job, {.dot = dot});
  EXPECT_EQ(runs(), 2);
  EXPECT_EQ(again->width, first->width);
  ASSERT_TRUE(cache.layout(one, job, {.dot = dot, .extra_text_height = 20}));
  EXPECT_EQ(runs(), 3);
  EXPECT_EQ(cache.size(), 2U);
  ASSERT_TRUE(cache.layout(two, job, {.dot = dot}));
  EXPECT_EQ(runs(), 4);
}

}  // namespace
}  // namespace lodestone::pipeline
