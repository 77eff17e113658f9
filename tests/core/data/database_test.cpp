// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <thread>

#include "core/base/file.h"
#include "core/base/time.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::HasSubstr;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::string messageOf(const Error& error) {
  return error.message(Language::English);
}

class DatabaseTest : public testing::Test {
 protected:
  Database open() {
    auto database = Database::open(file_);
    if (!database) throw std::runtime_error(messageOf(database.error()));
    return std::move(*database);
  }
  Json cell(const Database& database, const std::string& sql) {
    auto rows = database.rows(sql, job_);
    if (!rows) throw std::runtime_error(messageOf(rows.error()));
    return rows->rows.at(0).at(0);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "data.duckdb";
  JobContext job_;
};

TEST_F(DatabaseTest, KeepsTablesFromOneOpeningToTheNext) {
  {
    Database database = open();
    ASSERT_TRUE(database.execute(
        "CREATE TABLE \"客户\" (\"a\"\"b\" BIGINT); INSERT INTO \"客户\" VALUES (1), (2)", job_));
  }
  EXPECT_FALSE(std::filesystem::exists(file_.string() + ".wal"));
  const Database database = open();
  const auto tables = database.tables();
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->size(), 1U);
  EXPECT_EQ(tables->front().table.name, "客户");
  EXPECT_EQ(tables->front().rows, 2);
  EXPECT_EQ(tables->front().columns.front().name, "a\"b");
  EXPECT_EQ(tables->front().columns.front().type, "BIGINT");
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsCorruptAndNamed) {
  for (const std::string& bytes : {std::string(), std::string("hello\n"), std::string(9000, 'x')}) {
    folder_.write("data.duckdb", bytes);
    const auto database = Database::open(file_);
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(messageOf(database.error()), HasSubstr("data.duckdb"));
  }
}

TEST_F(DatabaseTest, AMissingFolderIsAnIoErrorAndAFolderInPlaceOfTheFileToo) {
  EXPECT_EQ(Database::open(folder_ / "nowhere/data.duckdb").error().code, ErrorCode::Io);
  std::filesystem::create_directory(file_);
  EXPECT_EQ(Database::open(file_).error().code, ErrorCode::Io);
}

/// The main header's checksum, as DuckDB computes it, after its version was changed.
std::string withVersion(std::string bytes, std::uint64_t version) {
  std::memcpy(bytes.data() + 12, &version, sizeof version);
  std::uint64_t checksum = 5381;
  for (std::size_t at = 8; at < 4096; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    checksum ^= word * 0xbf58476d1ce4e5b9ULL;
  }
  std::memcpy(bytes.data(), &checksum, sizeof checksum);
  return bytes;
}

TEST_F(DatabaseTest, ANewerFormatIsToldApartFromDamage) {
  { open(); }
  const std::string bytes = *readFile(file_);
  folder_.write("data.duckdb", withVersion(bytes, 9999));
  EXPECT_EQ(Database::open(file_).error().code, ErrorCode::NewerVersion);
  std::string damaged = bytes;
  damaged[100] = static_cast<char>(damaged[100] ^ 0x55);
  folder_.write("data.duckdb", damaged);
  EXPECT_EQ(Database::open(file_).error().code, ErrorCode::Corrupt);
}

