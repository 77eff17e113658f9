// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/import.h"
#include "core/pipeline/runner.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {

/// A table of the kind that analysts have: text target, ids, gaps, a constant column, Chinese headers.
inline std::string shopTable(int rows) {
  Random random(7);
  std::string csv = "客户编号,年龄,城市,渠道,消费,常量,流失\n";
  const std::vector<std::string> cities = {"北京", "上海", "", "广州"};
  for (int i = 0; i < rows; ++i) {
    const auto age = static_cast<int>(20 + random.below(50));
    const auto spend = static_cast<int>(random.below(1000));
    const double risk = 0.15 + 0.006 * (70 - age) + (spend < 300 ? 0.25 : 0.0);
    csv += "C" + std::to_string(100000 + i) + "," + std::to_string(age) + "," + cities[random.below(4)] +
           "," + (random.below(2) == 0 ? "app" : "web") + "," +
           (random.below(20) == 0 ? "" : std::to_string(spend)) + ",1," +
           (random.uniform() < risk ? "是" : "否") + "\n";
  }
  return csv;
}

/// A project with one table, "shop", and the ways to run charts on it.
class RunTest : public testing::Test {
 protected:
  void SetUp() override {
    auto created = project::Project::create(folder_ / "p");
    ASSERT_TRUE(created.has_value()) << created.error().message(Language::English);
    project_.emplace(std::move(*created));
    auto database = project_->tables();
    ASSERT_TRUE(database.has_value());
    const auto report =
        data::importFile(**database, folder_.write("shop.csv", shopTable(1500)), "shop", {}, job_);
    ASSERT_TRUE(report.has_value()) << report.error().message(Language::English);
  }

  Result<RunReport> run(const std::string& chart) {
    return runChart(*project_, chart, "chart.mmd", options_, job_);
  }
  /// A run without failure.
  RunReport ran(const std::string& chart) {
    auto report = run(chart);
    EXPECT_TRUE(report.has_value()) << report.error().message(Language::English);
    if (!report) return {};
    EXPECT_FALSE(report->error.has_value()) << report->error->message(Language::English);
    return std::move(*report);
  }
  static std::vector<std::string> nodes(const RunReport& report) {
    std::vector<std::string> out;
    for (const project::StageRecord& stage : report.stages)
      out.push_back(stage.node + std::to_string(stage.cycle));
    return out;
  }
  static std::map<std::string, std::string> states(const std::vector<project::StageRecord>& stages) {
    std::map<std::string, std::string> out;
    for (const project::StageRecord& stage : stages) out[stage.node] = stage.state;
    return out;
  }
  static const project::StageRecord& stage(const RunReport& report, const std::string& node, int cycle = 1) {
    for (const project::StageRecord& each : report.stages)
      if (each.node == node && each.cycle == cycle) return each;
    throw std::runtime_error("no stage " + node);
  }

  test::TemporaryFolder folder_;
  std::optional<project::Project> project_;
  RunOptions options_;
  JobContext job_;
};

}  // namespace lodestone::pipeline
