// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "core/base/job_context.h"

namespace lodestone::cli {

enum class ProgressStyle {
  Silent,
  Bar,    ///< one line of a terminal, written over and over
  Lines,  ///< plain lines, one every two seconds at most
};

/// The style that fits standard error: Silent when quiet was asked for, Bar on a terminal, else Lines.
ProgressStyle progressStyle(bool quiet);

/// Shows how far a job is, on standard error. Used by one thread at a time.
class ProgressDisplay {
 public:
  ProgressDisplay(ProgressStyle style, Language language) : style_(style), language_(language) {}
  /// Takes the bar off the terminal.
  ~ProgressDisplay() { clear(); }
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  void show(const Progress& progress);
  void clear();
  /// A line that stays, such as a warning; not when silent.
  void note(const std::string& text);

 private:
  using Clock = std::chrono::steady_clock;

  ProgressStyle style_;
  Language language_;
  Clock::time_point last_line_ = Clock::now();
  bool bar_shown_ = false;
};

}  // namespace lodestone::cli
