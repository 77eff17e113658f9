// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/outlook.h"

#include <gtest/gtest.h>

#include "core/data/import.h"
#include "core/pipeline/chart_status.h"
#include "core/pipeline/runner.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

const KnownTable kShop{"shop", {"id", "age", "churn"}, {}};

ChartOutlook outlookOf(const std::string& chart, const std::vector<KnownTable>& tables) {
  const auto document = ChartDocument::parse(chart, "a.mmd");
  EXPECT_TRUE(document.has_value());
  auto outlook = lookAhead(*document, tables);
  EXPECT_TRUE(outlook.has_value()) << outlook.error().message(Language::English);
  return std::move(*outlook);
}

std::string s3() {
  return *chartTemplate("s3", Language::English);
}

TEST(Outlook, SaysWhatIsMissingBeforeARun) {
  ChartOutlook outlook = outlookOf(s3(), {});
  ASSERT_TRUE(outlook.find("A")->problem.has_value());
  EXPECT_EQ(outlook.find("A")->problem->code, ErrorCode::NotFound);
  EXPECT_TRUE(outlook.find("A")->by_label);
  outlook = outlookOf(s3(), {kShop});
  EXPECT_FALSE(outlook.find("A")->problem.has_value());
  ASSERT_TRUE(outlook.find("C")->problem.has_value());
  EXPECT_NE(outlook.find("C")->problem->message(Language::English).find("target"), std::string::npos);
  EXPECT_EQ(outlook.find("C")->source->name, "shop");
  const std::string set = "---\nlodestone:\n  nodes:\n    C: {target: churn}\n---\n" + s3();
  EXPECT_FALSE(outlookOf(set, {kShop}).find("C")->problem.has_value());
  KnownTable with_role = kShop;
  with_role.roles["target"] = "churn";
  EXPECT_FALSE(outlookOf(s3(), {with_role}).find("C")->problem.has_value());
}

TEST(Outlook, ANodeWithoutAStageIsNoProblemOfItsNeighboursOnly) {
  const ChartOutlook outlook = outlookOf("graph TD\nA[Something] --> D[Model training]\n", {kShop});
  EXPECT_EQ(outlook.find("A")->type, nullptr);
  ASSERT_TRUE(outlook.find("D")->problem.has_value());
}

TEST(Outlook, TheRecipeFollowsWhatIsBeforeANode) {
  const ChartOutlook before = outlookOf(s3(), {kShop});
  const ChartOutlook after =
      outlookOf("---\nlodestone:\n  nodes:\n    B: {fill: mean}\n---\n" + s3(), {kShop});
  EXPECT_EQ(before.find("A")->recipe, after.find("A")->recipe);
  EXPECT_NE(before.find("B")->recipe, after.find("B")->recipe);
  EXPECT_NE(before.find("G")->recipe, after.find("G")->recipe);
  const ChartOutlook default_written =
      outlookOf("---\nlodestone:\n  nodes:\n    B: {stage: preprocess, fill: zero}\n---\n" + s3(), {kShop});
  EXPECT_EQ(before.find("G")->recipe, default_written.find("G")->recipe);
}

TEST(Outlook, ATableThatIsReplacedMakesTheStageThatReadItStale) {
  const test::TemporaryFolder folder;
  auto project = project::Project::create(folder / "p");
  ASSERT_TRUE(project.has_value());
  JobContext job;
  const auto import = [&](const std::string& text) {
    const auto tables = project->tables();
    ASSERT_TRUE(tables.has_value());
    data::ImportOptions options;
    ASSERT_TRUE((*tables)->execute("DROP TABLE IF EXISTS shop", job));
    ASSERT_TRUE(data::importFile(**tables, folder.write("shop.csv", text), "shop", options, job));
  };
  import("id,age\n1,2\n2,3\n");
  std::vector<PlannedStage> planned;
  RunOptions options;
  options.on_plan = [&](std::int64_t, const std::vector<PlannedStage>& stages) { planned = stages; };
  const std::string chart = "graph TD\nA[Collect data] --> B[Preprocess]\n";
  ASSERT_TRUE(runChart(*project, chart, "a.mmd", options, job));
  ASSERT_EQ(planned.size(), 2U);
  EXPECT_EQ(planned[1].node, "B");
  auto tables = knownTables(*project);
  ASSERT_TRUE(tables.has_value());
  const ChartOutlook outlook = outlookOf(chart, *tables);
  const auto history = [&] { return historyOf(outlook, chartHistories(*project, *tables, job).value()); };
  EXPECT_FALSE(history().at("A").outside_changed);
  EXPECT_EQ(history().at("B").recipe, outlook.find("B")->recipe);
  import("id,age\n1,2\n2,4\n");
  EXPECT_TRUE(history().at("A").outside_changed);
}

