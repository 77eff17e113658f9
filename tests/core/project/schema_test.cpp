// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/schema.h"

#include <array>

#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFirst = "CREATE TABLE people (name TEXT) STRICT; INSERT INTO people VALUES ('Ann');";
constexpr const char* kSecond = "ALTER TABLE people ADD COLUMN age INTEGER; UPDATE people SET age = 40;";
constexpr const char* kBroken = "CREATE TABLE half (i INTEGER); INSERT INTO nowhere VALUES (1);";

class MigrationTest : public ::testing::Test {
 protected:
  Sqlite make() const { return must(Sqlite::open(folder_ / "a.db", Sqlite::Mode::Make)); }
  test::TemporaryFolder folder_;
};

TEST_F(MigrationTest, olderDatabasesAreBroughtToTheNewestVersion) {
  Sqlite db = make();
  const std::array scripts = {kFirst, kSecond};
  EXPECT_EQ(must(migrate(db, Migrations(scripts).first(1))), 1);
  EXPECT_EQ(must(migrate(db, scripts)), 2);
  EXPECT_EQ(must(db.integer("PRAGMA user_version")), 2);
  EXPECT_EQ(must(db.integer("SELECT age FROM people WHERE name = 'Ann'")), 40);
  EXPECT_EQ(must(migrate(db, scripts)), 2);
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM people")), 1);
}

TEST_F(MigrationTest, aFailedMigrationLeavesTheDatabaseAsItWas) {
  Sqlite db = make();
  const std::array scripts = {kFirst, kSecond, kBroken};
  EXPECT_EQ(must(migrate(db, Migrations(scripts).first(1))), 1);
  EXPECT_FALSE(migrate(db, scripts).has_value());
  EXPECT_EQ(must(db.integer("PRAGMA user_version")), 1);
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM pragma_table_info('people')")), 1);
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM sqlite_master WHERE name = 'half'")), 0);
}

TEST_F(MigrationTest, aMigrationThatBreaksAReferenceIsRefused) {
  Sqlite db = make();
  const std::array scripts = {
      "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (t INTEGER REFERENCES t (id)); INSERT INTO t "
      "VALUES "
      "(1); INSERT INTO u VALUES (1);",
      "DELETE FROM t;"};
  EXPECT_EQ(must(migrate(db, Migrations(scripts).first(1))), 1);
  mustDo(db.execute("PRAGMA foreign_keys = OFF"));
  EXPECT_EQ(codeOf(migrate(db, scripts)), ErrorCode::Internal);
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM t")), 1);
}

TEST_F(MigrationTest, aNewerDatabaseIsRefused) {
  Sqlite db = make();
  mustDo(db.execute("PRAGMA user_version = 3"));
  const std::array scripts = {kFirst, kSecond};
  EXPECT_EQ(codeOf(migrate(db, scripts)), ErrorCode::NewerVersion);
}

class OpenTest : public ProjectTest {
 protected:
  /// Opening is refused with that code, and no byte of the folder is another afterwards.
  std::string refused(ErrorCode code) const {
    const auto before = snapshot(path_);
    const auto opened = Project::open(path_);
    EXPECT_EQ(codeOf(opened), code);
    EXPECT_EQ(snapshot(path_), before);
    return messageOf(opened);
  }
  void overwrite(const std::string& bytes) const { mustDo(writeFileAtomically(path_ / "project.db", bytes)); }
  std::string record() const { return must(readFile(path_ / "project.db")); }
};

TEST_F(OpenTest, anOldSchemaIsMigratedAtOpen) {
  std::filesystem::create_directories(path_);
  {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Make));
    mustDo(db.execute("PRAGMA application_id = " + std::to_string(kApplicationId)));
    mustDo(db.execute("CREATE TABLE x (i); DROP TABLE x"));
  }
  EXPECT_EQ(must(inspectDatabase(path_ / "project.db")), 0);
  Project project = open();
  EXPECT_EQ(project.schemaVersion(), kSchemaVersion);
  EXPECT_THAT(must(project.strategies().add({content("a")}, "Ann")), ::testing::SizeIs(1));
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

