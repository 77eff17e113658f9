// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <thread>

#include "core/data/import.h"
#include "core/data/sources/postgres/server_address.h"
#include "core/data/sources/postgres/server_types.h"
#include "tests/core/data/import_fixture.h"
#include "tests/core/data/postgres_server.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PostgresTest : public ImportFixture {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<test::PostgresServer>(); }
  static void TearDownTestSuite() { server_.reset(); }

  void SetUp() override {
    if (server_->missing().empty()) return;
    if (test::sharedFilesAreRequired()) FAIL() << server_->missing();
    GTEST_SKIP() << "skipped: " << server_->missing();
  }

  Result<ImportReport> import(const std::string& rest = {}, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    return importFile(database_, server_->address(rest), "t", options, job_);
  }
  ImportReport done(const std::string& rest, const ImportOptions& options = {}) {
    return must(import(rest, options));
  }
  /// Whatever is told must not have the password in it.
  static std::string told(const Error& error) {
    std::string all = error.message(Language::English) + error.message(Language::Chinese) + error.where.file;
    EXPECT_THAT(all, Not(HasSubstr("s3cret")));
    return all;
  }

  static std::unique_ptr<test::PostgresServer> server_;
};

std::unique_ptr<test::PostgresServer> PostgresTest::server_;

TEST_F(PostgresTest, EveryTypeComesIn) {
  server_->run(
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE kinds (b bool, i2 int2, i8 int8, f4 float4, f8 "
      "float8, "
      "price numeric(12,2), big numeric(30,4), free numeric, d date, t time, ts timestamp, tz timestamptz, u "
      "uuid, "
      "j json, jb jsonb, ints int[], texts text[], m mood, c char(5), raw bytea, v varchar(9), iv interval);"
      "INSERT INTO kinds VALUES (true, -3, 9007199254740993, 1.5, 0.1, 19.90, "
      "12345678901234567890123456.7891, 1.25, "
      "'2026-03-01', '09:30:00.5', '2026-03-01 09:30:00.123456', '2026-03-01 09:30:00+02', "
      "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{\"a\": 1}', '[1, 2]', '{1,NULL,3}', '{\"a "
      "b\",\"q\\\"x\",NULL,\"\"}', "
      "'ok', 'ab', '\\x00ff', 'naïve 表', '1 day 2 hours'), "
      "(NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,"
      "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);");
  const auto report = done("?table=kinds");
  EXPECT_EQ(
      types(report.columns),
      "b:BOOLEAN i2:BIGINT i8:BIGINT f4:DOUBLE f8:DOUBLE price:DECIMAL(12,2) big:DECIMAL(30,4) free:DOUBLE "
      "d:DATE t:TIME ts:TIMESTAMP tz:TIMESTAMP u:VARCHAR j:VARCHAR jb:VARCHAR ints:VARCHAR texts:VARCHAR "
      "m:VARCHAR c:VARCHAR raw:VARCHAR v:VARCHAR iv:VARCHAR");
  EXPECT_EQ(
      cells("SELECT b, i2, i8, f4, f8, price::VARCHAR, big::VARCHAR, free, d, t, ts, tz FROM t LIMIT 1"),
      "[[true,-3,9007199254740993,1.5,0.1,\"19.90\",\"12345678901234567890123456.7891\",1.25,\"2026-03-01\","
      "\"09:30:00.5\",\"2026-03-01 09:30:00.123456\",\"2026-03-01 07:30:00\"]]");
  EXPECT_EQ(
      cells("SELECT u, j, jb, ints, texts, m, c, raw, v, iv FROM t LIMIT 1"),
      "[[\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\",\"{\\\"a\\\": 1}\",\"[1, 2]\",\"[1,null,3]\","
      "\"[\\\"a b\\\",\\\"q\\\\\\\"x\\\",null,\\\"\\\"]\",\"ok\",\"ab\",\"00ff\",\"naïve 表\",\"P1DT2H\"]]");
  EXPECT_EQ(cells("SELECT count(*) FROM t WHERE COLUMNS(*) IS NULL"), "[[1]]");
  EXPECT_EQ(report.detected.format, "postgres");
}

TEST_F(PostgresTest, NumericKeepsItsDigits) {
  server_->run(
      "CREATE TABLE digits (few numeric, many numeric, late numeric, scaled numeric(60,2), huge numeric, "
      "tiny "
      "numeric, odd numeric); INSERT INTO digits SELECT 0.1, '-12345678901234567.8901', 1.25, 7.50, 1e39 + "
      "i, "
      "i * 1e-39, i FROM generate_series(1, 9000) i;"
      "INSERT INTO digits VALUES (123456789012345000, 0, 0.12345678901234567, -3.25, 1, 12345678901234567, "
      "'NaN');");
  const auto report = done("?table=digits");
  EXPECT_EQ(types(report.columns),
            "few:DOUBLE many:DECIMAL(38,4) late:DECIMAL(38,17) scaled:DOUBLE huge:VARCHAR "
            "tiny:VARCHAR odd:DOUBLE");
  EXPECT_EQ(report.rows, 9001);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT few, many::VARCHAR, late::VARCHAR, huge, tiny FROM t LIMIT 1"),
            "[[0.1,\"-12345678901234567.8901\",\"1.25000000000000000\","
            "\"1000000000000000000000000000000000000001\",\"0.000000000000000000000000000000000000001\"]]");
  EXPECT_EQ(cells("SELECT late::VARCHAR, odd FROM t OFFSET 9000"), "[[\"0.12345678901234567\",null]]");
  ASSERT_EQ(report.notices.size(), 2U);
  EXPECT_EQ(report.notices[0].kind, "digits");
  EXPECT_EQ(report.notices[0].column, "huge");
  EXPECT_EQ(report.notices[1].column, "tiny");
  const auto rounded = done("?table=digits", {.column_types = {{"huge", "DOUBLE"}, {"tiny", "DOUBLE"}}});
  EXPECT_EQ(rounded.columns[4].type, "DOUBLE");
  EXPECT_TRUE(rounded.notices.empty());
  const auto preview = previewFile(server_->address("?table=digits"), {}, job_);
  ASSERT_TRUE(preview) << told(preview.error());
  EXPECT_EQ(preview->sample[0][1], "-12345678901234567.8901");
}

