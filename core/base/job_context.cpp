// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/job_context.h"

#include <algorithm>

namespace lodestone {

void PauseGate::pause() {
  const std::scoped_lock lock(mutex_);
  paused_ = true;
}

void PauseGate::resume() {
  {
    const std::scoped_lock lock(mutex_);
    paused_ = false;
  }
  changed_.notify_all();
}

bool PauseGate::paused() const {
  const std::scoped_lock lock(mutex_);
  return paused_;
}

void PauseGate::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [this] { return !paused_; });
}

JobContext::JobContext(std::stop_token stop, PauseGate* gate, ProgressCallback on_progress, Language language)
    : stop_(std::move(stop)), gate_(gate), on_progress_(std::move(on_progress)), language_(language) {}

JobContext JobContext::part(double begin, double end) const {
  JobContext child = *this;
  child.begin_ = begin_ + (end_ - begin_) * begin;
  child.end_ = begin_ + (end_ - begin_) * end;
  return child;
}

JobContext JobContext::listening(ProgressCallback on_progress) const {
  return JobContext(stop_, gate_, std::move(on_progress), language_);
}

Result<> JobContext::checkpoint() {
  if (gate_ != nullptr && gate_->paused()) {
    const auto held = Clock::now();
    gate_->wait(stop_);
    started_ += Clock::now() - held;
  }
  if (stop_.stop_requested()) return cancelled();
  return {};
}

void JobContext::report(double fraction, const Text& what, const std::vector<std::string>& args) {
  if (!on_progress_) return;
  const auto now = Clock::now();
  const bool finished = fraction >= 1 && end_ >= 1;
  if (!finished && now - last_report_ < std::chrono::milliseconds(50)) return;
  last_report_ = now;
  Progress progress;
  progress.fraction = begin_ + (end_ - begin_) * std::clamp(fraction, 0.0, 1.0);
  progress.what = fill(what, language_, args);
  const double elapsed = std::chrono::duration<double>(now - started_).count();
  if (progress.fraction > 0.02 && elapsed > 0.5)
    progress.remaining_seconds = elapsed * (1 - progress.fraction) / progress.fraction;
  on_progress_(progress);
}

tl::unexpected<Error> cancelled() {
  return fail(ErrorCode::Cancelled,
              Text{"Cancelled. Nothing was left half done.", "已取消，没有留下任何半成品。"});
}

}  // namespace lodestone
