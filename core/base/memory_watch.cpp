// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory_watch.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>

namespace lodestone {

namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(20);

}  // namespace

std::int64_t residentBytes() {
  std::ifstream file("/proc/self/statm");  // proc(5): size, resident, ... in pages
  std::int64_t size = 0;
  std::int64_t resident = 0;
  if (!(file >> size >> resident)) return 0;
  return resident * static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
}

MemoryWatch::~MemoryWatch() {
  std::jthread last;
  {
    const std::scoped_lock lock(mutex_);
    last = std::move(looker_);
  }
}

std::uint64_t MemoryWatch::begin() {
  const std::int64_t now = residentBytes();
  const std::scoped_lock lock(mutex_);
  const std::uint64_t id = next_++;
  watched_[id] = {now, now};
  if (!looker_.joinable()) looker_ = std::jthread([this](const std::stop_token& stop) { look(stop); });
  return id;
}

std::int64_t MemoryWatch::end(std::uint64_t id) {
  const std::int64_t now = residentBytes();
  const std::scoped_lock lock(mutex_);
  const auto found = watched_.find(id);
  if (found == watched_.end()) return 0;
  const std::int64_t above = std::max(found->second.most, now) - found->second.before;
  watched_.erase(found);
  return std::max<std::int64_t>(0, above);
}

void MemoryWatch::look(const std::stop_token& stop) {
  std::mutex own;
  std::condition_variable_any wake;
  std::unique_lock waiting(own);
  while (!stop.stop_requested()) {
    wake.wait_for(waiting, stop, kBetweenLooks, [] { return false; });
    const std::int64_t now = residentBytes();
    const std::scoped_lock lock(mutex_);
    for (auto& [id, watched] : watched_) watched.most = std::max(watched.most, now);
  }
}

}  // namespace lodestone
