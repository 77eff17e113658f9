// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <vector>

namespace lodestone::pipeline {

struct ScheduledTask {
  std::vector<std::size_t> needs;  ///< tasks before it in the list, all of which must have ended well
  bool alone = false;  ///< runs while nothing else does; such tasks begin in the order of the list
};

/// Runs tasks on at most `parallel` threads (the caller's own when it is 1), the earliest in the list that
/// may begin first. work(i) says whether task i ended well; what needs one that did not is never begun. After
/// a stop nothing more begins. Returns, when all that began has ended, which tasks were begun.
std::vector<bool> runSchedule(const std::vector<ScheduledTask>& tasks, std::size_t parallel,
                              const std::stop_token& stop, const std::function<bool(std::size_t task)>& work);

}  // namespace lodestone::pipeline
