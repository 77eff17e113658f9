// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folder_lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "tests/core/project/project_fixture.h"

namespace lodestone::project {

namespace {

using ::testing::HasSubstr;

/// Another process that holds a folder's lock until it is killed.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& folder) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      const auto lock = FolderLock::acquire(folder);
      const char answer = lock ? 'y' : 'n';
      if (::write(ends[1], &answer, 1) != 1) ::_exit(2);
      while (true) ::pause();
    }
    char answer = 0;
    if (::read(ends[0], &answer, 1) != 1 || answer != 'y')
      throw std::runtime_error("the other process has no lock");
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Holder() { kill(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
};

TEST_F(ProjectTest, aLockedProjectNamesTheOtherProgramAndItsPid) {
  makeReviewed();
  Holder holder(path_);
  const auto before = snapshot(path_);
  const auto opened = Project::open(path_);
  EXPECT_EQ(codeOf(opened), ErrorCode::Locked);
  EXPECT_THAT(messageOf(opened), HasSubstr("process " + std::to_string(holder.pid()) + ") on "));
  EXPECT_THAT(messageOf(opened), HasSubstr("test_project"));
  EXPECT_THAT(messageOf(opened), ::testing::ContainsRegex("since 20[0-9-]+T[0-9:.]+Z"));
  EXPECT_EQ(snapshot(path_), before);
}

TEST_F(ProjectTest, aKilledProgramLeavesNoLock) {
  makeReviewed();
  Holder holder(path_);
  EXPECT_EQ(codeOf(Project::open(path_)), ErrorCode::Locked);
  holder.kill();
  EXPECT_THAT(problems(), ::testing::IsEmpty());
}

TEST_F(ProjectTest, theSameProgramCannotOpenItTwiceEither) {
  Project project = create();
  EXPECT_EQ(codeOf(Project::open(path_)), ErrorCode::Locked);
}

TEST_F(ProjectTest, aProgramThatWeStartHoldsNoLock) {
  pid_t child = 0;
  {
    Project project = create();
    child = ::fork();
    if (child == 0) {
      ::execlp("sleep", "sleep", "20", nullptr);
      ::_exit(127);
    }
    // The lock goes with exec: wait until the child is the other program.
    const std::filesystem::path name = "/proc/" + std::to_string(child) + "/comm";
    for (int i = 0; i < 500 && must(readFile(name)) != "sleep\n"; ++i) ::usleep(10000);
  }
  EXPECT_TRUE(Project::open(path_).has_value());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(FolderLock, aDiscardedOneLeavesTheFolderAsItWas) {
  const test::TemporaryFolder folder;
  must(FolderLock::acquire(folder.path())).discard();
  EXPECT_THAT(snapshot(folder.path()), ::testing::IsEmpty());
  folder.write("project.lock", "1 old\n");
  must(FolderLock::acquire(folder.path())).discard();
  EXPECT_EQ(must(readFile(folder / "project.lock")), "1 old\n");
}

TEST(FolderLock, aFolderThatIsNotThereIsAnError) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(codeOf(FolderLock::acquire(folder / "nowhere")), ErrorCode::Io);
}

}  // namespace

}  // namespace lodestone::project
