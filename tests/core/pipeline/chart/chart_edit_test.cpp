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

TEST(ChartEdit, SetsLabelsOfEdges) {
  const std::pair<std::string, std::string> cases[] = {
      {"graph TD\n  A-->B\n", "graph TD\n  A-->|\"new\"|B\n"},
      {"graph TD\n  A -- old --> B\n", "graph TD\n  A -- \"new\" --> B\n"},
      {"graph TD\n  A -.->|old| B\n", "graph TD\n  A -.->|\"new\"| B\n"},
      {"graph TD\n  A e1@==> B & C\n", "graph TD\n  A e1@==>|\"new\"| B\n  A ==> C\n"}};
  for (const auto& [before, after] : cases) {
    ChartDocument document = documentOf(before);
    ASSERT_TRUE(setEdgeLabel(document, 0, "new")) << before;
    EXPECT_EQ(document.text(), after);
  }
  const std::pair<std::string, std::string> without[] = {
      {"graph TD\n  A -- old --> B\n", "graph TD\n  A --> B\n"},
      {"graph TD\n  A <-. old .-> B\n", "graph TD\n  A <-.-> B\n"},
      {"graph TD\n  A == old === B\n", "graph TD\n  A === B\n"},
      {"graph TD\n  A-->|old|B\n", "graph TD\n  A-->B\n"}};
  for (const auto& [before, after] : without) {
    ChartDocument document = documentOf(before);
    ASSERT_TRUE(setEdgeLabel(document, 0, "")) << before;
    EXPECT_EQ(document.text(), after);
  }
}

TEST(ChartEdit, SetsShapes) {
  const std::pair<std::string, std::string> cases[] = {
      {"graph TD\n  A[one]:::x --> B\n", "graph TD\n  A[(one)]:::x --> B\n"},
      {"graph TD\n  A --> B\n", "graph TD\n  A[(\"A\")] --> B\n"},
      {"graph TD\n  A@{ shape: doc, label: \"x\" }\n", "graph TD\n  A@{ shape: cyl, label: \"x\" }\n"},
      {"graph TD\n  A@{ label: \"x\" }\n", "graph TD\n  A@{ shape: cyl, label: \"x\" }\n"}};
  for (const auto& [before, after] : cases) {
    ChartDocument document = documentOf(before);
    ASSERT_TRUE(setShape(document, "A", "cyl")) << before;
    EXPECT_EQ(document.text(), after);
  }
  ChartDocument document = documentOf("graph TD\n  A{one} --> B\n");
  ASSERT_TRUE(setShape(document, "A", "doc"));
  EXPECT_EQ(document.text(), "graph TD\n  A{one}@{ shape: doc } --> B\n");
}

TEST(ChartEdit, SetsDirections) {
  ChartDocument document = documentOf("graph\n  subgraph one\n    A-->B\n  end\n");
  ASSERT_TRUE(setDirection(document, "LR"));
  ASSERT_TRUE(setDirection(document, "BT", "one"));
  ASSERT_TRUE(setDirection(document, "RL", "one"));
  EXPECT_EQ(document.text(), "graph LR\n  subgraph one\n    direction RL\n    A-->B\n  end\n");
  EXPECT_EQ(setDirection(document, "up").error().code, ErrorCode::InvalidArgument);
}

TEST(ChartEdit, GivesSubgraphsTitles) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases = {
      {"one", "subgraph one [Before]", "subgraph one [\"new, 新\"]"},
      {"one", "subgraph one[\"Be]fore\"]", "subgraph one[\"new, 新\"]"},
      {"one", "subgraph one", "subgraph one[\"new, 新\"]"},
      {"subGraph0", "subgraph some words", "subgraph subGraph0[\"new, 新\"]"}};
  for (const auto& [id, before, after] : cases) {
    const std::string rest = "\n    A --> B\n  end\n  " + id + " --> C\n";
    ChartDocument document = documentOf("graph TD\n  " + before + rest);
    ASSERT_TRUE(setSubgraphTitle(document, id, "new, 新")) << before;
    EXPECT_EQ(document.text(), "graph TD\n  " + after + rest);
    EXPECT_EQ(document.chart().subgraphs.front().plain, "new, 新");
  }
  ChartDocument document = documentOf("graph TD\n  subgraph one\n    A\n  end\n");
  EXPECT_EQ(setSubgraphTitle(document, "A", "x").error().code, ErrorCode::NotFound);
}

