// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {
namespace {

using testing::ElementsAre;

Chart chartOf(const std::string& source) {
  auto chart = readChart(source);
  EXPECT_TRUE(chart.has_value()) << source << "\n" << (chart ? "" : chart.error().message(Language::English));
  return chart ? std::move(*chart) : Chart{};
}

ChartError errorOf(const std::string& source) {
  auto chart = readChart(source);
  EXPECT_FALSE(chart.has_value()) << source;
  return chart ? ChartError{} : chart.error();
}

TEST(Mermaid, ShapesHaveTheirNames) {
  const Chart chart = chartOf(
      "flowchart "
      "LR\na[x]\nb(x)\nc((x))\nd{x}\ne{{x}}\nf([x])\ng[[x]]\nh[(x)]\ni>x]\nj[/x/]\nk[\\x\\]\nl[/x\\]\nm[\\x/"
      "]\nn(((x)))\no(-x-)\n"
      "p@{ shape: doc, label: \"x\" }\n");
  std::vector<std::string> shapes;
  for (const ChartNode& node : chart.nodes) {
    shapes.push_back(node.shape);
    EXPECT_EQ(node.plain, "x") << node.id;
  }
  EXPECT_THAT(shapes,
              ElementsAre("rect", "rounded", "circle", "diam", "hex", "stadium", "fr-rect", "cyl", "odd",
                          "lean-r", "lean-l", "trap-b", "trap-t", "dbl-circ", "ellipse", "doc"));
}

TEST(Mermaid, LargeSourcesAreRead) {
  constexpr int kNodes = 50000;
  std::string wide = "flowchart TD\n";
  for (int i = 1; i < kNodes; ++i)
    wide += "n" + std::to_string(i / 2) + " --> n" + std::to_string(i) + "[Step " + std::to_string(i) + "]\n";
  const Chart tree = chartOf(wide);
  EXPECT_EQ(tree.nodes.size(), kNodes);
  EXPECT_EQ(tree.edges.size(), kNodes - 1);

  constexpr int kDeep = 10000;
  std::string deep = "flowchart TD\n";
  for (int i = 0; i < kDeep; ++i) deep += "subgraph s" + std::to_string(i) + "\n";
  deep += "a --> b\n";
  for (int i = 0; i < kDeep; ++i) deep += "end\n";
  EXPECT_EQ(chartOf(deep).subgraphs.size(), kDeep);

  const std::string label(1U << 20U, 'x');
  EXPECT_EQ(chartOf("flowchart TD\na[" + label + "]\n").nodes.at(0).plain, label);
}

TEST(Mermaid, AShortTextCannotAskForMillionsOfLinks) {
  const auto group = [](char letter) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += (i == 0 ? "" : " & ") + (letter + std::to_string(i));
    return text;
  };
  const ChartError error = errorOf("flowchart TD\nx --> y\n" + group('a') + " --> " + group('b') + "\n");
  EXPECT_EQ(error.line, 3U);
  EXPECT_EQ(error.got, "-->");
  EXPECT_THAT(error.message(Language::English), testing::HasSubstr("150,000 links"));
}

TEST(Mermaid, EdgesHaveHeadsStrokesAndLengths) {
  const Chart chart = chartOf(
      "flowchart LR\nA --> B\nA --- B\nA -.-> B\nA ==> B\nA ~~~ B\nA --o B\nA x--x B\nA <--> B\nA ----> B\nA "
      "-..-> B\n");
  ASSERT_EQ(chart.edges.size(), 10U);
  EXPECT_EQ(chart.edges[0].arrow_end, ArrowHead::Point);
  EXPECT_EQ(chart.edges[1].arrow_end, ArrowHead::None);
  EXPECT_EQ(chart.edges[2].stroke, Stroke::Dotted);
  EXPECT_EQ(chart.edges[3].stroke, Stroke::Thick);
  EXPECT_EQ(chart.edges[4].stroke, Stroke::Invisible);
  EXPECT_EQ(chart.edges[5].arrow_end, ArrowHead::Circle);
  EXPECT_EQ(chart.edges[6].arrow_start, ArrowHead::Cross);
  EXPECT_EQ(chart.edges[7].arrow_start, ArrowHead::Point);
  EXPECT_EQ(chart.edges[8].length, 3);
  EXPECT_EQ(chart.edges[9].length, 2);
  EXPECT_EQ(chart.edges[0].id, "L_A_B_0");
  EXPECT_EQ(chart.edges[1].id, "L_A_B_2");
}

TEST(Mermaid, ChainsAndGroupsExpandInOrder) {
  const Chart chart = chartOf("graph TD\nA & B -->|yes| C & D -- no --> E\n");
  std::vector<std::string> edges;
  for (const ChartEdge& edge : chart.edges) edges.push_back(edge.start + edge.end + edge.text);
  EXPECT_THAT(edges, ElementsAre("ACyes", "ADyes", "BCyes", "BDyes", "CEno", "DEno"));
}

TEST(Mermaid, SubgraphsOwnTheirNodes) {
  const Chart chart = chartOf(
      "graph TB\nsubgraph one [第一]\ndirection LR\nA-->B\nsubgraph two\nC\nend\nend\nA-->C\nB-->D\n");
  ASSERT_EQ(chart.subgraphs.size(), 2U);
  EXPECT_EQ(chart.subgraphs[0].id, "two");
  EXPECT_EQ(chart.subgraphs[0].parent, "one");
  EXPECT_EQ(chart.subgraphs[1].plain, "第一");
  EXPECT_EQ(chart.subgraphs[1].direction, "LR");
  EXPECT_EQ(chart.findNode("C")->parent, "two");
  EXPECT_EQ(chart.findNode("D")->parent, std::nullopt);
}

