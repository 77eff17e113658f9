// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/audit_log.h"

#include "core/base/hash.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(AuditHash, isTheHashOfTheLineThatTheReadmeDescribes) {
  const AuditEntry entry{.sequence = 2,
                         .at = "2026-03-01T09:30:00.123Z",
                         .actor = "Ann \"安\"",
                         .action = "submit",
                         .subject = "S-0001",
                         .version = 1,
                         .content_hash = "c0",
                         .detail = R"({"comment":"a\nb"})",
                         .previous_hash = "ab",
                         .hash = "not part of it"};
  EXPECT_EQ(
      auditHash(entry),
      sha256Hex(R"({"sequence":2,"at":"2026-03-01T09:30:00.123Z","actor":"Ann \"安\"","action":"submit",)"
                R"("subject":"S-0001","version":1,"content_hash":"c0","detail":"{\"comment\":\"a\\nb\"}",)"
                R"("previous_hash":"ab"})"));
}

TEST_F(ProjectTest, everyDecisionIsAnEntryLinkedToTheOneBefore) {
  makeReviewed();
  Project project = open();
  const auto entries = must(project.audit().entries());
  ASSERT_THAT(entries, SizeIs(6));
  std::vector<std::string> actions;
  std::string previous;
  for (const AuditEntry& entry : entries) {
    EXPECT_EQ(entry.previous_hash, previous);
    previous = entry.hash;
    actions.push_back(entry.action);
  }
  EXPECT_THAT(actions, ::testing::ElementsAre("create", "create", "submit", "comment", "approve", "edit"));
  EXPECT_EQ(must(project.audit().head()), previous);
  EXPECT_TRUE(must(project.audit().contains(entries[1].hash)));
  EXPECT_FALSE(must(project.audit().contains(std::string(64, '0'))));
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

TEST_F(ProjectTest, anEmptyLogHasNoHead) {
  Project project = create();
  EXPECT_EQ(must(project.audit().head()), "");
  EXPECT_THAT(messages(must(project.audit().verify())), IsEmpty());
}

TEST_F(ProjectTest, theFileItselfRefusesChangesOfTheLogAndOfVersions) {
  makeReviewed();
  auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Write));
  for (const char* sql : {"UPDATE audit_log SET actor = 'Eve' WHERE sequence = 2", "DELETE FROM audit_log",
                          "UPDATE strategy_versions SET content = '{}'", "DELETE FROM strategy_versions"})
    EXPECT_EQ(codeOf(db.execute(sql)), ErrorCode::InvalidArgument) << sql;
}

class AuditTamperingTest : public TamperingTest {};

TEST_P(AuditTamperingTest, isFound) {
  makeReviewed();
  ASSERT_THAT(problems(), IsEmpty());
  tamper(GetParam().sql);
  EXPECT_THAT(problems(), Contains(HasSubstr(GetParam().found)));
}

INSTANTIATE_TEST_SUITE_P(
    EveryColumnAndRow, AuditTamperingTest,
    ::testing::Values(
        Tampering{"Sequence", "UPDATE audit_log SET sequence = 99 WHERE sequence = 3", "Entry 99"},
        Tampering{"At", "UPDATE audit_log SET at = 'X' || substr(at, 2) WHERE sequence = 2", "Entry 2 "},
        Tampering{"Actor", "UPDATE audit_log SET actor = 'Eve' WHERE sequence = 3", "Entry 3 "},
        Tampering{"Action", "UPDATE audit_log SET action = 'reject' WHERE sequence = 5", "Entry 5 "},
        Tampering{"Subject", "UPDATE audit_log SET subject = 'S-0002' WHERE sequence = 5", "Entry 5 "},
        Tampering{"Version", "UPDATE audit_log SET version = 2 WHERE sequence = 5", "Entry 5 "},
        Tampering{"ContentHash", "UPDATE audit_log SET content_hash = '' WHERE sequence = 1", "Entry 1 "},
        Tampering{"Detail", "UPDATE audit_log SET detail = replace(detail, 'fine', 'bad') WHERE sequence = 4",
                  "Entry 4 "},
        Tampering{"PreviousHash", "UPDATE audit_log SET previous_hash = '' WHERE sequence = 6", "Entry 6 "},
        Tampering{"Hash", "UPDATE audit_log SET hash = upper(hash) WHERE sequence = 6", "Entry 6 "},
        Tampering{"FirstRemoved", "DELETE FROM audit_log WHERE sequence = 1", "Entries 1 to 1 "},
        Tampering{"MiddleRemoved", "DELETE FROM audit_log WHERE sequence IN (3, 4)", "Entries 3 to 4 "},
        Tampering{"LastRemoved", "DELETE FROM audit_log WHERE sequence = 6", "Entries 6 to 6 "},
        Tampering{"AllRemoved", "DELETE FROM audit_log", "Entries 1 to 6 "},
        Tampering{"Added",
                  "INSERT INTO audit_log SELECT 7, at, actor, action, subject, version, content_hash, "
                  "detail, hash, "
                  "hash FROM audit_log WHERE sequence = 6",
                  "Entry 7 of the audit log was added"},
        Tampering{
            "AddedBefore",
            "INSERT INTO audit_log SELECT 0, at, actor, action, subject, version, content_hash, detail, '', "
            "hash FROM audit_log WHERE sequence = 6",
            "Entry 0 of the audit log was added"},
        Tampering{"StateRemoved", "DELETE FROM chain_state", "length and head"}),
    [](const auto& tampering) { return std::string(tampering.param.name); });

TEST_F(ProjectTest, aRowTakenFromTheEndIsStillFoundAfterFurtherWork) {
  makeReviewed();
  tamper("DELETE FROM audit_log WHERE sequence = 6");
  must(open().strategies().review("S-0002", ReviewAction::Submit, "Ann", ""));
  EXPECT_THAT(problems(), Contains(HasSubstr("Entries 6 to 6 of the audit log were removed")));
}

TEST_F(ProjectTest, aLogThatWasAddedToRefusesNewEntries) {
  makeReviewed();
  tamper(
      "INSERT INTO audit_log SELECT 7, at, actor, action, subject, version, content_hash, detail, hash, hash "
      "FROM "
      "audit_log WHERE sequence = 6");
  EXPECT_EQ(codeOf(open().strategies().review("S-0002", ReviewAction::Submit, "Ann", "")),
            ErrorCode::Corrupt);
}

}  // namespace

}  // namespace lodestone::project
