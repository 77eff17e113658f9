// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <thread>

#include "core/data/import.h"
#include "tests/core/data/import_fixture.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

class SqliteSourceTest : public ImportFixture {
 protected:
  /// Runs SQL on a SQLite file of the folder.
  fs::path make(const std::string& name, const std::string& sql) {
    const fs::path file = folder_ / name;
    sqlite3* made = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &made), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(made, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << (message != nullptr ? message : "");
    sqlite3_close(made);
    return file;
  }
  Result<ImportReport> import(const fs::path& file, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    return importFile(database_, file, "t", options, job_);
  }
  ImportReport done(const fs::path& file, const ImportOptions& options = {}) {
    return must(import(file, options));
  }
};

TEST_F(SqliteSourceTest, TakesTheOnlyTableWithItsTypes) {
  const auto file = make(
      "shop.db",
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), paid BOOLEAN, day DATE, "
      "at DATETIME, code TEXT, unset REAL, picture BLOB);"
      "INSERT INTO orders VALUES (1, 'a', 2, 1, '2026-03-01', '2026-03-01 09:30:00', '007', NULL, x'00ff'),"
      "(2, '', 2.5, 0, '2026-03-02', '2026-03-02T10:00:00.25', '12', NULL, NULL),"
      "(3, NULL, NULL, NULL, NULL, NULL, '13', NULL, x'');");
  const auto report = done(file);
  EXPECT_EQ(types(report.columns),
            "id:BIGINT name:VARCHAR price:DOUBLE paid:BOOLEAN day:DATE at:TIMESTAMP code:VARCHAR "
            "unset:DOUBLE picture:VARCHAR");
  EXPECT_EQ(cells(),
            "[[1,\"a\",2.0,true,\"2026-03-01\",\"2026-03-01 09:30:00\",\"007\",null,\"00ff\"],"
            "[2,\"\",2.5,false,\"2026-03-02\",\"2026-03-02 10:00:00.25\",\"12\",null,null],"
            "[3,null,null,null,null,null,\"13\",null,\"\"]]");
  EXPECT_EQ(report.detected.format, "sqlite");
  EXPECT_EQ(report.detected.source_table, "orders");
}

TEST_F(SqliteSourceTest, LongWholeNumbersKeepTheirDigits) {
  const auto report = done(
      make("long.db",
           "CREATE TABLE t (whole INTEGER, declared DECIMAL(20,2), mixed); "
           "INSERT INTO t VALUES (9223372036854775807, 9007199254740993, 9007199254740993), (1, 2, 0.5);"));
  EXPECT_EQ(types(report.columns), "whole:BIGINT declared:BIGINT mixed:VARCHAR");
  EXPECT_EQ(cells(), "[[9223372036854775807,9007199254740993,\"9007199254740993\"],[1,2,\"0.5\"]]");
}

TEST_F(SqliteSourceTest, AQueryTakesTheTablesPlace) {
  const auto file = make("shop.db",
                         "CREATE TABLE a (id INTEGER, day DATE); CREATE TABLE b (id INTEGER, name TEXT);"
                         "INSERT INTO a VALUES (1, '2026-03-01'), (2, '2026-03-02');"
                         "INSERT INTO b VALUES (1, 'x'), (2, 'y');");
  const auto report =
      done(file, {.query = "WITH c AS (SELECT * FROM b) SELECT a.id, day, upper(name) AS \"N\", "
                           "id * 1.5 AS half FROM a JOIN c USING (id) WHERE id > 1; -- all"});
  EXPECT_EQ(types(report.columns), "id:BIGINT day:DATE N:VARCHAR half:DOUBLE");
  EXPECT_EQ(cells(), "[[2,\"2026-03-02\",\"Y\",3.0]]");
  const auto preview = previewFile(file, {.query = "SELECT count(*) AS n FROM a"}, job_);
  ASSERT_TRUE(preview) << preview.error().message(Language::English);
  EXPECT_EQ(dumpJson(Json(preview->sample)), "[[2]]");
  for (const char* sql :
       {"DELETE FROM a", "SELECT 1; SELECT 2", "ATTACH ':memory:' AS m", "PRAGMA table_info(a)", "", " ",
        "SELECT * FROM pragma_table_info('a')", "EXPLAIN SELECT 1", "CREATE TEMP TABLE x AS SELECT 1",
        "SELECT nosuch FROM a", "SELEC", "INSERT INTO a VALUES (3, NULL) RETURNING id"}) {
    if (trim(sql).empty()) continue;
    const auto refused = import(file, {.query = sql});
    ASSERT_FALSE(refused) << sql;
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument) << sql;
  }
  EXPECT_THAT(import(file, {.query = "SELECT nosuch FROM a"}).error().message(Language::English),
              testing::HasSubstr("nosuch"));
  EXPECT_FALSE(import(file, {.source_table = "a", .query = "SELECT 1"}));
  const auto none = import(folder_.write("x.csv", "a\n1\n"), {.query = "SELECT 1"});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::InvalidArgument) << "what takes no query says so";
}

