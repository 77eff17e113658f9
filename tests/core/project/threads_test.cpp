// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <set>

#include "tests/core/project/project_fixture.h"

namespace lodestone::project {
namespace {

using ::testing::IsEmpty;

constexpr int kEach = 25;  ///< what each thread adds

/// Runs all at once, waits for all, and throws what one of them threw.
void together(const std::vector<std::function<void()>>& tasks) {
  std::promise<void> start;
  const std::shared_future<void> started = start.get_future().share();
  std::vector<std::future<void>> running;
  running.reserve(tasks.size());
  for (const auto& task : tasks)
    running.push_back(std::async(std::launch::async, [&task, started] {
      started.wait();
      task();
    }));
  start.set_value();
  for (auto& one : running) one.wait();
  for (auto& one : running) one.get();
}

void addEpochs(Project& project, const std::string& model) {
  for (int epoch = 1; epoch <= kEach; ++epoch)
    mustDo(project.models().addEpoch(model, epoch, Json{{"loss", 1.0 / epoch}}));
}

void addComments(Project& project, const std::string& id, const std::string& by) {
  for (int i = 0; i < kEach; ++i) mustDo(project.strategies().comment(id, by, "remark " + std::to_string(i)));
}

void setSettings(Project& project) {
  for (int i = 0; i < kEach; ++i) {
    mustDo(project.setSetting("key" + std::to_string(i), std::to_string(i)));
    EXPECT_EQ(must(project.setting("key" + std::to_string(i))), std::to_string(i));
    mustDo(
        project.setRoles("orders", {{"user", "u" + std::to_string(i)}, {"time", "t" + std::to_string(i)}}));
  }
}

/// Roles are set in pairs, strategies added in twos: whoever sees one alone saw half a transaction.
void readWhile(const std::atomic<bool>& working, Project& project) {
  while (working) {
    const Roles roles = must(project.roles("orders"));
    if (!roles.empty()) {
      EXPECT_EQ(roles.at("user").substr(1), roles.at("time").substr(1));
    }
    EXPECT_EQ(must(project.strategies().list()).size() % 2, 0U);
    must(project.models().list());
    must(project.pipelines().runs());
    EXPECT_THAT(messages(must(project.audit().verify())), IsEmpty());
  }
}

TEST_F(ProjectTest, manyThreadsLoseNothing) {
  {
    Project project = create();
    must(project.strategies().add({content("Win back"), content("Thank you")}, "Ann"));
    for (const char* table : {"a", "b"})
      must(project.models().begin("mlp", "classification", table, "bought", Json::object()));
    const auto run = must(project.pipelines().begin("flowchart TD", 42));
    std::atomic<bool> working = true;
    auto reading = std::async(std::launch::async, [&] { readWhile(working, project); });
    together({[&] { addEpochs(project, "mlp-0001"); }, [&] { addEpochs(project, "mlp-0002"); },
              [&] { addComments(project, "S-0001", "Bob"); }, [&] { addComments(project, "S-0002", "Carl"); },
              [&] { setSettings(project); },
              [&] {
                for (int i = 0; i < kEach; ++i)
                  must(project.strategies().add({content("One"), content("Two")}, "Ann"));
              },
              [&] {
                for (int i = 0; i < kEach; ++i)
                  mustDo(project.pipelines().stage(run, {.node = "n" + std::to_string(i), .state = "done"}));
              }});
    working = false;
    reading.get();
  }
  Project project = open();
  for (const char* model : {"mlp-0001", "mlp-0002"})
    EXPECT_EQ(must(project.models().epochs(model)).size(), kEach);
  for (const char* id : {"S-0001", "S-0002"})
    EXPECT_EQ(must(project.strategies().comments(id)).size(), kEach);
  EXPECT_EQ(must(project.strategies().list()).size(), 2U + 2 * kEach);
  EXPECT_EQ(must(project.pipelines().stages(1)).size(), kEach);
  EXPECT_EQ(must(project.audit().entries()).size(), 2U + 4 * kEach);
  for (int i = 0; i < kEach; ++i)
    EXPECT_EQ(must(project.setting("key" + std::to_string(i))), std::to_string(i));
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

TEST_F(ProjectTest, onlyOneOfManyReviewersDecides) {
  Project project = create();
  must(project.strategies().add({content("Win back")}, "Ann"));
  must(project.strategies().review("S-0001", ReviewAction::Submit, "Ann", ""));
  std::atomic<int> decided = 0;
  const auto decide = [&](ReviewAction action, const std::string& by) {
    const auto answer = project.strategies().review("S-0001", action, by, "seen");
    if (!answer) return;
    EXPECT_EQ(answer->decided_by, by);
    ++decided;
  };
  together({[&] { decide(ReviewAction::Approve, "Bob"); }, [&] { decide(ReviewAction::Reject, "Carl"); },
            [&] { decide(ReviewAction::Approve, "Dora"); },
            [&] { decide(ReviewAction::RequestChanges, "Emil"); }});
  EXPECT_EQ(decided, 1);
  EXPECT_THAT(messages(must(project.verify())), IsEmpty());
}

TEST_F(ProjectTest, anotherThreadsWorkIsNotRolledBack) {
  create();
  Sqlite db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Write));
  const std::string insert = "INSERT INTO settings VALUES (?1, '')";
  std::promise<void> begun;
  const auto one = [&] {
    const auto transaction = must(Transaction::begin(db));
    begun.set_value();
    for (int i = 0; i < 2000; ++i) mustDo(db.run(insert, {"dropped" + std::to_string(i)}));
  };
  const auto other = [&, inside = begun.get_future().share()] {
    inside.wait();
    mustDo(db.run(insert, {std::string("kept")}));
  };
  together({one, other});
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM settings WHERE key = 'kept'")), 1);
  EXPECT_EQ(must(db.integer("SELECT count(*) FROM settings WHERE key LIKE 'dropped%'")), 0);
}

TEST_F(ProjectTest, tablesAreOpenedOnceWhoeverComesFirst) {
  Project project = create();
  std::array<data::Database*, 4> seen{};
  std::vector<std::function<void()>> tasks;
  for (auto& database : seen) tasks.emplace_back([&] { database = must(project.tables()); });
  together(tasks);
  EXPECT_EQ(std::set<data::Database*>(seen.begin(), seen.end()).size(), 1U);
  EXPECT_THAT(must(seen[0]->tables()), IsEmpty());
}

}  // namespace
}  // namespace lodestone::project
