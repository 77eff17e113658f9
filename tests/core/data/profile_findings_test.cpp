// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/data/profile.h"

namespace lodestone::data {
namespace {

using testing::Contains;
using testing::Not;

class ProfileFindingsTest : public testing::Test {
 protected:
  void look(const std::string& sql, const ProfileOptions& options = {}) {
    ASSERT_TRUE(database_.execute("CREATE OR REPLACE TABLE t AS " + sql, job_));
    auto result = profile(database_, {"t"}, options, job_);
    ASSERT_TRUE(result) << result.error().message(Language::English);
    profile_ = std::move(*result);
    for (const Finding& finding : profile_.findings)
      for (const Language language : {Language::English, Language::Chinese}) {
        const std::string said = fill(finding.text, language, finding.args);
        EXPECT_EQ(said.find('{'), std::string::npos) << said;
      }
  }
  std::vector<std::string> kinds() const {
    std::vector<std::string> out;
    for (const Finding& finding : profile_.findings)
      out.push_back(finding.kind + ":" + finding.column + (finding.other.empty() ? "" : "/" + finding.other));
    return out;
  }
  const Finding& finding(const std::string& kind) const {
    for (const Finding& one : profile_.findings)
      if (one.kind == kind) return one;
    throw std::runtime_error("no finding " + kind);
  }
  std::string said(const std::string& kind) const {
    return fill(finding(kind).text, Language::English, finding(kind).args);
  }

