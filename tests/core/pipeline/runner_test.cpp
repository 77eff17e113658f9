// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/project/model_records.h"
#include "core/project/strategy_records.h"
#include "tests/core/pipeline/run_fixture.h"

namespace lodestone::pipeline {
namespace {

using project::StageRecord;

class RunnerTest : public RunTest {
 protected:
  void SetUp() override {
    RunTest::SetUp();
    options_.set = {{"C.target", "流失"}, {"C.positive", "是"}, {"D.epochs", "2"}, {"H.grid", "dropout=0.2"}};
  }

  Result<RunReport> run() {
    return runChart(*project_, *chartTemplate("s3", Language::Chinese), "s3.mmd", options_, job_);
  }
};

TEST_F(RunnerTest, WalksTheChartAndOnceMoreRoundTheFeedbackEdge) {
  const auto report = run();
  ASSERT_TRUE(report.has_value()) << report.error().message(Language::English);
  ASSERT_FALSE(report->error.has_value()) << report->error->message(Language::English);
  EXPECT_THAT(nodes(*report),
              testing::ElementsAre("A1", "B1", "C1", "D1", "E1", "F1", "G1", "H1", "E2", "F2", "G2"));
  EXPECT_GE(report->strategies.size(), 3U);
  EXPECT_EQ(report->state, "done");
  const auto drafts = project_->strategies().list();
  ASSERT_TRUE(drafts.has_value());
  EXPECT_EQ(drafts->size(), report->strategies.size()) << "only the last cycle's strategies are kept";
  const auto problems = project_->verify();
  ASSERT_TRUE(problems.has_value());
  EXPECT_TRUE(problems->empty());
}

TEST_F(RunnerTest, SecondRunComesFromTheCacheAndAddsNothing) {
  const auto first = run();
  ASSERT_TRUE(first.has_value() && !first->error);
  const auto second = run();
  ASSERT_TRUE(second.has_value() && !second->error);
  EXPECT_TRUE(std::all_of(second->stages.begin(), second->stages.end(),
                          [](const StageRecord& stage) { return stage.cached; }));
  EXPECT_EQ(second->strategies, first->strategies);
}

TEST_F(RunnerTest, ChangedDataRunsAgain) {
  ASSERT_TRUE(run().has_value());
  auto database = project_->tables();
  ASSERT_TRUE((*database)->execute("UPDATE shop SET 消费 = 消费 + 1 WHERE 年龄 = 30", job_).has_value());
  const auto again = run();
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(again->stages.front().cached);
}

TEST_F(RunnerTest, ChangedParameterRunsOnlyWhatFollows) {
  ASSERT_TRUE(run().has_value());
  options_.set.push_back({"F.goal", "conversions"});
  const auto again = run();
  ASSERT_TRUE(again.has_value() && !again->error);
  for (const StageRecord& stage : again->stages) {
    if (stage.cycle > 1) continue;
    const bool follows = stage.node == "F" || stage.node == "G";
    EXPECT_EQ(stage.cached, !follows) << stage.node;
  }
}

TEST_F(RunnerTest, RunToStopsThere) {
  options_.to = "C";
  const auto report = run();
  ASSERT_TRUE(report.has_value() && !report->error);
  EXPECT_THAT(nodes(*report), testing::ElementsAre("A1", "B1", "C1"));
  EXPECT_TRUE(report->strategies.empty());
}

TEST_F(RunnerTest, RefusesBeforeAnythingRuns) {
  const auto refused = [&](std::pair<std::string, std::string> set) {
    RunOptions options = options_;
    options.set.push_back(std::move(set));
    const auto report = runChart(*project_, *chartTemplate("s3", Language::English), "s3.mmd", options, job_);
    EXPECT_FALSE(report.has_value());
    return report.has_value() ? ErrorCode::Internal : report.error().code;
  };
  EXPECT_EQ(refused({"Z.table", "shop"}), ErrorCode::InvalidArgument);
  EXPECT_EQ(refused({"A.nonsense", "1"}), ErrorCode::InvalidArgument);
  EXPECT_EQ(refused({"D.epochs", "many"}), ErrorCode::InvalidArgument);
  const auto unbound =
      runChart(*project_, "graph TB\nA[Dog grooming]-->B[模型训练]\n", "x.mmd", options_, job_);
  ASSERT_FALSE(unbound.has_value());
  EXPECT_EQ(unbound.error().code, ErrorCode::InvalidArgument);
  const auto runs = project_->pipelines().runs();
  ASSERT_TRUE(runs.has_value());
  EXPECT_TRUE(runs->empty());
}

TEST_F(RunnerTest, FailedStageIsNamedAndRecorded) {
  options_.set.push_back({"C.target", "没有这一列"});
  const auto report = run();
  ASSERT_TRUE(report.has_value());
  ASSERT_TRUE(report->error.has_value());
  EXPECT_EQ(report->error->where.stage, "C");
  EXPECT_EQ(report->state, "failed");
  const auto stages = project_->pipelines().stages(report->run);
  ASSERT_TRUE(stages.has_value());
  std::map<std::string, std::string> states;
  for (const StageRecord& stage : *stages) states[stage.node] = stage.state;
  EXPECT_EQ(states["B"], "done");
  EXPECT_EQ(states["C"], "failed");
  for (const char* below : {"D", "E", "F", "G", "H"}) EXPECT_EQ(states[below], "skipped") << below;
  EXPECT_NE(stages->back().message.find("C"), std::string::npos) << stages->back().message;
}

TEST_F(RunnerTest, CancelIsRecordedAndLeavesNoModel) {
  std::stop_source source;
  JobContext job(source.get_token());
  options_.on_stage = [&](const StageRecord& stage) {
    if (stage.node == "D" && stage.state == "running") source.request_stop();
  };
  const auto report = runChart(*project_, *chartTemplate("s3", Language::English), "s3.mmd", options_, job);
  ASSERT_TRUE(report.has_value());
  ASSERT_TRUE(report->error.has_value());
  EXPECT_EQ(report->error->code, ErrorCode::Cancelled);
  EXPECT_EQ(report->state, "cancelled");
  EXPECT_TRUE(std::filesystem::is_empty(project_->modelsFolder()));
}

/// A score that knew the treatment could not tell its effect.
TEST_F(RunnerTest, ColumnsOfTreatmentAndIdentityAreNoFeatures) {
  options_.set.push_back({"A.roles", "user=客户编号, treatment=渠道, campaign=城市"});
  options_.to = "C";
  const auto report = run();
  ASSERT_TRUE(report.has_value() && !report->error) << report->error->message(Language::English);
  const auto listed = report->stages.back().outputs.at(0)["value"]["features"].dump();
  EXPECT_EQ(listed.find("渠道"), std::string::npos) << listed;
  EXPECT_EQ(listed.find("城市"), std::string::npos) << listed;
  EXPECT_NE(listed.find("年龄"), std::string::npos) << listed;
}

TEST_F(RunnerTest, UnknownRoleIsRefused) {
  options_.set.push_back({"A.roles", "king=客户编号"});
  const auto report = run();
  ASSERT_TRUE(report.has_value() && report->error.has_value());
  EXPECT_EQ(report->error->code, ErrorCode::InvalidArgument);
  EXPECT_EQ(report->error->where.stage, "A");
}

TEST_F(RunnerTest, AnUnknownStageNamesItsNodeAndLine) {
  JobContext job;
  const std::string chart =
      "---\nlodestone:\n  nodes:\n    A: {stage: colect}\n---\nflowchart TD\nA[Table]-->B[Drop duplicates]\n";
  const auto report = runChart(*project_, chart, "mine.mmd", RunOptions{}, job);
  ASSERT_FALSE(report.has_value());
  const Error& error = report.error();
  EXPECT_EQ(error.code, ErrorCode::NotFound);
  EXPECT_EQ(error.where.file, "mine.mmd");
  EXPECT_EQ(error.where.line, 4);
  EXPECT_EQ(error.where.stage, "A");
  EXPECT_NE(error.message(Language::English).find("\"colect\""), std::string::npos);
}

TEST_F(RunnerTest, SameSeedSameFigures) {
  const auto first = run();
  ASSERT_TRUE(first.has_value() && !first->error);
  options_.cache = Cache::Ignore;
  const auto second = run();
  ASSERT_TRUE(second.has_value() && !second->error);
  const auto models = project_->models().list();
  ASSERT_TRUE(models.has_value());
  ASSERT_EQ(models->size(), 4U);
  EXPECT_EQ(models->at(0).metrics, models->at(2).metrics);
}

}  // namespace
}  // namespace lodestone::pipeline
