// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/learn/safetensors.h"
#include "core/learn/training.h"
#include "tests/core/learn/made_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::learn {
namespace {

class Saved : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    JobContext job;
    const auto data = prepareDataset(frame_, {.target = "churn", .exclude = {"id"}}, job);
    std::map<std::string, std::string> parameters;
    if (GetParam() == "mlp") parameters = {{"epochs", "2"}, {"hidden", "8x4"}};
    auto training = train(data.value(), {.type = GetParam(), .parameters = parameters}, job);
    ASSERT_TRUE(training) << training.error().message(Language::English);
    model_ = std::move(training->model);
    const auto hash = model_.save(folder());
    ASSERT_TRUE(hash) << hash.error().message(Language::English);
    hash_ = *hash;
  }
  std::filesystem::path folder() const { return temporary_ / "models" / "one"; }
  std::string bytesOf(const std::string& name) const { return readFile(folder() / name).value(); }
  void overwrite(const std::string& name, const std::string& bytes) const {
    ASSERT_TRUE(writeFileAtomically(folder() / name, bytes));
  }
  /// The failure's file must be the one that was tampered with.
  ErrorCode refusal(const std::string& name) const {
    const auto loaded = TrainedModel::load(folder());
    if (loaded) return ErrorCode::Internal;
    EXPECT_EQ(loaded.error().where.file, (folder() / name).string());
    EXPECT_NE(loaded.error().message(Language::English).find(name), std::string::npos);
    return loaded.error().code;
  }
  /// Other weights, with their hash written into model.json as a forger would.
  void forge(const Safetensors& content) const {
    const std::string bytes = writeSafetensors(content);
    overwrite("model.safetensors", bytes);
    Json record = parseJson(bytesOf("model.json"), "x").value();
    record["weights"]["sha256"] = sha256Hex(bytes);
    overwrite("model.json", dumpJson(record));
  }

  test::TemporaryFolder temporary_;
  Frame frame_ = test::customers(400, 1);
  TrainedModel model_;
  std::string hash_;
};

TEST_P(Saved, predictsTheSameToTheLastBit) {
  const auto loaded = TrainedModel::load(folder(), "cpu");
  ASSERT_TRUE(loaded) << loaded.error().message(Language::English);
  JobContext job;
  const Frame fresh = test::customers(5000, 77);
  EXPECT_EQ(loaded->predict(fresh, job).value(), model_.predict(fresh, job).value());
  EXPECT_EQ(dumpJson(loaded->card), dumpJson(model_.card));
  EXPECT_EQ(dumpJson(loaded->metrics), dumpJson(model_.metrics));
  EXPECT_EQ(loaded->parameters.all(), model_.parameters.all());
  EXPECT_EQ(loaded->plan.positive, "yes");
}

TEST_P(Saved, isTheSameBytesAgain) {
  const auto loaded = TrainedModel::load(folder(), "cpu");
  EXPECT_EQ(loaded->save(temporary_ / "two").value(), hash_);
  EXPECT_EQ(sha256Hex(bytesOf("model.safetensors") + bytesOf("model.json")), hash_);
}

TEST_P(Saved, aRowsPredictionDoesNotDependOnItsNeighbours) {
  JobContext job;
  const std::vector<float> all = model_.predict(frame_, job).value();
  const std::vector<float> some = model_.predict(frame_.take({5, 17, 200}), job).value();
  EXPECT_NEAR(some[1], all[17], 1e-6);
}

TEST_P(Saved, neverOverwrites) {
  const auto again = model_.save(folder());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder().parent_path()))
    ++entries;
  EXPECT_EQ(entries, 1U);  // nothing half written beside it
}

TEST_P(Saved, refusesOtherWeights) {
  std::string bytes = bytesOf("model.safetensors");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  overwrite("model.safetensors", bytes);
  EXPECT_EQ(refusal("model.safetensors"), ErrorCode::Corrupt);
  overwrite("model.safetensors", "");
  EXPECT_EQ(refusal("model.safetensors"), ErrorCode::Corrupt);
}

TEST_P(Saved, refusesForgedWeights) {
  Safetensors content = readSafetensors(bytesOf("model.safetensors"), "x").value();
  Safetensors renamed = content;
  renamed.tensors[0].name = "other";
  forge(renamed);
  EXPECT_EQ(refusal("model.safetensors"), ErrorCode::Corrupt);
  Safetensors longer = content;
  longer.tensors.push_back({"more", {1}, {1}});
  forge(longer);
  EXPECT_EQ(refusal("model.safetensors"), ErrorCode::Corrupt);
  Safetensors reshaped = content;
  reshaped.tensors[0].shape.push_back(1);
  forge(reshaped);
  EXPECT_EQ(refusal("model.safetensors"), ErrorCode::Corrupt);
  forge(content);
  EXPECT_TRUE(TrainedModel::load(folder()));
}

TEST_P(Saved, refusesARecordThatIsNone) {
  const Json good = parseJson(bytesOf("model.json"), "x").value();
  const auto with = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    overwrite("model.json", dumpJson(bad));
    return refusal("model.json");
  };
  EXPECT_EQ(with("/format", "other"), ErrorCode::Corrupt);
  EXPECT_EQ(with("/format_version", 99), ErrorCode::NewerVersion);
  EXPECT_EQ(with("/type", "nosuch"), ErrorCode::Corrupt);
  EXPECT_EQ(with("/parameters", {{"nosuch", "1"}}), ErrorCode::Corrupt);
  EXPECT_EQ(with("/encoder/columns/0/name", "other"), ErrorCode::Corrupt);  // no longer of the fingerprint
  EXPECT_EQ(with("/plan/seed", -1), ErrorCode::Corrupt);
  EXPECT_EQ(with("/plan/fill_numbers", "magic"), ErrorCode::Corrupt);
  EXPECT_EQ(with("/metrics", nullptr), ErrorCode::Corrupt);
  EXPECT_EQ(with("/weights/sha256", 5), ErrorCode::Corrupt);
  overwrite("model.json", "not json");
  EXPECT_EQ(refusal("model.json"), ErrorCode::Corrupt);
  std::filesystem::remove(folder() / "model.json");
  EXPECT_EQ(refusal("model.json"), ErrorCode::NotFound);
}

TEST_P(Saved, namesColumnsThatAreMissing) {
  JobContext job;
  Frame narrow = frame_;
  narrow.columns.erase(narrow.columns.begin() + 1);
  const auto probability = model_.predict(narrow, job);
  ASSERT_FALSE(probability);
  EXPECT_EQ(probability.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(probability.error().where.column, "spend");
}

INSTANTIATE_TEST_SUITE_P(EachType, Saved, testing::Values("mlp", "logistic_regression", "constant"),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace lodestone::learn
