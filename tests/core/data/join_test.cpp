// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/join.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <random>

#include "tests/core/data/table_fixture.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class JoinTest : public TableTest {
 protected:
  JoinReport made(const JoinSpec& spec) {
    const JoinReport seen = must(previewJoin(database_, spec, job_));
    JoinReport report = must(joinTables(database_, spec, {"joined", true}, job_));
    EXPECT_EQ(seen.rows, report.rows) << "the preview counts what the join makes";
    EXPECT_EQ(rows("SELECT count(*) FROM joined")[0][0], Json(report.rows));
    return report;
  }
  void shop() {
    sql("CREATE TABLE orders (id BIGINT, customer BIGINT, city VARCHAR);"
        "INSERT INTO orders VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 10, 'c'), (4, NULL, 'd'), (5, 99, 'e');"
        "CREATE TABLE customers (customer BIGINT, name VARCHAR, city VARCHAR);"
        "INSERT INTO customers VALUES (20, 'Bo', 'x'), (10, 'Ann', 'y'), (30, 'Cy', 'z'), (NULL, 'No', 'w')");
  }
};

TEST_F(JoinTest, ALeftJoinKeepsEveryRowInOrderAndCountsBothSides) {
  shop();
  const JoinReport report = made({{"orders"}, {"customers"}, {{"customer", "customer"}}, JoinKind::Left});
  EXPECT_EQ(report.rows, 5);
  EXPECT_EQ(report.matched_left, 3);
  EXPECT_EQ(report.unmatched_left, 2);
  EXPECT_EQ(report.matched_right, 2);
  EXPECT_EQ(report.unmatched_right, 2);
  EXPECT_EQ(report.fan_out, 1);
  EXPECT_EQ(report.fan_out_right, 2);
  EXPECT_FALSE(report.multiplied);
  EXPECT_THAT(names(report), ElementsAre("id", "customer", "city", "name", "city_customers"));
  EXPECT_EQ(rows("SELECT id, customer, name FROM joined"),
            (Cells{{1, 10, "Ann"}, {2, 20, "Bo"}, {3, 10, "Ann"}, {4, nullptr, nullptr}, {5, 99, nullptr}}));
  EXPECT_THAT(kinds(report.warnings), UnorderedElementsAre("missing_keys", "missing_keys"));
  ASSERT_EQ(report.examples_left.size(), 1U);
  EXPECT_THAT(report.examples_left[0].values, ElementsAre("99"));
  ASSERT_EQ(report.examples_right.size(), 1U);
  EXPECT_THAT(report.examples_right[0].values, ElementsAre("30"));
}

TEST_F(JoinTest, EachKindKeepsItsRows) {
  shop();
  JoinSpec spec{{"orders"}, {"customers"}, {{"customer", "customer"}}};
  const auto count = [&](JoinKind kind) {
    spec.kind = kind;
    return made(spec).rows;
  };
  EXPECT_EQ(count(JoinKind::Inner), 3);
  EXPECT_EQ(count(JoinKind::Full), 7);
  EXPECT_EQ(rows("SELECT customer, name FROM joined OFFSET 5"), (Cells{{30, "Cy"}, {nullptr, "No"}}))
      << "what only the right table has comes last, with its key";
  EXPECT_EQ(count(JoinKind::Right), 5);
  EXPECT_EQ(rows("SELECT customer, id FROM joined"),
            (Cells{{20, 2}, {10, 1}, {10, 3}, {30, nullptr}, {nullptr, nullptr}}));
  EXPECT_EQ(count(JoinKind::Semi), 3);
  EXPECT_EQ(count(JoinKind::Anti), 2);
  EXPECT_EQ(rows("SELECT * FROM joined"), (Cells{{4, nullptr, "d"}, {5, 99, "e"}}));
}

TEST_F(JoinTest, MultipliedRowsAreToldWithHowManyAndWhatToDo) {
  shop();
  sql("INSERT INTO customers VALUES (10, 'Ann again', 'v'), (10, 'Ann once more', 'u')");
  const JoinReport report = made({{"orders"}, {"customers"}, {{"customer", "customer"}}, JoinKind::Left});
  EXPECT_EQ(report.rows, 9);
  EXPECT_EQ(report.fan_out, 3);
  EXPECT_DOUBLE_EQ(report.mean_fan_out, 7.0 / 3);
  EXPECT_TRUE(report.multiplied);
  EXPECT_THAT(notice(report.warnings, "multiplied"), HasSubstr("5 rows become 9"));
  EXPECT_THAT(notice(report.warnings, "multiplied"), HasSubstr("2.33"));
  EXPECT_EQ(rows("SELECT name FROM joined LIMIT 3"), (Cells{{"Ann"}, {"Ann again"}, {"Ann once more"}}));
}

