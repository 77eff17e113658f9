// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/recovery.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

TEST_F(ProjectTest, whatWasRunningIsInterruptedAtTheNextOpen) {
  {
    Project project = create();
    must(project.models().begin("mlp", "churn", "t", "y", {}));
    const auto cancelled = must(project.models().begin("mlp", "churn", "t", "y", {}));
    mustDo(project.models().end(cancelled, TrainingState::Cancelled, ""));
    const auto run = must(project.pipelines().begin("chart", 1));
    for (const char* state : {"done", "running", "queued"}) {
      StageRecord stage;
      stage.node = state;
      stage.state = state;
      mustDo(project.pipelines().stage(run, stage));
    }
  }
  Project project = open();
  const auto models = must(project.models().list());
  EXPECT_EQ(models[0].state, TrainingState::Interrupted);
  EXPECT_NE(models[0].finished_at, "");
  EXPECT_NE(models[0].message, "");
  EXPECT_EQ(models[1].state, TrainingState::Cancelled);
  const auto runs = must(project.pipelines().runs());
  EXPECT_EQ(runs[0].state, "interrupted");
  std::vector<std::string> states;
  for (const auto& stage : must(project.pipelines().stages(runs[0].id))) states.push_back(stage.state);
  EXPECT_THAT(states, ::testing::ElementsAre("done", "interrupted", "queued"));
}

TEST_F(ProjectTest, onlyWhatAnInterruptedTrainingLeftIsRemoved) {
  {
    Project project = create();
    must(project.models().begin("mlp", "churn", "t", "y", {}));
    ModelRecord done;
    done.id = must(project.models().begin("mlp", "churn", "t", "y", {}));
    mustDo(project.models().finish(done));
  }
  const auto keep = {"models/mlp-0002/model.json", "models/mlp-0009/model.json",
                     "models/mine/notes.txt",      "models/a.part-list.txt",
                     "exports/x.part-abcdef",      "models/mine.part-AbC123/notes.txt"};
  const auto remove = {"models/mlp-0001/model.json", "models/mlp-0001/deep/er.bin", "models/x.part-AbC123",
                       "models/mlp-0001.part-AbC123/model.safetensors",
                       "models/mlp-0002/model.safetensors.part-AbC123"};
  for (const char* name : keep) folder_.write("shop.lodestone/" + std::string(name), "x");
  for (const char* name : remove) folder_.write("shop.lodestone/" + std::string(name), "x");
  open();
  for (const char* name : keep) EXPECT_TRUE(fs::exists(path_ / name)) << name;
  for (const char* name : remove) EXPECT_FALSE(fs::exists(path_ / name)) << name;
  EXPECT_FALSE(fs::exists(path_ / "models/mlp-0001"));
}

TEST_F(ProjectTest, aLinkInTheModelsFolderIsNotFollowed) {
  {
    Project project = create();
    must(project.models().begin("mlp", "churn", "t", "y", {}));
  }
  folder_.write("elsewhere/precious.txt", "x");
  fs::create_directory_symlink(folder_ / "elsewhere", path_ / "models/mlp-0001");
  open();
  EXPECT_TRUE(fs::exists(folder_ / "elsewhere" / "precious.txt"));
}

TEST_F(ProjectTest, tablesThatAKilledRunWasMakingGoAndNoOthers) {
  JobContext job;
  {
    Project project = create();
    auto* tables = must(project.tables());
    mustDo(tables->execute(
        "CREATE SCHEMA stages; CREATE TABLE mine AS SELECT 1 AS x; CREATE TABLE stages.clean_1 AS SELECT 1 "
        "AS x; "
        "CREATE TABLE stages.orphan_2 AS SELECT 1 AS x; CREATE TABLE stages.history_3 AS SELECT 1 AS x; "
        "CREATE TABLE stages.rows_4 AS SELECT 1 AS x",
        job));
    StageRecord stage;
    stage.node = "A";
    stage.state = "done";
    stage.outputs = {{"schema", "stages"}, {"name", "clean_1"}};
    mustDo(project.pipelines().stage(must(project.pipelines().begin("chart", 1)), stage));
    Json strategy = content("Win back");
    strategy["source"] = {{"schema", "stages"}, {"name", "history_3"}};
    must(project.strategies().add({strategy}, "lodestone"));
    ModelRecord model;
    model.id = must(project.models().begin("mlp", "churn", "t", "y", {}));
    model.card = {{"table", {{"schema", "stages"}, {"name", "rows_4"}}}};
    mustDo(project.models().finish(model));
  }
  Project project = open();
  auto* tables = must(project.tables());
  EXPECT_TRUE(must(tables->has({"mine"})));
  for (const char* name : {"clean_1", "history_3", "rows_4"})
    EXPECT_TRUE(must(tables->has({name, "stages"}))) << name;
  EXPECT_FALSE(must(tables->has({"orphan_2", "stages"})));
}

TEST_F(ProjectTest, halfMadeTablesAlwaysGoAndOthersStayWithoutAKill) {
  JobContext job;
  {
    Project project = create();
    mustDo(must(project.tables())
               ->execute("CREATE SCHEMA stages; CREATE TABLE stages.history_1_part AS SELECT 1 AS x; "
                         "CREATE TABLE stages.held_out_mlp AS SELECT 1 AS x",
                         job));
  }
  Project project = open();
  EXPECT_FALSE(must(must(project.tables())->has({"history_1_part", "stages"})));
  EXPECT_TRUE(must(must(project.tables())->has({"held_out_mlp", "stages"})));
}