TEST_F(SqliteSourceTest, SeveralTablesWantAChoice) {
  const auto file =
      make("two.db",
           "CREATE TABLE zeta (x); INSERT INTO zeta VALUES (1); CREATE TABLE Alpha (y); "
           "INSERT INTO Alpha VALUES ('a'), ('b'); CREATE VIEW both AS SELECT x, y FROM zeta, Alpha;");
  const auto refused = import(file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(refused.error().message(Language::English), HasSubstr("Alpha, zeta, both"));
  EXPECT_EQ(done(file, {.source_table = "alpha"}).rows, 2) << "in any case of letters";
  EXPECT_EQ(done(file, {.source_table = "both"}).rows, 2);
  EXPECT_EQ(cells(), "[[1,\"a\"],[1,\"b\"]]");
  const auto missing = import(file, {.source_table = "nosuch"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_THAT(missing.error().message(Language::English), HasSubstr("Alpha, zeta, both"));
  const auto preview = previewFile(file, {}, job_);
  ASSERT_TRUE(preview);
  EXPECT_THAT(preview->detected.source_tables, ElementsAre("Alpha", "zeta", "both"));
  EXPECT_EQ(preview->detected.source_table, "Alpha");
  EXPECT_EQ(preview->sample.size(), 2U);
}

TEST_F(SqliteSourceTest, NamesThatAreSqlAreNames) {
  const auto file =
      make("names.db",
           "CREATE TABLE \"a\"\"; DROP TABLE x\" (\"select\" INT, \"a\"\"b\" INT, \"; DROP TABLE t\" INT, "
           "\"表\" INT, \"😀\" INT); INSERT INTO \"a\"\"; DROP TABLE x\" VALUES (1, 2, 3, 4, 5);");
  EXPECT_EQ(types(done(file).columns), "select:BIGINT a\"b:BIGINT ; DROP TABLE t:BIGINT 表:BIGINT 😀:BIGINT");
  EXPECT_EQ(cells(), "[[1,2,3,4,5]]");
}

TEST_F(SqliteSourceTest, CellsOfOtherTypesAreRejectedOrMakeTheColumnText) {
  std::string sql = "CREATE TABLE t (few INT, many INT); BEGIN;";
  for (int i = 1; i <= 5000; ++i)
    sql += "INSERT INTO t VALUES (" + (i % 100 == 0 ? "'bad " + std::to_string(i) + "'" : std::to_string(i)) +
           ", " + (i > 4500 ? "'text'" : "1") + ");";
  const auto report = done(make("mixed.db", sql + "COMMIT;"));
  EXPECT_EQ(types(report.columns), "few:BIGINT many:VARCHAR");
  EXPECT_EQ(report.rows, 4950);
  EXPECT_EQ(report.rejected, 50);
  EXPECT_EQ(cells("SELECT sum(few), count(*) FILTER (many = 'text'), count(*) FILTER (many = '1') FROM t"),
            "[[12375000,495,4455]]");
  const auto kept = rejects(database_, {"t"});
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 50U);
  EXPECT_EQ(kept->front().line, 100);
  EXPECT_EQ(kept->front().column, "few");
  EXPECT_EQ(kept->front().reason, "'bad 100' is not a whole number");
  EXPECT_EQ(kept->front().text, "bad 100\t1");
  const auto failed = import(folder_ / "mixed.db", {.on_bad_rows = OnBadRows::Fail});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().where.line, 100);
}

TEST_F(SqliteSourceTest, WhatTheBeginningDoesNotShowIsSeenAllTheSame) {
  std::string sql = "CREATE TABLE t (x, y, z); BEGIN;";
  for (int i = 0; i < 6000; ++i)
    sql += "INSERT INTO t VALUES (" + std::string(i == 5999 ? "0.5" : "1") + ", " +
           (i < 5000 ? "NULL" : "'late'") + ", " + (i < 5900 ? "9007199254740993" : "0.25") + ");";
  const auto report = done(make("late.db", sql + "COMMIT;"));
  EXPECT_EQ(types(report.columns), "x:DOUBLE y:VARCHAR z:VARCHAR") << "a whole number is never rounded";
  EXPECT_EQ(report.rows, 6000);
  EXPECT_EQ(cells("SELECT sum(x), count(y), min(z), max(z) FROM t"),
            "[[5999.5,1000,\"0.25\",\"9007199254740993\"]]");
}

TEST_F(SqliteSourceTest, TypesCanBeGiven) {
  const auto file =
      make("forced.db",
           "CREATE TABLE t (d TEXT, n TEXT, w TEXT); INSERT INTO t VALUES ('31.12.2025', '1,5', '-'), "
           "('01.02.2026', '2', 'x');");
  ImportOptions options{.decimal = ','};
  options.null_words = {"-"};
  options.column_types = {{"d", "DATE %d.%m.%Y"}, {"n", "DOUBLE"}};
  EXPECT_EQ(types(done(file, options).columns), "d:DATE n:DOUBLE w:VARCHAR");
  EXPECT_EQ(cells(), "[[\"2025-12-31\",1.5,null],[\"2026-02-01\",2.0,\"x\"]]");
  EXPECT_EQ(types(done(file, {.types = Types::AllText}).columns), "d:VARCHAR n:VARCHAR w:VARCHAR");
  options.column_types = {{"nosuch", "DATE"}};
  EXPECT_FALSE(import(file, options));
  options.column_types = {{"d", "INTERVAL"}};
  EXPECT_FALSE(import(file, options));
}

TEST_F(SqliteSourceTest, AnEmptyTableKeepsItsColumns) {
  const auto report = done(make("empty.db", "CREATE TABLE t (a INTEGER, b TEXT, c DATE, d);"));
  EXPECT_EQ(report.rows, 0);
  EXPECT_EQ(types(report.columns), "a:BIGINT b:VARCHAR c:DATE d:VARCHAR");
  const auto none = import(make("none.db", "CREATE TABLE t (a); DROP TABLE t;"));
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message(Language::English), HasSubstr("no tables"));
}