TEST_F(JoinTest, ANumberAgainstATextIsCastAndSaid) {
  sql("CREATE TABLE a AS SELECT * FROM (VALUES (7), (8), (9)) AS t(id);"
      "CREATE TABLE b AS SELECT * FROM (VALUES ('007', 'x'), (' 8 ', 'y'), ('9.5', 'z'), ('none', 'w')) AS "
      "t(ref, v)");
  const JoinReport report = made({{"a"}, {"b"}, {{"id", "ref"}}, JoinKind::Left});
  EXPECT_EQ(report.matched_left, 2) << "9.5 is not rounded to 9";
  EXPECT_THAT(kinds(report.warnings), UnorderedElementsAre("key_types", "unreadable_keys"));
  EXPECT_THAT(notice(report.warnings, "unreadable_keys"), HasSubstr("1 rows of b"));
  EXPECT_EQ(rows("SELECT id, v FROM joined"), (Cells{{7, "x"}, {8, "y"}, {9, nullptr}}));
}

TEST_F(JoinTest, LongIdentifiersDoNotBecomeAlike) {
  sql("CREATE TABLE a AS SELECT 9007199254740993 AS id; CREATE TABLE b AS SELECT '9007199254740992' AS id");
  EXPECT_EQ(made({{"a"}, {"b"}, {{"id", "id"}}, JoinKind::Inner}).rows, 0);
  EXPECT_EQ(made({{"a"}, {"b"}, {{"id", "id"}}, JoinKind::Full}).rows, 2);
  EXPECT_EQ(rows("SELECT id FROM joined"), (Cells{{"9007199254740993"}, {"9007199254740992"}}));
}

TEST_F(JoinTest, SpacesAndCaseThatPreventMatchesAreCountedAndCanBeIgnored) {
  sql("CREATE TABLE a AS SELECT * FROM (VALUES ('ann'), ('bo '), ('CY'), ('dee'), ('　Eve')) AS t(k);"
      "CREATE TABLE b AS SELECT * FROM (VALUES ('ann'), ('bo'), ('cy'), ('eve '), ('zoe')) AS t(k)");
  JoinSpec spec{{"a"}, {"b"}, {{"k", "k"}}, JoinKind::Inner};
  const JoinReport exact = made(spec);
  EXPECT_EQ(exact.matched_left, 1);
  EXPECT_THAT(notice(exact.warnings, "spaces"), HasSubstr("1 more rows of a"));
  EXPECT_THAT(notice(exact.warnings, "case"), HasSubstr("2 more rows of a"));
  spec.key_text = KeyText::Loose;
  const JoinReport loose = made(spec);
  EXPECT_EQ(loose.matched_left, 4);
  EXPECT_TRUE(loose.warnings.empty());
}

TEST_F(JoinTest, DaysMeetMomentsAndWhatCannotBeEqualIsRefused) {
  sql("CREATE TABLE a AS SELECT DATE '2026-03-01' AS d, 1 AS n;"
      "CREATE TABLE b AS SELECT TIMESTAMP '2026-03-01 00:00:00' AS d, DATE '2026-03-01' AS n");
  const JoinReport report = made({{"a"}, {"b"}, {{"d", "d"}}, JoinKind::Inner});
  EXPECT_EQ(report.rows, 1);
  EXPECT_THAT(kinds(report.warnings), UnorderedElementsAre("key_types", "key_times"));
  const auto refused = previewJoin(database_, {{"a"}, {"b"}, {{"n", "n"}}}, job_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(refused.error()), HasSubstr("'n'"));
}

