// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pipeline_records.h"

#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

StageRecord stage(const std::string& node, const std::string& state, const std::string& key = "") {
  StageRecord record;
  record.node = node;
  record.label = "数据 " + node;
  record.type = "collect";
  record.state = state;
  record.cache_key = key;
  record.outputs = {{"table", "stages." + node}};
  return record;
}

TEST_F(ProjectTest, aRunIsRecordedAsItHappens) {
  Project project = create();
  auto pipelines = project.pipelines();
  const std::uint64_t seed = 0xFFFFFFFFFFFFFFFFULL;
  const auto run = must(pipelines.begin("flowchart LR\n A --> B", seed));
  mustDo(pipelines.stage(run, stage("A", "running")));
  mustDo(pipelines.stage(run, stage("B", "queued")));
  auto done = stage("A", "done", "k1");
  done.rows_in = 10;
  done.rows_out = 0;
  done.seconds = 1.5;
  done.cached = true;
  mustDo(pipelines.stage(run, done));
  const auto stages = must(pipelines.stages(run));
  ASSERT_THAT(stages, SizeIs(2));
  EXPECT_EQ(stages[0].node, "A");
  EXPECT_EQ(stages[0].state, "done");
  EXPECT_EQ(stages[0].label, "数据 A");
  EXPECT_EQ(stages[0].rows_in, 10);
  EXPECT_EQ(stages[0].rows_out, 0);
  EXPECT_EQ(stages[0].seconds, 1.5);
  EXPECT_TRUE(stages[0].cached);
  EXPECT_EQ(stages[0].outputs["table"], "stages.A");
  EXPECT_EQ(stages[1].rows_in, std::nullopt);
  mustDo(pipelines.end(run, "done"));
  const auto runs = must(pipelines.runs());
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0].state, "done");
  EXPECT_EQ(runs[0].seed, seed);
  EXPECT_EQ(runs[0].chart, "flowchart LR\n A --> B");
  EXPECT_NE(runs[0].finished_at, "");
}

TEST_F(ProjectTest, theCacheGivesTheNewestFinishedStage) {
  Project project = create();
  auto pipelines = project.pipelines();
  EXPECT_EQ(must(pipelines.cached("k")), std::nullopt);
  const auto first = must(pipelines.begin("", 42));
  mustDo(pipelines.stage(first, stage("A", "done", "k")));
  mustDo(pipelines.stage(first, stage("E", "done", "")));
  const auto second = must(pipelines.begin("", 42));
  mustDo(pipelines.stage(second, stage("B", "warning", "k")));
  mustDo(pipelines.stage(second, stage("C", "failed", "k")));
  const auto found = must(pipelines.cached("k"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->node, "B");
  EXPECT_EQ(must(pipelines.cached("")), std::nullopt);
}

TEST_F(ProjectTest, aStageKeepsAllThatIsToldOfIt) {
  Project project = create();
  auto pipelines = project.pipelines();
  const auto run = must(pipelines.begin("chart", 7, "1.2.3+abc", {{"to", "B"}}));
  EXPECT_EQ(must(pipelines.run(run)).code, "1.2.3+abc");
  EXPECT_EQ(must(pipelines.run(run)).options["to"], "B");
  auto late = stage("B", "waiting");
  late.position = 2;
  mustDo(pipelines.stage(run, late));
  auto early = stage("A", "done", "k");
  early.position = 1;
  early.started_at = "2026-01-01T00:00:00.000Z";
  early.memory = 1234;
  early.parameters = {{"table", "客户"}};
  early.inputs = Json::array({{{"from", "Z@1"}}});
  early.made_run = 3;
  early.log = {{"2026-01-01T00:00:01.000Z", "读取 \"x\""}, {"2026-01-01T00:00:02.000Z", "done"}};
  mustDo(pipelines.stage(run, early));
  const auto stages = must(pipelines.stages(run));
  ASSERT_THAT(stages, SizeIs(2));
  EXPECT_EQ(stages[0].node, "A") << "by position, whichever was kept first";
  EXPECT_EQ(stages[0].started_at, early.started_at);
  EXPECT_EQ(stages[0].memory, 1234);
  EXPECT_EQ(stages[0].parameters, early.parameters);
  EXPECT_EQ(stages[0].inputs, early.inputs);
  EXPECT_EQ(stages[0].made_run, 3);
  ASSERT_THAT(stages[0].log, SizeIs(2));
  EXPECT_EQ(stages[0].log[0].text, "读取 \"x\"");
  EXPECT_EQ(stages[1].memory, std::nullopt);
  EXPECT_EQ(stages[1].made_run, run) << "made by its own run when nothing else is said";
  mustDo(pipelines.end(run, "waiting"));
}

TEST_F(ProjectTest, whatIsForgottenIsNotCachedButModelsStay) {
  Project project = create();
  auto pipelines = project.pipelines();
  const auto run = must(pipelines.begin("", 1));
  mustDo(pipelines.stage(run, stage("A", "done", "table")));
  auto model = stage("B", "done", "model");
  model.outputs = Json::array({{{"kind", "model"}, {"value", {{"model", "mlp-0001"}}}}});
  mustDo(pipelines.stage(run, model));
  EXPECT_THAT(must(pipelines.cache()), SizeIs(2));
  mustDo(pipelines.forget());
  EXPECT_FALSE(must(pipelines.cached("table")).has_value());
  EXPECT_TRUE(must(pipelines.cached("model")).has_value());
  EXPECT_THAT(must(pipelines.cache()), SizeIs(1));
  mustDo(pipelines.stage(must(pipelines.begin("", 1)), stage("A", "done", "table")));
  EXPECT_TRUE(must(pipelines.cached("table")).has_value());
}

TEST_F(ProjectTest, aRunThatIsNotThereIsNotFound) {
  Project project = create();
  auto pipelines = project.pipelines();
  EXPECT_EQ(codeOf(pipelines.stage(7, stage("A", "done"))), ErrorCode::NotFound);
  EXPECT_EQ(codeOf(pipelines.end(7, "done")), ErrorCode::NotFound);
  EXPECT_EQ(codeOf(pipelines.stages(7)), ErrorCode::NotFound);
  EXPECT_THAT(must(pipelines.runs()), IsEmpty());
}

TEST_F(ProjectTest, statesThatDoNotExistAreRefused) {
  Project project = create();
  auto pipelines = project.pipelines();
  const auto run = must(pipelines.begin("", 1));
  EXPECT_EQ(codeOf(pipelines.stage(run, stage("A", "finished"))), ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(pipelines.end(run, "over")), ErrorCode::InvalidArgument);
}

}  // namespace

}  // namespace lodestone::project
