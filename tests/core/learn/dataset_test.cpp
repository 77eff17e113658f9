// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "core/base/random.h"
#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

using test::frameOf;
using test::numbers;
using test::texts;
using testing::HasSubstr;

Result<Dataset> prepared(const Frame& frame, const DatasetPlan& plan, const Frame* test = nullptr) {
  JobContext job;
  return prepareDataset(frame, plan, job, test);
}

std::string messageOf(const Result<Dataset>& result) {
  return result ? "it worked" : result.error().message(Language::English);
}

/// 200 rows with this target and one feature.
Frame withTarget(FrameColumn target) {
  std::vector<double> feature;
  for (int i = 0; i < 200; ++i) feature.push_back(i * 0.37);
  return frameOf({numbers("x", feature), std::move(target)});
}

TEST(PrepareDataset, splitsByThePublishedRule) {
  const Frame frame = test::customers(500, 1);
  const auto dataset = prepared(frame, {.target = "churn", .exclude = {"id"}});
  ASSERT_TRUE(dataset) << messageOf(dataset);
  EXPECT_EQ(dataset->test_rows, splitRows(500, 0.2, 42).first);
  EXPECT_EQ(dataset->test.rows, 100);
  EXPECT_EQ(dataset->validation.rows, 80);
  EXPECT_EQ(dataset->train.rows, 320);
  EXPECT_EQ(dataset->train.columns, dataset->test.columns);
  EXPECT_EQ(dataset->plan.positive, "yes");
  EXPECT_EQ(dataset->negative, "no");
  std::set<std::int64_t> all;
  for (const auto* rows : {&dataset->train_rows, &dataset->validation_rows, &dataset->test_rows})
    all.insert(rows->begin(), rows->end());
  EXPECT_EQ(all.size(), 500U);
  for (std::size_t i = 0; i < dataset->test_rows.size(); ++i)
    EXPECT_EQ(dataset->test_target[i] > 0.5F,
              frame.cell(*frame.find("churn"), dataset->test_rows[i]) == "yes");
}

TEST(PrepareDataset, dropsDuplicatesAndRowsWithoutTargetBeforeTheSplit) {
  const Frame plain = test::customers(300, 2);
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < 300; ++i) rows.push_back(i);
  for (std::int64_t i = 0; i < 40; ++i) rows.insert(rows.begin() + 2 * i + 1, i);  // copies among the others
  Frame dirty = plain.take(rows);
  std::vector<std::int64_t> without = rows;
  dirty.columns.back().codes.back() = -1;
  const auto dataset = prepared(dirty, {.target = "churn", .exclude = {"id"}});
  ASSERT_TRUE(dataset) << messageOf(dataset);
  EXPECT_EQ(dataset->dropped_duplicates, 40);
  EXPECT_EQ(dataset->dropped_without_target, 1);
  EXPECT_EQ(dataset->part.size(), 299U);
  const auto kept = prepared(dirty, {.target = "churn", .exclude = {"id"}, .duplicates = Duplicates::Keep});
  EXPECT_EQ(kept->part.size(), 339U);
}

TEST(PrepareDataset, duplicatesAreSoInExcludedColumnsToo) {
  const Frame frame = test::customers(300, 2);  // ids differ, so that nothing is a duplicate
  EXPECT_EQ(prepared(frame, {.target = "churn", .exclude = {"id", "spend"}})->dropped_duplicates, 0);
}

TEST(PrepareDataset, testRowsNeverInfluenceTheEncoder) {
  Frame frame = test::customers(400, 4);
  const DatasetPlan plan{.target = "churn", .exclude = {"id"}};
  const auto before = prepared(frame, plan);
  for (const std::int64_t row : before->test_rows)
    frame.columns[1].numbers[static_cast<std::size_t>(row)] += 1e6;
  const auto after = prepared(frame, plan);
  EXPECT_EQ(after->encoder.toJson(), before->encoder.toJson());
  EXPECT_EQ(after->train.values, before->train.values);
  EXPECT_NE(after->test.values, before->test.values);
  EXPECT_NE(after->data_hash, before->data_hash);
}

TEST(PrepareDataset, readsTargetsOfEveryKind) {
  std::vector<double> zero_one, two_three;
  std::vector<std::string> chinese;
  for (int i = 0; i < 200; ++i) {
    zero_one.push_back(i % 3 == 0 ? 1 : 0);
    two_three.push_back(i % 3 == 0 ? 3 : 2);
    chinese.emplace_back(i % 3 == 0 ? "是" : "否");
  }
  const auto positives = [](const Result<Dataset>& dataset) {
    return dataset ? std::count(dataset->target.begin(), dataset->target.end(), 1.0F) : -1;
  };
  const Frame truth = withTarget(numbers("y", zero_one));
  EXPECT_EQ(positives(prepared(truth, {.target = "y"})), 67);
  EXPECT_EQ(positives(prepared(truth, {.target = "y", .positive = "true"})), 67);
  EXPECT_EQ(positives(prepared(truth, {.target = "y", .positive = "false"})), 133);
  EXPECT_EQ(positives(prepared(truth, {.target = "y", .positive = "1.0"})), 67);
  EXPECT_EQ(positives(prepared(withTarget(numbers("y", two_three)), {.target = "y"})), 67);
  EXPECT_EQ(positives(prepared(withTarget(texts("流失", chinese)), {.target = "流失", .positive = "否"})),
            133);
}

