// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/held_out.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/base/random.h"
#include "core/data/import.h"
#include "core/pipeline/model_workflow.h"
#include "core/project/model_records.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

std::string visitors(int rows, std::uint64_t seed) {
  Random random(seed);
  std::string csv = "age,spend,bought\n";
  for (int i = 0; i < rows; ++i) {
    const auto age = static_cast<int>(20 + random.below(50));
    const bool bought = random.uniform() < 0.012 * age;
    csv +=
        std::to_string(age) + "," + std::to_string(random.below(900)) + "," + (bought ? "yes" : "no") + "\n";
  }
  return csv;
}

class HeldOutTest : public testing::Test {
 protected:
  void SetUp() override {
    auto created = project::Project::create(folder_ / "p");
    ASSERT_TRUE(created.has_value()) << created.error().message(Language::English);
    project_.emplace(std::move(*created));
    import("visitors", visitors(600, 3));
  }

  void import(const std::string& table, const std::string& csv) {
    auto database = project_->tables();
    ASSERT_TRUE(database.has_value());
    const auto report = data::importFile(**database, folder_.write(table + ".csv", csv), table, {}, job_);
    ASSERT_TRUE(report.has_value()) << report.error().message(Language::English);
  }

  TrainReport train(TrainRequest request = {}) {
    request.table = {"visitors"};
    request.dataset.target = "bought";
    request.model.type = "mlp";
    request.model.parameters = {{"epochs", "2"}};
    request.model.device = "cpu";
    auto trained = trainOnTable(*project_, request, job_);
    if (!trained) ADD_FAILURE() << trained.error().message(Language::English);
    return trained ? std::move(*trained) : TrainReport{};
  }

  static void expectFigures(const HeldOut& rows, const Json& test) {
    const Json now = learn::toJson(learn::measure(rows.probability, rows.target));
    for (const char* key :
         {"rows", "positives", "accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc"})
      EXPECT_EQ(now.at(key), test.at(key)) << key;
  }

  void change() {
    auto database = project_->tables();
    ASSERT_TRUE(
        (*database)->execute("UPDATE visitors SET spend = spend + 1 WHERE rowid = 5", job_).has_value());
  }

  test::TemporaryFolder folder_;
  std::optional<project::Project> project_;
  JobContext job_;
};

TEST_F(HeldOutTest, GivesTheRecordedTestFigures) {
  const TrainReport report = train();
  const auto rows = heldOut(*project_, report.record.id, job_);
  ASSERT_TRUE(rows.has_value()) << rows.error().message(Language::English);
  EXPECT_EQ(rows->probability, report.training.test_probability);
  EXPECT_EQ(rows->baseline_probability, report.training.baseline_test_probability);
  expectFigures(*rows, report.record.metrics.at("test"));
  EXPECT_EQ(std::set<std::int64_t>(rows->rows.begin(), rows->rows.end()).size(), rows->rows.size());
}

TEST_F(HeldOutTest, TellsEachEpochAndTheIdAsTheyCome) {
  TrainRequest request;
  std::string id;
  std::vector<int> epochs;
  request.on_begin = [&](const std::string& begun) { id = begun; };
  request.on_epoch = [&](const learn::Epoch& epoch) { epochs.push_back(epoch.epoch); };
  EXPECT_EQ(train(request).record.id, id);
  EXPECT_EQ(epochs, (std::vector<int>{1, 2}));
}

TEST_F(HeldOutTest, DoesNotDependOnTheTableOnceTrained) {
  const TrainReport report = train();
  change();
  const auto rows = heldOut(*project_, report.record.id, job_);
  ASSERT_TRUE(rows.has_value());
  expectFigures(*rows, report.record.metrics.at("test"));
}

TEST_F(HeldOutTest, ScoresAgainWhereTheFileIsMissing) {
  const TrainReport report = train();
  std::filesystem::remove(project_->modelsFolder() / report.record.id / "held_out.safetensors");
  const auto rows = heldOut(*project_, report.record.id, job_);
  ASSERT_TRUE(rows.has_value()) << rows.error().message(Language::English);
  expectFigures(*rows, report.record.metrics.at("test"));
  EXPECT_TRUE(rows->baseline_probability.empty());
  change();
  const auto changed = heldOut(*project_, report.record.id, job_);
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(changed.error().where.table, "visitors");
}

TEST_F(HeldOutTest, AnotherModelsScoresAreCorrupt) {
  const TrainReport first = train();
  TrainRequest other;
  other.dataset.seed = 7;
  const TrainReport second = train(other);
  std::filesystem::copy_file(project_->modelsFolder() / second.record.id / "held_out.safetensors",
                             project_->modelsFolder() / first.record.id / "held_out.safetensors",
                             std::filesystem::copy_options::overwrite_existing);
  const auto rows = heldOut(*project_, first.record.id, job_);
  ASSERT_FALSE(rows.has_value());
  EXPECT_EQ(rows.error().code, ErrorCode::Corrupt);
}

TEST_F(HeldOutTest, RowsOfTheTableWithTheirScores) {
  const TrainReport report = train();
  const auto table = heldOutTable(*project_, report.record.id, job_);
  ASSERT_TRUE(table.has_value()) << table.error().message(Language::English);
  auto database = project_->tables();
  const auto info = (*database)->table(*table);
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->rows, report.record.metrics.at("test").at("rows").get<std::int64_t>());
  // The outcome beside a row's score is that of the same row of the table.
  const auto wrong = (*database)->rows("SELECT count(*) FROM " + data::quoted(*table) +
                                           " WHERE (bought::VARCHAR IN ('yes', 'true')) <> "
                                           "(lodestone_outcome = 1)",
                                       job_);
  ASSERT_TRUE(wrong.has_value()) << wrong.error().message(Language::English);
  EXPECT_EQ(wrong->rows[0][0].get<std::int64_t>(), 0);
  change();
  EXPECT_FALSE(heldOutTable(*project_, report.record.id, job_).has_value());
}

TEST_F(HeldOutTest, NoRowsOfATrainingThatDidNotEnd) {
  const auto id = project_->models().begin("mlp", "classification", "visitors", "bought", Json::object());
  ASSERT_TRUE(id.has_value());
  const auto rows = heldOut(*project_, *id, job_);
  ASSERT_FALSE(rows.has_value());
  EXPECT_EQ(rows.error().code, ErrorCode::InvalidArgument);
}

TEST_F(HeldOutTest, TheCardKeepsTableAndCrossValidation) {
  TrainRequest request;
  request.model.cross_validation = 2;
  const TrainReport report = train(request);
  EXPECT_EQ(report.record.card.at("table").at("name"), "visitors");
  EXPECT_EQ(report.record.card.at("cross_validation").at("folds").size(), 2U);
  EXPECT_TRUE(project_->verify()->empty());
}

}  // namespace
}  // namespace lodestone::pipeline