/// Another process that does the work until it is killed, and says one byte for each thing it reported as
/// saved.
class Victim {
 public:
  explicit Victim(const std::function<void(const std::function<void()>&)>& work) {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ != 0) return;
    const auto saved = [this] {
      const char mark = '.';
      if (::write(ends_[1], &mark, 1) != 1) ::_exit(3);
    };
    try {
      work(saved);
    } catch (const std::exception&) {
      ::_exit(1);
    }
    ::_exit(0);
  }

  /// How much it reported as saved. Exit statuses other than the kill fail the test.
  int killAfter(unsigned microseconds) {
    ::usleep(microseconds);
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the work failed";
    ::close(ends_[1]);
    int saved = 0;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(ends_[0], buffer.data(), buffer.size())) > 0;)
      saved += static_cast<int>(n);
    ::close(ends_[0]);
    return saved;
  }

 private:
  std::array<int, 2> ends_{};
  pid_t pid_ = 0;
};

TEST_F(ProjectTest, aKillDuringReviewLosesNothingThatWasReportedAsSaved) {
  {
    Project project = create();
    must(project.strategies().add({content("Win back")}, "lodestone"));
  }
  Random random(7);
  std::size_t known = 1;
  int total = 0;
  for (int round = 0; round < 20; ++round) {
    Victim victim([&](const std::function<void()>& saved) {
      Project project = open();
      auto strategies = project.strategies();
      while (true) {
        const bool in_review = must(strategies.get("S-0001")).state == StrategyState::InReview;
        must(in_review ? strategies.review("S-0001", ReviewAction::RequestChanges, "Bob", "again")
                       : strategies.review("S-0001", ReviewAction::Submit, "Ann", ""));
        saved();
      }
    });
    const int saved = victim.killAfter(static_cast<unsigned>(random.below(120000)) + 1000);
    Project project = open();
    EXPECT_THAT(messages(must(project.verify())), IsEmpty()) << "round " << round;
    const std::size_t now = must(project.audit().entries()).size();
    EXPECT_GE(now, known + static_cast<std::size_t>(saved)) << "round " << round;
    EXPECT_LE(now, known + static_cast<std::size_t>(saved) + 1) << "round " << round;
    known = now;
    total += saved;
  }
  EXPECT_GT(total, 20) << "the kills came before any work";
}

TEST_F(ProjectTest, aKillDuringTrainingLeavesNoModelThatLooksDone) {
  create();
  Random random(8);
  std::size_t known = 0;
  for (int round = 0; round < 10; ++round) {
    Victim victim([&](const std::function<void()>& saved) {
      Project project = open();
      while (true) {
        const std::string id = must(project.models().begin("mlp", "churn", "t", "y", {}));
        saved();
        for (int epoch = 1; epoch <= 3; ++epoch)
          mustDo(project.models().addEpoch(id, epoch, {{"loss", 0.5}}));
        mustDo(makeFolder(project.modelsFolder() / id));
        mustDo(
            writeFileAtomically(project.modelsFolder() / id / "model.safetensors", std::string(100000, 'w')));
        mustDo(writeFileAtomically(project.modelsFolder() / id / "model.json", "{}"));
        ModelRecord record;
        record.id = id;
        record.file_hash = sha256Hex(std::string(100000, 'w') + "{}");
        mustDo(project.models().finish(record));
      }
    });
    const int saved = victim.killAfter(static_cast<unsigned>(random.below(150000)) + 1000);
    Project project = open();
    EXPECT_THAT(messages(must(project.verify())), IsEmpty()) << "round " << round;
    const auto models = must(project.models().list());
    EXPECT_GE(models.size(), known + static_cast<std::size_t>(saved));
    for (const auto& model : models) {
      EXPECT_NE(model.state, TrainingState::Running);
      EXPECT_EQ(fs::exists(project.modelsFolder() / model.id), model.state == TrainingState::Done)
          << model.id;
    }
    known = models.size();
  }
}

TEST_F(ProjectTest, aKillDuringCreationLeavesAProjectOrNone) {
  Random random(9);
  int whole = 0;
  for (int round = 0; round < 20; ++round) {
    const fs::path path = folder_ / ("p" + std::to_string(round));
    Victim victim([&](const std::function<void()>& saved) {
      const Project project = must(Project::create(path));
      saved();
    });
    const int saved = victim.killAfter(static_cast<unsigned>(random.below(60000)));
    auto opened = Project::open(path);
    if (saved > 0) {
      EXPECT_TRUE(opened.has_value());
    }
    if (!opened) {
      EXPECT_EQ(codeOf(opened), ErrorCode::NotFound);
      opened = Project::create(path);
    }
    EXPECT_THAT(messages(must(must(std::move(opened)).verify())), IsEmpty()) << "round " << round;
    whole += saved;
  }
  EXPECT_LT(whole, 20) << "every kill came too late";
}

}  // namespace

}  // namespace lodestone::project