  Database database_ = std::move(*Database::openInMemory());
  JobContext job_;
  TableProfile profile_;
};

TEST_F(ProfileFindingsTest, MissingCellsAreFilledByWhatFitsTheColumn) {
  look(
      "SELECT CASE WHEN i % 10 > 0 THEN i * 0.5 END AS even_spread, CASE WHEN i % 10 > 0 THEN exp(i % 37 / "
      "3.0) END "
      "AS skewed, "
      "CASE WHEN i % 10 > 0 THEN 'c' || (i % 3) END AS word, CASE WHEN i % 10 > 0 THEN DATE '2026-01-01' + "
      "(i % "
      "50)::INTEGER END "
      "AS day, CASE WHEN i % 10 > 0 THEN 'k' || i END AS key, NULL::VARCHAR AS nothing, "
      "CASE WHEN i % 2 = 0 THEN i % 8 END AS half FROM range(1000) r(i)");
  std::map<std::string, Json> steps;
  for (const Finding& one : profile_.findings)
    if (one.kind == "missing") steps[one.column] = one.step;
  EXPECT_EQ(steps.at("even_spread"),
            Json::parse(R"({"step":"fill","column":"even_spread","method":"mean"})"));
  EXPECT_EQ(steps.at("skewed"), Json::parse(R"({"step":"fill","column":"skewed","method":"median"})"));
  EXPECT_EQ(steps.at("word"), Json::parse(R"({"step":"fill","column":"word","method":"mode"})"));
  EXPECT_EQ(steps.at("day"), Json::parse(R"({"step":"fill","column":"day","method":"ffill"})"));
  EXPECT_EQ(steps.at("key"), Json::parse(R"({"step":"drop_missing_rows","columns":["key"]})"));
  EXPECT_EQ(steps.at("nothing"), Json::parse(R"({"step":"drop_columns","columns":["nothing"]})"));
  EXPECT_EQ(steps.at("half"), Json::parse(R"({"step":"drop_columns","columns":["half"]})"));
}

TEST_F(ProfileFindingsTest, LittleIsNotToldAsNothing) {
  look("SELECT CASE WHEN i <> 77 THEN i % 5 END AS x FROM range(20000) r(i)");
  EXPECT_EQ(said("missing"), "Column x lacks a value in 1 of the rows (< 0.1 %).");
}

TEST_F(ProfileFindingsTest, ColumnsThatHardlyVary) {
  look(
      "SELECT i AS id, 'same' AS one, CASE WHEN i = 5 THEN 'other' ELSE 'usual' END AS two, i % 2 AS fine "
      "FROM "
      "range(500) r(i)");
  EXPECT_THAT(kinds(), testing::UnorderedElementsAre("identifier:id", "constant:one", "near_constant:two"));
  EXPECT_EQ(finding("constant").stepId(), "drop_columns");
  EXPECT_EQ(finding("identifier").step, Json(nullptr));
}

TEST_F(ProfileFindingsTest, OutliersAreCountedByBothRules) {
  // 1000 evenly spread over 0..9, with 3 far away: quartiles 2 and 7, fences -13 and 22.
  look("SELECT i % 10 AS x FROM range(1000) r(i) UNION ALL SELECT unnest([500, 600, -400])");
  const Finding& outliers = finding("outliers");
  EXPECT_EQ(outliers.args, (std::vector<std::string>{"x", "3", "0.3 %", "-13", "22", "3"}));
  EXPECT_EQ(outliers.step, Json::parse(R"({"step":"clip_outliers","column":"x","method":"iqr","factor":3})"));
  look("SELECT sin(i) AS x FROM range(1000) r(i)");
  EXPECT_THAT(kinds(), Not(Contains("outliers:x")));
}

TEST_F(ProfileFindingsTest, InfiniteCellsAreToldAndTheirStepIsValidSql) {
  look(
      "SELECT CASE i WHEN 3 THEN 'inf'::DOUBLE WHEN 4 THEN 'nan'::DOUBLE WHEN 5 THEN NULL ELSE i END AS "
      "\"a\"\"b\" "
      "FROM range(100) r(i)");
  EXPECT_EQ(finding("not_finite").args.at(1), "2");
  const auto kept = database_.rows(
      "SELECT count(*) FROM t WHERE " + finding("not_finite").step.at("condition").get<std::string>(), job_);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->rows[0][0], Json(98));
}

TEST_F(ProfileFindingsTest, VariantsAreMappedToTheMostFrequentSpelling) {
  look(
      "SELECT unnest(['Yes', 'Yes', 'Yes', 'yes', 'YES ', 'no', 'no', 'No', 'ｎｏ', 'New  York', 'New York', "
      "'New York', '北京']) AS answer");
  EXPECT_EQ(
      finding("mixed_case").step,
      Json::parse(R"({"step":"map","column":"answer","values":{"New  York":"New York","No":"no","YES ":"Yes",
              "yes":"Yes","ｎｏ":"no"}})"));
  EXPECT_EQ(finding("mixed_case").args.at(1), "9");
  EXPECT_EQ(finding("mixed_case").args.at(2), "4");
  EXPECT_EQ(finding("spaces").step, Json::parse(R"({"step":"text","column":"answer","operation":"trim"})"));
  EXPECT_EQ(finding("spaces").args.at(1), "1");
}

TEST_F(ProfileFindingsTest, WordsForMissingBecomeMissing) {
  look(
      "SELECT CASE WHEN i % 10 = 0 THEN 'n/a' WHEN i % 10 = 1 THEN '?' ELSE 'w' || (i % 4) END AS word FROM "
      "range(100) r(i)");
  EXPECT_EQ(finding("missing_marks").step,
            Json::parse(R"({"step":"map","column":"word","values":{"n/a":null,"?":null}})"));
  EXPECT_EQ(finding("missing_marks").args.at(1), "20");
}

TEST_F(ProfileFindingsTest, NumbersAndDatesKeptAsText) {
  look(
      "SELECT CASE WHEN i = 7 THEN 'about ten' ELSE (i * 1.5)::VARCHAR END AS price, i::VARCHAR AS whole, "
      "strftime(DATE '2026-01-01' + (i % 300)::INTEGER, '%d.%m.%Y') AS day, lpad((i % 50)::VARCHAR, 5, '0') "
      "AS code "
      "FROM range(1000) r(i)");
  std::map<std::string, Json> steps;
  for (const Finding& one : profile_.findings)
    if (one.kind == "mixed_types") steps[one.column] = one.step;
  EXPECT_EQ(steps.at("price"), Json::parse(R"({"step":"change_type","column":"price","type":"number",
    "on_error":"missing"})"));
  EXPECT_EQ(steps.at("whole"), Json::parse(R"({"step":"change_type","column":"whole","type":"integer"})"));
  EXPECT_EQ(steps.at("day"),
            Json::parse(R"({"step":"change_type","column":"day","type":"date","format":"%d.%m.%Y"})"));
  EXPECT_FALSE(steps.contains("code"));
  EXPECT_THAT(said("mixed_types"), testing::HasSubstr("\"about ten\""));
}

