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
  auto history = newestStages(*project, *tables, job);
  ASSERT_TRUE(history.has_value());
  EXPECT_FALSE(history->at("A").outside_changed);
  EXPECT_EQ(history->at("B").recipe, outlookOf(chart, *tables).find("B")->recipe);
  import("id,age\n1,2\n2,4\n");
  history = newestStages(*project, *tables, job);
  ASSERT_TRUE(history.has_value());
  EXPECT_TRUE(history->at("A").outside_changed);
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
  const auto newest = newestStages(*project, *tables, job);
  const auto document = ChartDocument::parse(chart, "a.mmd");
  const auto states = [&](const std::vector<std::pair<std::string, std::string>>& set) {
    std::string said;
    for (const NodeStatus& status :
         statusOf(*lookAhead(*document, *tables, {}, set), *newest, Language::English))
      said += status.node + " " + status.state + ";";
    return said;
  };
  EXPECT_EQ(states({}), "A done;B stale;");
  EXPECT_EQ(states({{"B.fill", "mean"}}), "A done;B done;");
  EXPECT_EQ(states({{"B.fill", "median"}}), "A done;B stale;");
  EXPECT_FALSE(lookAhead(*document, *tables, {}, {{"Z.fill", "mean"}}).has_value());
}

}  // namespace
}  // namespace lodestone::pipeline
