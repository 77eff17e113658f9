// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
/// Branches side by side, nodes applied by hand, the log, stop rules, the cache and lineage of runs.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "core/base/hash.h"
#include "core/base/version.h"
#include "core/campaign/export.h"
#include "core/data/recipe.h"
#include "core/data/table_export.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/lineage.h"
#include "core/pipeline/model_workflow.h"
#include "core/pipeline/outlook.h"
#include "core/pipeline/run_cycles.h"
#include "core/pipeline/stage_cache.h"
#include "core/project/model_records.h"
#include "core/project/strategy_records.h"
#include "tests/core/pipeline/run_fixture.h"

namespace lodestone::pipeline {
namespace {

using project::StageRecord;
using testing::ElementsAre;
using testing::HasSubstr;

/// Two ways from one table: the upper is as given, the lower learns by logistic regression.
std::string twoBranches(const std::string& upper_target, const std::string& more = "") {
  return "---\nlodestone:\n" + more +
         "  nodes:\n"
         "    A: {stage: collect, table: shop}\n"
         "    B: {stage: features, target: " +
         upper_target +
         "}\n"
         "    C: {stage: train, model: logistic_regression}\n"
         "    K: {stage: preprocess}\n"
         "    L: {stage: features, target: 流失, positive: 是}\n"
         "    M: {stage: train, model: logistic_regression}\n"
         "---\nflowchart LR\n  A --> B --> C\n  A --> K --> L --> M\n";
}

/// The whole of the strategy chart with a fast model.
std::string loopChart(const std::string& section, const std::string& of_f = "") {
  return "---\nlodestone:\n" + section +
         "  nodes:\n"
         "    A: {stage: collect, table: shop}\n"
         "    C: {stage: features, target: 流失, positive: 是, exclude: [客户编号]}\n"
         "    D: {stage: train, model: logistic_regression}\n"
         "    E: {stage: predict}\n"
         "    F: {stage: strategies" +
         of_f +
         "}\n"
         "    G: {stage: evaluate}\n"
         "    H: {stage: tune, grid: \"c=0.01,1\"}\n"
         "---\nflowchart TB\n  A --> C --> D --> E --> F --> G --> H --> E\n";
}

class RunParts : public RunTest {};

TEST_F(RunParts, AFailedBranchStopsWhatIsBelowItAndNothingElse) {
  for (const int parallel : {1, 4}) {
    options_.parallel = parallel;
    options_.cache = Cache::Ignore;
    const auto report = run(twoBranches("没有"));
    ASSERT_TRUE(report.has_value());
    ASSERT_TRUE(report->error.has_value());
    EXPECT_EQ(report->error->where.stage, "B");
    EXPECT_EQ(report->state, "failed");
    EXPECT_THAT(nodes(*report), ElementsAre("A1", "B1", "C1", "K1", "L1", "M1"));
    const auto kept = project_->pipelines().stages(report->run);
    ASSERT_TRUE(kept.has_value());
    const auto at = states(*kept);
    EXPECT_EQ(at.at("B"), "failed");
    EXPECT_EQ(at.at("C"), "skipped");
    for (const char* apart : {"A", "K", "L", "M"}) EXPECT_EQ(at.at(apart), "done") << apart;
    EXPECT_THAT(stage(*report, "C").message, HasSubstr("B"));
  }
}

TEST_F(RunParts, RetryRunsWhatFailedAndTakesTheRestFromTheCache) {
  ASSERT_TRUE(run(twoBranches("没有")).has_value());
  const RunReport again = ran(twoBranches("渠道, positive: app"));
  EXPECT_EQ(again.state, "done");
  EXPECT_TRUE(stage(again, "M").cached);
  EXPECT_FALSE(stage(again, "B").cached);
}

TEST_F(RunParts, SideBySideGivesWhatOneAfterTheOtherGives) {
  const auto weights = [&](const RunReport& report, const char* node) {
    const auto id = stage(report, node).outputs.at(0)["value"]["model"].get<std::string>();
    const auto hash = sha256File(project_->modelsFolder() / id / "model.safetensors");
    EXPECT_TRUE(hash.has_value()) << id;
    return hash ? *hash : std::string();
  };
  options_.cache = Cache::Ignore;
  options_.parallel = 1;
  const RunReport one = ran(twoBranches("流失, positive: 是"));
  options_.parallel = 4;
  const RunReport four = ran(twoBranches("流失, positive: 是"));
  EXPECT_EQ(nodes(one), nodes(four));
  for (const char* node : {"C", "M"}) EXPECT_EQ(weights(one, node), weights(four, node)) << node;
}

TEST_F(RunParts, EqualNodesSideBySideAreMadeOnce) {
  options_.parallel = 4;
  const RunReport report =
      ran("---\nlodestone:\n  nodes:\n    A: {stage: collect, table: shop}\n    B: {stage: preprocess}\n"
          "    C: {stage: preprocess}\n    D: {stage: preprocess}\n---\nflowchart LR\n  A --> B & C & D\n");
  int made = 0;
  for (const char* node : {"B", "C", "D"}) made += stage(report, node).cached ? 0 : 1;
  EXPECT_EQ(made, 1);
  EXPECT_EQ(stage(report, "B").outputs, stage(report, "D").outputs);
}

TEST_F(RunParts, ANodeAppliedByHandWaitsUntilItIsAskedFor) {
  const std::string chart = loopChart("  cycles: 1\n", ", apply: manual");
  const RunReport waiting = ran(chart);
  EXPECT_EQ(waiting.state, "waiting");
  EXPECT_EQ(stage(waiting, "E").state, "done");
  EXPECT_EQ(stage(waiting, "F").state, "waiting");
  EXPECT_EQ(stage(waiting, "G").state, "skipped");
  EXPECT_TRUE(waiting.strategies.empty());
  const auto runs = project_->pipelines().runs();
  ASSERT_TRUE(runs.has_value());
  EXPECT_EQ(runs->back().state, "waiting");

  options_.apply = {"F"};
  const RunReport applied = ran(chart);
  EXPECT_EQ(applied.state, "done");
  EXPECT_TRUE(stage(applied, "E").cached);
  EXPECT_FALSE(applied.strategies.empty());

  options_.apply.clear();
  EXPECT_EQ(ran(chart).state, "done") << "what was applied and has not changed stays applied";
  options_.set = {{"F.goal", "conversions"}};
  EXPECT_EQ(stage(ran(chart), "F").state, "waiting") << "a change asks for it again";
  options_.to = "F";
  EXPECT_EQ(stage(ran(chart), "F").state, "done") << "run to here is to apply";
}

TEST_F(RunParts, RefusesWhatTheSectionMayNotSay) {
  for (const char* section :
       {"  until: auc\n", "  until: {metric: auc, better: much}\n", "  until: {better: 1}\n"})
    EXPECT_FALSE(run(loopChart(section)).has_value()) << section;
  EXPECT_FALSE(run(loopChart("", ", apply: later")).has_value());
  options_.apply = {"Z"};
  EXPECT_FALSE(run(loopChart("")).has_value());
}

TEST_F(RunParts, EveryStageKeepsItsLogTimesAndMemory) {
  const RunReport report = ran(twoBranches("流失, positive: 是"));
  const auto kept = project_->pipelines().stages(report.run);
  ASSERT_TRUE(kept.has_value());
  for (const StageRecord& stage : *kept) {
    ASSERT_FALSE(stage.log.empty()) << stage.node;
    EXPECT_TRUE(std::is_sorted(stage.log.begin(), stage.log.end(),
                               [](const auto& one, const auto& other) { return one.at < other.at; }));
    EXPECT_GE(stage.log.front().at, stage.started_at);
    EXPECT_EQ(stage.log.back().text, stage.message) << stage.node;
    EXPECT_TRUE(stage.cached || stage.memory.has_value()) << stage.node;
    EXPECT_GE(stage.memory.value_or(0), 0);
  }
  EXPECT_EQ(stage(report, "M").parameters["model"], "logistic_regression");
  EXPECT_EQ(stage(report, "M").inputs.at(0)["from"], "L@1");
}

TEST_F(RunParts, TheStopRuleEndsTheLoopAndCyclesAreTold) {
  const RunReport all = ran(loopChart("  cycles: 3\n"));
  EXPECT_THAT(nodes(all), ElementsAre("A1", "C1", "D1", "E1", "F1", "G1", "H1", "E2", "F2", "G2", "H2", "E3",
                                      "F3", "G3"));
  const RunReport ruled = ran(loopChart("  cycles: 9\n  until: {metric: auc, better: 0.9}\n"));
  EXPECT_THAT(nodes(ruled), ElementsAre("A1", "C1", "D1", "E1", "F1", "G1", "H1", "E2", "F2", "G2"));
  ASSERT_EQ(ruled.cycles.size(), 2U);
  EXPECT_FALSE(ruled.cycles[0].enough);
  EXPECT_TRUE(ruled.cycles[1].enough);
  ASSERT_TRUE(ruled.cycles[1].better.has_value());
  const auto auc = [&](std::size_t cycle) {
    return ruled.cycles[cycle].metrics["validation"]["roc_auc"].get<double>();
  };
  EXPECT_DOUBLE_EQ(*ruled.cycles[1].better, auc(1) - auc(0));
  EXPECT_EQ(ruled.cycles[0].model, stage(ruled, "D").outputs.at(0)["value"]["model"]);
  EXPECT_EQ(ruled.cycles[1].model, stage(ruled, "H").outputs.at(0)["value"]["model"]);
  EXPECT_GT(ruled.cycles[1].totals["strategies"].get<int>(), 0);
}

TEST_F(RunParts, AStopRuleThatNoStageOfTheLoopAnswersIsRefusedBeforeTheRun) {
  const std::string chart = loopChart("  until: {metric: applause, better: 1}\n");
  const auto refused = run(chart);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::NotFound);
  EXPECT_EQ(refused.error().where.file, "chart.mmd");
  EXPECT_EQ(refused.error().where.line, 3);
  for (const char* part : {"applause", "roc_auc", "incremental_conversions", "strategies"})
    EXPECT_THAT(refused.error().message(Language::English), HasSubstr(part));
  EXPECT_TRUE(project_->pipelines().runs()->empty());
  EXPECT_TRUE(lookAhead(*ChartDocument::parse(chart, "chart.mmd"), {})->problem.has_value());

