// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace lodestone {

/// Holds work while it is closed. Thread safe.
class PauseGate {
 public:
  void pause();
  void resume();
  bool paused() const;
  /// Returns when the gate is open or a stop is requested.
  void wait(const std::stop_token& stop);

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool paused_ = false;  // guarded by mutex_
};

/// How far a job is. remaining_seconds is unknown until enough has been done to tell.
struct Progress {
  double fraction = 0;  ///< 0 to 1 of the whole job
  std::string what;     ///< what it is doing now, ready to be shown
  std::optional<double> remaining_seconds;
};

/// What every long call of core gets: a way to be stopped, held, and to tell how far it is.
/// Used by one thread at a time; whoever stops or pauses may be any thread.
class JobContext {
 public:
  using ProgressCallback = std::function<void(const Progress&)>;

  /// Never stopped, never held, tells nobody.
  JobContext() = default;
  explicit JobContext(std::stop_token stop, PauseGate* gate = nullptr, ProgressCallback on_progress = {},
                      Language language = Language::English);

  /// Part of this job: its fractions 0..1 fill begin..end of the whole. Valid while this one lives.
  JobContext part(double begin, double end) const;
  /// The same stop, hold and language for work that is told to another listener, on whatever thread; its
  /// fractions are its own.
  JobContext listening(ProgressCallback on_progress) const;

  bool stopRequested() const { return stop_.stop_requested(); }
  const std::stop_token& stopToken() const { return stop_; }
  /// The language in which progress is told.
  Language language() const { return language_; }

  /// Waits while paused; the error Cancelled when a stop is requested. Call it at every step.
  Result<> checkpoint();

  /// Tells how far the job is; at most 20 calls a second get through, the end (1) always does.
  void report(double fraction, const Text& what, const std::vector<std::string>& args = {});

 private:
  using Clock = std::chrono::steady_clock;

  std::stop_token stop_;
  PauseGate* gate_ = nullptr;
  ProgressCallback on_progress_;
  Language language_ = Language::English;
  double begin_ = 0;
  double end_ = 1;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_report_{};
};

/// The one error of a job that was stopped on request.
tl::unexpected<Error> cancelled();

}  // namespace lodestone
