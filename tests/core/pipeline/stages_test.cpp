// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "core/data/import.h"
#include "core/data/recipe.h"
#include "core/data/table_operation.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/runner.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

using project::StageRecord;

class StagesTest : public testing::Test {
 protected:
  void SetUp() override {
    auto created = project::Project::create(folder_ / "p");
    ASSERT_TRUE(created.has_value());
    project_.emplace(std::move(*created));
    table("people",
          "id,name,city,\"a\"\"; DROP TABLE people\"\n1,Ann,Rome,5\n2,Bob,,6\n2,Bob,,6\n3,Eve,Oslo,\n");
    table("orders", "id,sum\n1,10\n1,20\n3,5\n");
  }

  void table(const std::string& name, const std::string& text) {
    auto database = project_->tables();
    ASSERT_TRUE(database.has_value());
    const auto report = data::importFile(**database, folder_.write(name + ".csv", text), name, {}, job_);
    ASSERT_TRUE(report.has_value()) << report.error().message(Language::English);
  }

  RunReport run(const std::string& nodes, const std::string& edges) {
    auto report = runChart(*project_, "---\nlodestone:\n  nodes:\n" + nodes + "---\ngraph TD\n" + edges,
                           "a.mmd", options_, job_);
    EXPECT_TRUE(report.has_value()) << report.error().message(Language::English);
    if (!report) return {};
    if (report->error) ADD_FAILURE() << report->error->message(Language::English);
    return std::move(*report);
  }
  Error failure(const std::string& nodes, const std::string& edges) {
    const auto report = runChart(*project_, "---\nlodestone:\n  nodes:\n" + nodes + "---\ngraph TD\n" + edges,
                                 "a.mmd", options_, job_);
    if (!report) return report.error();
    EXPECT_TRUE(report->error.has_value());
    return report->error.value_or(Error{});
  }
  /// The rows that a node left, as text.
  std::string rowsOf(const RunReport& report, const std::string& node) {
    for (auto stage = report.stages.rbegin(); stage != report.stages.rend(); ++stage) {
      if (stage->node != node) continue;
      const auto value = tableValueFromJson(stage->outputs.at(0).at("value"));
      const auto rows = (*project_->tables())->rows("SELECT * FROM " + data::quoted(value.table), job_);
      EXPECT_TRUE(rows.has_value());
      return rows ? dumpJson(Json(rows->rows)) : "";
    }
    ADD_FAILURE() << "no " << node;
    return "";
  }
  static const StageRecord& stageOf(const RunReport& report, const std::string& node) {
    return *std::find_if(report.stages.begin(), report.stages.end(),
                         [&](const StageRecord& stage) { return stage.node == node; });
  }

  test::TemporaryFolder folder_;
  std::optional<project::Project> project_;
  RunOptions options_;
  JobContext job_;
};

TEST_F(StagesTest, EveryCleaningStepAndTableOperationIsAStageWithItsParameters) {
  for (const data::StepType& step : data::stepTypes()) {
    const auto type = stageType(step.id);
    ASSERT_TRUE(type.has_value()) << step.id;
    EXPECT_EQ((*type)->title.in(Language::Chinese), step.title.in(Language::Chinese));
    EXPECT_EQ((*type)->parameters.size(), step.parameters.size());
    EXPECT_EQ((*type)->required, step.required);
  }
  for (const data::TableOperation& operation : data::tableOperations()) {
    const auto type = stageType(operation.id);
    ASSERT_TRUE(type.has_value()) << operation.id;
    EXPECT_EQ((*type)->parameters.size(), operation.parameters.size());
    EXPECT_EQ((*type)->inputs.size(), operation.tables.empty() ? 1U : 2U);
  }
}

TEST_F(StagesTest, ACleaningStepDoesWhatTheRecipeDoes) {
  const RunReport report =
      run("    A: {stage: collect, table: people}\n    B: {stage: drop_duplicates}\n"
          "    C: {stage: fill, column: ['a\"; DROP TABLE people'], method: mean}\n"
          "    D: {stage: rename, column: name, to: 姓名}\n",
          "A-->B-->C-->D\n");
  const auto recipe = data::parseRecipeText(
      R"([{"step":"drop_duplicates"},{"step":"fill","column":"a\"; DROP TABLE people","method":"mean"},)"
      R"({"step":"rename","column":"name","to":"姓名"}])",
      "recipe");
  ASSERT_TRUE(recipe.has_value());
  auto& database = **project_->tables();
  ASSERT_TRUE(data::clean(database, {"people"}, *recipe, {"expected"}, job_).has_value());
  const auto expected = database.rows("SELECT * FROM expected", job_);
  ASSERT_TRUE(expected.has_value());
  EXPECT_EQ(rowsOf(report, "D"), dumpJson(Json(expected->rows)));
  EXPECT_EQ(*stageOf(report, "B").rows_out, 3);
  EXPECT_TRUE(database.has({"people"}).value_or(false));
}

TEST_F(StagesTest, WhatAStepNeedsIsSaidBeforeTheRun) {
  const Error error =
      failure("    A: {stage: collect, table: people}\n    B: {stage: rename, column: name}\n", "A-->B\n");
  EXPECT_EQ(error.code, ErrorCode::InvalidArgument);
}