  // What the figures of the loop are is known; the evaluation stands behind it here.
  const std::string behind =
      "---\nlodestone:\n  until: {metric: METRIC, better: 1}\n  nodes:\n    A: {stage: collect, table: "
      "shop}\n"
      "    C: {stage: features, target: 流失, positive: 是}\n    D: {stage: train}\n    E: {stage: predict}\n"
      "    H: {stage: tune}\n    F: {stage: strategies}\n    G: {stage: evaluate}\n"
      "---\nflowchart TB\n  A --> C --> D --> E --> H --> E\n  E --> F --> G\n";
  const auto verdict = [&](const std::string& metric) {
    return lookAhead(*ChartDocument::parse(replaceAll(behind, "METRIC", metric), "chart.mmd"), {})->problem;
  };
  EXPECT_FALSE(verdict("auc").has_value());
  ASSERT_TRUE(verdict("cost").has_value());
  EXPECT_THAT(verdict("cost")->message(Language::English), testing::Not(HasSubstr("conversions")));
}

TEST_F(RunParts, AStageThatLooksAtTableLeavesTheFiguresOfTheLoopAlone) {
  std::string chart = loopChart("  cycles: 2\n  until: {metric: auc, better: 0.9}\n");
  chart = replaceAll(chart, "    D: {", "    X: {stage: explore}\n    D: {") + "  G --> X --> H\n";
  EXPECT_EQ(ran(chart).cycles.size(), 2U);
}

TEST_F(RunParts, PauseHoldsTheRunAndStopEndsIt) {
  PauseGate gate;
  std::stop_source stop;
  JobContext job(stop.get_token(), &gate);
  std::atomic<int> finished{0};
  std::atomic<bool> held{false};
  options_.parallel = 2;
  options_.on_stage = [&](const StageRecord& stage) {
    if (stage.state == "done") ++finished;
    if (stage.node == "A" && stage.state == "done") {
      gate.pause();
      held = true;
    }
  };
  std::optional<Result<RunReport>> report;
  std::jthread runner(
      [&] { report = runChart(*project_, twoBranches("流失, positive: 是"), "chart.mmd", options_, job); });
  while (!held) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(finished, 1) << "nothing begins while it is held";
  gate.resume();
  while (finished < 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  stop.request_stop();
  runner.join();
  ASSERT_TRUE(report && report->has_value());
  ASSERT_TRUE((*report)->error.has_value());
  EXPECT_EQ((*report)->state, "cancelled");
  for (const StageRecord& stage : (*report)->stages)
    EXPECT_THAT(stage.state, testing::AnyOf("done", "cancelled", "skipped")) << stage.node;
}

TEST_F(RunParts, WhatWasDroppedIsMadeAgain) {
  const std::string chart = twoBranches("流失, positive: 是");
  const RunReport first = ran(chart);
  const auto table = stage(first, "K").outputs.at(0)["value"]["table"]["name"].get<std::string>();
  auto database = project_->tables();
  ASSERT_TRUE((*database)->drop({table, "stages"}).has_value());
  const RunReport again = ran(chart);
  EXPECT_FALSE(stage(again, "K").cached);
  for (const char* node : {"A", "B", "C", "L", "M"}) EXPECT_TRUE(stage(again, node).cached) << node;
  EXPECT_TRUE(*(*database)->has({table, "stages"}));
  const auto model = stage(first, "M").outputs.at(0)["value"]["model"].get<std::string>();
  std::filesystem::remove_all(project_->modelsFolder() / model);
  EXPECT_FALSE(stage(ran(chart), "M").cached) << "its files are gone";
}

TEST_F(RunParts, ClearingTheCacheKeepsWhatStrategiesAndModelsNeed) {
  const RunReport first = ran(loopChart("  cycles: 1\n"));
  const auto before = cacheOf(*project_, job_);
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(before->entries.size(), first.stages.size());
  EXPECT_TRUE(std::all_of(before->entries.begin(), before->entries.end(),
                          [](const CacheEntry& entry) { return entry.usable; }));
  const auto cleared = clearCache(*project_, job_);
  ASSERT_TRUE(cleared.has_value());
  EXPECT_EQ(cleared->dropped + cleared->kept, before->tables);
  EXPECT_GT(cleared->dropped, 0);
  EXPECT_GT(cleared->kept, 0) << "audiences are made from the scored tables";
  const RunReport again = ran(loopChart("  cycles: 1\n"));
  for (const StageRecord& stage : again.stages)
    EXPECT_EQ(stage.cached, stage.type == "train" || stage.type == "tune") << stage.node;
  EXPECT_EQ(again.strategies, first.strategies) << "the same, word for word";
}

TEST_F(RunParts, LineageLeadsBackToTheFile) {
  options_.seed = 7;
  // One epoch is too few, so that the tuning finds a better model.
  options_.set = {{"D.model", "mlp"}, {"D.epochs", "1"}, {"H.grid", "epochs=15"}};
  const RunReport report = ran(loopChart("  cycles: 2\n"));
  const auto strategy = lineageOf(*project_, report.strategies.front(), job_);
  ASSERT_TRUE(strategy.has_value()) << strategy.error().message(Language::English);
  EXPECT_EQ(strategy->kind, LineageKind::Strategy);
  std::vector<std::string> names;
  for (const LineageStage& stage : strategy->stages) names.push_back(stage.name());
  // The second cycle's strategies: scored by the model that the first one's tuning made.
  EXPECT_EQ(names.back(), "F@2");
  EXPECT_THAT(names, testing::IsSupersetOf({"A@1", "C@1", "D@1", "H@1", "E@2", "F@2"}));
  EXPECT_THAT(names, testing::Not(testing::Contains("G@2")));
  ASSERT_TRUE(strategy->run.has_value());
  EXPECT_EQ(strategy->run->seed, 7U);
  EXPECT_EQ(strategy->stages.front().code, codeVersion());
  ASSERT_EQ(strategy->files.size(), 1U);
  EXPECT_THAT(strategy->files.front().file, HasSubstr("shop.csv"));
  EXPECT_EQ(strategy->files.front().rows, 1500);

  const std::string mermaid = lineageMermaid(*strategy);
  const auto drawn = ChartDocument::parse(mermaid, "lineage.mmd");
  ASSERT_TRUE(drawn.has_value()) << mermaid;
  EXPECT_THAT(mermaid, HasSubstr("class A,C,D,E,F,H lodestoneLineage"));

  const auto model = lineageOf(*project_, stage(report, "D").outputs.at(0)["value"]["model"], job_);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->stages.back().record.node, "D");
  EXPECT_EQ(model->stages.size(), 3U);
  const auto scored = stage(report, "E", 2).outputs.at(0)["value"]["history"]["name"].get<std::string>();
  const auto table = lineageOf(*project_, "stages." + scored, job_);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->stages.back().name(), "E@2");
  const auto source = lineageOf(*project_, "shop", job_);
  ASSERT_TRUE(source.has_value());
  EXPECT_TRUE(source->stages.empty());
  EXPECT_EQ(source->files.size(), 1U);
  EXPECT_TRUE(ChartDocument::parse(lineageMermaid(*source), "x.mmd").has_value());
  EXPECT_EQ(lineageOf(*project_, "nothing", job_).error().code, ErrorCode::NotFound);
}

