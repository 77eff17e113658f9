// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signal_stop.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace lodestone::cli {
namespace {

// A handler can reach nothing but globals, and may only write to a pipe: stop sources take locks.
std::atomic<int> signal_pipe{-1};
static_assert(std::atomic<int>::is_always_lock_free);

constexpr char kSignal = 's';
constexpr char kEnd = 'e';

extern "C" void onSignal(int number) {
  const int saved = errno;
  const char byte = kSignal;
  if (write(signal_pipe.load(), &byte, 1) != 1) _exit(128 + number);
  std::signal(number, SIG_DFL);  // the next one ends the program
  errno = saved;
}

}  // namespace

SignalStop::SignalStop() {
  if (pipe2(pipe_, O_CLOEXEC) != 0) return;  // without a pipe signals keep their default: the program ends
  signal_pipe = pipe_[1];
  watcher_ = std::thread([this] {
    char byte = 0;
    while (true) {
      const ssize_t got = read(pipe_[0], &byte, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got != 1 || byte == kEnd) return;
      stop_.request_stop();
    }
  });
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

SignalStop::~SignalStop() {
  if (!watcher_.joinable()) return;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  const char byte = kEnd;
  const bool ended = write(pipe_[1], &byte, 1) == 1;
  if (ended)
    watcher_.join();
  else
    watcher_.detach();
  signal_pipe = -1;
  close(pipe_[0]);
  close(pipe_[1]);
}

}  // namespace lodestone::cli
