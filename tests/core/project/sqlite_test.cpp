// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sqlite.h"

#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

class SqliteTest : public ::testing::Test {
 protected:
  Sqlite make() const {
    Sqlite db = must(Sqlite::open(file_, Sqlite::Mode::Make));
    mustDo(db.makeDurable());
    return db;
  }
  static std::int64_t count(Sqlite& db) { return must(db.integer("SELECT count(*) FROM t")).value_or(-1); }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "with % and ? and #.db";
};

TEST_F(SqliteTest, valuesComeBackAsTheyWere) {
  Sqlite db = make();
  mustDo(db.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, n TEXT) STRICT"));
  const std::string text("中文\0and a zero", 17);
  mustDo(db.run("INSERT INTO t VALUES (?1, ?2, ?3, ?4)", {std::int64_t{1} << 62, 0.1, text, nullptr}));
  int rows = 0;
  mustDo(db.each("SELECT * FROM t", {}, [&](const Statement& row) -> Result<> {
    ++rows;
    EXPECT_EQ(row.integer(0), std::int64_t{1} << 62);
    EXPECT_EQ(row.real(1), 0.1);
    EXPECT_EQ(row.text(2), text);
    EXPECT_TRUE(row.isNull(3));
    return {};
  }));
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(must(db.text("SELECT n FROM t")), std::nullopt);
}

TEST_F(SqliteTest, commitsAreDurableAndForeignKeysHold) {
  Sqlite db = make();
  EXPECT_EQ(must(db.text("PRAGMA journal_mode")), "wal");
  EXPECT_EQ(must(db.integer("PRAGMA synchronous")), 2);
  EXPECT_EQ(must(db.integer("PRAGMA foreign_keys")), 1);
  EXPECT_EQ(must(db.integer("PRAGMA trusted_schema")), 0);
  mustDo(db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (t INTEGER REFERENCES t (id))"));
  EXPECT_EQ(codeOf(db.run("INSERT INTO u VALUES (7)")), ErrorCode::InvalidArgument);
}

TEST_F(SqliteTest, whatIsNotCommittedIsRolledBack) {
  Sqlite db = make();
  mustDo(db.execute("CREATE TABLE t (i INTEGER)"));
  {
    auto outer = must(Transaction::begin(db));
    mustDo(db.run("INSERT INTO t VALUES (1)"));
    {
      auto inner = must(Transaction::begin(db));
      mustDo(db.run("INSERT INTO t VALUES (2)"));
    }
    EXPECT_EQ(count(db), 1);
    {
      auto inner = must(Transaction::begin(db));
      mustDo(db.run("INSERT INTO t VALUES (3)"));
      mustDo(inner.commit());
    }
    EXPECT_EQ(count(db), 2);
    mustDo(outer.commit());
  }
  {
    auto outer = must(Transaction::begin(db));
    auto inner = must(Transaction::begin(db));
    mustDo(db.run("INSERT INTO t VALUES (4)"));
    mustDo(inner.commit());
  }
  EXPECT_EQ(count(db), 2);
}

TEST_F(SqliteTest, errorsHaveCodesAndNameTheFile) {
  EXPECT_EQ(codeOf(Sqlite::open(folder_ / "missing.db", Sqlite::Mode::Write)), ErrorCode::Io);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "missing.db"));
  const auto rubbish = folder_.write("rubbish.db", std::string(5000, 'x'));
  Sqlite db = must(Sqlite::open(rubbish, Sqlite::Mode::Inspect));
  const auto found = db.text("SELECT name FROM sqlite_master");
  EXPECT_EQ(codeOf(found), ErrorCode::Corrupt);
  EXPECT_THAT(messageOf(found), ::testing::HasSubstr("rubbish.db"));
  Sqlite good = make();
  EXPECT_EQ(codeOf(good.execute("SELEKT 1")), ErrorCode::Internal);
}

TEST_F(SqliteTest, aSecondWriterIsLocked) {
  Sqlite db = make();
  mustDo(db.execute("CREATE TABLE t (i INTEGER)"));
  Sqlite other = must(Sqlite::open(file_, Sqlite::Mode::Write));
  auto transaction = must(Transaction::begin(db));
  EXPECT_EQ(codeOf(other.run("INSERT INTO t VALUES (1)")), ErrorCode::Locked);
}

TEST_F(SqliteTest, inspectingChangesNothing) {
  {
    Sqlite db = make();
    mustDo(db.execute("CREATE TABLE t (i INTEGER)"));
  }
  const auto before = snapshot(folder_.path());
  Sqlite db = must(Sqlite::open(file_, Sqlite::Mode::Inspect));
  EXPECT_EQ(count(db), 0);
  EXPECT_EQ(codeOf(db.run("INSERT INTO t VALUES (1)")), ErrorCode::Io);
  EXPECT_EQ(snapshot(folder_.path()), before);
}

TEST_F(SqliteTest, brokenReferencesAreFound) {
  Sqlite db = make();
  mustDo(db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (t INTEGER REFERENCES t (id))"));
  EXPECT_THAT(must(db.referenceProblems()), ::testing::IsEmpty());
  mustDo(db.execute("PRAGMA foreign_keys = OFF; INSERT INTO u VALUES (7)"));
  EXPECT_THAT(must(db.referenceProblems()), ::testing::SizeIs(1));
  EXPECT_THAT(must(db.integrityProblems()), ::testing::IsEmpty());
}

}  // namespace

}  // namespace lodestone::project