TEST_F(RunParts, LineageOfAnExportedFileIsThatOfItsStrategy) {
  const RunReport report = ran(loopChart("  cycles: 1\n"));
  campaign::ExportOptions exporting;
  exporting.folder = folder_ / "out";
  exporting.formats = {"json"};
  const auto files = campaign::exportStrategies(*project_, {report.strategies.front()}, exporting, job_);
  ASSERT_TRUE(files.has_value()) << files.error().message(Language::English);
  const auto moved = folder_ / "renamed.json";
  std::filesystem::rename(files->front().path, moved);
  const auto lineage = lineageOf(*project_, moved.string(), job_);
  ASSERT_TRUE(lineage.has_value()) << lineage.error().message(Language::English);
  EXPECT_EQ(lineage->kind, LineageKind::File);
  EXPECT_EQ(lineage->strategy, report.strategies.front());
  EXPECT_EQ(lineage->stages.back().record.node, "F");
}

TEST_F(RunParts, LineageLeadsThroughTablesMadeOfOthers) {
  data::Database& tables = **project_->tables();
  const data::Recipe recipe{{{"fill", {{"column", "年龄"}, {"method", "mean"}}}}};
  ASSERT_TRUE(data::clean(tables, {"shop"}, recipe, {.name = "tidy"}, job_));
  ASSERT_TRUE(data::clean(tables, {"tidy"}, recipe, {.name = "tidier"}, job_));
  const auto table = lineageOf(*project_, "tidier", job_);
  ASSERT_TRUE(table.has_value()) << table.error().message(Language::English);
  ASSERT_EQ(table->operations.size(), 3U);
  EXPECT_EQ(table->operations[1].made, "tidy");
  EXPECT_EQ(table->operations[2].operation, "clean");
  ASSERT_EQ(table->files.size(), 1U);
  EXPECT_EQ(table->files.front().table, "shop");
  const std::string mermaid = lineageMermaid(*table);
  EXPECT_TRUE(ChartDocument::parse(mermaid, "lineage.mmd").has_value()) << mermaid;
  for (const char* part : {"shop.csv", "clean: steps", "[(\"tidy\")]", "what[\"tidier\"]"})
    EXPECT_THAT(mermaid, HasSubstr(part));
  const Json json = toJson(*table);
  EXPECT_EQ(json["operations"][1]["parameters"]["steps"][0]["step"], "fill");

  const RunReport report =
      ran("---\nlodestone:\n  nodes:\n    A: {stage: collect, table: tidier}\n"
          "    B: {stage: export, file: out}\n---\nflowchart LR\n  A --> B\n");
  const auto run = lineageOfRun(*project_, report.run, job_);
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->operations.size(), 3U);
  ASSERT_EQ(run->files.size(), 1U);
  EXPECT_THAT(run->files.front().file, HasSubstr("shop.csv"));
  const auto file = lineageOf(*project_, (project_->exportsFolder() / "out.csv").string(), job_);
  ASSERT_TRUE(file.has_value()) << file.error().message(Language::English);
  ASSERT_TRUE(file->run.has_value());
  EXPECT_EQ(file->stages.back().record.node, "B");
  EXPECT_EQ(file->stages.size(), 2U);
  EXPECT_EQ(file->files.size(), 1U);
}

