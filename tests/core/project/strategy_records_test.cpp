// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/strategy_records.h"

#include "core/base/hash.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReviewTest : public ProjectTest {
 protected:
  ReviewTest() : project_(create()), strategies_(project_.strategies()) {
    must(strategies_.add({content("Win back"), content("Thank you")}, "lodestone"));
  }
  Result<StrategyVersion> review(ReviewAction action, const std::string& by,
                                 const std::string& comment = "why") {
    return strategies_.review("S-0001", action, by, comment);
  }
  StrategyState state() { return must(strategies_.get("S-0001")).state; }
  /// A refusal changes nothing and leaves no entry in the log.
  void expectRefused(const Result<StrategyVersion>& result, const std::string& part) {
    EXPECT_EQ(codeOf(result), ErrorCode::InvalidArgument);
    EXPECT_THAT(messageOf(result), HasSubstr(part));
    EXPECT_THAT(messages(must(project_.verify())), IsEmpty());
  }

  Project project_;
  StrategyRecords strategies_;
};

TEST(ContentHash, doesNotDependOnTheOrderOfKeys) {
  const Json one = {{"b", {{"y", 1}, {"x", {1, 2.5, nullptr}}}}, {"a", "ä中"}};
  const Json other = {{"a", "ä中"}, {"b", {{"x", {1, 2.5, nullptr}}, {"y", 1}}}};
  EXPECT_EQ(contentHash(one), contentHash(other));
  EXPECT_EQ(contentHash(one), sha256Hex(R"({"a":"ä中","b":{"x":[1,2.5,null],"y":1}})"));
  EXPECT_NE(contentHash(one), contentHash(Json{{"a", "ä中"}, {"b", {{"x", {2.5, 1, nullptr}}, {"y", 1}}}}));
}

TEST_F(ReviewTest, newStrategiesAreDrafts) {
  const auto all = must(strategies_.list());
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].id, "S-0001");
  EXPECT_EQ(all[1].id, "S-0002");
  EXPECT_EQ(all[0].title, "Win back");
  EXPECT_EQ(all[0].version, 1);
  EXPECT_EQ(all[0].state, StrategyState::Draft);
  EXPECT_EQ(all[0].content, content("Win back"));
  EXPECT_EQ(all[0].content_hash, contentHash(content("Win back")));
  EXPECT_EQ(all[0].created_by, "lodestone");
}

TEST_F(ReviewTest, allNewStrategiesAreAddedOrNone) {
  EXPECT_EQ(codeOf(strategies_.add({content("good"), Json::array()}, "Ann")), ErrorCode::InvalidArgument);
  EXPECT_THAT(must(strategies_.list()), SizeIs(2));
}

TEST_F(ReviewTest, anApprovalHasNamesAndTimes) {
  EXPECT_EQ(must(review(ReviewAction::Submit, " Ann ")).state, StrategyState::InReview);
  const auto approved = must(review(ReviewAction::Approve, "Bob", "ok"));
  EXPECT_EQ(approved.state, StrategyState::Approved);
  EXPECT_EQ(approved.submitted_by, "Ann");
  EXPECT_EQ(approved.decided_by, "Bob");
  EXPECT_THAT(approved.decided_at, ::testing::MatchesRegex("[0-9]{4}-.*Z"));
  const auto comments = must(strategies_.comments("S-0001"));
  ASSERT_THAT(comments, SizeIs(2));
  EXPECT_EQ(comments[1].by, "Bob");
  EXPECT_EQ(comments[1].text, "ok");
  EXPECT_EQ(comments[1].at, approved.decided_at);
}

TEST_F(ReviewTest, theSubmitterCannotDecide) {
  must(review(ReviewAction::Submit, "Ann Lee"));
  for (const auto action : {ReviewAction::Approve, ReviewAction::RequestChanges, ReviewAction::Reject})
    for (const char* name : {"Ann Lee", "ann lee", "  ANN   LEE "})
      expectRefused(review(action, name), "submitted");
  EXPECT_EQ(state(), StrategyState::InReview);
}

TEST_F(ReviewTest, anEditorOfTheVersionCannotDecide) {
  must(strategies_.edit("S-0001", content("Win back", 0.5), "Bob"));
  must(review(ReviewAction::Submit, "Ann"));
  expectRefused(review(ReviewAction::Approve, "bob"), "wrote version 2");
  EXPECT_EQ(must(review(ReviewAction::Approve, "Carl")).state, StrategyState::Approved);
}

TEST_F(ReviewTest, theProgramIsNoReviewer) {
  expectRefused(review(ReviewAction::Submit, "Lodestone"), "program's own name");
  expectRefused(strategies_.edit("S-0001", content("x"), "lodestone"), "program's own name");
}

TEST_F(ReviewTest, aDecisionAgainstNeedsAReason) {
  must(review(ReviewAction::Submit, "Ann", ""));
  expectRefused(review(ReviewAction::RequestChanges, "Bob", "  "), "why");
  expectRefused(review(ReviewAction::Reject, "Bob", ""), "why");
  EXPECT_EQ(must(review(ReviewAction::RequestChanges, "Bob", "cheaper")).state,
            StrategyState::ChangesRequested);
  const auto again = must(review(ReviewAction::Submit, "Dora", ""));
  EXPECT_EQ(again.submitted_by, "Dora");
  EXPECT_EQ(again.decided_by, "");
  EXPECT_EQ(must(review(ReviewAction::Reject, "Ann", "no")).state, StrategyState::Rejected);
  EXPECT_THAT(messages(must(project_.verify())), IsEmpty());
}

