// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
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

// Each statement with a word too few, too many or another one, so that all that can be expected is expected.
TEST(Mermaid, WhatIsExpectedIsSaidInChineseToo) {
  const std::vector<std::string> statements = {"A[x] -->|y| B",
                                               "A -- y --> B",
                                               "A e1@--> B & C",
                                               "A@{ shape: rect }",
                                               "A:::c",
                                               "A[|k:v|x]",
                                               "A((x))",
                                               "A{{x}}",
                                               "A(((x)))",
                                               "A([x])",
                                               "A[[x]]",
                                               "A[(x)]",
                                               "A(-x-)",
                                               "A[/x/]",
                                               "A[\\x\\]",
                                               "A[\"`x`\"]",
                                               "classDef c fill:#f9f,stroke:red",
                                               "class A,B c",
                                               "style A fill:#f9f",
                                               "linkStyle 0 fill:#f9f",
                                               "linkStyle default interpolate basis fill:#f9f",
                                               "click A href \"x\" \"y\" _self",
                                               "click A call f(1)",
                                               "subgraph s [x]\nA\nend",
                                               "accTitle: x",
                                               "accDescr: x",
                                               "direction LR"};
  const std::vector<std::string> words = {"",   " ", "\n", "x", "1",   "\"x", "\"x\"", "-->",
                                          "--", "]", ")",  "}", "[",   "(",   "{",     "|",
                                          ",",  ":", ";",  "&", ":::", "end", "style", "@"};
  std::vector<std::string> sources = {"", " ", "graph", "graph x\nA\n", "graph TD A\n", "graph TD\nend\n"};
  for (const std::string& statement : statements)
    for (std::size_t at = 0; at <= statement.size(); ++at)
      for (const std::string& word : words)
        for (const std::size_t length : {0, 1}) {
          std::string text = statement;
          text.replace(at, at < text.size() ? length : 0, word);
          sources.push_back("graph TD\nA --> B\n" + text);
          sources.push_back("graph TD\nA --> B\n" + text + "\nC\n");
        }
  // What a chart is written with is the same in both languages.
  const std::set<std::string> written = {"subgraph",  "end",     "style", "classDef",    "class", "click",
                                         "linkStyle", "TB",      "LR",    "BT",          "RL",    "href",
                                         "call",      "default", "fill",  "interpolate", "f"};
  std::set<std::string> expected;
  for (const std::string& source : sources) {
    const auto chart = readChart(source);
    if (chart) continue;
    const std::string message = chart.error().message(Language::Chinese);
    const std::size_t list = message.find("；应为 ");
    if (list == std::string::npos) continue;
    expected.insert(chart.error().expected.begin(), chart.error().expected.end());
    std::string word;
    for (const char c : message.substr(list)) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        word += c;
        continue;
      }
      EXPECT_TRUE(word.empty() || written.count(word) == 1) << message << "\n" << source;
      word.clear();
    }
  }
  EXPECT_THAT(expected, testing::IsSupersetOf({"a node", "id", "space", "text", "\"text\"", "new line",
                                               "a name", "\"address\"", "the number of an edge",
                                               "the name of a curve", "the name of a property",
                                               "the value of a property", "a style such as fill:#f9f"}));
  EXPECT_EQ(errorOf("graph TD\nA --").message(Language::Chinese),
            "第 2 行第 5 列：此处不应出现 \"文本结尾\"；应为 文本 / \"文本\"。");
  EXPECT_EQ(errorOf("").message(Language::Chinese),
            "这不是流程图：必须以“flowchart”或“graph”开头，而不是 \"文本结尾\"。");
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
