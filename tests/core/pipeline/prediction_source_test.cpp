// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/prediction_source.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/data/import.h"
#include "core/pipeline/model_workflow.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

std::string visitors(int rows) {
  Random random(3);
  std::string csv = "age,spend,bought\n";
  for (int i = 0; i < rows; ++i) {
    const auto age = static_cast<int>(20 + random.below(50));
    const bool bought = random.uniform() < 0.01 * age;
    csv +=
        std::to_string(age) + "," + std::to_string(random.below(900)) + "," + (bought ? "yes" : "no") + "\n";
  }
  return csv;
}

class PredictionSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    auto created = project::Project::create(folder_ / "p");
    ASSERT_TRUE(created.has_value()) << created.error().message(Language::English);
    project_.emplace(std::move(*created));
    auto database = project_->tables();
    ASSERT_TRUE(database.has_value());
    for (const char* table : {"visitors", "leads"}) {
      const auto report = data::importFile(
          **database, folder_.write(std::string(table) + ".csv", visitors(400)), table, {}, job_);
      ASSERT_TRUE(report.has_value()) << report.error().message(Language::English);
    }
  }

  std::string train() {
    TrainRequest request;
    request.table = {"visitors"};
    request.dataset.target = "bought";
    request.model = {.type = "logistic_regression", .parameters = {}, .grid = {}, .device = "cpu"};
    const auto trained = trainOnTable(*project_, request, job_);
    if (!trained) ADD_FAILURE() << trained.error().message(Language::English);
    return trained ? trained->record.id : std::string();
  }

  test::TemporaryFolder folder_;
  std::optional<project::Project> project_;
  JobContext job_;
};

TEST_F(PredictionSourceTest, SaysThatNothingHasBeenTrained) {
  const auto none = predictionsFor(*project_, {}, "cpu", job_);
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
}

TEST_F(PredictionSourceTest, APopulationNeedsAModel) {
  train();
  const auto refused =
      predictionsFor(*project_, {.model = "", .population = data::TableName{"leads"}}, "cpu", job_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
}

TEST_F(PredictionSourceTest, WithoutARunTheNewestModelScores) {
  train();
  const std::string newest = train();
  const auto scored = predictionsFor(*project_, {}, "cpu", job_);
  ASSERT_TRUE(scored.has_value()) << scored.error().message(Language::English);
  EXPECT_EQ(scored->model, newest);
  EXPECT_EQ(scored->population.name, scored->history.name) << "its own table is addressed";
}

TEST_F(PredictionSourceTest, AGivenModelScoresTheGivenTable) {
  const std::string first = train();
  train();
  const auto scored =
      predictionsFor(*project_, {.model = first, .population = data::TableName{"leads"}}, "cpu", job_);
  ASSERT_TRUE(scored.has_value()) << scored.error().message(Language::English);
  EXPECT_EQ(scored->model, first);
  EXPECT_NE(scored->population.name, scored->history.name);
}

}  // namespace
}  // namespace lodestone::pipeline
