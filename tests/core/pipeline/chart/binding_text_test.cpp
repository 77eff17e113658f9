// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/binding_text.h"

#include <gtest/gtest.h>

namespace lodestone::pipeline {
namespace {

ChartDocument documentOf(const std::string& source) {
  auto document = ChartDocument::parse(source, "a.mmd");
  EXPECT_TRUE(document.has_value()) << source;
  return std::move(*document);
}

constexpr const char* kChart =
    "---\n"
    "title: mine   # stays\n"
    "lodestone:\n"
    "    # of the first\n"
    "    nodes:\n"
    "        A:   # takes the rows\n"
    "            stage: collect\n"
    "            roles: >-\n"
    "                user=id,\n"
    "                amount=value\n"
    "            # about the table\n"
    "            table: shop\n"
    "        C: {stage: features, exclude: [a, b]}\n"
    "\n"
    "config: {}\n"
    "---\n"
    "graph TD\nA --> B\nB --> C\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(BindingText, WritesOnlyTheLineOfTheParameterThatChanges) {
  ChartDocument document = documentOf(kChart);
  const auto before = document.binding();
  ASSERT_TRUE(before.has_value());
  NodeBinding node = *before->find("A");
  for (auto& [name, value] : node.parameters)
    if (name == "table") value = "my: shop";
  ASSERT_TRUE(document.setBinding(node));
  EXPECT_EQ(document.text(), replaced(kChart, "table: shop", "table: \"my: shop\""));
  std::erase_if(node.parameters, [](const auto& pair) { return pair.first == "roles"; });
  ASSERT_TRUE(document.setBinding(node));
  EXPECT_EQ(document.text(),
            replaced(replaced(kChart, "table: shop", "table: \"my: shop\""),
                     "            roles: >-\n                user=id,\n                amount=value\n", ""));
}

TEST(BindingText, ANodeInBracesStaysInBracesAndAListAList) {
  ChartDocument document = documentOf(kChart);
  ASSERT_TRUE(document.setBinding({"C", "features", {{"exclude", "a,b,\"c,d\""}, {"positive", "yes"}}}));
  EXPECT_EQ(document.text(), replaced(kChart, "C: {stage: features, exclude: [a, b]}",
                                      "C: {stage: features, exclude: [a, b, \"c,d\"], positive: yes}"));
}

TEST(BindingText, AddsANodeWithTheIndentThatIsThere) {
  ChartDocument document = documentOf(kChart);
  ASSERT_TRUE(document.setBinding({"B", "", {{"fill", "median"}}}));
  EXPECT_EQ(document.text(),
            replaced(kChart, "exclude: [a, b]}\n", "exclude: [a, b]}\n        B:\n          fill: median\n"));
  ASSERT_TRUE(document.setBinding({"B", "", {}}));
  EXPECT_EQ(document.text(), kChart);
}

TEST(BindingText, MakesTheFrontMatterAndTakesItAwayAgain) {
  const std::string bare = "graph TD\r\nA --> B\r\n";
  ChartDocument document = documentOf(bare);
  ASSERT_TRUE(document.setBinding({"A", "collect", {{"query", "SELECT 1\nFROM t"}}}));
  EXPECT_EQ(
      document.text(),
      "---\r\nlodestone:\r\n  nodes:\r\n    A:\r\n      stage: collect\r\n      query: |-\r\n        SELECT "
      "1\r\n        FROM t\r\n---\r\n" +
          bare);
  EXPECT_EQ(*document.binding()->find("A")->parameter("query"), "SELECT 1\nFROM t");
  ASSERT_TRUE(document.setBinding({"A", "", {}}));
  EXPECT_EQ(document.text(), bare);
}

TEST(BindingText, RewritesASectionInBracesWhole) {
  ChartDocument document =
      documentOf("---\nlodestone: {seed: 7, nodes: {A: {stage: collect}}}\n---\ngraph TD\nA-->B\n");
  ASSERT_TRUE(document.setBinding({"B", "preprocess", {{"fill", "mean"}}}));
  const auto binding = document.binding();
  ASSERT_TRUE(binding.has_value());
  EXPECT_EQ(binding->seed, 7);
  EXPECT_EQ(binding->find("A")->stage, "collect");
  EXPECT_EQ(*binding->find("B")->parameter("fill"), "mean");
}

TEST(BindingText, TextsOfEveryKindComeBack) {
  for (const std::string value : {"1",
                                  "-4",
                                  "0.5",
                                  "null",
                                  "~",
                                  "- x",
                                  "a: b",
                                  "#",
                                  "yes",
                                  "'",
                                  "a\"b\\c",
                                  "双 列",
                                  "a\tb",
                                  "[x",
                                  "x,y",
                                  " lead",
                                  "SELECT\n---\nx",
                                  "first\n\n  third",
                                  "@",
                                  "%",
                                  "end\n"}) {
    ChartDocument document = documentOf(kChart);
    ASSERT_TRUE(document.setBinding({"A", "collect", {{"table", value}}})) << value;
    const auto binding = document.binding();
    ASSERT_TRUE(binding.has_value()) << value << document.text();
    EXPECT_EQ(*binding->find("A")->parameter("table"), value);
  }
}

TEST(BindingText, SetsHowOftenALoopRuns) {
  ChartDocument document =
      documentOf("---\nlodestone:\n  nodes:\n    A: {stage: collect}\n---\ngraph TD\nA-->A\n");
  ASSERT_TRUE(document.setCycles(3));
  EXPECT_EQ(document.text(),
            "---\nlodestone:\n  cycles: 3\n  nodes:\n    A: {stage: collect}\n---\ngraph TD\nA-->A\n");
  ASSERT_TRUE(document.setCycles(std::nullopt));
  EXPECT_EQ(document.binding()->cycles, std::nullopt);
  ChartDocument bare = documentOf("graph TD\nA-->A\n");
  ASSERT_TRUE(bare.setCycles(4));
  EXPECT_EQ(bare.binding()->cycles, 4);
}

TEST(BindingText, SetsWhenALoopStops) {
  ChartDocument document =
      documentOf("---\nlodestone:\n  # of the loop\n  cycles: 3\n---\ngraph TD\nA-->A\n");
  const StopRule rule{"roc_auc", 0.01};
  ASSERT_TRUE(document.setUntil(rule));
  EXPECT_EQ(document.text(),
            "---\nlodestone:\n  until: {metric: roc_auc, better: 0.01}\n  # of the loop\n  cycles: 3\n---\n"
            "graph TD\nA-->A\n");
  EXPECT_EQ(document.binding()->until, rule);
  ASSERT_TRUE(document.setUntil(StopRule{"cost", 5}));
  EXPECT_EQ(document.binding()->until->metric, "cost");
  EXPECT_EQ(document.binding()->cycles, 3);
  ASSERT_TRUE(document.setUntil(std::nullopt));
  EXPECT_EQ(document.text(), "---\nlodestone:\n  # of the loop\n  cycles: 3\n---\ngraph TD\nA-->A\n");
  ChartDocument braces = documentOf("---\nlodestone: {cycles: 2}\n---\ngraph TD\nA-->A\n");
  ASSERT_TRUE(braces.setUntil(rule));
  EXPECT_EQ(braces.binding()->until, rule);
  EXPECT_EQ(braces.binding()->cycles, 2);
}

TEST(BindingText, WhatSaysThatItIsAppliedByItselfGoesOnSayingSo) {
  for (const std::string node :
       {"A: {stage: collect, apply: auto}", "A:\n      stage: collect\n      apply: auto",
        "\"A\": {apply: auto, stage: collect, table: old}"}) {
    ChartDocument document =
        documentOf("---\nlodestone:\n  nodes:\n    " + node + "\n---\ngraph TD\nA-->B\n");
    ASSERT_TRUE(document.setBinding({"A", "collect", {{"table", "shop"}}}));
    EXPECT_NE(document.text().find("apply: auto"), std::string::npos) << document.text();
    EXPECT_EQ(*document.binding()->find("A")->parameter("table"), "shop");
    ASSERT_TRUE(document.setBinding({.node = "A", .stage = "collect", .manual = true}));
    EXPECT_EQ(document.text().find("auto"), std::string::npos) << document.text();
    ASSERT_TRUE(document.setBinding({"A"}));
    EXPECT_EQ(document.binding()->find("A"), nullptr) << document.text();
  }
  ChartDocument braces =
      documentOf("---\nlodestone: {nodes: {A: {stage: collect, apply: auto}}}\n---\ngraph TD\nA-->B\n");
  ASSERT_TRUE(braces.setCycles(3));
  EXPECT_TRUE(braces.binding()->find("A")->automatic) << braces.text();
}

TEST(BindingText, ANodeThatIsNotThereIsNotFound) {
  ChartDocument document = documentOf(kChart);
  const auto result = document.setBinding({"Q", "collect", {}});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::NotFound);
  EXPECT_EQ(document.text(), kChart);
}

}  // namespace
}  // namespace lodestone::pipeline