/// A project of version 2 with a run, a stage and a model keeps them all.
TEST_F(OpenTest, runsOfAnOlderProgramAreKept) {
  std::filesystem::create_directories(path_);
  {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Make));
    mustDo(db.execute("PRAGMA application_id = " + std::to_string(kApplicationId)));
    must(migrate(db, migrations().first(2)));
    mustDo(db.execute(
        "INSERT INTO runs (started_at, finished_at, state, chart, seed) VALUES "
        "('2026-01-01', '2026-01-02', 'done', 'gone', 1), ('2026-01-03', '2026-01-04', 'done', 'flowchart', "
        "9); "
        "DELETE FROM runs WHERE id = 1; "
        "INSERT INTO run_stages VALUES (2, 1, 'B', 'b', 'collect', 'done', 1, 2, 0.5, 0, 'key', 'm', '[]'), "
        "(2, 1, 'A', 'a', 'collect', 'interrupted', NULL, NULL, 0, 0, '', '', 'null'); "
        "INSERT INTO models (id, type, task, table_name, target, state, created_at, parameters) VALUES "
        "('mlp-0001', 'mlp', 'churn', 't', 'y', 'interrupted', '2026', '{}')"));
  }
  Project project = open();
  EXPECT_EQ(project.schemaVersion(), kSchemaVersion);
  const auto run = must(project.pipelines().run(2));
  EXPECT_EQ(run.chart, "flowchart");
  EXPECT_EQ(run.seed, 9U);
  EXPECT_EQ(run.code, "");
  const auto stages = must(project.pipelines().stages(2));
  ASSERT_THAT(stages, ::testing::SizeIs(2));
  EXPECT_EQ(stages[0].node, "B") << "in the order in which they were";
  EXPECT_EQ(stages[0].rows_out, 2);
  EXPECT_EQ(stages[0].made_run, 2);
  EXPECT_TRUE(must(project.pipelines().cached("key")).has_value());
  EXPECT_EQ(must(project.models().get("mlp-0001")).made_for, "");
  EXPECT_EQ(must(project.pipelines().begin("next", 1)), 3);
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

TEST_F(OpenTest, aNewerSchemaIsRefusedUnchanged) {
  makeReviewed();
  tamper("PRAGMA user_version = 99");
  const std::string message = refused(ErrorCode::NewerVersion);
  EXPECT_THAT(message, HasSubstr("99"));
  EXPECT_THAT(message, HasSubstr("Update Lodestone"));
}

TEST_F(OpenTest, aNewerSchemaInAnUnmergedLogIsRefusedUnchanged) {
  makeReviewed();
  // Copied while it is open: the log of the other program is still beside the file, as after a kill.
  const auto copy = folder_ / "copy";
  {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Write));
    mustDo(db.execute("PRAGMA user_version = 99"));
    std::filesystem::copy(path_, copy, std::filesystem::copy_options::recursive);
  }
  ASSERT_GT(std::filesystem::file_size(copy / "project.db-wal"), 0U);
  const auto before = snapshot(copy);
  EXPECT_EQ(codeOf(Project::open(copy)), ErrorCode::NewerVersion);
  auto after = snapshot(copy);
  const std::string shared_memory = (copy / "project.db-shm").string();  // SQLite's scratch, without content
  after[shared_memory] = before.contains(shared_memory) ? before.at(shared_memory) : "";
  EXPECT_EQ(after, before);
}

TEST_F(OpenTest, rubbishOverTheHeaderIsRefusedUnchanged) {
  makeReviewed();
  std::string bytes = record();
  for (std::size_t i = 0; i < 4096; ++i) bytes[i] = static_cast<char>(i * 7 + i / 256);
  overwrite(bytes);
  EXPECT_THAT(refused(ErrorCode::Corrupt), HasSubstr("project.db"));
}

TEST_F(OpenTest, rubbishInTheMiddleIsRefusedUnchanged) {
  makeReviewed();
  std::string bytes = record();
  for (std::size_t i = 8192; i < 16384; ++i) bytes[i] = static_cast<char>(i * 13);
  overwrite(bytes);
  refused(ErrorCode::Corrupt);
}

TEST_F(OpenTest, aTruncatedRecordIsRefusedUnchanged) {
  makeReviewed();
  overwrite(record().substr(0, 20000));
  refused(ErrorCode::Corrupt);
}

TEST_F(OpenTest, anEmptyRecordIsRefusedUnchanged) {
  makeReviewed();
  overwrite("");
  EXPECT_THAT(refused(ErrorCode::Corrupt), HasSubstr("not the file of a Lodestone project"));
}

TEST_F(OpenTest, anotherProgramsDatabaseIsRefusedUnchanged) {
  std::filesystem::create_directories(path_);
  {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Make));
    mustDo(db.execute("CREATE TABLE bookmarks (url TEXT)"));
  }
  refused(ErrorCode::Corrupt);
  EXPECT_FALSE(std::filesystem::exists(path_ / "project.lock"));
}

}  // namespace

}  // namespace lodestone::project
