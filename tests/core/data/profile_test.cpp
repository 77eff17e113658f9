// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "core/data/import.h"
#include "tests/support/shared_data.h"

namespace lodestone::data {
namespace {

class ProfileTest : public testing::Test {
 protected:
  TableProfile of(const std::string& sql) {
    EXPECT_TRUE(database_.execute("CREATE OR REPLACE TABLE t AS " + sql, job_));
    auto result = profile(database_, {"t"}, job_);
    if (!result) throw std::runtime_error(result.error().message(Language::English));
    return *result;
  }
  static std::vector<std::string> kinds(const TableProfile& profile) {
    std::vector<std::string> out;
    for (const auto& finding : profile.findings) {
      out.push_back(finding.kind + ":" + finding.column);
      EXPECT_FALSE(fill(finding.text, Language::Chinese, finding.args).empty());
    }
    return out;
  }

  Database database_ = std::move(*Database::openInMemory());
  JobContext job_;
};

TEST_F(ProfileTest, TelcoHasItsKnownFigures) {
  const auto file = test::sharedFile("data/telco-churn/Telco-Customer-Churn.csv");
  LODESTONE_NEEDS(file);
  ASSERT_TRUE(importFile(database_, file, "telco", {}, job_));
  const auto result = profile(database_, {"telco"}, job_);
  ASSERT_TRUE(result) << result.error().message(Language::English);
  EXPECT_EQ(result->rows, 7043);
  const auto column = [&](const std::string& name) {
    return *std::find_if(result->columns.begin(), result->columns.end(),
                         [&](const auto& c) { return c.name == name; });
  };
  EXPECT_EQ(column("Churn").top.at(1).value, "Yes");
  EXPECT_EQ(column("Churn").top.at(1).count, 1869);
  EXPECT_EQ(column("Churn").distinct, 2);
  EXPECT_NEAR(*column("MonthlyCharges").mean, 64.7617, 0.0001);
  EXPECT_NEAR(*column("MonthlyCharges").standard_deviation, 30.0900, 0.0001);
  EXPECT_NEAR(column("MonthlyCharges").quantiles.at(2), 70.35, 1e-9);
  EXPECT_EQ(column("TotalCharges").missing, 11);
  EXPECT_EQ(column("tenure").max, "72");
  EXPECT_THAT(kinds(*result), testing::Contains("identifier:customerID"));
}

TEST_F(ProfileTest, FiguresAreExact) {
  const auto result =
      of("SELECT range AS i, CASE WHEN range % 4 > 0 THEN range * 0.5::DOUBLE END AS d, "
         "DATE '2026-01-01' + CAST(range AS INTEGER) AS day FROM range(100)");
  const ColumnProfile& d = result.columns.at(1);
  EXPECT_EQ(d.missing, 25);
  EXPECT_EQ(d.distinct, 75);
  EXPECT_EQ(d.min, "0.5");
  EXPECT_NEAR(*d.mean, 25, 1e-9);
  EXPECT_EQ(std::accumulate(d.histogram->counts.begin(), d.histogram->counts.end(), std::int64_t{0}), 75);
  const ColumnProfile& day = result.columns.at(2);
  EXPECT_EQ(day.min, "2026-01-01");
  EXPECT_EQ(day.max, "2026-04-10");
  EXPECT_FALSE(day.mean);
  EXPECT_EQ(day.histogram->counts.size(), 20U);
  EXPECT_EQ(day.histogram->counts.at(0), 5);
  EXPECT_EQ(result.columns.at(0).top.size(), 10U);
}

TEST_F(ProfileTest, FindsWhatAnOwnerShouldKnow) {
  const auto result =
      of("SELECT 'u' || range AS id, 1 AS same, CASE WHEN range % 2 = 0 THEN 5 END AS half, CASE WHEN range "
         "% 100 = 0 THEN "
         "100000 ELSE range % 10 END AS far, CASE WHEN range % 3 = 0 THEN 'Yes' WHEN range % 3 = 1 THEN 'yes "
         "' ELSE 'no' "
         "END AS answer FROM range(1000)");
  EXPECT_THAT(kinds(result), testing::UnorderedElementsAre("identifier:id", "constant:same", "missing:half",
                                                           "constant:half", "outliers:far", "spaces:answer",
                                                           "mixed_case:answer", "yes_no:answer"));
  const auto twice = of("SELECT range % 10 AS a, range % 5 AS b FROM range(20)");
  ASSERT_EQ(kinds(twice), std::vector<std::string>{"duplicates:"});
  EXPECT_EQ(twice.findings[0].args.at(0), "10");
  EXPECT_EQ(twice.findings[0].stepId(), "drop_duplicates");
}

TEST_F(ProfileTest, OddTablesAreFine) {
  EXPECT_EQ(of("SELECT 1 AS a WHERE false").rows, 0);
  const auto odd =
      of("SELECT 'inf'::DOUBLE AS \"a\"\"b\", NULL::VARCHAR AS n, [1] AS l, 1.5::DECIMAL(5,1) AS p, "
         "TIME '09:30:00' AS t, true AS b, 'x'::BLOB AS blob");
  EXPECT_EQ(odd.columns.size(), 7U);
  EXPECT_FALSE(odd.columns[0].mean);
  EXPECT_EQ(odd.columns[1].missing, 1);
  EXPECT_EQ(odd.columns[2].top.at(0).value, "[1]");
  EXPECT_NEAR(*odd.columns[3].mean, 1.5, 1e-12);
  EXPECT_EQ(profile(database_, {"nowhere"}, job_).error().code, ErrorCode::NotFound);
}

TEST_F(ProfileTest, TwoHundredColumnsAreFine) {
  std::string sql = "SELECT ";
  for (int i = 0; i < 200; ++i)
    sql +=
        (i > 0 ? ", " : "") + std::string("range % ") + std::to_string(i + 2) + " AS c" + std::to_string(i);
  const auto result = of(sql + " FROM range(20000)");
  ASSERT_EQ(result.columns.size(), 200U);
  EXPECT_EQ(result.columns[199].name, "c199");
  EXPECT_EQ(result.columns[199].distinct, 201);
}

TEST_F(ProfileTest, GroupedFiguresAreTheDatabasesOwn) {
  // More rows than are read plainly: DuckDB counts value by value.
  const auto result = of(
      "SELECT (hash(i) % 30000)::DOUBLE / 7 AS d, ((hash(i + 1000003) % 1000)::HUGEINT * "
      "100000000000000000000::HUGEINT)::DECIMAL(38, 10) AS wide, "
      "CASE WHEN i % 50 > 0 THEN repeat('é', (hash(i + 2000003) % 9)::INTEGER) END AS word, "
      "repeat('x', 300) || (i % 11) AS long, i % 3 = 0 AS truth, "
      "TIMESTAMP '2026-01-01' + to_seconds((hash(i + 3000003) % 90000)::BIGINT) AS moment FROM range(150000) "
      "r(i)");
  const auto reference = database_.rows(
      "SELECT avg(d), stddev_samp(d), quantile_cont(d, [0.05, 0.25, 0.5, 0.75, 0.95])::VARCHAR, "
      "count(DISTINCT d), "
      "avg(length(word)), max(length(word)), count(DISTINCT moment), avg(truth::INTEGER) FROM t",
      job_);
  ASSERT_TRUE(reference);
  const auto& row = reference->rows[0];
  const ColumnProfile& d = result.columns[0];
  EXPECT_NEAR(*d.mean, row[0].get<double>(), 1e-9);
  EXPECT_NEAR(*d.standard_deviation, row[1].get<double>(), 1e-9);
  const Json quantiles = Json::parse(row[2].get<std::string>());
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(d.quantiles.at(i), quantiles[i].get<double>(), 1e-9);
  EXPECT_EQ(d.distinct, row[3].get<std::int64_t>());
  EXPECT_EQ(result.columns[1].max, "99900000000000000000000.0000000000");
  EXPECT_EQ(result.columns[2].missing, 3000);
  EXPECT_EQ(result.columns[2].distinct, 9);
  EXPECT_NEAR(result.columns[2].lengths->mean, row[4].get<double>(), 1e-9);
  EXPECT_EQ(result.columns[2].lengths->max, row[5].get<std::int64_t>());
  EXPECT_EQ(result.columns[3].distinct, 11);
  EXPECT_EQ(result.columns[3].lengths->min, 301);
  EXPECT_LT(result.columns[3].top.at(0).value.size(), 260U);
  EXPECT_NEAR(*result.columns[4].mean, row[7].get<double>(), 1e-12);
  EXPECT_EQ(result.columns[5].distinct, row[6].get<std::int64_t>());
  for (const ColumnProfile& column : result.columns) EXPECT_TRUE(column.exact) << column.name;
}

TEST_F(ProfileTest, LongTablesOfManyValuesAreEstimatedWithinTheirBounds) {
  const auto result =
      of("SELECT i AS id, CASE WHEN i % 100 > 0 THEN (hash(i) % 100000000)::DOUBLE END AS many, 'user ' || i "
         "AS name, "
         "CASE WHEN i % 4 = 0 THEN TIMESTAMP '2026-05-05 05:05:05' ELSE TIMESTAMP '2026-01-01' + "
         "to_seconds(i) END AS moment, "
         "i % 5 AS few FROM range(2000000) r(i) UNION ALL SELECT 77, 'inf'::DOUBLE, 'user 77', NULL, NULL");
  const auto reference = database_.rows(
      "SELECT avg(many) FILTER (WHERE isfinite(many)), stddev_samp(many) FILTER (WHERE isfinite(many)), "
      "count(DISTINCT "
      "many), "
      "count(DISTINCT moment) FROM t",
      job_);
  ASSERT_TRUE(reference) << reference.error().message(Language::English);
  const auto& row = reference->rows[0];
  const ColumnProfile& many = result.columns[1];
  EXPECT_FALSE(many.exact);
  EXPECT_EQ(many.missing, 20000);
  EXPECT_EQ(many.not_finite, 1);
  EXPECT_NEAR(*many.mean, row[0].get<double>(), 1e-3);
  EXPECT_NEAR(*many.standard_deviation, row[1].get<double>(), 1e-3);
  EXPECT_NEAR(static_cast<double>(many.distinct), row[2].get<double>(), 0.03 * row[2].get<double>());
  const std::vector<double> shares{0.05, 0.25, 0.5, 0.75, 0.95};
  for (std::size_t i = 0; i < shares.size(); ++i)  // six standard errors
    EXPECT_NEAR(many.quantiles.at(i), shares[i] * 1e8, 0.01 * 1e8);
  EXPECT_EQ(std::accumulate(many.histogram->counts.begin(), many.histogram->counts.end(), std::int64_t{0}),
            1980000);
  EXPECT_EQ(many.max.substr(0, 2), "99");
  EXPECT_FALSE(result.columns[0].top.empty());
  EXPECT_EQ(result.columns[0].distinct, 2000000);
  EXPECT_EQ(result.columns[2].min, "user 0");
  EXPECT_EQ(result.columns[2].lengths->max, 12);
  const ColumnProfile& at = result.columns[3];
  EXPECT_EQ(at.top.at(0).value, "2026-05-05 05:05:05");
  EXPECT_EQ(at.top.at(0).count, 500000);
  EXPECT_NEAR(static_cast<double>(at.distinct), row[3].get<double>(), 0.03 * row[3].get<double>());
  EXPECT_TRUE(result.columns[4].exact);
  EXPECT_EQ(result.columns[4].top.at(0).count, 400000);
  EXPECT_THAT(kinds(result), testing::Not(testing::Contains("identifier:id")));  // 77 comes twice
  EXPECT_THAT(kinds(result), testing::Not(testing::Contains("duplicates:")));
}

TEST_F(ProfileTest, AKeyOfALongTableIsProved) {
  const auto result = of("SELECT i AS id, i // 2 AS pair FROM range(1200000) r(i)");
  EXPECT_THAT(kinds(result), testing::Contains("identifier:id"));
  EXPECT_EQ(result.columns[0].distinct, 1200000);
}

TEST_F(ProfileTest, FigureOfExtremesDoNotFail) {
  const auto result =
      of("SELECT unnest([1e308, 1e308, -1e308, 'inf'::DOUBLE, 'nan'::DOUBLE]) AS d, NULL::DOUBLE AS none, "
         "unnest(['infinity'::DATE, DATE '2026-01-01', DATE '0001-01-01', NULL, NULL]) AS day, "
         "unnest([170141183460469231731687303715884105727::HUGEINT, 0, 1, 2, 3]) AS huge");
  EXPECT_EQ(result.columns[0].not_finite, 2);
  EXPECT_EQ(result.columns[0].distinct, 4);
  EXPECT_FALSE(result.columns[0].standard_deviation);
  EXPECT_EQ(result.columns[1].missing, 5);
  EXPECT_FALSE(result.columns[1].histogram);
  EXPECT_EQ(result.columns[2].not_finite, 1);
  EXPECT_EQ(result.columns[2].max, "2026-01-01");
  EXPECT_EQ(result.columns[3].max, "170141183460469231731687303715884105727");
}

TEST_F(ProfileTest, AnyNameOfAColumnWillDo) {
  const auto result =
      of("SELECT i AS \"select\", i % 2 AS \"a\"\"b\", 'x' || (i % 3) AS \"; DROP TABLE t; --\", i * 2.0 AS "
         "\"价格 😀\", i % 5 "
         "AS \"h\" FROM range(200) r(i)");
  ASSERT_EQ(result.columns.size(), 5U);
  EXPECT_EQ(result.columns[2].distinct, 3);
  EXPECT_EQ(result.columns[3].name, "价格 😀");
  EXPECT_TRUE(*database_.has({"t"}));
}

TEST_F(ProfileTest, TenThousandColumnsAreFine) {
  std::string sql = "SELECT ";
  for (int i = 0; i < 10000; ++i)
    sql += (i > 0 ? ", " : "") + std::string("range % ") + std::to_string(i % 17 + 1) + " AS c" +
           std::to_string(i);
  const auto result = of(sql + " FROM range(20)");
  ASSERT_EQ(result.columns.size(), 10000U);
  EXPECT_EQ(result.columns[9999].distinct, 9999 % 17 + 1);
}

TEST_F(ProfileTest, AHugeCellIsToldInShort) {
  const auto result =
      of("SELECT repeat('ä', 50000000) AS t UNION ALL SELECT 'short' UNION ALL SELECT repeat('ä', 50000001)");
  const ColumnProfile& column = result.columns[0];
  EXPECT_EQ(column.distinct, 3);
  EXPECT_EQ(column.lengths->max, 50000001);
  EXPECT_LE(column.max.size(), 512U);
  for (const TopValue& value : column.top) EXPECT_LE(value.value.size(), 512U);
  for (const std::string& example : column.examples) EXPECT_LE(example.size(), 512U);
  EXPECT_EQ(column.examples.size(), 3U);
  for (const Finding& finding : result.findings)
    EXPECT_LE(fill(finding.text, Language::English, finding.args).size(), 1000U);
}

TEST_F(ProfileTest, AStopEndsIt) {
  ASSERT_TRUE(database_.execute("CREATE TABLE t AS SELECT range AS a FROM range(10)", job_));
  std::stop_source stop;
  stop.request_stop();
  JobContext stopped(stop.get_token());
  EXPECT_EQ(profile(database_, {"t"}, stopped).error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace lodestone::data
