// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/record_check.h"

#include "core/base/hash.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RecordTamperingTest : public TamperingTest {};

TEST_P(RecordTamperingTest, isFound) {
  makeReviewed();
  ASSERT_THAT(problems(), IsEmpty());
  tamper(GetParam().sql);
  EXPECT_THAT(problems(), Contains(HasSubstr(GetParam().found)));
}

INSTANTIATE_TEST_SUITE_P(
    EveryColumnAndRow, RecordTamperingTest,
    ::testing::Values(
        Tampering{"State",
                  "UPDATE strategy_versions SET state = 'approved' WHERE strategy = 'S-0002' AND version = 2",
                  "its state is \"approved\", but by the audit log it is \"draft\""},
        Tampering{"Content",
                  "UPDATE strategy_versions SET content = replace(content, '0.1', '0.9') WHERE strategy = "
                  "'S-0001'",
                  "content of strategy S-0001, version 1, was changed"},
        Tampering{"ContentIsNoJson", "UPDATE strategy_versions SET content = '{' WHERE strategy = 'S-0001'",
                  "content of strategy S-0001, version 1, was changed"},
        Tampering{"ContentHash", "UPDATE strategy_versions SET content_hash = 'x' WHERE strategy = 'S-0001'",
                  "its content_hash is \"x\""},
        Tampering{"Editor", "UPDATE strategy_versions SET created_by = 'Carl' WHERE version = 2",
                  "its created_by"},
        Tampering{"EditedAt", "UPDATE strategy_versions SET created_at = '' WHERE version = 2",
                  "its created_at"},
        Tampering{"Submitter", "UPDATE strategy_versions SET submitted_by = 'Dan' WHERE strategy = 'S-0001'",
                  "its submitted_by"},
        Tampering{"Decider", "UPDATE strategy_versions SET decided_by = 'Dan' WHERE strategy = 'S-0001'",
                  "its decided_by"},
        Tampering{"DecidedAt", "UPDATE strategy_versions SET decided_at = '' WHERE strategy = 'S-0001'",
                  "its decided_at"},
        Tampering{"NewestVersionRemoved", "DELETE FROM strategy_versions WHERE version = 2",
                  "Strategy S-0002, version 2, is in the audit log and no longer"},
        Tampering{
            "VersionAdded",
            "INSERT INTO strategy_versions SELECT strategy, 3, state, content, content_hash, created_by, "
            "created_at, submitted_by, decided_by, decided_at FROM strategy_versions WHERE version = 2",
            "Strategy S-0002, version 3, is not in the audit log"},
        Tampering{"ReferenceBroken", "DELETE FROM strategies WHERE id = 'S-0001'",
                  "refers to one that strategies"}),
    [](const auto& tampering) { return std::string(tampering.param.name); });

TEST_F(ProjectTest, aStrategyTakenOutWholeIsFoundAndItsIdNotGivenAgain) {
  makeReviewed();
  tamper(
      "DELETE FROM strategy_versions WHERE strategy = 'S-0002'; DELETE FROM strategies WHERE id = 'S-0002'");
  EXPECT_EQ(must(open().strategies().add({content("new")}, "Ann")).front().id, "S-0003");
  EXPECT_THAT(problems(),
              Contains(HasSubstr("Strategy S-0002, version 1, is in the audit log and no longer")));
}

/// What a forger does who knows the formula: Carl's remark is Eve's, and everything that follows is computed
/// anew.
class RewrittenChainTest : public ProjectTest {
 protected:
  void SetUp() override {
    makeReviewed();
    head_ = must(open().audit().head());
    auto entries = must(open().audit().entries());
    std::string sql;
    std::string previous;
    for (AuditEntry& entry : entries) {
      if (entry.sequence == 4) entry.actor = "Eve";
      entry.previous_hash = previous;
      previous = entry.hash = auditHash(entry);
      sql += "UPDATE audit_log SET actor = '" + entry.actor + "', previous_hash = '" + entry.previous_hash +
             "', hash = '" + entry.hash + "' WHERE sequence = " + std::to_string(entry.sequence) + ";";
    }
    rewrite_ = sql + "UPDATE chain_state SET head = '" + previous + "'";
  }
  std::string report() const { return "<html><!-- " + std::string(kAuditHeadMark) + head_ + " --></html>"; }

  std::string head_;
  std::string rewrite_;
};

TEST_F(RewrittenChainTest, holdsInItself) {
  tamper(rewrite_);
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(RewrittenChainTest, isFoundAgainstAReportInTheExportsFolder) {
  for (const char* name : {"exports/q1/report.html", "exports/S-0001.json", "exports/report.PDF"}) {
    folder_.write("shop.lodestone/" + std::string(name), report());
  }
  EXPECT_THAT(problems(), IsEmpty());
  tamper(rewrite_);
  EXPECT_THAT(problems(), SizeIs(3));
  EXPECT_THAT(problems(), Contains(HasSubstr("rewritten after the report was exported")));
  EXPECT_THAT(problems(), Contains(HasSubstr("exports/q1/report.html")));
}

TEST_F(RewrittenChainTest, isFoundAgainstAReportKeptElsewhere) {
  const auto kept = folder_.write("mail/report.html", report());
  EXPECT_THAT(problems({kept}), IsEmpty());
  tamper(rewrite_);
  EXPECT_THAT(problems({kept}), Contains(HasSubstr(head_)));
}

TEST_F(ProjectTest, aReportMayBeOlderThanTheHead) {
  makeReviewed();
  const std::string old_head = must(open().audit().entries())[2].hash;
  folder_.write("shop.lodestone/exports/old.html", std::string(kAuditHeadMark) + old_head);
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(ProjectTest, aReportGivenMustCarryAHead) {
  makeReviewed();
  folder_.write("shop.lodestone/exports/plain.html", "<html></html>");
  EXPECT_THAT(problems(), IsEmpty());
  const auto plain = folder_.write("plain.html", std::string(kAuditHeadMark) + "tooshort");
  EXPECT_THAT(problems({plain}), Contains(HasSubstr("carries no head")));
  EXPECT_THAT(problems({folder_ / "gone.html"}), Contains(HasSubstr("gone.html")));
}

TEST_F(ProjectTest, anExportThatWasEditedIsFound) {
  makeReviewed();
  const std::string bytes = "customer_id,score\nC1,0.9\n";
  const auto file = folder_.write("shop.lodestone/exports/S-0001.csv", bytes);
  mustDo(open().strategies().exported("S-0001", 1, "Ann",
                                      Json::array({{{"name", "S-0001.csv"}, {"sha256", sha256Hex(bytes)}}})));
  EXPECT_THAT(problems({file}), IsEmpty());
  folder_.write("shop.lodestone/exports/S-0001.csv", bytes + "C2,0.8\n");
  EXPECT_THAT(problems(), Contains(HasSubstr("S-0001.csv")));
}

}  // namespace

}  // namespace lodestone::project
