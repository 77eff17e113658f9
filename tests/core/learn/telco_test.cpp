// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "tests/core/learn/made_data.h"
#include "tests/support/shared_data.h"

namespace lodestone::learn {
namespace {

/// The worked example on a public table of 7,043 customers, with the split of three seeds.
TEST(WorkedExample, reachesTheBaselinesOfOthers) {
  const auto file = test::sharedFile("data/telco-churn/Telco-Customer-Churn.csv");
  LODESTONE_NEEDS(file);
  const Frame frame = test::readPlainCsv(readFile(file).value());
  ASSERT_EQ(frame.rows, 7043);
  double mlp = 0;
  double baseline = 0;
  for (const std::uint64_t seed : {42U, 43U, 44U}) {
    JobContext job;
    const auto data = prepareDataset(
        frame, {.target = "Churn", .positive = "Yes", .exclude = {"customerID"}, .seed = seed}, job);
    ASSERT_TRUE(data) << data.error().message(Language::English);
    EXPECT_EQ(data->train.rows, 4507);
    const auto training = train(*data, {.device = "cpu"}, job);
    ASSERT_TRUE(training) << training.error().message(Language::English);
    mlp += training->model.metrics.at("test").at("roc_auc").get<double>() / 3;
    baseline += training->model.baseline.at("metrics").at("test").at("roc_auc").get<double>() / 3;
  }
  RecordProperty("mean_test_roc_auc", std::to_string(mlp));
  RecordProperty("mean_baseline_roc_auc", std::to_string(baseline));
  EXPECT_GE(mlp, 0.825);
  EXPECT_GE(mlp, baseline - 0.01);
}

}  // namespace
}  // namespace lodestone::learn