TEST_F(StagesTest, RowsToAddressAreCleanedButNotTakenAway) {
  const RunReport report =
      run("    A: {stage: collect, table: people, population: 'SELECT id, name, city FROM people'}\n"
          "    B: {stage: drop_duplicates}\n    C: {stage: text, column: [name, city], operation: upper}\n"
          "    D: {stage: fill, column: ['a\"; DROP TABLE people'], method: mean}\n",
          "A-->B-->C-->D\n");
  const auto value = tableValueFromJson(stageOf(report, "D").outputs.at(0).at("value"));
  ASSERT_TRUE(value.population.has_value());
  const auto rows = (*project_->tables())->rows("SELECT * FROM " + data::quoted(*value.population), job_);
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->rows.size(), 4U);
  EXPECT_EQ(rows->columns.size(), 3U);
  EXPECT_EQ(rows->rows[0][1], "ANN");
}

TEST_F(StagesTest, JoinTakesItsTablesFromTwoNodesInTheOrderOfTheEdges) {
  const std::string nodes =
      "    A: {stage: collect, table: people}\n    B: {stage: collect, table: orders}\n"
      "    C: {stage: join, keys: id, how: inner}\n";
  EXPECT_EQ(*stageOf(run(nodes, "A-->C\nB-->C\n"), "C").rows_out, 3);
  const RunReport other = run(nodes, "A-->|right|C\nB-->C\n");
  const auto columns =
      (*project_->tables())->table(tableValueFromJson(stageOf(other, "C").outputs.at(0).at("value")).table);
  ASSERT_TRUE(columns.has_value());
  EXPECT_EQ(columns->columns[1].name, "sum") << "the table of orders stands on the left";
  EXPECT_EQ(failure(nodes, "A-->C\n").code, ErrorCode::InvalidArgument);
}

TEST_F(StagesTest, IntegrationPutsTablesBesideOrBelow) {
  const std::string nodes =
      "    A: {stage: collect, table: people}\n    B: {stage: collect, table: orders}\n";
  const RunReport beside = run(nodes + "    C: {stage: integrate, keys: id}\n", "A & B-->C\n");
  EXPECT_EQ(*stageOf(beside, "C").rows_out, 5);
  const RunReport below = run(nodes + "    C: {stage: integrate, how: below}\n", "A & B-->C\n");
  EXPECT_EQ(*stageOf(below, "C").rows_out, 7);
  const RunReport alone = run(nodes + "    C: {stage: integrate}\n", "A-->C\nB\n");
  EXPECT_EQ(*stageOf(alone, "C").rows_out, 4);
}

TEST_F(StagesTest, AnImportIsReadAgainWhenItsFileChanges) {
  const auto file = folder_.write("more.csv", "x\n1\n2\n");
  const std::string nodes = "    A: {stage: import, files: ['" + file.string() + "']}\n";
  EXPECT_EQ(rowsOf(run(nodes, "A\n"), "A"), "[[1],[2]]");
  EXPECT_TRUE(run(nodes, "A\n").stages.front().cached);
  folder_.write("more.csv", "x\n1\n2\n3\n");
  const RunReport again = run(nodes, "A\n");
  EXPECT_FALSE(again.stages.front().cached);
  EXPECT_EQ(rowsOf(again, "A"), "[[1],[2],[3]]");
  EXPECT_EQ((*project_->tables())->tables()->size(), 2U) << "the project's own tables are not touched";
}

TEST_F(StagesTest, AQueryReadsWhatComesInAndChangesNothing) {
  const std::string nodes =
      "    A: {stage: collect, table: people}\n    B: {stage: collect, table: orders}\n";
  const RunReport report = run(nodes +
                                   "    C:\n      stage: sql\n      query: >-\n        SELECT count(*) AS n, "
                                   "(SELECT sum(sum) FROM input_2) AS s FROM input\n",
                               "A & B-->C\n");
  EXPECT_EQ(rowsOf(report, "C"), "[[4,35]]");
  for (const char* bad : {"DROP TABLE people", "SELECT 1); DROP TABLE people; SELECT (1",
                          "SELECT * FROM read_csv('/etc/passwd')"})
    EXPECT_EQ(
        failure("    C:\n      stage: sql\n      query: >-\n        " + std::string(bad) + "\n", "C\n").code,
        ErrorCode::InvalidArgument)
        << bad;
  EXPECT_TRUE((*project_->tables())->has({"people"}).value_or(false));
}