TEST_F(ReviewTest, aStepThatTheStateDoesNotAllowNamesTheState) {
  expectRefused(review(ReviewAction::Approve, "Bob"), "draft");
  must(review(ReviewAction::Submit, "Ann"));
  expectRefused(review(ReviewAction::Submit, "Ann"), "in_review");
  must(review(ReviewAction::Approve, "Bob"));
  expectRefused(review(ReviewAction::Approve, "Carl"), "approved");
  expectRefused(review(ReviewAction::Submit, "Ann"), "approved");
}

TEST_F(ReviewTest, anEditVoidsTheApproval) {
  must(review(ReviewAction::Submit, "Ann"));
  const auto approved = must(review(ReviewAction::Approve, "Bob"));
  const auto edited = must(strategies_.edit("S-0001", content("Win back", 0.5), "Bob"));
  EXPECT_EQ(edited.version, 2);
  EXPECT_EQ(edited.state, StrategyState::Draft);
  EXPECT_EQ(edited.created_by, "Bob");
  EXPECT_EQ(edited.submitted_by, "");
  EXPECT_NE(edited.content_hash, approved.content_hash);
  const auto versions = must(strategies_.versions("S-0001"));
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(versions[0].state, StrategyState::Approved);
  EXPECT_EQ(versions[0].content, content("Win back"));
  EXPECT_EQ(must(strategies_.list())[0].version, 2);
}

TEST_F(ReviewTest, aVersionInReviewIsLocked) {
  must(review(ReviewAction::Submit, "Ann"));
  expectRefused(strategies_.edit("S-0001", content("Win back", 0.5), "Carl"), "locked");
  EXPECT_THAT(must(strategies_.versions("S-0001")), SizeIs(1));
}

TEST_F(ReviewTest, anEditThatChangesNothingIsRefused) {
  Json reordered = {{"channel", "email"}};
  reordered.update(content("Win back"));
  expectRefused(strategies_.edit("S-0001", reordered, "Ann"), "Nothing would change");
}

TEST_F(ReviewTest, commentsAreKeptInAnyState) {
  mustDo(strategies_.comment("S-0001", "Ann", "first"));
  must(review(ReviewAction::Submit, "Ann", ""));
  mustDo(strategies_.comment("S-0001", "安", " 第二条\n两行 "));
  const auto comments = must(strategies_.comments("S-0001"));
  ASSERT_THAT(comments, SizeIs(2));
  EXPECT_EQ(comments[1].by, "安");
  EXPECT_EQ(comments[1].text, "第二条\n两行");
  EXPECT_EQ(codeOf(strategies_.comment("S-0001", "Ann", " ")), ErrorCode::InvalidArgument);
  EXPECT_THAT(must(strategies_.comments("S-0002")), IsEmpty());
}

TEST_F(ReviewTest, namesAreOneLineOfAtMostTwoHundredCharacters) {
  expectRefused(review(ReviewAction::Submit, " \t "), "name is needed");
  expectRefused(review(ReviewAction::Submit, "Ann\nBob"), "one line");
  std::string long_name;
  for (int i = 0; i < 200; ++i) long_name += "安";
  expectRefused(review(ReviewAction::Submit, long_name + "x"), "200");
  EXPECT_EQ(must(review(ReviewAction::Submit, long_name)).submitted_by, long_name);
}

TEST_F(ReviewTest, onlyAnApprovedVersionBecomesExported) {
  mustDo(strategies_.exported("S-0001", 1, "Ann", {"draft.html"}));
  EXPECT_EQ(state(), StrategyState::Draft);
  must(review(ReviewAction::Submit, "Ann"));
  must(review(ReviewAction::Approve, "Bob"));
  mustDo(strategies_.exported("S-0001", 1, "lodestone", {"a.html", "b.csv"}));
  EXPECT_EQ(state(), StrategyState::Exported);
  mustDo(strategies_.exported("S-0001", 1, "Ann", {"c.html"}));
  EXPECT_EQ(state(), StrategyState::Exported);
  EXPECT_THAT(messages(must(project_.verify())), IsEmpty());
  EXPECT_EQ(must(project_.audit().entries()).back().detail, R"({"files":["c.html"]})");
}

TEST_F(ReviewTest, whatIsNotThereIsNotFoundNamingWhatIs) {
  EXPECT_EQ(codeOf(strategies_.get("S-0009")), ErrorCode::NotFound);
  EXPECT_THAT(messageOf(strategies_.get("S-0009")), HasSubstr("S-0001, S-0002"));
  EXPECT_THAT(messageOf(strategies_.get("S-0001", 4)), HasSubstr("newest is 1"));
  EXPECT_EQ(codeOf(strategies_.comments("x")), ErrorCode::NotFound);
  EXPECT_EQ(codeOf(strategies_.exported("S-0001", 2, "Ann", {})), ErrorCode::NotFound);
}

TEST_F(ReviewTest, textThatIsNotUtf8IsKeptValid) {
  const auto added = must(strategies_.add({content("a\xff b")}, "Ann\xff"));
  EXPECT_EQ(added.front().title, "a\xEF\xBF\xBD b");
  EXPECT_THAT(messages(must(project_.verify())), IsEmpty());
}

TEST_F(ProjectTest, contentChangedBehindTheProgramCannotBeApproved) {
  makeReviewed();
  must(open().strategies().review("S-0002", ReviewAction::Submit, "Carl", ""));
  tamper("UPDATE strategy_versions SET content = replace(content, '0.2', '0.9')");
  EXPECT_EQ(codeOf(open().strategies().review("S-0002", ReviewAction::Approve, "Bob", "")),
            ErrorCode::Corrupt);
}

}  // namespace

}  // namespace lodestone::project
