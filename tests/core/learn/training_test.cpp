// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/training.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

Dataset dataset(std::uint64_t seed = 42, double validation = 0.2) {
  JobContext job;
  return prepareDataset(
             test::customers(600, 1),
             {.target = "churn", .exclude = {"id"}, .validation_fraction = validation, .seed = seed}, job)
      .value();
}

Result<Training> trained(const Dataset& data, const ModelPlan& plan) {
  JobContext job;
  return train(data, plan, job);
}

const std::map<std::string, std::string> kQuick = {{"epochs", "3"}, {"hidden", "8"}};

TEST(Train, theSameSeedGivesTheSameNumbers) {
  const Dataset data = dataset();
  const auto first = trained(data, {.parameters = kQuick});
  const auto second = trained(data, {.parameters = kQuick});
  ASSERT_TRUE(first) << first.error().message(Language::English);
  EXPECT_EQ(first->test_probability, second->test_probability);
  EXPECT_EQ(first->epochs.back().loss, second->epochs.back().loss);
  EXPECT_EQ(dumpJson(first->model.metrics), dumpJson(second->model.metrics));
  EXPECT_NE(trained(dataset(43), {.parameters = kQuick})->test_probability, first->test_probability);
}

TEST(Train, learnsWhatAWeightedSumCannot) {
  std::vector<float> target, validation_target;
  const Matrix rows = test::sameSign(2000, 1, target);
  const Matrix validation = test::sameSign(500, 2, validation_target);
  const auto auc = [&](const std::string& type, const std::map<std::string, std::string>& parameters) {
    JobContext job;
    auto fit = engine().value()->fit({.type = type,
                                      .parameters = test::parametersOf(type, parameters),
                                      .train = &rows,
                                      .train_target = &target},
                                     job);
    return measure(fit.value().model->predict(validation, job).value(), validation_target).roc_auc;
  };
  EXPECT_GT(auc("mlp", {{"hidden", "32,32"}, {"dropout", "0"}, {"epochs", "20"}, {"learning_rate", "0.01"}}),
            0.97);
  EXPECT_LT(auc("logistic_regression", {}), 0.65);
}

TEST(Train, aBaselineTrainsBeside) {
  const auto mlp = trained(dataset(), {.parameters = kQuick});
  EXPECT_EQ(mlp->model.baseline.at("type"), "logistic_regression");
  EXPECT_GT(mlp->model.baseline.at("metrics").at("test").at("roc_auc").get<double>(), 0.7);
  EXPECT_EQ(mlp->baseline_test_probability.size(), 120U);
  const auto logistic = trained(dataset(), {.type = "logistic_regression"});
  EXPECT_EQ(logistic->model.baseline.at("type"), "constant");
  EXPECT_EQ(logistic->model.baseline.at("metrics").at("test").at("roc_auc").get<double>(), 0.5);
}

TEST(Train, tellsEachEpochWithItsValidation) {
  const Dataset data = dataset();
  JobContext job;
  std::vector<Epoch> told;
  const auto training =
      train(data, {.parameters = {{"epochs", "12"}}}, job, [&](const Epoch& epoch) -> Result<> {
        told.push_back(epoch);
        return {};
      });
  ASSERT_EQ(told.size(), 12U);
  for (std::size_t i = 0; i < told.size(); ++i) EXPECT_EQ(told[i].epoch, static_cast<int>(i) + 1);
  EXPECT_LT(told.back().loss, told.front().loss);
  EXPECT_EQ(training->epochs.size(), 12U);
  const Metrics validation = measure(training->validation_probability, data.validation_target);
  EXPECT_EQ(told.back().validation_roc_auc, validation.roc_auc);
  EXPECT_EQ(told.back().validation_loss, validation.log_loss);
  EXPECT_GT(training->train_seconds, 0);
  EXPECT_LT(training->train_seconds, training->seconds);
}