TEST_F(RunParts, LineageOfPredictionsLeadsThroughTheModelToWhatItLearnedFrom) {
  auto database = project_->tables();
  ASSERT_TRUE(database.has_value());
  ASSERT_TRUE(data::importFile(**database, folder_.write("new.csv", shopTable(50)), "newcomers", {}, job_));
  TrainRequest request;
  request.table = {"shop"};
  request.dataset.target = "流失";
  request.dataset.positive = "是";
  request.model.type = "logistic_regression";
  const auto trained = trainOnTable(*project_, request, job_);
  ASSERT_TRUE(trained.has_value()) << trained.error().message(Language::English);
  ASSERT_TRUE(predictTable(*project_, trained->record.id, {"newcomers"}, {"scored"}, "cpu", job_));
  const auto lineage = lineageOf(*project_, "scored", job_);
  ASSERT_TRUE(lineage.has_value());
  EXPECT_EQ(lineage->model, trained->record.id);
  EXPECT_EQ(lineage->training, trained->record.card);
  ASSERT_NE(madeBy(*lineage), nullptr);
  EXPECT_EQ(madeBy(*lineage)->operation, "predict");
  EXPECT_EQ(madeBy(*lineage)->parameters["model"], trained->record.id);
  std::vector<std::string> files;
  for (const SourceFile& file : lineage->files) files.push_back(file.table);
  EXPECT_THAT(files, testing::UnorderedElementsAre("newcomers", "shop"));
  const std::filesystem::path csv = folder_ / "scored.csv";
  ASSERT_EQ(predictToCsv(*project_, trained->record.id, {"newcomers"}, csv, "cpu", job_), 50);
  const auto of_file = lineageOf(*project_, csv.string(), job_);
  ASSERT_TRUE(of_file.has_value()) << of_file.error().message(Language::English);
  EXPECT_EQ(of_file->model, trained->record.id);
  EXPECT_EQ(of_file->files.size(), 2U);

  const RunReport report = ran(twoBranches("流失, positive: 是"));
  const auto of_run = stage(report, "M").outputs.at(0)["value"]["model"].get<std::string>();
  ASSERT_TRUE(predictTable(*project_, of_run, {"newcomers"}, {"scored"}, "cpu", job_));
  const auto behind = lineageOf(*project_, "scored", job_);
  ASSERT_TRUE(behind.has_value());
  EXPECT_EQ(behind->model, of_run);
  ASSERT_TRUE(behind->run.has_value());
  EXPECT_EQ(behind->run->id, report.run);
  EXPECT_THAT(behind->tables, testing::IsSupersetOf({"scored", "shop"}));
}

