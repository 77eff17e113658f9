// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_feed.h"

#include <numeric>

namespace lodestone::pipeline {

namespace {

constexpr Text kRunning{"{0}: {1}", "{0}：{1}"};

}  // namespace

Result<> RunFeed::keep(const project::StageRecord& stage) {
  if (auto kept = keepQuietly(stage); !kept) return kept;
  tell(stage);
  return {};
}

Result<> RunFeed::keepQuietly(const project::StageRecord& stage) {
  return project_.pipelines().stage(run_, stage);
}

void RunFeed::tell(const project::StageRecord& stage) {
  const std::scoped_lock lock(mutex_);
  if (options_.on_stage) options_.on_stage(stage);
}

void RunFeed::progress(std::size_t position, double fraction, const std::string& node,
                       const std::string& what) {
  const std::scoped_lock lock(mutex_);
  fractions_.at(position) = fraction;
  if (options_.on_progress) options_.on_progress(node, fraction);
  const double done = std::accumulate(fractions_.begin(), fractions_.end(), 0.0);
  job_.report(done / static_cast<double>(fractions_.size()), kRunning, {node, what});
}

}  // namespace lodestone::pipeline
