// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stop_token>

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

class QueryTest : public testing::Test {
 protected:
  QueryTest() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {
    folder_.write("secret.csv", "word\nhidden\n");
    const auto made = database_.execute(
        "CREATE TABLE one AS SELECT range AS a, 'x' || range AS b FROM range(5); CREATE SCHEMA stages; "
        "CREATE TABLE stages.left_over AS SELECT 1 AS a; CREATE TABLE \"odd \"\"name\" AS SELECT DATE "
        "'2026-03-01' AS d; "
        "CREATE SCHEMA lodestone; CREATE TABLE lodestone.kept AS SELECT 1 AS a",
        job_);
    EXPECT_TRUE(made);
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

TEST_F(QueryTest, AnswersPlainQuestions) {
  for (const char* sql :
       {"SELECT count(*) FROM one", "select a, b from one order by a desc limit 2;", "FROM one",
        "WITH x AS (SELECT a FROM one) SELECT * FROM x JOIN one USING (a)", "SELECT * FROM range(3)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n) FROM r",
        "SELECT * FROM stages.left_over", "SELECT * FROM main.one", "VALUES (1), (2)", "SELECT version()",
        "SELECT b, row_number() OVER (ORDER BY a) FROM one -- a remark", "SELECT 1; -- and a remark",
        "SELECT * FROM (SELECT a FROM ONE) WHERE a IN (SELECT a FROM one)", "SELECT unnest([1, 2])",
        "SELECT d FROM \"odd \"\"name\"", "SELECT a FROM one UNION SELECT a FROM stages.left_over",
        "SELECT * FROM one PIVOT (count(*) FOR a IN (1, 2))", "SELECT ';' AS s, a FROM one"}) {
    const auto rows = query(database_, sql, job_);
    EXPECT_TRUE(rows) << sql << ": " << rows.error().message(Language::English);
  }
  EXPECT_EQ(dumpJson(Json(query(database_, "SELECT d, 1.5, NULL, true FROM \"odd \"\"name\";", job_)->rows)),
            "[[\"2026-03-01\",1.5,null,true]]");
}

TEST_F(QueryTest, RefusesWhateverCouldChangeOrReachSomething) {
  const std::string secret = "'" + (folder_ / "secret.csv").string() + "'";
  const std::string quoted_secret = "\"" + (folder_ / "secret.csv").string() + "\"";
  const std::string elsewhere = "'" + (folder_ / "out").string() + "'";
  for (const std::string& sql : std::vector<std::string>{
           "drop table one",
           "attach '/etc/passwd' as x",
           "select * from read_csv('/etc/passwd')",
           "select 1; drop table one",
           "SELECT * FROM " + secret,
           "SELECT * FROM " + quoted_secret,
           "SELECT (SELECT count(*) FROM " + secret + ")",
           "SELECT * FROM one WHERE b IN (SELECT word FROM " + secret + ")",
           "WITH x AS (SELECT * FROM " + secret + ") SELECT * FROM x",
           "WITH " + quoted_secret + " AS (SELECT * FROM " + secret + ") SELECT * FROM " + quoted_secret,
           "WITH x AS (SELECT * FROM " + secret + "), " + quoted_secret + " AS (SELECT 1) SELECT * FROM x",
           "SELECT * FROM (WITH " + quoted_secret + " AS (SELECT 1) SELECT 1), " + secret,
           "SELECT a FROM one ORDER BY (SELECT word FROM " + secret + ")",
           "SELECT a FROM one LIMIT (SELECT 1 FROM " + secret + ")",
           "SELECT * FROM read_text('/etc/passwd')",
           "SELECT * FROM read_blob('/etc/passwd')",
           "SELECT * FROM read_json('/etc/passwd')",
           "SELECT * FROM parquet_scan('x')",
           "SELECT * FROM glob('/etc/*')",
           "SELECT * FROM sniff_csv(" + secret + ")",
           "SELECT getenv('HOME')",
           "SELECT * FROM query('SELECT 1')",
           "SELECT * FROM query_table('one')",
           "SELECT current_setting('temp_directory')",
           "SELECT * FROM duckdb_settings()",
           "SELECT * FROM duckdb_secrets()",
           "SELECT * FROM information_schema.tables",
           "SELECT * FROM sqlite_master",
           "SELECT * FROM pragma_database_list",
           "SELECT * FROM lodestone.kept",
           "COPY one TO " + elsewhere,
           "COPY one FROM " + secret,
           "EXPORT DATABASE " + elsewhere,
           "IMPORT DATABASE " + elsewhere,
           "INSTALL httpfs",
           "LOAD httpfs",
           "PRAGMA database_list",
           "SET threads = 1",
           "RESET threads",
           "CHECKPOINT",
           "VACUUM",
           "INSERT INTO one VALUES (9, 'y')",
           "UPDATE one SET a = 1",
           "DELETE FROM one",
           "CREATE TABLE two (a INT)",
           "CREATE VIEW v AS SELECT 1",
           "ALTER TABLE one RENAME TO two",
           "TRUNCATE one",
           "EXPLAIN SELECT 1",
           "EXPLAIN ANALYZE SELECT * FROM one",
           "DESCRIBE one",
           "SHOW TABLES",
           "SUMMARIZE one",
           "CALL range(3)",
           "PREPARE p AS SELECT 1",
           "EXECUTE p",
           "BEGIN",
           "COMMIT",
           "USE stages",
           "DETACH data",
           "SELECT ?",
           "SELECT $1",
           "SELECT 1; SELECT 2",
           "",
           "  ",
           ";",
           "-- nothing",
           "selec 1",
           "SELECT * FROM nowhere",
           "SELECT nope FROM one",
           "SELECT 'a'::INT",
           "MERGE INTO one USING one AS o ON false WHEN NOT MATCHED THEN INSERT VALUES (1, 'x')",
           "SELECT * FROM (DELETE FROM one RETURNING a)",
           "SELECT nextval('s')"}) {
    const auto rows = query(database_, sql, job_);
    ASSERT_FALSE(rows) << sql;
    EXPECT_EQ(rows.error().code, ErrorCode::InvalidArgument)
        << sql << ": " << rows.error().message(Language::English);
    EXPECT_GT(rows.error().message(Language::English).size(), 8U);
  }
  EXPECT_EQ(database_.tables()->size(), 2U);
  EXPECT_EQ(database_.table({"one"})->rows, 5);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
}

TEST_F(QueryTest, ACheckedQueryCanStandInAnotherStatement) {
  for (const char* sql :
       {"SELECT a FROM one", "SELECT a FROM one; ", "SELECT a FROM one -- a remark",
        "-- joins\nSELECT a FROM (SELECT 1 AS n) q CROSS JOIN one JOIN one AS two USING (a)"}) {
    const auto checked = checkQuery(database_, sql, job_);
    ASSERT_TRUE(checked) << sql;
    const auto rows = database_.rows("SELECT count(*) FROM (\n" + *checked + "\n) AS q", job_);
    ASSERT_TRUE(rows) << sql;
    EXPECT_EQ(rows->rows[0][0], Json(5));
  }
  EXPECT_EQ(checkQuery(database_, "DROP TABLE one", job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(QueryTest, WorksTheSameOnceLockedDown) {
  ASSERT_TRUE(database_.lockDown());
  EXPECT_EQ(query(database_, "SELECT sum(a) FROM one", job_)->rows[0][0], Json(10));
}

TEST_F(QueryTest, AMistakeIsToldInDuckDbsWordsAndUnknownTablesWithTheKnown) {
  EXPECT_THAT(query(database_, "SELECT nope FROM one", job_).error().message(Language::English),
              HasSubstr("nope"));
  EXPECT_THAT(query(database_, "selec 1", job_).error().message(Language::English), HasSubstr("selec"));
  EXPECT_THAT(query(database_, "SELECT * FROM ones", job_).error().message(Language::English),
              HasSubstr("one"));
}

TEST_F(QueryTest, WritesAnswersAsCsv) {
  const auto file = folder_ / "out.csv";
  const auto count = queryToCsv(
      database_,
      "SELECT a, b || ',\"' AS \"b,c\", NULL AS n, a / 4 AS q, '' AS e FROM one ORDER BY a LIMIT 2", file,
      job_);
  ASSERT_TRUE(count) << count.error().message(Language::English);
  EXPECT_EQ(*count, 2);
  EXPECT_EQ(*readFile(file), "a,\"b,c\",n,q,e\n0,\"x0,\"\"\",,0,\"\"\n1,\"x1,\"\"\",,0.25,\"\"\n");
  const auto many = queryToCsv(database_, "SELECT * FROM range(100000)", file, job_);
  EXPECT_EQ(*many, 100000);
}

TEST_F(QueryTest, HalfAFileIsNeverLeft) {
  const auto file = folder_ / "out.csv";
  const auto failed =
      queryToCsv(database_, "SELECT CASE WHEN range < 150000 THEN range ELSE 'x'::INT END FROM range(200000)",
                 file, job_);
  EXPECT_FALSE(failed);
  std::stop_source stop;
  stop.request_stop();
  JobContext stopped(stop.get_token());
  EXPECT_EQ(queryToCsv(database_, "SELECT * FROM one", file, stopped).error().code, ErrorCode::Cancelled);
  EXPECT_EQ(queryToCsv(database_, "SELECT 1", folder_ / "nowhere/out.csv", job_).error().code, ErrorCode::Io);
  EXPECT_FALSE(std::filesystem::exists(file));
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_THAT(entry.path().filename().string(), testing::Not(HasSubstr("out.csv")))
        << "no part is left either";
}

TEST_F(QueryTest, TellsWhereTheMistakeIs) {
  const auto place = [&](const std::string& sql) {
    const auto rows = query(database_, sql, job_);
    EXPECT_FALSE(rows) << sql;
    return std::pair(rows.error().where.line, rows.error().where.column);
  };
  EXPECT_EQ(place("SELECT a\nFORM one"), std::pair(std::optional<std::int64_t>(2), std::string("6")));
  EXPECT_EQ(place("\n\n  SELECT a,\n    bb\n  FROM one;"),
            std::pair(std::optional<std::int64_t>(4), std::string("5")));
  // Of a long line DuckDB shows the middle only.
  const std::string many =
      "SELECT a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, bb "
      "FROM one";
  EXPECT_EQ(place(many), std::pair(std::optional<std::int64_t>(1), std::string()));
}

TEST_F(QueryTest, TellsTheFirstRowsAndWhetherThereAreMore) {
  const auto some = queryFirst(database_, "SELECT a FROM one ORDER BY a DESC", 3, job_);
  ASSERT_TRUE(some);
  EXPECT_EQ(dumpJson(Json(some->rows.rows)), "[[4],[3],[2]]");
  EXPECT_FALSE(some->all);
  const auto all = queryFirst(database_, "SELECT a FROM one", 5, job_);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->rows.rows.size(), 5U);
  EXPECT_TRUE(all->all);
  // What is not told is not computed: this would take hours.
  const auto endless = queryFirst(database_, "SELECT i FROM range(1000000000000) r(i)", 2, job_);
  ASSERT_TRUE(endless);
  EXPECT_EQ(endless->rows.rows.size(), 2U);
  EXPECT_FALSE(queryFirst(database_, "DROP TABLE one", 5, job_));
  const auto none = queryFirst(database_, "SELECT a, b FROM one WHERE a > 9", 5, job_);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->rows.columns.size(), 2U);
}

TEST_F(QueryTest, MakesATableOfAnAnswer) {
  const auto made = queryToTable(database_, "SELECT b, a FROM one WHERE a > 1 ORDER BY a DESC -- big ones",
                                 {.name = "select"}, job_);
  ASSERT_TRUE(made) << made.error().message(Language::English);
  EXPECT_EQ(*made, 3);
  EXPECT_EQ(dumpJson(Json(query(database_, "SELECT * FROM \"select\"", job_)->rows)),
            "[[\"x4\",4],[\"x3\",3],[\"x2\",2]]");
  EXPECT_EQ(
      database_.rows("SELECT comment FROM duckdb_tables() WHERE table_name = 'select'", job_)->rows[0][0],
      Json("SELECT b, a FROM one WHERE a > 1 ORDER BY a DESC -- big ones"));
  const auto again = queryToTable(database_, "SELECT 1 AS a", {.name = "SELECT"}, job_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(
      *queryToTable(database_, "SELECT a, a FROM \"select\"", {.name = "select", .replace = true}, job_), 3);
  EXPECT_EQ(query(database_, "SELECT * FROM \"select\"", job_)->columns.size(), 2U);
}

TEST_F(QueryTest, MakesNoTableOfWhatIsNotHarmlessOrHasNoName) {
  for (const char* name : {"", "   ", "a\xff"})
    EXPECT_EQ(queryToTable(database_, "SELECT 1", {.name = name}, job_).error().code,
              ErrorCode::InvalidArgument);
  EXPECT_EQ(queryToTable(database_, "SELECT 1 AS a; DROP TABLE one", {.name = "t"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(queryToTable(database_, "SELECT nothing FROM one", {.name = "t"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_TRUE(*database_.has({"one"}));
  EXPECT_FALSE(*database_.has({"t"}));
  std::stop_source stop;
  stop.request_stop();
  JobContext stopped(stop.get_token());
  EXPECT_EQ(queryToTable(database_, "SELECT 1 AS a", {.name = "t"}, stopped).error().code,
            ErrorCode::Cancelled);
  EXPECT_FALSE(*database_.has({"t"}));
  ASSERT_TRUE(queryToTable(database_, "SELECT a FROM one", {.name = "t\"; DROP TABLE one; --"}, job_));
  EXPECT_TRUE(*database_.has({"t\"; DROP TABLE one; --"}));
  EXPECT_TRUE(*database_.has({"one"}));
}

TEST_F(QueryTest, NamesTheFunctionsThatMayBeCalled) {
  const auto names = queryFunctions(database_);
  ASSERT_TRUE(names);
  EXPECT_THAT(*names,
              testing::IsSupersetOf({"sum", "lower", "date_trunc", "regexp_matches", "quantile_cont"}));
  EXPECT_THAT(*names, testing::Not(testing::Contains("getenv")));
  EXPECT_THAT(*names, testing::Not(testing::Contains("read_text")));
  EXPECT_TRUE(std::is_sorted(names->begin(), names->end()));
}

}  // namespace
}  // namespace lodestone::data