TEST(Mermaid, StylesClassesAndClicks) {
  const Chart chart = chartOf(
      "graph LR\nA:::hot --> B\nclassDef hot fill:#f96,stroke:#333\nclass B hot\nstyle A "
      "color:red\nlinkStyle 0 stroke:blue\n"
      "linkStyle default stroke:grey\nclick A href \"https://example.com\" \"go\" _blank\nclick B call "
      "run(1)\n");
  EXPECT_THAT(chart.findNode("A")->classes, ElementsAre("hot", "clickable"));
  EXPECT_THAT(chart.findNode("A")->styles, ElementsAre("color:red"));
  EXPECT_THAT(chart.edges[0].style, ElementsAre("stroke:blue", "fill:none"));
  EXPECT_EQ(chart.findNode("A")->click->target_or_function, "https://example.com");
  EXPECT_EQ(chart.findNode("A")->click->detail, "_blank");
  EXPECT_EQ(chart.findNode("A")->tooltip, "go");
  EXPECT_TRUE(chart.findNode("B")->click->callback);
  EXPECT_EQ(chart.findNode("B")->click->detail, "1");
}

TEST(Mermaid, LabelsArePlainForReaders) {
  const Chart chart =
      chartOf("graph LR\nA[\"one<br/>two #amp; #9829;\"]\nB[\"`**bold** text`\"]\nC[fa:fa-user 用户]\n");
  EXPECT_EQ(chart.findNode("A")->plain, "one\ntwo & ♥");
  EXPECT_EQ(chart.findNode("A")->text, "one<br/>two #amp; #9829;");
  EXPECT_EQ(chart.findNode("B")->plain, "bold text");
  EXPECT_EQ(chart.findNode("C")->plain, "用户");
}

TEST(Mermaid, CommentsDirectivesAndFrontMatterAreNotPartOfTheGraph) {
  const Chart chart = chartOf(
      "---\ntitle: 标题\n---\n%%{init: {'theme': 'dark'}}%%\n%% note\nflowchart TD\n  %% another\n  A --> "
      "B\n");
  EXPECT_EQ(chart.title, "标题");
  EXPECT_EQ(chart.config["theme"], "dark");
  EXPECT_EQ(chart.nodes.size(), 2U);
}

TEST(Mermaid, ErrorsPointIntoTheOriginalText) {
  ChartError error = errorOf("graph TD\nA --> B\nA -- oops\n  C[x\n");
  EXPECT_GE(error.line, 3);
  error = errorOf("---\r\ntitle: x\r\n---\r\n%% 注释\r\ngraph TD\r\n  用户[x] --> ]\r\n");
  EXPECT_EQ(error.line, 6);
  EXPECT_EQ(error.column, 13);
  EXPECT_EQ(error.got, "]");
  EXPECT_FALSE(error.expected.empty());
  error = errorOf("graph TD\nsubgraph one\nA\n");
  EXPECT_EQ(error.line, 2);
  EXPECT_THAT(error.expected, ElementsAre("end"));
  error = errorOf("pie\n\"a\": 1\n");
  EXPECT_EQ(error.line, 1);
  EXPECT_EQ(error.column, 1);
  error = errorOf("graph TD\nA-->B\nlinkStyle 3 stroke:red\n");
  EXPECT_EQ(error.line, 3);
  EXPECT_EQ(error.column, 11);
  error = errorOf("graph TD\nsubgraph\nA\nend\n");
  EXPECT_EQ(error.line, 2);
  error = errorOf("");
  EXPECT_EQ(error.line, 1);
  error = errorOf("---\ntitle: [x\n---\ngraph TD\n");
  EXPECT_GE(error.line, 2);
}

TEST(Mermaid, AnErrorOfTheProgramHasItsPlace) {
  const auto chart = parseChart("graph TD\nA --> ]\n", "folder/a.mmd");
  ASSERT_FALSE(chart);
  EXPECT_EQ(chart.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(chart.error().where.file, "folder/a.mmd");
  EXPECT_EQ(chart.error().where.line, 2);
  EXPECT_EQ(chart.error().where.column, "7");
}

// Each would take minutes if any stretch of text were read again from each of its characters.
TEST(Mermaid, HostileRepetitionStaysLinear) {
  const auto repeat = [](const std::string& piece, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += piece;
    return text;
  };
  const int n = 50000;
  for (const std::string& body : {repeat(" ", n),
                                  repeat("\n ", n),
                                  repeat("A&", n),
                                  repeat("<a", n),
                                  repeat("#a", n),
                                  repeat("%%{", n),
                                  repeat("-", n),
                                  repeat("x@", n),
                                  repeat("A[", n),
                                  repeat("accTitle ", n),
                                  repeat("direction ", n),
                                  repeat("---\n", n),
                                  repeat("subgraph a\n", n),
                                  repeat("style:#", n),
                                  repeat("A-->A\n", n),
                                  repeat("}\n", n),
                                  repeat("A@{x: ", n),
                                  repeat("\"", n),
                                  repeat("~", n),
                                  repeat(".", n),
                                  std::string(n, '\xE4'),
                                  repeat("A.-", n)}) {
    (void)readChart("graph TD\n" + body);
    (void)readChart(body);
  }
  const auto nested = readChart("graph TD\n" + repeat("subgraph a b\n", 20000) + repeat("end\n", 20000));
  ASSERT_TRUE(nested.has_value());
  EXPECT_EQ(nested->subgraphs.size(), 20000U);
}

}  // namespace
}  // namespace lodestone::pipeline