TEST_F(PostgresTest, TheTableIsChosenInAnyWay) {
  server_->run(
      "CREATE SCHEMA sales; CREATE TABLE sales.orders (id int); INSERT INTO sales.orders SELECT "
      "generate_series(1, 5);"
      "CREATE TABLE \"Odd \"\" name; DROP TABLE x\" (\"select\" int, \"Select\" int); "
      "INSERT INTO \"Odd \"\" name; DROP TABLE x\" VALUES (1, 2);");
  EXPECT_EQ(done("?table=sales.orders").rows, 5);
  EXPECT_EQ(done("/sales.orders").rows, 5);
  EXPECT_EQ(done("", {.source_table = "sales.orders"}).rows, 5);
  const auto odd = done("", {.source_table = "Odd \" name; DROP TABLE x"});
  EXPECT_EQ(types(odd.columns), "select:BIGINT Select_2:BIGINT");
  const auto none = import();
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(told(none.error()), HasSubstr("sales.orders"));
  const auto missing = import("?table=nosuch");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_THAT(told(missing.error()), HasSubstr("nosuch"));
  const auto preview = previewFile(server_->address(), {}, job_);
  ASSERT_TRUE(preview) << told(preview.error());
  EXPECT_THAT(preview->detected.source_tables, testing::Contains("sales.orders"));
}

TEST_F(PostgresTest, QueriesReadAndChangeNothing) {
  server_->run("CREATE TABLE safe (x int); INSERT INTO safe VALUES (1), (2), (3);");
  EXPECT_EQ(done("", {.query = "SELECT x * 10 AS ten, x::text FROM safe ORDER BY x DESC -- done"}).rows, 3);
  EXPECT_EQ(cells(), "[[30,\"3\"],[20,\"2\"],[10,\"1\"]]");
  for (const char* bad : {"DELETE FROM safe RETURNING x", "SELECT 1; DROP TABLE safe", "DROP TABLE safe",
                          "SELECT 1) TO PROGRAM 'true' --",
                          "WITH gone AS (DELETE FROM safe RETURNING x) SELECT * FROM gone", "COMMIT"}) {
    const auto refused = import("", {.query = bad});
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument) << bad << ": " << told(refused.error());
  }
  const auto wrong = import("", {.query = "SELECT nosuch FROM safe"});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(told(wrong.error()), HasSubstr("column \"nosuch\" does not exist"));
  EXPECT_EQ(done("?table=safe").rows, 3);
  EXPECT_FALSE(import("", {.source_table = "safe", .query = "SELECT 1"}));
}

TEST_F(PostgresTest, ValuesThatDoNotFitAreRejected) {
  server_->run(
      "CREATE TABLE edges (id int, d date, f float8); INSERT INTO edges VALUES (1, 'infinity', 1), "
      "(2, '0044-03-15 BC', 1), (3, '2026-01-01', 'NaN'), (4, '9999-12-31', 'Infinity');");
  const auto report = done("?table=edges");
  EXPECT_EQ(report.rows, 1);
  EXPECT_EQ(report.rejected, 3);
  const auto kept = rejects(database_, {"t"});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->at(0).reason, "'infinity' is not a date");
  EXPECT_EQ(kept->at(2).column, "f");
  EXPECT_THAT(kept->at(0).file, Not(HasSubstr("s3cret")));
}