TEST_F(ProfileFindingsTest, YesAndNoInWordsAreOfferedAsOne) {
  look(
      "SELECT CASE WHEN i % 3 = 0 THEN 'Yes' WHEN i % 3 = 1 THEN 'No' END AS opted_in, CASE WHEN i % 2 = 0 "
      "THEN '是' ELSE '否' END AS member, 'No' AS never, CASE WHEN i % 9 = 0 THEN 'No internet' WHEN i % 2 = "
      "0 THEN 'No' ELSE 'Yes' END AS backup FROM range(100) r(i)");
  std::map<std::string, Json> steps;
  for (const Finding& one : profile_.findings)
    if (one.kind == "yes_no") steps[one.column] = one.step;
  EXPECT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps.at("opted_in"),
            Json::parse(R"({"step":"change_type","column":"opted_in","type":"boolean"})"));
  EXPECT_TRUE(steps.contains("member"));
  EXPECT_THAT(said("yes_no"), testing::HasSubstr("\"Yes\" and \"No\""));
}

TEST_F(ProfileFindingsTest, PersonalDataIsSuspected) {
  look(
      "SELECT 'person' || i || '@example.com' AS contact, '1381234' || lpad(i::VARCHAR, 4, '0') AS number, "
      "CASE WHEN i % 2 = 0 THEN '4111111111111111' ELSE '5555555555554444' END AS paid_with, "
      "(4000000000000000 + i * 7919)::BIGINT AS order_number, 'Ann' AS first_name_only_one, "
      "'Name ' || (i % 90) AS last_name, DATE '1970-01-01' + (i * 10)::INTEGER AS birthday, "
      "CASE WHEN i % 100 = 1 THEN 'call me: joe' || i || '@example.org' ELSE 'fine' END AS remark "
      "FROM range(1000) r(i)");
  std::map<std::string, std::string> steps;
  for (const Finding& one : profile_.findings)
    if (one.kind == "personal") steps[one.column] = one.stepId();
  EXPECT_EQ(steps, (std::map<std::string, std::string>{{"contact", "hash"},
                                                       {"number", "hash"},
                                                       {"paid_with", "mask"},
                                                       {"last_name", "mask"},
                                                       {"birthday", "mask"},
                                                       {"remark", "hash"}}));
}

TEST_F(ProfileFindingsTest, ColumnsThatGoTogether) {
  look(
      "SELECT i AS x, 3 * i + (hash(i) % 10)::DOUBLE AS y, (hash(i + 1000003) % 1000)::DOUBLE AS noise, "
      "'c' || (hash(i + 2000003) % 5) AS word, 'W' || (hash(i + 2000003) % 5) AS same_word, "
      "'v' || (hash(i + 3000003) % 5) AS other, 'n' || (hash(i + 4000003) % 900) AS many, "
      "'n' || (hash(i + 4000003) % 900) AS copy, 'k' || i AS one_key, 'z' || i AS other_key "
      "FROM range(3000) r(i)");
  std::vector<std::string> pairs;
  for (const Finding& one : profile_.findings) {
    if (one.kind != "correlated") continue;
    pairs.push_back(one.kind + ":" + one.column + "/" + one.other);
    const bool same = fill(one.text, Language::English, one.args).find("are the same") != std::string::npos;
    EXPECT_EQ(same, one.column == "many") << fill(one.text, Language::English, one.args);
  }
  EXPECT_THAT(pairs, testing::UnorderedElementsAre("correlated:x/y", "correlated:word/same_word",
                                                   "correlated:many/copy"));
  EXPECT_EQ(finding("correlated").step, Json::parse(R"({"step":"drop_columns","columns":["y"]})"));
}

