// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lodestone::pipeline {
namespace {

ChartDocument documentOf(const std::string& source) {
  auto document = ChartDocument::parse(source, "a.mmd");
  EXPECT_TRUE(document.has_value()) << source;
  return std::move(*document);
}

TEST(ChartEdit, AddsANodeAfterTheLastStatement) {
  ChartDocument document = documentOf("graph TD\n    A[one] --> B\n    %% a note\n    style A fill:red\n");
  const auto id = addNode(document, {.label = "new \"one\"", .shape = "stadium"});
  ASSERT_TRUE(id) << id.error().message(Language::English);
  EXPECT_EQ(*id, "C");
  EXPECT_EQ(
      document.text(),
      "graph TD\n    A[one] --> B\n    C([\"new #quot;one#quot;\"])\n    %% a note\n    style A fill:red\n");
  EXPECT_EQ(document.chart().findNode("C")->plain, "new \"one\"");
  EXPECT_EQ(document.chart().findNode("C")->shape, "stadium");
}

TEST(ChartEdit, AddsANodeToASubgraphAndToAnEmptyChart) {
  ChartDocument document =
      documentOf("flowchart LR\r\n  subgraph one [Title]\r\n      A\r\n  end\r\n  A --> B");
  ASSERT_TRUE(addNode(document, {.label = "x", .shape = "doc", .subgraph = "one"}));
  EXPECT_EQ(document.text(),
            "flowchart LR\r\n  subgraph one [Title]\r\n      A\r\n      C[\"x\"]@{ shape: doc }\r\n  end\r\n"
            "  A --> B");
  ASSERT_TRUE(addNode(document, {.label = "y"}));
  EXPECT_TRUE(document.text().ends_with("  A --> B\r\n  D[\"y\"]"));
  ChartDocument empty = documentOf("graph TD");
  ASSERT_TRUE(addNode(empty, {.label = "first"}));
  EXPECT_EQ(empty.text(), "graph TD\n  A[\"first\"]");
}

TEST(ChartEdit, EveryShapeCanBeAdded) {
  ChartDocument document = documentOf("graph TD\n");
  for (const char* shape : {"rect", "rounded", "stadium", "fr-rect", "cyl", "circle", "dbl-circ", "diam",
                            "hex", "lean-r", "lean-l", "trap-b", "trap-t", "ellipse", "odd", "doc", "tri"}) {
    const auto id = addNode(document, {.label = "数据 (a) [b] {c}", .shape = shape});
    ASSERT_TRUE(id) << shape << "\n" << document.text();
    EXPECT_EQ(document.chart().findNode(*id)->shape, shape);
    EXPECT_EQ(document.chart().findNode(*id)->plain, "数据 (a) [b] {c}");
  }
  const auto unknown = addNode(document, {.label = "x", .shape = "blob"});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::InvalidArgument);
}