TEST_F(PostgresTest, ThePasswordIsKeptNowhere) {
  server_->run("CREATE TABLE one (x int); INSERT INTO one VALUES (1);");
  const auto report = done("?table=one");
  for (const char* sql : {"SELECT * FROM lodestone.imports", "SELECT * FROM lodestone.rejects"})
    EXPECT_THAT(cells(sql), Not(HasSubstr("s3cret"))) << sql;
  EXPECT_THAT(cells("SELECT file FROM lodestone.imports"), HasSubstr("postgres://lode@127.0.0.1"));

  const std::string port = std::to_string(server_->port());
  const auto refused = [&](const std::string& address) {
    const auto failed = importFile(database_, address, "x", {}, job_);
    EXPECT_FALSE(failed);
    const std::string all = failed ? "" : told(failed.error());
    EXPECT_THAT(all, Not(HasSubstr("wrong-one")));
    return all;
  };
  EXPECT_THAT(refused("postgres://lode:wrong-one@127.0.0.1:" + port + "/shop"), HasSubstr("password"));
  EXPECT_THAT(refused("postgres://lode@127.0.0.1:" + port + "/shop?password=wrong-one"),
              HasSubstr("password"));
  EXPECT_THAT(refused("postgresql://lode:s3cret%26word@127.0.0.1:" + port + "/nosuch"), HasSubstr("nosuch"));
  refused("postgres://lode:wrong-one@127.0.0.1:" + port + "/shop?nosuchoption=1");
  EXPECT_THAT(refused("postgres://lode:wrong-one@127.0.0.1:1/shop"), HasSubstr("does not answer"));
  EXPECT_THAT(refused("postgres://lode:wrong-one@nosuchhost.invalid/shop"), HasSubstr("nosuchhost.invalid"));
}

TEST_F(PostgresTest, AStopCancelsTheQueryOnTheServer) {
  std::stop_source stop;
  JobContext job(stop.get_token());
  std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    stop.request_stop();
  });
  const auto begun = std::chrono::steady_clock::now();
  const auto stopped = importFile(database_, server_->address(), "t", {.query = "SELECT pg_sleep(60)"}, job);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  EXPECT_EQ(
      done("", {.query = "SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND "
                         "state = 'active' AND pid <> pg_backend_pid()"})
          .rows,
      1);
  EXPECT_EQ(cells(), "[[0]]");
  EXPECT_FALSE(*database_.has({"x"}));
}

TEST_F(PostgresTest, AServerThatSaysNothingIsGivenUp) {
  // It takes connections and never answers.
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 4), 0);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  const auto failed =
      importFile(database_,
                 "postgres://lode:s3cret@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) +
                     "/shop?connect_timeout=2",
                 "t", {}, job_);
  close(listener);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::Io);
  EXPECT_THAT(told(failed.error()), HasSubstr("2 s"));
}

TEST_F(PostgresTest, ManyRowsStreamThrough) {
  server_->run(
      "CREATE TABLE many AS SELECT i AS id, i * 0.5::float8 AS half, 'row ' || i AS name, "
      "DATE '2020-01-01' + i % 1000 AS day FROM generate_series(1, 200000) AS i;");
  const auto report = done("?table=many");
  EXPECT_EQ(report.rows, 200000);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT sum(id), sum(half), count(DISTINCT name), max(day) FROM t"),
            "[[20000100000,10000050000.0,200000,\"2022-09-26\"]]");
}

TEST(ServerAddress, PasswordsAreTakenOut) {
  EXPECT_EQ(withoutPassword("postgres://u:p@h:1/db?sslmode=require&password=x"),
            "postgres://u@h:1/db?sslmode=require");
  EXPECT_EQ(withoutPassword("postgres://u:a/b@c@h/db"), "postgres://u@h/db")
      << "also where it is written wrongly";
  EXPECT_EQ(withoutPassword("postgres://u:a?b@h/db?x=1"), "postgres://u@h/db?x=1");
  EXPECT_EQ(withoutPassword("postgres://h/db"), "postgres://h/db");
  EXPECT_EQ(withoutPassword("postgres://h:5432/db?user=a@b"), "postgres://h:5432/db?user=a@b");
  EXPECT_EQ(withoutPassword("/home/u:p@x.csv"), "/home/u:p@x.csv");
  const auto parts = parseAddress("postgresql://u:p%40q@[::1]:5432/db/sales.orders?application_name=x");
  EXPECT_EQ(parts.connection, "postgresql://u:p%40q@[::1]:5432/db?application_name=x");
  EXPECT_EQ(parts.told, "postgresql://u@[::1]:5432/db?application_name=x");
  EXPECT_EQ(parts.table, "sales.orders");
  EXPECT_EQ(parts.password, "p@q");
  EXPECT_EQ(defaultTableName("postgresql://u:p@h/db/sales.orders"), "orders");
  EXPECT_EQ(defaultTableName("postgres://u:p@h/shop?sslmode=prefer"), "shop");
}

TEST(ServerTypes, ArraysBecomeJson) {
  EXPECT_EQ(arrayAsJson("{{1,2},{3,NULL}}", 23), "[[1,2],[3,null]]");
  EXPECT_EQ(arrayAsJson("[0:1]={t,f}", 16), "[true,false]");
  EXPECT_EQ(arrayAsJson("{}", 25), "[]");
  EXPECT_EQ(arrayAsJson("{NaN,1.5}", 701), "[\"NaN\",1.5]");
  EXPECT_EQ(arrayAsJson("{\"null\",\"a,b}\",\"\\\\\"}", 25), "[\"null\",\"a,b}\",\"\\\\\"]");
}

}  // namespace
}  // namespace lodestone::data
