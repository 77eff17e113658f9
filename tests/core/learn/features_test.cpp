// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/random.h"
#include "core/base/time.h"
#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

using test::frameOf;
using test::numbers;
using test::texts;
using testing::ElementsAre;
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

std::vector<std::int64_t> allRows(const Frame& frame) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(frame.rows));
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  return rows;
}

FeatureEncoder fitted(const Frame& frame, const FeatureOptions& options = {}) {
  return FeatureEncoder::fit(frame, allRows(frame), {}, options).value();
}

std::vector<float> encoded(const FeatureEncoder& encoder, const Frame& frame) {
  JobContext job;
  return encoder.encode(frame, job).value().values;
}

std::map<std::string, std::string> reasons(const FeatureEncoder& encoder) {
  std::map<std::string, std::string> out;
  for (const LeftOut& left : encoder.leftOut()) out[left.column] = left.reason.in(Language::English);
  return out;
}

TEST(FeatureEncoder, standardisesNumbers) {
  const Frame frame = frameOf({numbers("a", {1, 2, 3, 4, 5})});
  const std::vector<float> values = encoded(fitted(frame), frame);
  EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0), 0, 1e-6);
  EXPECT_NEAR(values[4], 2 / std::sqrt(2.0), 1e-6);  // the population's deviation of 1..5 is the root of 2
}

TEST(FeatureEncoder, fillsGapsOfNumbers) {
  const Frame frame = frameOf({numbers("a", {1, kGap, 2, 9})});
  const auto fill = [&](FillNumbers how) {
    const FeatureEncoder encoder = fitted(frame, {.fill_numbers = how});
    return encoder.toJson().at("columns").at(0).at("fill").get<double>();
  };
  EXPECT_EQ(fill(FillNumbers::Zero), 0);
  EXPECT_EQ(fill(FillNumbers::Median), 2);
  EXPECT_EQ(fill(FillNumbers::Mean), 4);
  for (const float value : encoded(fitted(frame), frame)) EXPECT_TRUE(std::isfinite(value));
}

TEST(FeatureEncoder, makesLevelsOfTexts) {
  const Frame frame = frameOf({texts("plan", {"gold", "basic", "", "gold"})});
  const FeatureEncoder encoder = fitted(frame);
  EXPECT_THAT(encoder.featureNames(), ElementsAre("plan = basic", "plan = gold", "plan = ∅"));
  EXPECT_THAT(encoded(encoder, frame), ElementsAre(0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0));
}

TEST(FeatureEncoder, aLevelThatTrainingDidNotSeeIsAllZero) {
  const FeatureEncoder encoder = fitted(frameOf({texts("plan", {"gold", "basic"})}));
  EXPECT_THAT(encoded(encoder, frameOf({texts("plan", {"silver", "gold", ""})})),
              ElementsAre(0, 0, 0, 1, 0, 0));
}

TEST(FeatureEncoder, rareLevelsShareOne) {
  const Frame frame = frameOf({texts("city", {"a", "a", "a", "b", "b", "c", "d", "a", "b"})});
  const FeatureEncoder encoder = fitted(frame, {.max_levels = 2});
  EXPECT_THAT(encoder.featureNames(), ElementsAre("city = a", "city = b", "city = …"));
  EXPECT_THAT(encoded(encoder, frameOf({texts("city", {"b", "c", "new"})})),
              ElementsAre(0, 1, 0, 0, 0, 1, 0, 0, 1));
}

TEST(FeatureEncoder, timesCountInDays) {
  const Frame frame = frameOf({test::times("day", {0, 86400, 2 * 86400, 3 * 86400})});
  const Json column = fitted(frame).toJson().at("columns").at(0);
  EXPECT_EQ(column.at("kind"), "time");
  EXPECT_NEAR(column.at("mean").get<double>(), 1.5, 1e-12);
}

