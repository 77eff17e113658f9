// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace lodestone::cli {

/// Turns SIGINT and SIGTERM into a stop request while it lives: one at a time in a program.
/// The second signal ends the program at once, for work that does not answer.
class SignalStop {
 public:
  SignalStop();
  ~SignalStop();
  SignalStop(const SignalStop&) = delete;
  SignalStop& operator=(const SignalStop&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  int pipe_[2] = {-1, -1};
  std::thread watcher_;
};

}  // namespace lodestone::cli