TEST_F(JoinTest, WhatIsMissingOrThereIsNamedAndNothingIsMade) {
  shop();
  const JoinSpec spec{{"orders"}, {"customers"}, {{"customer", "customer"}}};
  EXPECT_EQ(joinTables(database_, {{"orders"}, {"nowhere"}, {{"a", "b"}}}, {"x"}, job_).error().code,
            ErrorCode::NotFound);
  const auto column = joinTables(database_, {{"orders"}, {"customers"}, {{"customer", "who"}}}, {"x"}, job_);
  EXPECT_THAT(messageOf(column.error()), HasSubstr("customer, name, city"));
  EXPECT_EQ(joinTables(database_, {{"orders"}, {"customers"}, {}}, {"x"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(joinTables(database_, spec, {"customers"}, job_).error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(joinTables(database_, spec, {""}, job_).error().code, ErrorCode::InvalidArgument);
  EXPECT_FALSE(*database_.has({"x"}));
  ASSERT_TRUE(joinTables(database_, spec, {"orders", true}, job_)) << "a source may be replaced";
  EXPECT_EQ(rows("SELECT count(*) FROM orders")[0][0], Json(5));
}

TEST_F(JoinTest, AStopLeavesNothing) {
  shop();
  std::stop_source stop;
  stop.request_stop();
  JobContext job(stop.get_token());
  const auto done =
      joinTables(database_, {{"orders"}, {"customers"}, {{"customer", "customer"}}}, {"x"}, job);
  EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
  EXPECT_FALSE(*database_.has({"x"}));
}

TEST_F(JoinTest, AwkwardNamesWork) {
  sql("CREATE TABLE \"a; DROP TABLE b\" (\"select\" BIGINT, \"na\"\"me\" VARCHAR, \"rowid\" BIGINT, "
      "\"客户😀\" VARCHAR);"
      "INSERT INTO \"a; DROP TABLE b\" VALUES (1, 'x', 5, 'p'), (2, 'y', 6, 'q');"
      "CREATE TABLE \"b'\" (\"SELECT\" BIGINT, \"na\"\"me\" VARCHAR, \"; DROP TABLE x\" VARCHAR, k0 INT, n "
      "INT);"
      "INSERT INTO \"b'\" VALUES (2, 'z', 'w', 1, 1)");
  const JoinReport report =
      made({{"a; DROP TABLE b"}, {"b'"}, {{"select", "SELECT"}, {"Select", "n"}}, JoinKind::Left});
  EXPECT_EQ(report.rows, 2);
  EXPECT_THAT(names(report),
              ElementsAre("select", "na\"me", "rowid", "客户😀", "na\"me_b'", "; DROP TABLE x", "k0", "n"));
  EXPECT_EQ(rows("SELECT \"rowid\" FROM joined"), (Cells{{5}, {6}}));
}

TEST_F(JoinTest, AJoinThatWouldExplodeIsRefusedBeforeItIsMade) {
  sql("CREATE TABLE a AS SELECT 1 AS k FROM range(100000); CREATE TABLE b AS SELECT 1 AS k FROM "
      "range(100000)");
  const auto refused = joinTables(database_, {{"a"}, {"b"}, {{"k", "k"}}}, {"x"}, job_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(messageOf(refused.error()), HasSubstr("10,000,000,000 rows"));
}

/// The same counts by nested loops over made tables with repeated and missing keys.
TEST_F(JoinTest, CountsAgreeWithNestedLoops) {
  std::mt19937 numbers(7);
  const auto keys = [&](int count) {
    std::vector<std::optional<int>> list;
    for (int i = 0; i < count; ++i) {
      const auto value = static_cast<int>(numbers() % 60);
      list.push_back(value == 0 ? std::nullopt : std::optional(value));
    }
    return list;
  };
  const auto write = [&](const std::string& table, const std::vector<std::optional<int>>& list) {
    std::string text = "CREATE TABLE " + table + " (k INT, row INT);";
    for (std::size_t i = 0; i < list.size(); ++i)
      text += "INSERT INTO " + table + " VALUES (" + (list[i] ? std::to_string(*list[i]) : "NULL") + ", " +
              std::to_string(i) + ");";
    sql(text);
  };
  const auto left = keys(80);
  const auto right = keys(50);
  write("a", left);
  write("b", right);
  Cells expected;
  std::int64_t matched = 0;
  std::int64_t most = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::int64_t found = 0;
    for (std::size_t j = 0; j < right.size(); ++j)
      if (left[i] && left[i] == right[j]) {
        ++found;
        expected.push_back({i, j});
      }
    matched += found > 0 ? 1 : 0;
    most = std::max(most, found);
    if (found == 0) expected.push_back({i, nullptr});
  }
  const JoinReport report = made({{"a"}, {"b"}, {{"k", "k"}}, JoinKind::Left});
  EXPECT_EQ(report.matched_left, matched);
  EXPECT_EQ(report.fan_out, most);
  EXPECT_EQ(rows("SELECT row, row_b FROM joined"), expected);
}

}  // namespace
}  // namespace lodestone::data