TEST(FeatureEncoder, leavesOutWhatTellsNothing) {
  std::vector<std::string> user, code;
  std::vector<double> row_number, order_id, price, few, constant, empty;
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    user.push_back("u" + std::to_string(i));
    code.push_back(std::string(1, static_cast<char>('a' + i % 26)));
    row_number.push_back(1000 + i);
    order_id.push_back(static_cast<double>(random.below(1'000'000'000)));
    price.push_back(random.uniform() * 100);
    few.push_back(i % 2);
    constant.push_back(7);
    empty.push_back(kGap);
  }
  const Frame frame = frameOf(
      {texts("user", user), texts("code", code), numbers("row", row_number), numbers("order_id", order_id),
       numbers("price", price), numbers("few", few), numbers("constant", constant), numbers("empty", empty),
       texts("same", std::vector<std::string>(200, "x")), texts("blank", std::vector<std::string>(200))});
  const FeatureEncoder encoder = fitted(frame);
  EXPECT_THAT(encoder.inputColumns(), ElementsAre("code", "price", "few"));
  const auto why = reasons(encoder);
  EXPECT_THAT(why.at("user"), testing::HasSubstr("identifier"));
  EXPECT_THAT(why.at("row"), testing::HasSubstr("identifier"));
  EXPECT_THAT(why.at("order_id"), testing::HasSubstr("identifier"));
  EXPECT_THAT(why.at("constant"), testing::HasSubstr("same value"));
  EXPECT_THAT(why.at("same"), testing::HasSubstr("same value"));
  EXPECT_THAT(why.at("empty"), testing::HasSubstr("no value"));
  EXPECT_THAT(why.at("blank"), testing::HasSubstr("no value"));
}

TEST(FeatureEncoder, rowsThatWereNotGivenChangeNothing) {
  Frame frame = test::customers(400, 3);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < 300; ++row) rows.push_back(row);
  const Json before = FeatureEncoder::fit(frame, rows, {"churn"}, {}).value().toJson();
  for (std::size_t row = 300; row < 400; ++row) {
    frame.columns[1].numbers[row] = 1e9;
    frame.columns[2].numbers[row] = kGap;
    frame.columns[3].codes[row] = static_cast<std::int32_t>(frame.columns[3].levels.size());
  }
  frame.columns[3].levels.push_back("only among the test rows");
  EXPECT_EQ(FeatureEncoder::fit(frame, rows, {"churn"}, {}).value().toJson(), before);
}

TEST(FeatureEncoder, doesNotCareInWhichOrderLevelsCome) {
  const FeatureEncoder encoder = fitted(frameOf({texts("p", {"a", "b", "c", "a"})}));
  EXPECT_EQ(encoder.fingerprint(), fitted(frameOf({texts("p", {"c", "a", "b", "a"})})).fingerprint());
  EXPECT_THAT(encoded(encoder, frameOf({texts("p", {"c", "a"})})), ElementsAre(0, 0, 1, 1, 0, 0));
}

TEST(FeatureEncoder, worksWithChineseNamesAndLevels) {
  const Frame frame = frameOf({texts("套餐", {"基础", "高级", "基础", ""}), numbers("金额", {1, 2, 3, 4})});
  EXPECT_THAT(fitted(frame).featureNames(), ElementsAre("套餐 = 基础", "套餐 = 高级", "套餐 = ∅", "金额"));
}

TEST(FeatureEncoder, comesBackFromJsonTheSame) {
  const Frame frame = test::customers(300, 9);
  const FeatureEncoder encoder = fitted(frame);
  const auto read = FeatureEncoder::fromJson(parseJson(dumpJson(encoder.toJson()), "x").value());
  ASSERT_TRUE(read) << read.error().message(Language::English);
  EXPECT_EQ(encoded(*read, frame), encoded(encoder, frame));
  EXPECT_EQ(read->fingerprint(), encoder.fingerprint());
  EXPECT_EQ(reasons(*read), reasons(encoder));
}

TEST(FeatureEncoder, refusesJsonThatIsNotItsOwn) {
  const Json good = fitted(test::customers(300, 9)).toJson();
  const auto refused = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    const auto read = FeatureEncoder::fromJson(bad);
    return !read && read.error().code == ErrorCode::Corrupt;
  };
  EXPECT_TRUE(refused("/columns", Json::array()));
  EXPECT_TRUE(refused("/columns/0/kind", "matrix"));
  EXPECT_TRUE(refused("/columns/0/deviation", 0));
  EXPECT_TRUE(refused("/columns/0/mean", "a"));
  EXPECT_TRUE(refused("/columns/0/name", good.at("columns").at(1).at("name")));
  EXPECT_TRUE(refused("/columns/2/levels", {"a", "a"}));
  EXPECT_TRUE(refused("/columns/2/levels", {1, 2}));
  EXPECT_TRUE(refused("/left_out/0/reason", "because"));
  EXPECT_FALSE(FeatureEncoder::fromJson(Json(3)));
}

TEST(FeatureEncoder, namesColumnsThatAreMissingOrOther) {
  const FeatureEncoder encoder = fitted(frameOf({numbers("a", {1, 2}), texts("b", {"x", "y"})}));
  JobContext job;
  const auto missing = encoder.encode(frameOf({numbers("c", {1})}), job);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(missing.error().message(Language::English), testing::HasSubstr("a, b"));
  const auto other = encoder.encode(frameOf({texts("a", {"one"}), texts("b", {"x"})}), job);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().where.column, "a");
  EXPECT_TRUE(encoder.encode(frameOf({texts("a", {""}), numbers("b", {kGap})}), job));  // nothing but gaps
}

TEST(FeatureEncoder, namesAnExcludedColumnThatIsNotThere) {
  const Frame frame = frameOf({numbers("a", {1, 2})});
  const auto encoder = FeatureEncoder::fit(frame, {0, 1}, {"b"}, {});
  ASSERT_FALSE(encoder);
  EXPECT_EQ(encoder.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(encoder.error().where.column, "b");
  EXPECT_EQ(FeatureEncoder::fit(frame, {0, 1}, {"a"}, {}).error().code, ErrorCode::NotEnoughData);
}

TEST(FeatureEncoder, isQuickOnWideTables) {
  Frame frame;
  frame.rows = 100'000;
  Random random(2);
  for (int c = 0; c < 50; ++c) {
    FrameColumn column{
        "c" + std::to_string(c), c % 5 == 0 ? ColumnKind::Text : ColumnKind::Number, {}, {}, {}};
    if (column.kind == ColumnKind::Text) column.levels = {"a", "b", "c", "d"};
    for (std::int64_t i = 0; i < frame.rows; ++i) {
      if (column.kind == ColumnKind::Text)
        column.codes.push_back(static_cast<std::int32_t>(random.below(4)));
      else
        column.numbers.push_back(random.uniform());
    }
    frame.columns.push_back(std::move(column));
  }
  const FeatureEncoder encoder = fitted(frame);
  const Stopwatch watch;
  JobContext job;
  EXPECT_EQ(encoder.encode(frame, job).value().columns, 80);
  EXPECT_LT(watch.seconds(), 3);  // 0.05 s on a quiet machine; sanitizers and busy machines are slower
}

}  // namespace
}  // namespace lodestone::learn
