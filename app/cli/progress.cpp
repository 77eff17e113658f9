// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/cli/output.h"

namespace lodestone::cli {
namespace {

constexpr Text kRemaining{"about {0} left", "约剩 {0}"};

std::string clock(double seconds) {
  const auto whole = static_cast<long>(std::llround(std::max(0.0, seconds)));
  char text[32];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  return text;
}

std::size_t terminalWidth() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

}  // namespace

ProgressStyle progressStyle(bool quiet) {
  if (quiet) return ProgressStyle::Silent;
  return isatty(STDERR_FILENO) != 0 ? ProgressStyle::Bar : ProgressStyle::Lines;
}

void ProgressDisplay::show(const Progress& progress) {
  if (style_ == ProgressStyle::Silent) return;
  const double fraction = std::clamp(progress.fraction, 0.0, 1.0);
  char percent[16];
  std::snprintf(percent, sizeof percent, "%3.0f %%", std::floor(fraction * 100));
  std::string text = std::string(percent) + "  " + progress.what;
  if (progress.remaining_seconds && fraction < 1)
    text += "  (" + fill(kRemaining, language_, {clock(*progress.remaining_seconds)}) + ")";
  if (style_ == ProgressStyle::Lines) {
    const auto now = Clock::now();
    if (now - last_line_ < std::chrono::seconds(2)) return;
    last_line_ = now;
    std::fprintf(stderr, "%s\n", text.c_str());
    return;
  }
  constexpr std::size_t kBar = 24;
  std::string bar;
  const auto filled = static_cast<std::size_t>(fraction * static_cast<double>(kBar));
  for (std::size_t i = 0; i < kBar; ++i) bar += i < filled ? "█" : "░";
  std::string line = bar + " " + text;
  const std::size_t width = terminalWidth();
  for (std::size_t keep = 200; displayWidth(line) >= width && keep > 8; keep -= 4) line = shorten(line, keep);
  std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
  std::fflush(stderr);
  bar_shown_ = true;
}

void ProgressDisplay::clear() {
  if (!bar_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  bar_shown_ = false;
}

void ProgressDisplay::note(const std::string& text) {
  if (style_ == ProgressStyle::Silent) return;
  clear();
  std::fprintf(stderr, "%s\n", text.c_str());
}

}  // namespace lodestone::cli