TEST(Train, aGridIsChosenOnTheValidationRows) {
  const Dataset data = dataset();
  const auto training =
      trained(data, {.parameters = {{"epochs", "2"}},
                     .grid = {{"hidden", {"4", "32"}}, {"learning_rate", {"0.00000001", "0.01"}}}});
  ASSERT_TRUE(training) << training.error().message(Language::English);
  ASSERT_EQ(training->grid.size(), 4U);
  double best = 0;
  std::map<std::string, std::string> of_best;
  for (const GridPoint& point : training->grid) {
    EXPECT_EQ(point.parameters.at("epochs"), "2");
    if (point.validation.roc_auc <= best) continue;
    best = point.validation.roc_auc;
    of_best = point.parameters;
  }
  EXPECT_EQ(training->model.parameters.all(), of_best);
  EXPECT_EQ(training->model.metrics.at("validation").at("roc_auc").get<double>(), best);
  EXPECT_EQ(training->model.parameters.text("learning_rate"), "0.01");
}

TEST(Train, refusesPlansThatMakeNoSense) {
  const Dataset data = dataset();
  const auto code = [&](const ModelPlan& plan) {
    const auto training = trained(data, plan);
    return training ? ErrorCode::Internal : training.error().code;
  };
  EXPECT_EQ(code({.type = "nosuch"}), ErrorCode::NotFound);
  EXPECT_EQ(code({.parameters = {{"layers", "3"}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.parameters = {{"hidden", "a,b"}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.parameters = {{"epochs", "0"}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.grid = {{"hidden", {}}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.grid = {{"dropout", {"0.1", "7"}}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.device = "gpu"}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.parameters = kQuick, .cross_validation = 1}), ErrorCode::InvalidArgument);
  const auto without = trained(dataset(42, 0), {.grid = {{"hidden", {"4", "8"}}}});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, ErrorCode::InvalidArgument);
}

TEST(Train, worksWithoutValidationRows) {
  const auto training = trained(dataset(42, 0), {.parameters = kQuick});
  ASSERT_TRUE(training) << training.error().message(Language::English);
  EXPECT_TRUE(training->model.metrics.at("validation").is_null());
  EXPECT_TRUE(std::isnan(training->epochs.back().validation_loss));
}

TEST(Train, theCardSaysHowItCameAbout) {
  const auto training = trained(dataset(), {.parameters = kQuick});
  const Json& card = training->model.card;
  for (const char* key : {"seed", "data_hash", "split", "device", "device_name", "duration_seconds", "rows",
                          "features", "left_out", "dropped_duplicates", "dropped_without_target", "versions",
                          "parameters", "positive", "created_at"})
    EXPECT_TRUE(card.contains(key)) << key;
  EXPECT_EQ(card.at("split").at("train"), 384);
  EXPECT_EQ(card.at("split").at("test"), 120);
  EXPECT_EQ(card.at("positive"), "yes");
  EXPECT_TRUE(card.at("versions").contains("libtorch"));
}

TEST(CrossValidation, scoresEachRowOnce) {
  const auto training = trained(dataset(), {.type = "logistic_regression", .cross_validation = 4});
  ASSERT_TRUE(training) << training.error().message(Language::English);
  const Json& folds = training->cross_validation.at("folds");
  ASSERT_EQ(folds.size(), 4U);
  std::int64_t rows = 0;
  double sum = 0;
  for (const Json& fold : folds) {
    rows += fold.at("rows").get<std::int64_t>();
    sum += fold.at("roc_auc").get<double>();
  }
  EXPECT_EQ(rows, 480);  // training and validation rows, no test row
  EXPECT_NEAR(training->cross_validation.at("mean").at("roc_auc").get<double>(), sum / 4, 1e-12);
  EXPECT_GT(training->cross_validation.at("deviation").at("roc_auc").get<double>(), 0);
}

TEST(CrossValidation, keepsGroupsTogether) {
  Frame frame = test::customers(600, 7);
  std::vector<std::string> household;
  for (int i = 0; i < 600; ++i) household.push_back("h" + std::to_string(i % 3));
  frame.columns.push_back(test::texts("household", household));
  JobContext job;
  const auto data = prepareDataset(
      frame, {.target = "churn", .exclude = {"id"}, .test_fraction = 0, .validation_fraction = 0}, job);
  ASSERT_TRUE(data) << data.error().message(Language::English);
  Dataset grouped = *data;
  grouped.plan.group = "household";
  const auto training = trained(grouped, {.type = "constant", .cross_validation = 5});
  ASSERT_TRUE(training) << training.error().message(Language::English);
  EXPECT_EQ(training->cross_validation.at("folds").size(), 3U);  // as many as there are groups
}

}  // namespace
}  // namespace lodestone::learn