TEST(PrepareDataset, moreThanTwoValuesNeedThePositiveOne) {
  std::vector<std::string> values;
  for (int i = 0; i < 200; ++i) values.push_back("v" + std::to_string(i % 4));
  const Frame frame = withTarget(texts("y", values));
  const auto dataset = prepared(frame, {.target = "y"});
  ASSERT_FALSE(dataset);
  EXPECT_EQ(dataset.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(dataset), HasSubstr("v0, v1, v2, v3"));
  const auto named = prepared(frame, {.target = "y", .positive = "v2"});
  ASSERT_TRUE(named) << messageOf(named);
  EXPECT_EQ(named->negative, "");
}

TEST(PrepareDataset, namesWhatIsNotThere) {
  const Frame frame = test::customers(200, 5);
  const auto target = prepared(frame, {.target = "nothere"});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().code, ErrorCode::NotFound);
  EXPECT_THAT(messageOf(target), HasSubstr("spend"));
  const auto exclude = prepared(frame, {.target = "churn", .exclude = {"customer"}});
  EXPECT_EQ(exclude.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(exclude), HasSubstr("customer"));
  const auto positive = prepared(frame, {.target = "churn", .positive = "maybe"});
  EXPECT_EQ(positive.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(positive), HasSubstr("no, yes"));
  EXPECT_EQ(prepared(frame, {.target = "churn", .group = "shop"}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(prepared(frame, {.target = "churn", .test_fraction = 1.5}).error().code,
            ErrorCode::InvalidArgument);
}

TEST(PrepareDataset, saysHowMuchIsMissing) {
  const auto few = prepared(test::customers(30, 6), {.target = "churn"});
  ASSERT_FALSE(few);
  EXPECT_EQ(few.error().code, ErrorCode::NotEnoughData);
  EXPECT_THAT(messageOf(few), HasSubstr("30 rows"));
  EXPECT_THAT(messageOf(few), HasSubstr("at least 50"));
  const auto one = prepared(withTarget(texts("y", std::vector<std::string>(200, "no"))), {.target = "y"});
  EXPECT_EQ(one.error().code, ErrorCode::NotEnoughData);
  std::vector<std::string> rare(200, "no");
  for (std::size_t i = 0; i < 12; ++i) rare[i * 16] = "yes";
  const auto too_rare = prepared(withTarget(texts("y", rare)), {.target = "y"});
  EXPECT_EQ(too_rare.error().code, ErrorCode::NotEnoughData);
  EXPECT_THAT(messageOf(too_rare), HasSubstr("at least 10 of each"));
  EXPECT_EQ(prepared(frameOf({texts("y", {}), numbers("x", {})}), {.target = "y"}).error().code,
            ErrorCode::NotEnoughData);
}

TEST(PrepareDataset, oneGroupNeverStandsOnTwoSides) {
  Frame frame = test::customers(600, 7);
  std::vector<std::string> household;
  for (int i = 0; i < 600; ++i) household.push_back("h" + std::to_string(i * 13 % 150));
  frame.columns.push_back(texts("household", household));
  const auto dataset = prepared(frame, {.target = "churn", .exclude = {"id"}, .group = "household"});
  ASSERT_TRUE(dataset) << messageOf(dataset);
  std::map<std::string, std::set<Part>> parts;
  for (std::size_t i = 0; i < dataset->part.size(); ++i) parts[household[i]].insert(dataset->part[i]);
  for (const auto& [name, of] : parts) EXPECT_EQ(of.size(), 1U) << name;
  EXPECT_THAT(dataset->encoder.inputColumns(), testing::Not(testing::Contains("household")));
}

TEST(PrepareDataset, rowsOfAnotherTableAreTheTestRows) {
  const Frame frame = test::customers(400, 8);
  const Frame other = test::customers(90, 9);
  const auto dataset = prepared(frame, {.target = "churn", .exclude = {"id"}}, &other);
  ASSERT_TRUE(dataset) << messageOf(dataset);
  EXPECT_EQ(dataset->train.rows, 320);
  EXPECT_EQ(dataset->validation.rows, 80);
  EXPECT_EQ(dataset->test.rows, 90);
  EXPECT_EQ(dataset->source_row[static_cast<std::size_t>(dataset->test_rows[5])], 5);
  JobContext job;
  EXPECT_EQ(dataset->test.values, dataset->encoder.encode(other, job)->values);
}

TEST(PrepareDataset, takesTwoHundredColumns) {
  Frame frame = test::customers(200, 10);
  Random random(1);
  for (int c = 0; c < 200; ++c) {
    std::vector<double> values;
    for (int i = 0; i < 200; ++i) values.push_back(random.uniform());
    frame.columns.push_back(numbers("列" + std::to_string(c), values));
  }
  EXPECT_GE(prepared(frame, {.target = "churn"})->train.columns, 200);
}

}  // namespace
}  // namespace lodestone::learn