TEST_F(ProfileFindingsTest, ColumnsThatGiveTheTargetAway) {
  const std::string sql =
      "SELECT i AS id, gone AS left_us, CASE WHEN gone THEN 'closed' ELSE 'open' END AS status, "
      "CASE WHEN gone THEN DATE '2026-01-01' + (i % 90)::INTEGER END AS left_on, "
      "CASE WHEN gone THEN 100 ELSE 0 END + (hash(i + 5000003) % 90)::DOUBLE AS refund, "
      "(hash(i + 2000003) % 100)::DOUBLE + CASE WHEN gone THEN 20 ELSE 0 END AS honest, 'u' || i AS name "
      "FROM (SELECT i, hash(i + 1000003) % 4 = 0 AS gone FROM range(4000) r(i))";
  look(sql, {.target = "left_us"});
  std::vector<std::string> leaks;
  for (const Finding& one : profile_.findings)
    if (one.kind == "leak") leaks.push_back(one.column);
  EXPECT_THAT(leaks, testing::UnorderedElementsAre("status", "left_on", "refund"));
  EXPECT_EQ(finding("leak").other, "left_us");
  EXPECT_EQ(finding("leak").severity, Severity::Problem);
  look(sql);
  for (const std::string& kind : kinds()) EXPECT_FALSE(kind.starts_with("leak")) << kind;

  look(
      "SELECT (hash(i) % 100000)::DOUBLE AS spent, (hash(i) % 100000) * 1.19 AS with_tax, "
      "(hash(i + 3000003) % 1000)::DOUBLE AS age FROM range(3000) r(i)",
      {.target = "spent"});
  EXPECT_THAT(kinds(), Contains("leak:with_tax/spent"));
  EXPECT_THAT(kinds(), Not(Contains("leak:age/spent")));
}

TEST_F(ProfileFindingsTest, ATargetMustBeAColumn) {
  ASSERT_TRUE(database_.execute("CREATE TABLE t AS SELECT 1 AS a", job_));
  const auto result = profile(database_, {"t"}, {.target = "b"}, job_);
  EXPECT_EQ(result.error().code, ErrorCode::NotFound);
  EXPECT_EQ(result.error().where.column, "b");
}

TEST_F(ProfileFindingsTest, TwoColumnsCanBeTheKey) {
  look("SELECT i // 20 AS customer, i % 20 AS visit, hash(i) % 7 AS x FROM range(2000) r(i)");
  EXPECT_THAT(kinds(), Contains("key:customer/visit"));
  EXPECT_THAT(kinds(), Not(Contains("key:customer/x")));
  look("SELECT i AS id, i // 20 AS customer, i % 20 AS visit FROM range(2000) r(i)");
  EXPECT_THAT(kinds(), Not(Contains("key:customer/visit")));
}

TEST_F(ProfileFindingsTest, RepeatedRowsAreCountedExactly) {
  look("SELECT i % 1000 AS a, CASE WHEN i % 3 > 0 THEN i % 7 END AS b FROM range(5000) r(i)");
  const auto distinct = database_.rows("SELECT count(*) FROM (SELECT DISTINCT * FROM t)", job_);
  const auto repeats = 5000 - distinct->rows[0][0].get<std::int64_t>();
  EXPECT_EQ(finding("duplicates").args.at(0), repeats == 0 ? "" : std::to_string(repeats));
  EXPECT_EQ(finding("duplicates").step, Json::parse(R"({"step":"drop_duplicates"})"));
  look("SELECT i // 2 AS a FROM range(300000) r(i) UNION ALL SELECT 5 FROM range(3)");
  EXPECT_EQ(finding("duplicates").args.at(0), "150,003");
}

}  // namespace
}  // namespace lodestone::data