TEST_F(RunParts, LineageOfAFileThatHoldsATable) {
  data::Database& tables = **project_->tables();
  const data::Recipe recipe{{{"fill", {{"column", "年龄"}, {"method", "mean"}}}}};
  ASSERT_TRUE(data::clean(tables, {"shop"}, recipe, {.name = "tidy"}, job_));
  ASSERT_TRUE(data::exportTable(tables, {"tidy"}, folder_ / "tidy.csv", {}, job_));
  const auto moved = folder_ / "moved.csv";
  std::filesystem::rename(folder_ / "tidy.csv", moved);
  const auto lineage = lineageOf(*project_, moved.string(), job_);
  ASSERT_TRUE(lineage.has_value()) << lineage.error().message(Language::English);
  EXPECT_EQ(lineage->kind, LineageKind::File);
  ASSERT_EQ(lineage->operations.size(), 3U);
  EXPECT_EQ(lineage->operations.back().operation, "export");
  ASSERT_EQ(lineage->files.size(), 1U);
  EXPECT_THAT(lineage->files.front().file, HasSubstr("shop.csv"));
  const std::string mermaid = lineageMermaid(*lineage);
  EXPECT_TRUE(ChartDocument::parse(mermaid, "lineage.mmd").has_value()) << mermaid;
}