TEST_F(DatabaseTest, ASecondProgramIsTurnedAwayAsLocked) {
  int to_child[2];
  int to_parent[2];
  ASSERT_EQ(::pipe(to_child), 0);
  ASSERT_EQ(::pipe(to_parent), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto database = Database::open(file_);
    char byte = database ? 'y' : 'n';
    if (::write(to_parent[1], &byte, 1) != 1 || ::read(to_child[0], &byte, 1) != 1) ::_exit(1);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(to_parent[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  const auto second = Database::open(file_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Locked);
  EXPECT_THAT(messageOf(second.error()), HasSubstr("data.duckdb"));
  ASSERT_EQ(::write(to_child[1], "x", 1), 1);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(Database::open(file_)) << "the killed program's lock is gone";
}

TEST_F(DatabaseTest, WhatWasCommittedSurvivesAKill) {
  int to_parent[2];
  ASSERT_EQ(::pipe(to_parent), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto database = Database::open(file_);
    JobContext job;
    const bool done =
        database && database->execute("CREATE TABLE t AS SELECT range AS x FROM range(200000)", job);
    if (::write(to_parent[1], done ? "y" : "n", 1) != 1) ::_exit(1);
    (void)database->execute(
        "CREATE TABLE u AS SELECT sum(hash(a.range)) FROM range(100000) a, range(100000) b", job);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(to_parent[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const Database database = open();
  EXPECT_EQ(cell(database, "SELECT sum(x) FROM t"), Json(19999900000));
  EXPECT_FALSE(*database.has({"u"}));
  EXPECT_TRUE(database.checkIntegrity(job_));
}

TEST_F(DatabaseTest, ExecuteIsAllOrNothing) {
  Database database = open();
  const auto failed = database.execute(
      "CREATE TABLE t (x INT); INSERT INTO t VALUES (1); INSERT INTO nowhere VALUES (1)", job_);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::NotFound);
  EXPECT_FALSE(*database.has({"t"}));
}

TEST_F(DatabaseTest, AStopInterruptsARunningStatementSoon) {
  Database database = open();
  std::stop_source stop;
  JobContext job(stop.get_token());
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    stop.request_stop();
  });
  const Stopwatch watch;
  const auto done = database.execute(
      "CREATE TABLE t AS SELECT a.range AS x FROM range(1000000) a, range(1000000) b WHERE hash(a.range, "
      "b.range) = 1",
      job);
  stopper.join();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
  EXPECT_LT(watch.seconds(), 5);
  EXPECT_FALSE(*database.has({"t"}));
  EXPECT_EQ(cell(database, "SELECT 1"), Json(1)) << "the database works on";
}

TEST_F(DatabaseTest, LockDownKeepsFilesOutAndOwnWorkIn) {
  Database database = open();
  ASSERT_TRUE(database.execute("CREATE TABLE t AS SELECT range AS x FROM range(100000)", job_));
  ASSERT_TRUE(database.lockDown());
  ASSERT_TRUE(database.lockDown()) << "twice does no harm";
  for (const char* sql : {"SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd.csv'",
                          "SELECT content FROM read_text('/etc/passwd')", "SELECT * FROM glob('/etc/*')"})
    EXPECT_FALSE(database.rows(sql, job_)) << sql;
  const std::string elsewhere = (folder_ / "elsewhere").string();
  for (const std::string& sql :
       {"ATTACH '" + elsewhere + ".duckdb' AS x", "COPY t TO '" + elsewhere + ".csv'",
        "EXPORT DATABASE '" + elsewhere + "'", std::string("INSTALL httpfs"), std::string("LOAD spatial"),
        std::string("SET enable_external_access = true"), std::string("SET lock_configuration = false")})
    EXPECT_FALSE(database.execute(sql, job_)) << sql;
  EXPECT_TRUE(database.execute("CREATE TABLE u AS SELECT x, hash(x) AS h FROM t ORDER BY h", job_));
  Frame frame;
  frame.rows = 1;
  frame.columns.push_back({"x", ColumnKind::Number, {1.5}, {}, {}});
  EXPECT_TRUE(database.writeFrame({"w", "stages"}, frame, job_));
}

TEST_F(DatabaseTest, CellsComeAsJsonValues) {
  const Database database = open();
  const auto rows = database.rows(
      "SELECT DATE '2026-03-01' AS d, TIMESTAMP '2026-03-01 09:30:00' AS t, TIMESTAMPTZ '2026-03-01 "
      "09:30:00+08' AS z, "
      "1.25::DECIMAL(9,2) AS p, 7::HUGEINT AS h, 170141183460469231731687303715884105727::HUGEINT AS big, "
      "true AS b, "
      "NULL AS n, [1, 2] AS l, 'x' AS v, 'nan'::DOUBLE AS nan, 0.1::FLOAT AS f, 200::UTINYINT AS u, "
      "(-12)::SMALLINT AS s, '\\xFF'::BLOB AS blob, {'a': 1} AS st",
      job_);
  ASSERT_TRUE(rows) << messageOf(rows.error());
  EXPECT_EQ(
      dumpJson(Json(rows->rows.at(0))),
      "[\"2026-03-01\",\"2026-03-01 09:30:00\",\"2026-03-01 01:30:00\",1.25,7,"
      "\"170141183460469231731687303715884105727\",true,null,\"[1, 2]\",\"x\",null,0.1,200,-12,\"\\\\xFF\","
      "\"{'a': 1}\"]");
  EXPECT_EQ(rows->columns[3].type, "DECIMAL(9,2)");
  EXPECT_EQ(rows->columns[2].type, "TIMESTAMP WITH TIME ZONE");
  EXPECT_EQ(rows->columns[8].type, "INTEGER[]");
}

TEST_F(DatabaseTest, FrameReadsEveryKindOfColumn) {
  const Database database = open();
  const auto frame = database.frame(
      "SELECT * FROM (VALUES (1::TINYINT, 2.5::DECIMAL(5,1), 3::HUGEINT, true, DATE '1970-01-02', "
      "TIMESTAMP '1970-01-01 00:00:01.5', TIMESTAMP_NS '1970-01-01 00:00:02', 'b', 'm'::ENUM('k', 'm'), [1], "
      "TIME '09:30:00'), "
      "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), "
      "(-1, -2.5, -3, false, '1969-12-31', '1969-12-31 23:59:59', '1970-01-01', 'a', 'k', [1], '09:30:00')) "
      "AS t(a, b, c, d, e, f, g, h, i, j, k)",
      job_);
  ASSERT_TRUE(frame) << messageOf(frame.error());
  ASSERT_EQ(frame->rows, 3);
  const auto numbers = [&](const char* name) { return frame->find(name)->numbers; };
  const auto is = [](double x) { return testing::NanSensitiveDoubleEq(x); };
  EXPECT_THAT(numbers("a"), testing::ElementsAre(is(1), is(kMissing), is(-1)));
  EXPECT_THAT(numbers("b"), testing::ElementsAre(is(2.5), is(kMissing), is(-2.5)));
  EXPECT_THAT(numbers("c"), testing::ElementsAre(is(3), is(kMissing), is(-3)));
  EXPECT_THAT(numbers("d"), testing::ElementsAre(is(1), is(kMissing), is(0)));
  EXPECT_THAT(numbers("e"), testing::ElementsAre(is(86400), is(kMissing), is(-86400)));
  EXPECT_THAT(numbers("f"), testing::ElementsAre(is(1.5), is(kMissing), is(-1)));
  EXPECT_THAT(numbers("g"), testing::ElementsAre(is(2), is(kMissing), is(0)));
  EXPECT_EQ(frame->find("e")->kind, ColumnKind::Time);
  EXPECT_EQ(frame->find("h")->levels, (std::vector<std::string>{"b", "a"})) << "in order of first appearance";
  EXPECT_EQ(frame->find("h")->codes, (std::vector<std::int32_t>{0, -1, 1}));
  EXPECT_EQ(frame->find("i")->levels, (std::vector<std::string>{"m", "k"}));
  EXPECT_EQ(frame->find("j")->levels, (std::vector<std::string>{"[1]"}));
  EXPECT_EQ(frame->find("k")->levels, (std::vector<std::string>{"09:30:00"}));
}

Frame sample() {
  Frame frame;
  frame.rows = 5000;
  FrameColumn whole{"whole", ColumnKind::Number, {}, {}, {}};
  FrameColumn real{"real", ColumnKind::Number, {}, {}, {}};
  FrameColumn day{"日", ColumnKind::Time, {}, {}, {}};
  FrameColumn moment{"mo\"ment", ColumnKind::Time, {}, {}, {}};
  FrameColumn text{"select", ColumnKind::Text, {}, {}, {"流失", "", "a much longer text than fits inline"}};
  for (int i = 0; i < frame.rows; ++i) {
    const bool missing = i % 7 == 3;
    whole.numbers.push_back(missing ? kMissing : i - 100);
    real.numbers.push_back(missing ? kMissing : i * 0.1);
    day.numbers.push_back(missing ? kMissing : (i - 2500) * 86400.0);
    moment.numbers.push_back(missing ? kMissing : i + 0.25);
    text.codes.push_back(missing ? -1 : i < 3 ? i : i % 3);
  }
  frame.columns = {whole, real, day, moment, text};
  return frame;
}

TEST_F(DatabaseTest, AFrameWrittenAndReadIsTheSame) {
  Database database = open();
  const Frame frame = sample();
  for (int round = 0; round < 2; ++round)
    ASSERT_TRUE(database.writeFrame({"a \"table\"", "stages"}, frame, job_));
  const auto info = database.table({"a \"table\"", "stages"});
  ASSERT_TRUE(info);
  EXPECT_EQ(info->rows, 5000);
  std::vector<std::string> types;
  for (const auto& column : info->columns) types.push_back(column.type);
  EXPECT_EQ(types, (std::vector<std::string>{"BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR"}));
  const auto back = database.frame("SELECT * FROM stages.\"a \"\"table\"\"\"", job_);
  ASSERT_TRUE(back);
  ASSERT_EQ(back->columns.size(), frame.columns.size());
  for (std::size_t i = 0; i < frame.columns.size(); ++i) {
    EXPECT_EQ(back->columns[i].name, frame.columns[i].name);
    EXPECT_EQ(back->columns[i].kind, frame.columns[i].kind);
    for (std::int64_t row = 0; row < frame.rows; ++row)
      ASSERT_EQ(back->cell(back->columns[i], row), frame.cell(frame.columns[i], row)) << i << ' ' << row;
  }
  EXPECT_TRUE(database.tables()->empty()) << "what stages leave is no table of the user";
}

TEST_F(DatabaseTest, AnUnknownTableIsNotFoundWithTheNamesThereAre) {
  Database database = open();
  EXPECT_EQ(database.table({"x"}).error().code, ErrorCode::NotFound);
  ASSERT_TRUE(database.execute("CREATE TABLE orders (x INT)", job_));
  const auto missing = database.table({"order"});
  ASSERT_FALSE(missing);
  EXPECT_THAT(messageOf(missing.error()), HasSubstr("orders"));
  EXPECT_EQ(database.table({"ORDERS"})->table.name, "orders") << "names of tables know no case";
  ASSERT_TRUE(database.drop({"orders"}));
  EXPECT_EQ(database.drop({"orders"}).error().code, ErrorCode::NotFound);
}

TEST_F(DatabaseTest, DamageInsideIsFoundByTheCheck) {
  {
    Database database = open();
    ASSERT_TRUE(database.execute("CREATE TABLE t AS SELECT hash(range) AS x FROM range(500000)", job_));
    ASSERT_TRUE(database.checkIntegrity(job_));
  }
  std::string bytes = *readFile(file_);
  ASSERT_GT(bytes.size(), 2000000U);
  for (std::size_t i = 0; i < 64; ++i) bytes[1500000 + i] = static_cast<char>(bytes[1500000 + i] ^ 0x3C);
  folder_.write("data.duckdb", bytes);
  auto database = Database::open(file_);
  if (!database) {
    EXPECT_EQ(database.error().code, ErrorCode::Corrupt);
    return;
  }
  const auto checked = database->checkIntegrity(job_);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::Corrupt);
  EXPECT_EQ(checked.error().where.table, "t");
}

TEST_F(DatabaseTest, ThreadsMayAskAtOnce) {
  Database database = open();
  ASSERT_TRUE(database.execute("CREATE TABLE t AS SELECT range AS x FROM range(100000)", job_));
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      JobContext job;
      for (int round = 0; round < 10; ++round) {
        auto rows = database.rows("SELECT count(DISTINCT x % 97) FROM t", job);
        if (rows && rows->rows[0][0] == Json(97)) ++right;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 40);
}

TEST_F(DatabaseTest, AMillionRowsComeAsAFrameQuickly) {
  Database database = open();
  ASSERT_TRUE(database.execute(
      "CREATE TABLE t AS SELECT range AS i, range * 0.5::DOUBLE AS d, 'level ' || (range % 1000) AS s, "
      "'user-number-' || (range % 200000) AS u FROM range(1000000)",
      job_));
  const Stopwatch watch;
  const auto frame = database.frame("SELECT * FROM t", job_);
  const double seconds = watch.seconds();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->rows, 1000000);
  EXPECT_EQ(frame->columns[3].levels.size(), 200000U);
  EXPECT_EQ(frame->columns[0].numbers[999999], 999999) << "in the order of the table";
  RecordProperty("seconds", std::to_string(seconds));
  EXPECT_LT(seconds, 10);
}

}  // namespace
}  // namespace lodestone::data
