// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include "core/base/spoken.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to us

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchProgram{"The program \"{0}\" was not found.", "未找到程序“{0}”。"};
constexpr Text kCannotStart{"The program \"{0}\" cannot be started: {1}", "无法启动程序“{0}”：{1}"};
constexpr Text kTookTooLong{
    "The program \"{0}\" was ended after {1} seconds: make the chart smaller or allow more time.",
    "程序“{0}”运行 {1} 秒后被终止：请缩小流程图或允许更长时间。"};
constexpr Text kTooMuchOutput{"The program \"{0}\" was ended because it printed more than {1} bytes.",
                              "程序“{0}”输出超过 {1} 字节，已被终止。"};
constexpr Text kFailed{"The program \"{0}\" failed with status {1}.", "程序“{0}”运行失败，状态为 {1}。"};

constexpr int kPollMilliseconds = 50;

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset(int value = -1) {
    if (value_ >= 0) ::close(value_);
    value_ = value;
  }
  int get() const { return value_; }

 private:
  int value_ = -1;
};

/// A child in its own process group, ended and waited for at the latest when this object goes.
class Child {
 public:
  ~Child() { end(); }
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int start(const std::vector<std::string>& command, int input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int problem = ::posix_spawnp(&pid_, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (problem != 0) pid_ = -1;
    return problem;
  }

  /// 0 to 255, or 128 + signal.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  void end() {
    if (pid_ < 0) return;
    ::kill(-pid_, SIGKILL);
    wait();
  }

 private:
  pid_t pid_ = -1;
};

}  // namespace

Result<std::string> runChild(const std::vector<std::string>& command, std::string_view input, JobContext& job,
                             const ChildLimits& limits) {
  using Clock = std::chrono::steady_clock;
  // Sockets rather than pipes for the input: send() can be told not to raise SIGPIPE when the child goes
  // early.
  std::array<int, 2> in = {-1, -1};
  std::array<int, 2> out = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0)
    return fail(ErrorCode::Io, kCannotStart, {command[0], systemReason(errno)});
  Descriptor input_here;
  Descriptor input_there;
  input_here.reset(in[0]);
  input_there.reset(in[1]);
  if (::pipe2(out.data(), O_CLOEXEC) != 0)
    return fail(ErrorCode::Io, kCannotStart, {command[0], systemReason(errno)});
  Descriptor output_here;
  Descriptor output_there;
  output_here.reset(out[0]);
  output_there.reset(out[1]);

  Child child;
  const int problem = child.start(command, input_there.get(), output_there.get());
  if (problem == ENOENT || problem == EACCES) return fail(ErrorCode::NotFound, kNoSuchProgram, {command[0]});
  if (problem != 0) return fail(ErrorCode::Io, kCannotStart, {command[0], systemReason(problem)});
  input_there.reset();
  output_there.reset();

  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                           std::chrono::duration<double>(limits.seconds));
  std::string output;
  std::array<char, 65536> buffer{};
  while (true) {
    if (auto go = job.checkpoint(); !go) return forward(go);
    if (Clock::now() >= deadline)
      return fail(ErrorCode::Unsupported, kTookTooLong, {command[0], formatNumber(limits.seconds)});
    std::array<pollfd, 2> waiting = {{{output_here.get(), POLLIN, 0}, {input_here.get(), POLLOUT, 0}}};
    if (::poll(waiting.data(), input_here.get() < 0 ? 1 : 2, kPollMilliseconds) < 0 && errno != EINTR)
      return fail(ErrorCode::Io, kCannotStart, {command[0], systemReason(errno)});
    if (input_here.get() >= 0 && (waiting[1].revents & (POLLOUT | POLLERR | POLLHUP)) != 0) {
      const ssize_t sent = ::send(input_here.get(), input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) input.remove_prefix(static_cast<std::size_t>(sent));
      // A child that takes no more input still tells by its status whether that was right.
      if (input.empty() || (sent < 0 && errno != EAGAIN && errno != EINTR)) input_here.reset();
    }
    if ((waiting[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
    const ssize_t got = ::read(output_here.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    output.append(buffer.data(), static_cast<std::size_t>(got));
    if (output.size() > limits.output_bytes)
      return fail(ErrorCode::Unsupported, kTooMuchOutput, {command[0], std::to_string(limits.output_bytes)});
  }
  input_here.reset();
  if (const int status = child.wait(); status != 0)
    return fail(status == 127 ? ErrorCode::NotFound : ErrorCode::Internal,
                status == 127 ? kNoSuchProgram : kFailed, {command[0], std::to_string(status)});
  return output;
}

}  // namespace lodestone::pipeline