TEST(ChartEdit, ConnectsNodesAndSubgraphs) {
  ChartDocument document = documentOf("graph TD\n  subgraph one\n    A\n  end\n  B\n");
  ASSERT_TRUE(connect(document, "A", "B"));
  ASSERT_TRUE(connect(document, "B", "A", "yes | no"));
  ASSERT_TRUE(connect(document, "B", "one"));
  EXPECT_EQ(document.text(),
            "graph TD\n  subgraph one\n    A\n  end\n  B\n  A --> B\n  B -->|\"yes | no\"| A\n  B --> one\n");
  EXPECT_EQ(document.chart().edges[1].plain, "yes | no");
  EXPECT_EQ(document.chart().findNode("A")->parent, "one");
  const auto missing = connect(document, "A", "Q");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

struct Removing {
  std::string before;
  std::vector<std::size_t> edges;
  std::string after;
};

TEST(ChartEdit, RemovesEdgesAndKeepsWhatIsLeft) {
  const Removing cases[] = {
      {"graph TD\n  A[one] --> B\n  B --> C\n", {0}, "graph TD\n  A[one]\n  B --> C\n"},
      {"graph TD\n  A --> B --> C\n", {0}, "graph TD\n  A\n  B --> C\n"},
      {"graph TD\n  A --> B -->|x| C\n", {1}, "graph TD\n  A --> B\n  C\n"},
      {"graph TD\n  A & B --> C & D\n", {0}, "graph TD\n  A --> D\n  B --> C & D\n"},
      {"graph TD\n  A & B --> C & D\n", {0, 2}, "graph TD\n  A & B --> D\n  C\n"},
      {"graph TD\n  A & B --> C & D --> E\n", {3}, "graph TD\n  A --> C & D\n  B --> C\n  C & D --> E\n"},
      {"graph TD\n  A\n  B\n  A --> B %% no comment\n", {}, ""},
      {"graph TD\n  A\n  B\n  A --> B;\n  %% stays\n", {0}, "graph TD\n  A\n  B\n  %% stays\n"},
      {"graph TD;A-->B;B-->C;C-->A", {1}, "graph TD;A-->B;C-->A"},
      {"graph TD\n  A e1@--> B\n  e1@{ animate: true }\n  A --> C\n  class e1 x\n",
       {0},
       "graph TD\n  B\n  A --> C\n"},
      {"graph TD\n  A --> B\n  B --> C\n  C --> A\n  linkStyle 0,2 stroke:red\n  linkStyle 1 stroke:blue\n",
       {0},
       "graph TD\n  B --> C\n  C --> A\n  linkStyle 1 stroke:red\n  linkStyle 0 stroke:blue\n"},
      {"graph TD\n  A[x y]:::k -->\n  %% why\n  B\n", {0}, "graph TD\n  %% why\n  A[x y]:::k\n  B\n"},
  };
  for (const Removing& c : cases) {
    auto parsed = ChartDocument::parse(c.before, "a.mmd");
    if (c.after.empty()) {
      EXPECT_FALSE(parsed) << c.before;
      continue;
    }
    ASSERT_TRUE(parsed) << c.before;
    const auto done = removeEdges(*parsed, c.edges);
    EXPECT_TRUE(done) << c.before;
    EXPECT_EQ(parsed->text(), c.after);
  }
}

struct RemovingNodes {
  std::string before;
  std::vector<std::string> ids;
  std::string after;
};

TEST(ChartEdit, RemovesNodesWithAllThatIsSaidOfThem) {
  const RemovingNodes cases[] = {
      {"graph TD\n  A & B --> C & D\n", {"B"}, "graph TD\n  A --> C & D\n"},
      {"graph TD\n  A & B --> C & D\n", {"A", "D"}, "graph TD\n  B --> C\n"},
      {"graph TD\n  A-->B-->C\n", {"B"}, "graph TD\n  A\n  C\n"},
      {"graph TD\n  A-->B[\"x; y\"]-->C\n  A-->C\n", {"B"}, "graph TD\n  A-->C\n"},
      {"graph TD\r\n  A-->B\r\n  style B fill:#f9f\r\n  class A,B hot\r\n  click B \"u\"\r\n",
       {"B"},
       "graph TD\r\n  A\r\n  class A hot\r\n"},
      {"---\nlodestone:\n  nodes:\n    A: {stage: collect}\n    B: {stage: note}\n---\ngraph TD\nA-->B\n",
       {"B"},
       "---\nlodestone:\n  nodes:\n    A: {stage: collect}\n---\ngraph TD\nA\n"},
      {"graph TD\n  subgraph one\n    A-->B\n    subgraph two\n      direction LR\n      C\n    end\n  end\n "
       " C-->D\n",
       {"two"},
       "graph TD\n  subgraph one\n    A-->B\n  end\n  D\n"},
      {"graph TD\n  A@{ shape: doc, label: \"x\" } --> B@{ shape: cyl }\n",
       {"A"},
       "graph TD\n  B@{ shape: cyl }\n"},
      {"graph TD\n  A[\"`**bold**\n  two`\"] --> B\n", {"A"}, "graph TD\n  B\n"},
  };
  for (const RemovingNodes& c : cases) {
    ChartDocument document = documentOf(c.before);
    const auto done = removeNodes(document, c.ids);
    EXPECT_TRUE(done) << c.before;
    EXPECT_EQ(document.text(), c.after);
  }
}

TEST(ChartEdit, WhatDoesNotExistIsNotFoundAndNothingChanges) {
  ChartDocument document = documentOf("graph TD\nA-->B\n");
  EXPECT_EQ(removeEdges(document, {0, 7}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(removeNodes(document, {"A", "Q"}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(addNode(document, {.label = "x", .subgraph = "none"}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(document.text(), "graph TD\nA-->B\n");
}

}  // namespace
}  // namespace lodestone::pipeline