TEST(Outlook, WhatARunSetIsJudgedAsItWasSet) {
  const test::TemporaryFolder folder;
  auto project = project::Project::create(folder / "p");
  ASSERT_TRUE(project.has_value());
  JobContext job;
  ASSERT_TRUE(
      data::importFile(**project->tables(), folder.write("shop.csv", "id,age\n1,2\n2,3\n"), "shop", {}, job));
  const std::string chart = "graph TD\nA[Collect data] --> B[Preprocess]\n";
  RunOptions options;
  options.set = {{"B.fill", "mean"}};
  ASSERT_TRUE(runChart(*project, chart, "a.mmd", options, job));
  const auto tables = knownTables(*project);
  const auto histories = chartHistories(*project, *tables, job);
  ASSERT_TRUE(histories.has_value());
  const auto document = ChartDocument::parse(chart, "a.mmd");
  const auto states = [&](const std::vector<std::pair<std::string, std::string>>& set) {
    std::string said;
    const auto outlook = lookAhead(*document, *tables, {}, set);
    for (const NodeStatus& status : statusOf(*outlook, historyOf(*outlook, *histories), Language::English))
      said += status.node + " " + status.state + ";";
    return said;
  };
  EXPECT_EQ(states({}), "A done;B stale;");
  EXPECT_EQ(states({{"B.fill", "mean"}}), "A done;B done;");
  EXPECT_EQ(states({{"B.fill", "median"}}), "A done;B stale;");
  EXPECT_FALSE(lookAhead(*document, *tables, {}, {{"Z.fill", "mean"}}).has_value());
}

TEST(Outlook, AnotherChartHasNotRun) {
  const test::TemporaryFolder folder;
  auto project = project::Project::create(folder / "p");
  ASSERT_TRUE(project.has_value());
  JobContext job;
  ASSERT_TRUE(
      data::importFile(**project->tables(), folder.write("shop.csv", "id,age\n1,2\n2,3\n"), "shop", {}, job));
  const std::string chart = "graph TD\nA[Collect data] --> B[Preprocess]\nB --> C[Data exploration]\n";
  const auto ran = [&](const std::string& text) {
    const auto report = runChart(*project, text, "a.mmd", {}, job);
    return report && report->state == "done";
  };
  ASSERT_TRUE(ran(chart));
  const auto tables = knownTables(*project);
  const auto nodes = [&](const std::string& text) {
    std::string said;
    const auto histories = chartHistories(*project, *tables, job);
    for (const auto& [node, history] : historyOf(outlookOf(text, *tables), *histories))
      said += node + std::to_string(history.run);
    return said;
  };
  EXPECT_EQ(nodes(chart), "A1B1C1");
  // Edits keep it the same chart; a node that is another stage now has no result.
  EXPECT_EQ(nodes("graph TD\nA[Collect data] --> C[Data exploration]\n"), "A1C1");
  EXPECT_EQ(nodes(chart + "C --> D[Preprocess]\nD --> E[Data exploration]\n"), "A1B1C1");
  EXPECT_EQ(nodes("graph TD\nA[Collect data] --> B[Data exploration]\nB --> C[Data exploration]\n"), "A1C1");
  // The same letters in another chart: neither has the other's results, and each keeps its own.
  const std::string other =
      "---\nlodestone:\n  nodes:\n    A: {stage: collect, table: shop}\n    B: {stage: preprocess}\n"
      "    C: {stage: explore}\n---\ngraph TD\nA[Shop] --> B[Tidy]\nA --> C[Look]\n";
  EXPECT_EQ(nodes(other), "");
  ASSERT_TRUE(ran(other));
  EXPECT_EQ(nodes(other), "A2B2C2");
  EXPECT_EQ(nodes(chart), "A1B1C1");
}

}  // namespace
}  // namespace lodestone::pipeline
