// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lodestone::pipeline {
namespace {

using testing::ElementsAre;
using testing::Pair;

ChartDocument documentOf(const std::string& source) {
  auto document = ChartDocument::parse(source, "a.mmd");
  EXPECT_TRUE(document.has_value()) << source;
  return std::move(*document);
}

TEST(ChartDocument, ChangesOnlyTheLabel) {
  ChartDocument document = documentOf("graph TD\n  A[old] --> B(b)   %%{init: {}}%%\n\tA:::x\n");
  ASSERT_TRUE(document.setLabel("A", "新 \"标签\""));
  EXPECT_EQ(document.text(), "graph TD\n  A[\"新 #quot;标签#quot;\"] --> B(b)   %%{init: {}}%%\n\tA:::x\n");
  EXPECT_EQ(document.chart().findNode("A")->plain, "新 \"标签\"");
}

TEST(ChartDocument, GivesALabelToANodeWithoutOne) {
  ChartDocument document = documentOf("graph TD\r\nA-->B:::x\r\nstyle Z fill:red\r\n");
  ASSERT_TRUE(document.setLabel("B", "two\nlines"));
  EXPECT_EQ(document.text(), "graph TD\r\nA-->B[\"two<br/>lines\"]:::x\r\nstyle Z fill:red\r\n");
  ASSERT_TRUE(document.setLabel("Z", "end"));
  EXPECT_EQ(document.text(),
            "graph TD\r\nA-->B[\"two<br/>lines\"]:::x\r\nstyle Z fill:red\r\nZ[\"end\"]\r\n");
}

TEST(ChartDocument, ChangesALabelInNodeData) {
  ChartDocument document =
      documentOf("flowchart TD\nA@{ shape: doc, label: \"old\" } --> B@{ shape: cyl }\n");
  ASSERT_TRUE(document.setLabel("A", "new"));
  ASSERT_TRUE(document.setLabel("B", "store"));
  EXPECT_EQ(document.text(),
            "flowchart TD\nA@{ shape: doc, label: \"new\" } --> B@{ label: \"store\",  shape: cyl }\n");
}

TEST(ChartDocument, LabelsThatLookLikeTheLanguageStayLabels) {
  for (const char* label :
       {"direction LR", "end", "a --> b", "%%{x}%%", "x; y | z", "`code`", "]})", "&lt;", "50%"}) {
    ChartDocument document = documentOf("graph TD\nA[old] --> B\n");
    ASSERT_TRUE(document.setLabel("A", label)) << label;
    EXPECT_EQ(document.chart().edges.size(), 1U) << label;
    EXPECT_EQ(document.chart().direction, "TB");
    if (std::string_view(label) != "&lt;") {
      EXPECT_EQ(document.chart().findNode("A")->plain, label);
    }
  }
}

TEST(ChartDocument, AnUnknownNodeIsNotFound) {
  ChartDocument document = documentOf("graph TD\nA\n");
  const auto result = document.setLabel("Q", "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::NotFound);
  EXPECT_EQ(document.text(), "graph TD\nA\n");
}

TEST(ChartDocument, ReadsTheBinding) {
  const ChartDocument document = documentOf(
      "---\ntitle: x\nlodestone:\n  seed: 7\n  cycles: 2\n  nodes:\n    A: {stage: collect, table: telco}\n"
      "    C: {stage: features, target: Churn, positive: \"Yes\", exclude: [customerID, \"a,b\"], rate: "
      "0.10}\n---\n"
      "graph TD\nA-->C\n");
  const auto binding = document.binding();
  ASSERT_TRUE(binding) << binding.error().message(Language::English);
  EXPECT_EQ(binding->seed, 7);
  EXPECT_EQ(binding->cycles, 2);
  ASSERT_EQ(binding->nodes.size(), 2U);
  EXPECT_EQ(binding->find("A")->stage, "collect");
  EXPECT_EQ(binding->find("A")->line, 7);
  EXPECT_THAT(binding->find("C")->parameters,
              ElementsAre(Pair("target", "Churn"), Pair("positive", "Yes"),
                          Pair("exclude", "customerID,\"a,b\""), Pair("rate", "0.10")));
  EXPECT_EQ(binding->find("B"), nullptr);
}

TEST(ChartDocument, ReadsTheBindingOfVeryManyNodes) {
  constexpr int kNodes = 40000;
  std::string section;
  std::string graph = "graph TD\n";
  for (int i = 0; i < kNodes; ++i) {
    const std::string id = "n" + std::to_string(i);
    section += "    " + id + ": {stage: collect, table: shop}\n";
    graph += id + "\n";
  }
  const ChartDocument document = documentOf("---\nlodestone:\n  nodes:\n" + section + "---\n" + graph);
  const auto binding = document.binding();
  ASSERT_TRUE(binding) << binding.error().message(Language::English);
  ASSERT_EQ(binding->nodes.size(), kNodes);
  EXPECT_EQ(binding->find("n39999")->line, 3 + kNodes);
}

TEST(ChartDocument, AMalformedSectionSaysItsLine) {
  const auto lineOf = [](const std::string& section) {
    const ChartDocument document =
        documentOf("---\ntitle: x\nlodestone:\n" + section + "---\ngraph TD\nA-->B\n");
    const auto binding = document.binding();
    EXPECT_FALSE(binding) << section;
    if (binding) return std::int64_t{0};
    EXPECT_EQ(binding.error().code, ErrorCode::InvalidArgument);
    return binding.error().where.line.value_or(0);
  };
  EXPECT_EQ(lineOf("  seed: many\n"), 4);
  EXPECT_EQ(lineOf("  seed: 1\n  node: {}\n"), 5);
  EXPECT_EQ(lineOf("  nodes:\n    A: collect\n"), 5);
  EXPECT_EQ(lineOf("  seed: 1\n  cycles: 0\n"), 5);
  EXPECT_EQ(lineOf("  cycles: 100000000\n"), 4);
  EXPECT_EQ(lineOf("  nodes:\n    A: {stage: collect,\n      table: {x: y}}\n"), 6);
  EXPECT_EQ(lineOf("  nodes:\n    A: {stage: collect}\n    Q: {stage: collect}\n"), 6);
}

TEST(ChartDocument, WritesItsSectionAndNothingElse) {
  const std::string before = "---\r\n# note\r\ntitle:   'x'\r\n";
  const std::string after = "# about config\r\nconfig: {look: handDrawn}\r\n---\r\ngraph TD\r\nA-->B\r\n";
  ChartDocument document = documentOf(before + "lodestone:\r\n    seed: 1 # old\r\n\r\n" + after);
  EXPECT_EQ(document.lodestoneSection(), "seed: 1 # old\n");
  ASSERT_TRUE(document.setLodestoneSection("seed: 2\nnodes:\n  A: {stage: collect}\n"));
  EXPECT_EQ(document.text(),
            before + "lodestone:\r\n  seed: 2\r\n  nodes:\r\n    A: {stage: collect}\r\n\r\n" + after);
  EXPECT_EQ(document.binding()->find("A")->stage, "collect");
  ASSERT_TRUE(document.setLodestoneSection(""));
  EXPECT_EQ(document.text(), before + "\r\n" + after);
}

TEST(ChartDocument, MakesFrontMatterWhereThereIsNone) {
  ChartDocument document = documentOf("graph TD\r\nA-->B\r\n");
  ASSERT_TRUE(document.setLodestoneSection("seed: 3"));
  EXPECT_EQ(document.text(), "---\r\nlodestone:\r\n  seed: 3\r\n---\r\ngraph TD\r\nA-->B\r\n");
  EXPECT_EQ(document.binding()->seed, 3);
  ASSERT_TRUE(document.setLodestoneSection(""));
  EXPECT_EQ(document.text(), "graph TD\r\nA-->B\r\n");
}

TEST(ChartDocument, RefusesASectionThatIsNotYaml) {
  ChartDocument document = documentOf("graph TD\nA-->B\n");
  const auto result = document.setLodestoneSection("nodes: [");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(document.text(), "graph TD\nA-->B\n");
}

}  // namespace
}  // namespace lodestone::pipeline
