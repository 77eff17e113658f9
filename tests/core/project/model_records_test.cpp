// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/model_records.h"

#include "core/base/hash.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ModelTest : public ProjectTest {
 protected:
  static std::string begin(Project& project, const std::string& type = "mlp") {
    return must(project.models().begin(type, "propensity", "telco", "Churn", {{"epochs", 3}}));
  }
  /// A finished model with its files.
  std::string train(Project& project) const {
    ModelRecord record;
    record.id = begin(project);
    const std::string folder = "shop.lodestone/models/" + record.id;
    folder_.write(folder + "/model.safetensors", "weights");
    folder_.write(folder + "/model.json", "{}");
    record.metrics = {{"test", {{"accuracy", 0.8}}}};
    record.baseline = {{"type", "logistic_regression"}};
    record.card = {{"seed", 42}};
    record.file_hash = sha256Hex("weights{}");
    mustDo(project.models().finish(record));
    return record.id;
  }
};

TEST_F(ModelTest, idsCountWithinTheirType) {
  Project project = create();
  EXPECT_EQ(begin(project), "mlp-0001");
  EXPECT_EQ(begin(project), "mlp-0002");
  EXPECT_EQ(begin(project, "logistic_regression"), "logistic_regression-0001");
  EXPECT_EQ(codeOf(project.models().begin("../x", "", "t", "y", {})), ErrorCode::InvalidArgument);
}

TEST_F(ModelTest, aTrainingIsRecordedFromItsFirstMoment) {
  Project project = create();
  const std::string id = begin(project);
  mustDo(project.models().addEpoch(id, 1, {{"epoch", 1}, {"loss", 0.7}}));
  mustDo(project.models().addEpoch(id, 2, {{"epoch", 2}, {"loss", 0.6}}));
  mustDo(project.models().addEpoch(id, 2, {{"epoch", 2}, {"loss", 0.5}}));
  const auto record = must(project.models().get(id));
  EXPECT_EQ(record.state, TrainingState::Running);
  EXPECT_EQ(record.table, "telco");
  EXPECT_EQ(record.target, "Churn");
  EXPECT_EQ(record.parameters, Json({{"epochs", 3}}));
  EXPECT_EQ(record.finished_at, "");
  const auto epochs = must(project.models().epochs(id));
  ASSERT_THAT(epochs, SizeIs(2));
  EXPECT_EQ(epochs[1]["loss"], 0.5);
}

TEST_F(ModelTest, aFinishedTrainingIsClosed) {
  Project project = create();
  const std::string id = train(project);
  const auto record = must(project.models().get(id));
  EXPECT_EQ(record.state, TrainingState::Done);
  EXPECT_EQ(record.metrics["test"]["accuracy"], 0.8);
  EXPECT_EQ(record.parameters, Json({{"epochs", 3}}));
  EXPECT_NE(record.finished_at, "");
  EXPECT_EQ(codeOf(project.models().finish(record)), ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(project.models().end(id, TrainingState::Failed, "late")), ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(project.models().addEpoch(id, 9, {})), ErrorCode::InvalidArgument);
}

TEST_F(ModelTest, aTrainingThatFailsSaysWhy) {
  Project project = create();
  const std::string id = begin(project);
  EXPECT_EQ(codeOf(project.models().end(id, TrainingState::Done, "")), ErrorCode::InvalidArgument);
  mustDo(project.models().end(id, TrainingState::Failed, "out of memory"));
  const auto record = must(project.models().get(id));
  EXPECT_EQ(trainingStateName(record.state), "failed");
  EXPECT_EQ(record.message, "out of memory");
}

TEST_F(ModelTest, anUnknownModelNamesTheKnownOnes) {
  Project project = create();
  EXPECT_THAT(messageOf(project.models().get("mlp-0009")), HasSubstr("none yet"));
  begin(project);
  EXPECT_EQ(codeOf(project.models().get("mlp-0009")), ErrorCode::NotFound);
  EXPECT_THAT(messageOf(project.models().get("mlp-0009")), HasSubstr("mlp-0001"));
  EXPECT_EQ(codeOf(project.models().addEpoch("x-0001", 1, {})), ErrorCode::NotFound);
}

TEST_F(ModelTest, aTrainingThatWasKilledIsBegunAgainUnderItsId) {
  {
    Project project = create();
    EXPECT_EQ(must(project.models().begin("mlp", "churn", "t", "y", {}, "key")), "mlp-0001");
    mustDo(project.models().addEpoch("mlp-0001", 1, {{"loss", 1}}));
  }
  Project project = open();
  EXPECT_EQ(must(project.models().begin("mlp", "churn", "t", "y", {}, "other")), "mlp-0002");
  EXPECT_EQ(must(project.models().begin("mlp", "churn", "t", "y", {})), "mlp-0003");
  EXPECT_EQ(must(project.models().begin("mlp", "churn", "t", "y", {}, "key")), "mlp-0001");
  const auto again = must(project.models().get("mlp-0001"));
  EXPECT_EQ(again.state, TrainingState::Running);
  EXPECT_EQ(again.finished_at, "");
  EXPECT_EQ(again.made_for, "key");
  EXPECT_THAT(must(project.models().epochs("mlp-0001")), IsEmpty());
  EXPECT_EQ(must(project.models().begin("mlp", "churn", "t", "y", {}, "key")), "mlp-0004")
      << "one that runs is not taken over";
}

TEST_F(ModelTest, changedAndMissingModelFilesAreFound) {
  {
    Project project = create();
    train(project);
    train(project);
    EXPECT_THAT(messages(must(project.verify())), IsEmpty());
  }
  folder_.write("shop.lodestone/models/mlp-0001/model.json", "{ }");
  std::filesystem::remove(path_ / "models/mlp-0002/model.safetensors");
  const auto found = problems();
  EXPECT_THAT(found, SizeIs(2));
  EXPECT_THAT(found, Contains(HasSubstr("mlp-0001 were changed")));
  EXPECT_THAT(found, Contains(HasSubstr("mlp-0002/model.safetensors")));
}

}  // namespace

}  // namespace lodestone::project