TEST_F(RunParts, LineageOfAPictureIsThatOfWhatItShows) {
  TrainRequest request;
  request.table = {"shop"};
  request.dataset.target = "流失";
  request.dataset.positive = "是";
  request.model.type = "logistic_regression";
  const auto trained = trainOnTable(*project_, request, job_);
  ASSERT_TRUE(trained.has_value()) << trained.error().message(Language::English);
  const std::string alone = trained->record.id;
  const RunReport report = ran(twoBranches("流失, positive: 是"));
  const auto of_run = stage(report, "M").outputs.at(0)["value"]["model"].get<std::string>();
  int pictures = 0;
  const auto saved = [&](const FigureSubject& subject) {
    const auto file = folder_.write("picture.svg", "<svg id=\"" + std::to_string(++pictures) + "\"/>");
    const auto kept = recordFigure(*project_, file, subject, job_);
    EXPECT_TRUE(kept.has_value());
    const auto moved = folder_ / ("moved" + std::to_string(pictures) + ".svg");
    std::filesystem::rename(file, moved);
    auto lineage = lineageOf(*project_, moved.string(), job_);
    EXPECT_TRUE(lineage.has_value()) << lineage.error().message(Language::English);
    EXPECT_EQ(lineage->kind, LineageKind::File);
    EXPECT_EQ(lineage->files.size(), 1U) << "all of them were made of shop.csv";
    EXPECT_EQ(lineage->operations.back().operation, "figure");
    EXPECT_EQ(lineage->operations.back().code, codeVersion());
    EXPECT_TRUE(ChartDocument::parse(lineageMermaid(*lineage), "x.mmd").has_value());
    return std::move(*lineage);
  };

  const Lineage model = saved({.of = {{alone}}});
  EXPECT_EQ(model.model, alone);
  EXPECT_EQ(model.training, trained->record.card);
  EXPECT_FALSE(model.run.has_value());
  EXPECT_THAT(lineageMermaid(model), HasSubstr("--> operation2\n"));

  const Lineage behind = saved({.of = {{of_run}}});
  ASSERT_TRUE(behind.run.has_value());
  EXPECT_EQ(behind.stages.back().record.node, "M");

  const Lineage both = saved({.of = {{alone}, {of_run}}});
  ASSERT_EQ(both.parts.size(), 2U);
  EXPECT_EQ(both.parts[0].model, alone);
  EXPECT_EQ(both.parts[1].model, of_run);
  EXPECT_EQ(both.parts[1].stages.back().record.node, "M");
  EXPECT_EQ(toJson(both)["parts"].size(), 2U);
  EXPECT_THAT(both.tables, testing::ElementsAre("shop"));

  const Lineage stage_of_run = saved({.run = report.run, .stage = "M@1"});
  EXPECT_EQ(stage_of_run.stages.back().record.node, "M");
  EXPECT_LT(stage_of_run.stages.size(), saved({.run = report.run}).stages.size());

  const auto table = saved({.of = {{"shop"}}});
  EXPECT_EQ(table.operations.size(), 2U);
  const auto file = folder_.write("none.svg", "<svg/>");
  EXPECT_EQ(lineageOf(*project_, file.string(), job_).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace lodestone::pipeline
