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
  EXPECT_THAT(kinds(result),
              testing::UnorderedElementsAre("identifier:id", "constant:same", "missing:half", "constant:half",
                                            "outliers:far", "spaces:answer", "mixed_case:answer"));
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

TEST_F(ProfileTest, AStopEndsIt) {
  ASSERT_TRUE(database_.execute("CREATE TABLE t AS SELECT range AS a FROM range(10)", job_));
  std::stop_source stop;
  stop.request_stop();
  JobContext stopped(stop.get_token());
  EXPECT_EQ(profile(database_, {"t"}, stopped).error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace lodestone::data