TEST(ChartEdit, RenamesEverywhere) {
  ChartDocument document = documentOf(
      "---\nlodestone:\n  nodes:\n    A: {stage: collect} # mine\n    B: {stage: note}\n  positions:\n    A: "
      "[1, "
      "2]\n---\ngraph TD\n  A[one] --> B\n  subgraph in\n    A\n  end\n  class A,B hot\n  style A fill:red\n "
      " "
      "click A \"u\"\n");
  ASSERT_TRUE(renameId(document, "A", "数据"));
  ASSERT_TRUE(renameId(document, "in", "frame"));
  EXPECT_EQ(
      document.text(),
      "---\nlodestone:\n  nodes:\n    数据: {stage: collect} # mine\n    B: {stage: note}\n  positions:\n    "
      "数据: [1, 2]\n---\ngraph TD\n  数据[one] --> B\n  subgraph frame[in]\n    数据\n  end\n  class 数据,B "
      "hot\n  style 数据 fill:red\n  click 数据 \"u\"\n");
  EXPECT_EQ(renameId(document, "B", "数据").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(renameId(document, "B", "a b").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(renameId(document, "Q", "c").error().code, ErrorCode::NotFound);
}

TEST(ChartEdit, CopiesAndPastesWithBindings) {
  ChartDocument document = documentOf(
      "---\nlodestone:\n  nodes:\n    A: {stage: collect, table: x}\n---\ngraph TD\n  classDef hot "
      "fill:red\n  "
      "A([one]):::hot -->|yes| B\n  B --> C\n");
  const std::string copy = copyNodes(document, {"A", "B"});
  EXPECT_EQ(copy,
            "---\nlodestone:\n  nodes:\n    A:\n      stage: collect\n      table: x\n---\nflowchart TB\n  "
            "A([one])\n  B\n  A -->|yes| B\n  class A hot\n  classDef hot fill:red\n");
  const auto pasted = pasteNodes(document, copy);
  ASSERT_TRUE(pasted) << pasted.error().message(Language::English);
  EXPECT_THAT(*pasted, testing::ElementsAre("D", "E"));
  EXPECT_TRUE(document.text().ends_with("  B --> C\n  D([one])\n  E\n  D -->|yes| E\n  class D hot\n"))
      << document.text();
  EXPECT_EQ(document.binding()->find("D")->stage, "collect");
  EXPECT_EQ(pasteNodes(document, "no chart").error().code, ErrorCode::InvalidArgument);
}

TEST(ChartEdit, FramesGoAroundWhatStandsTogether) {
  ChartDocument document = documentOf("graph TD\n  A --> B\n  subgraph in\n    C --> D\n  end\n");
  EXPECT_EQ(group(document, {"A", "C"}, "x").error().code, ErrorCode::InvalidArgument);
  const auto frame = group(document, {"C"}, "inner");
  ASSERT_TRUE(frame);
  EXPECT_EQ(document.text(),
            "graph TD\n  A --> B\n  subgraph in\n    C --> D\n    subgraph E[\"inner\"]\n      C\n    end\n  "
            "end\n");
  ASSERT_TRUE(ungroup(document, "in"));
  EXPECT_EQ(document.text(),
            "graph TD\n  A --> B\n    C --> D\n    subgraph E[\"inner\"]\n      C\n    end\n");
}

TEST(ChartEdit, PositionsAreLinesOfTheSection) {
  ChartDocument document = documentOf("graph TD\r\nA --> B\r\n");
  ASSERT_TRUE(document.setPositions({{"A", 120, 40.26}, {"B", -3, 0}}));
  EXPECT_EQ(
      document.text(),
      "---\r\nlodestone:\r\n  positions:\r\n    A: [120, 40.3]\r\n    B: [-3, 0]\r\n---\r\ngraph TD\r\nA --> "
      "B\r\n");
  const auto binding = document.binding();
  ASSERT_TRUE(binding);
  ASSERT_EQ(binding->positions.size(), 2U);
  EXPECT_EQ(binding->positions[1].x, -3);
  ASSERT_TRUE(removeNodes(document, {"A"}));
  EXPECT_EQ(document.text(),
            "---\r\nlodestone:\r\n  positions:\r\n    B: [-3, 0]\r\n---\r\ngraph TD\r\nB\r\n");
  ASSERT_TRUE(document.setPositions({}));
  EXPECT_EQ(document.text(), "graph TD\r\nB\r\n");
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