TEST_F(StagesTest, AMistakeInSqlIsPlacedInTheTextThatWasWritten) {
  const std::string nodes = "    A: {stage: collect, table: people}\n    C: ";
  const auto placeOf = [&](const std::string& stage) {
    const Error error = failure(nodes + stage + "\n", "A-->C\n");
    return std::to_string(error.where.line.value_or(0)) + ":" + error.where.column;
  };
  EXPECT_EQ(placeOf("{stage: sql, query: \"SELECT ids FROM input\"}"), "1:8");
  EXPECT_EQ(placeOf("{stage: sql, query: \"SELECT id\\nFRM input x y\"}"), "2:5");
  EXPECT_EQ(placeOf("{stage: sql, query: \"\\n\\nSELECT id,\\n  ids FROM input\"}"), "4:3");
  EXPECT_EQ(placeOf("{stage: filter, condition: \"id = and 3\"}"), "1:6");
  for (const char* condition : {"id >", "id > 3)", "(id > 3"}) {
    const Error error = failure(nodes + "{stage: filter, condition: \"" + condition + "\"}\n", "A-->C\n");
    EXPECT_EQ(error.where.line, std::nullopt) << condition;
    EXPECT_THAT(error.message(Language::English), testing::Not(testing::HasSubstr("near"))) << condition;
  }
  const RunReport closed =
      run(nodes + "{stage: sql, query: \"SELECT count(*) AS n FROM INPUT; \"}\n", "A-->C\n");
  EXPECT_EQ(rowsOf(closed, "C"), "[[4]]");
}

TEST_F(StagesTest, ANoteIsPassedThrough) {
  const RunReport report =
      run("    A: {stage: collect, table: people}\n    B: {stage: note, text: Look here}\n"
          "    C: {stage: drop_duplicates}\n",
          "A-->B-->C\n");
  EXPECT_EQ(stageOf(report, "B").message, "Look here");
  EXPECT_EQ(*stageOf(report, "C").rows_out, 3);
}

TEST_F(StagesTest, ExplorationTellsWhatItFoundAndHandsTheRowsOn) {
  const RunReport report =
      run("    A: {stage: collect, table: people}\n    B: {stage: explore}\n", "A-->B\n");
  const Json& findings = stageOf(report, "B").outputs.at(1).at("value").at("findings");
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                          [](const Json& one) { return one.at("kind") == "duplicates"; }));
  EXPECT_EQ(stageOf(report, "B").outputs.at(0).at("value").at("table").at("name"), "people");
}

TEST_F(StagesTest, AnExportMasksPersonsDisarmsFormulasAndComesBackWhenItIsGone) {
  table("mails", "id,email,remark\n1,ann@example.com,=1+1\n2,bob@example.com,fine\n");
  const std::string nodes = "    A: {stage: collect, table: mails}\n    B: {stage: export, file: list}\n";
  run(nodes, "A-->B\n");
  const auto file = project_->exportsFolder() / "list.csv";
  const auto text = readFile(file);
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->find("ann@example.com"), std::string::npos);
  EXPECT_NE(text->find("'=1+1"), std::string::npos);
  EXPECT_TRUE(stageOf(run(nodes, "A-->B\n"), "B").cached);
  std::filesystem::remove(file);
  EXPECT_FALSE(stageOf(run(nodes, "A-->B\n"), "B").cached);
  EXPECT_EQ(*readFile(file), *text);
  EXPECT_EQ(
      failure("    A: {stage: collect, table: mails}\n    B: {stage: export, file: ../list}\n", "A-->B\n")
          .code,
      ErrorCode::InvalidArgument);
}

TEST_F(StagesTest, CampaignResultsAreAddedInTheNextCycle) {
  table("results", "id,sum,won\n7,1,1\n8,2,0\n");
  const std::string nodes =
      "    A: {stage: collect, table: orders}\n    B: {stage: explore}\n"
      "    C: {stage: feedback, table: results, roles: 'user=id,target=won'}\n";
  const RunReport report = run(nodes, "A-->B-->C\nC-->A\n");
  std::vector<std::pair<std::string, std::int64_t>> collected;
  for (const StageRecord& stage : report.stages)
    if (stage.node == "A") collected.emplace_back(std::to_string(stage.cycle), *stage.rows_out);
  EXPECT_THAT(collected, testing::ElementsAre(testing::Pair("1", 3), testing::Pair("2", 5)));
  const RunReport again = run(nodes, "A-->B-->C\nC-->A\n");
  EXPECT_TRUE(
      std::all_of(again.stages.begin(), again.stages.end(), [](const auto& stage) { return stage.cached; }));
}

TEST_F(StagesTest, ProfilesTagUsersAndLeaveTheEventsToOthers) {
  std::string events = "user_id,item_id,ts,event\n";
  for (int i = 0; i < 60; ++i)
    events += std::to_string(i % 6) + "," + std::to_string(i % 7) + ",2026-01-" + (i < 30 ? "0" : "1") +
              std::to_string(i % 9 + 1) + " 0" + std::to_string(i % 5) + ":00:00," +
              (i % 6 == 0 ? "purchase" : "view") + "\n";
  table("events", events);
  const RunReport report =
      run("    A: {stage: collect, table: events}\n    B: {stage: profiles}\n"
          "    C: {stage: recommend, count: '3', repeat: 'true'}\n",
          "A-->B-->C\n");
  EXPECT_EQ(*stageOf(report, "B").rows_out, 6);
  EXPECT_NE(rowsOf(report, "B").find("night owl"), std::string::npos);
  EXPECT_EQ(*stageOf(report, "C").rows_out, 18) << "three items for each of six users, from the events";
}

}  // namespace
}  // namespace lodestone::pipeline
