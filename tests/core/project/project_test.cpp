// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include "core/project/schema.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

namespace fs = std::filesystem;

TEST_F(ProjectTest, aNewProjectIsAFolderWithItsParts) {
  const Project project = create();
  EXPECT_EQ(project.folder(), path_);
  EXPECT_EQ(project.schemaVersion(), kSchemaVersion);
  EXPECT_TRUE(fs::is_regular_file(path_ / "project.db"));
  EXPECT_TRUE(fs::is_directory(project.modelsFolder()));
  EXPECT_TRUE(fs::is_directory(project.exportsFolder()));
  EXPECT_FALSE(fs::exists(path_ / "project.db.new"));
}

TEST_F(ProjectTest, aFolderThatHoldsSomethingIsNotTaken) {
  folder_.write("shop.lodestone/notes.txt", "mine");
  const auto before = snapshot(path_);
  EXPECT_EQ(codeOf(Project::create(path_)), ErrorCode::AlreadyExists);
  EXPECT_EQ(snapshot(path_), before);
  fs::remove(path_ / "notes.txt");
  EXPECT_TRUE(Project::create(path_).has_value());
  EXPECT_EQ(codeOf(Project::create(path_)), ErrorCode::AlreadyExists);
}

TEST_F(ProjectTest, aFileOfThatNameIsNotOverwritten) {
  folder_.write("shop.lodestone", "mine");
  EXPECT_EQ(codeOf(Project::create(path_)), ErrorCode::AlreadyExists);
  EXPECT_EQ(must(readFile(path_)), "mine");
}

TEST_F(ProjectTest, aCreationThatFailsLeavesNothing) {
  // A folder that cannot be made: its parent is a file.
  const auto parent = folder_.write("file", "x");
  EXPECT_EQ(codeOf(Project::create(parent / "p")), ErrorCode::Io);
  EXPECT_EQ(must(readFile(parent)), "x");
}

TEST_F(ProjectTest, whatAKilledCreationLeftIsNoProjectAndIsTakenOver) {
  folder_.write("shop.lodestone/project.lock", "123 lodestone-cli\n");
  folder_.write("shop.lodestone/project.db.new", "half a database");
  folder_.write("shop.lodestone/project.db.new-journal", "rubbish");
  fs::create_directories(path_ / "models");
  EXPECT_EQ(codeOf(Project::open(path_)), ErrorCode::NotFound);
  Project project = create();
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
  EXPECT_FALSE(fs::exists(path_ / "project.db.new-journal"));
}

TEST_F(ProjectTest, whatIsNoProjectIsNotFoundAndNotMade) {
  EXPECT_EQ(codeOf(Project::open(path_)), ErrorCode::NotFound);
  EXPECT_FALSE(fs::exists(path_));
  fs::create_directories(path_);
  EXPECT_EQ(codeOf(Project::open(path_)), ErrorCode::NotFound);
  EXPECT_THAT(messageOf(Project::open(path_)), HasSubstr("project create"));
  EXPECT_TRUE(fs::is_empty(path_));
}

TEST_F(ProjectTest, aFolderGivenWithASlashIsTheSameProject) {
  create();
  EXPECT_EQ(must(Project::open(path_ / "")).folder(), path_);
}

TEST_F(ProjectTest, rolesAreKeptATableAtATime) {
  {
    Project project = create();
    mustDo(project.setRoles("orders", {{"user", "customer"}, {"consent:email", "mail_ok"}}));
    mustDo(project.setRoles("visits", {{"user", "visitor"}}));
    mustDo(project.setRoles("orders", {{"user", "客户"}, {"amount", "total"}, {"consent:email", ""}}));
  }
  const Project project = open();
  EXPECT_THAT(must(project.roles("orders")), ElementsAre(Pair("amount", "total"), Pair("user", "客户")));
  EXPECT_THAT(must(project.roles("visits")), ElementsAre(Pair("user", "visitor")));
  EXPECT_THAT(must(project.roles("nothing")), IsEmpty());
}

TEST_F(ProjectTest, anUnknownRoleIsRefusedAndNothingIsSet) {
  Project project = create();
  const auto refused = project.setRoles("orders", {{"amount", "total"}, {"usr", "customer"}});
  EXPECT_EQ(codeOf(refused), ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(refused), HasSubstr("usr"));
  EXPECT_THAT(must(project.roles("orders")), IsEmpty());
  EXPECT_EQ(codeOf(project.setRoles("orders", {{"user:x", "y"}})), ErrorCode::InvalidArgument);
}

TEST_F(ProjectTest, settingsSurvive) {
  {
    Project project = create();
    EXPECT_EQ(must(project.setting("catalogue")), "");
    mustDo(project.setSetting("catalogue", "[1]"));
    mustDo(project.setSetting("catalogue", "[2]"));
  }
  EXPECT_EQ(must(open().setting("catalogue")), "[2]");
}

TEST_F(ProjectTest, aClosedProjectLeavesNoLogBesideTheRecord) {
  makeReviewed();
  EXPECT_FALSE(fs::exists(path_ / "project.db-wal"));
  EXPECT_FALSE(fs::exists(path_ / "project.db-shm"));
}

TEST_F(ProjectTest, tablesAreOpenedAtTheFirstUse) {
  Project project = create();
  EXPECT_FALSE(fs::exists(path_ / "data.duckdb"));
  project.setDatabaseOptions({.threads = 1});
  data::Database* tables = must(project.tables());
  EXPECT_EQ(must(project.tables()), tables);
  JobContext job;
  mustDo(tables->execute("CREATE TABLE orders (i INTEGER)", job));
  EXPECT_TRUE(must(tables->has({"orders"})));
  EXPECT_TRUE(fs::exists(path_ / "data.duckdb"));
}

TEST_F(ProjectTest, tablesThatAreGoneAreNotReplacedByEmptyOnes) {
  must(create().tables());
  fs::remove(path_ / "data.duckdb");
  EXPECT_EQ(codeOf(open().tables()), ErrorCode::Corrupt);
  EXPECT_FALSE(fs::exists(path_ / "data.duckdb"));
}

}  // namespace

}  // namespace lodestone::project