TEST_F(SqliteSourceTest, DamagedAndLockedFilesSaySo) {
  std::string sql = "CREATE TABLE t (x TEXT); BEGIN;";
  for (int i = 0; i < 2000; ++i) sql += "INSERT INTO t VALUES ('" + std::string(100, 'x') + "');";
  const auto file = make("whole.db", sql + "COMMIT;");
  fs::copy_file(file, folder_ / "cut.db");
  fs::resize_file(folder_ / "cut.db", fs::file_size(file) / 2);
  const auto cut = import(folder_ / "cut.db");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, ErrorCode::Corrupt);
  EXPECT_THAT(cut.error().message(Language::English), HasSubstr("cut.db"));
  const auto fake =
      import(folder_.write("fake.db", std::string("SQLite format 3\0", 16) + std::string(5000, 'x')));
  ASSERT_FALSE(fake);
  EXPECT_EQ(fake.error().code, ErrorCode::Corrupt);

  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto locked = import(file);
  sqlite3_close(other);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, ErrorCode::Locked);
  EXPECT_EQ(done(file).rows, 2000) << "and once it is free, it reads";
}

TEST_F(SqliteSourceTest, AFileInWalModeReadsWithoutAnythingWrittenBesideIt) {
  const auto file =
      make("wal.db", "PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);");
  ASSERT_FALSE(fs::exists(folder_ / "wal.db-wal"));
  EXPECT_EQ(done(file).rows, 2);
  EXPECT_FALSE(fs::exists(folder_ / "wal.db-wal"));
  EXPECT_FALSE(fs::exists(folder_ / "wal.db-shm"));

  // Rows that are committed and still in the log belong to the database.
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "INSERT INTO t VALUES (3)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(done(file).rows, 3);
  sqlite3_close(other);
}

TEST_F(SqliteSourceTest, AStopLeavesNothing) {
  const auto file =
      make("long.db",
           "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
           "2000000000) SELECT max(i) AS i FROM n;");
  std::stop_source stop;
  JobContext job(stop.get_token());
  std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto stopped = importFile(database_, file, "t", {}, job);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
  EXPECT_FALSE(*database_.has({"t"}));
}

TEST_F(SqliteSourceTest, KnownDatabasesComeInWhole) {
  const auto chinook = test::sharedFile("data/formats/sqlite/Chinook.sqlite");
  LODESTONE_NEEDS(chinook);
  EXPECT_EQ(done(chinook, {.source_table = "InvoiceLine"}).rows, 2240);
  EXPECT_EQ(done(chinook, {.source_table = "PlaylistTrack"}).rows, 8715);
  const auto report = done(chinook, {.source_table = "Invoice"});
  EXPECT_EQ(report.rows, 412);
  EXPECT_EQ(report.columns.at(2).type, "TIMESTAMP");
  const auto northwind = test::sharedFile("data/formats/sqlite/northwind.db");
  LODESTONE_NEEDS(northwind);
  EXPECT_EQ(done(northwind, {.source_table = "Order Details"}).rows, 2155);
  EXPECT_EQ(done(northwind, {.source_table = "Employees"}).columns.at(5).type, "DATE");
}

}  // namespace
}  // namespace lodestone::data
