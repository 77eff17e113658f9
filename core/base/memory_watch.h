// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

namespace lodestone {

/// Bytes of this process that are in memory now (its resident set); 0 where the system does not tell.
std::int64_t residentBytes();

/// Watches how much memory the process takes while pieces of work run. It looks 50 times a second, and only
/// while something is watched, so a peak between two looks is missed. What runs at the same time in this
/// process counts for all of them. Thread safe.
class MemoryWatch {
 public:
  MemoryWatch() = default;
  ~MemoryWatch();
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;

  /// Begins to watch; the id ends it.
  std::uint64_t begin();
  /// The most bytes above those at the beginning; never below 0.
  std::int64_t end(std::uint64_t id);

 private:
  struct Watched {
    std::int64_t before = 0;
    std::int64_t most = 0;
  };
  void look(const std::stop_token& stop);

  std::mutex mutex_;
  std::map<std::uint64_t, Watched> watched_;  // guarded by mutex_
  std::uint64_t next_ = 1;                    // guarded by mutex_
  std::jthread looker_;                       // guarded by mutex_
};

}  // namespace lodestone
