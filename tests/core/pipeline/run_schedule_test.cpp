// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/random.h"

namespace lodestone::pipeline {
namespace {

using testing::ElementsAre;

TEST(RunSchedule, OneThreadTakesThemInOrder) {
  std::vector<std::size_t> seen;
  const auto begun = runSchedule({{{}, false}, {{0}, true}, {{}, false}}, 1, {}, [&](std::size_t task) {
    seen.push_back(task);
    return true;
  });
  EXPECT_THAT(seen, ElementsAre(0, 1, 2));
  EXPECT_THAT(begun, ElementsAre(true, true, true));
}

/// Two tasks that wait for each other end only when they run at the same time.
TEST(RunSchedule, IndependentTasksRunSideBySide) {
  std::mutex mutex;
  std::condition_variable both;
  int inside = 0;
  runSchedule({{{}, false}, {{}, false}}, 2, {}, [&](std::size_t) {
    std::unique_lock lock(mutex);
    ++inside;
    both.notify_all();
    return both.wait_for(lock, std::chrono::seconds(20), [&] { return inside == 2; });
  });
  EXPECT_EQ(inside, 2);
}

TEST(RunSchedule, WhatNeedsAFailedTaskIsNotBegunAndTheRestIs) {
  for (const std::size_t parallel : {std::size_t{1}, std::size_t{3}}) {
    //  0 fails, 1 and 2 are below it, 3 and 4 are apart
    const auto begun = runSchedule({{{}, false}, {{0}, false}, {{1}, false}, {{}, false}, {{3}, false}},
                                   parallel, {}, [](std::size_t task) { return task != 0; });
    EXPECT_THAT(begun, ElementsAre(true, false, false, true, true)) << parallel;
  }
}

TEST(RunSchedule, AfterAStopNothingBegins) {
  for (const std::size_t parallel : {std::size_t{1}, std::size_t{3}}) {
    std::stop_source stop;
    const auto begun =
        runSchedule({{{}, false}, {{0}, false}, {{1}, false}}, parallel, stop.get_token(), [&](std::size_t) {
          stop.request_stop();
          return true;
        });
    EXPECT_THAT(begun, ElementsAre(true, false, false)) << parallel;
  }
}

/// Random graphs: every task once, after what it needs; those alone never beside another and in order.
TEST(RunSchedule, KeepsItsPromisesOnRandomGraphs) {
  Random random(11);
  for (int round = 0; round < 60; ++round) {
    const auto count = 1 + random.below(30);
    std::vector<ScheduledTask> tasks(count);
    for (std::size_t task = 0; task < count; ++task) {
      tasks[task].alone = random.below(4) == 0;
      for (std::size_t other = 0; other < task; ++other)
        if (random.below(6) == 0) tasks[task].needs.push_back(other);
    }
    const std::size_t parallel = 1 + random.below(4);
    std::mutex mutex;
    std::set<std::size_t> ended;
    std::vector<std::size_t> alone;
    std::size_t inside = 0;
    std::size_t most = 0;
    bool right = true;
    const auto begun = runSchedule(tasks, parallel, {}, [&](std::size_t task) {
      {
        const std::scoped_lock lock(mutex);
        most = std::max(most, ++inside);
        for (const std::size_t need : tasks[task].needs) right = right && ended.contains(need);
        if (tasks[task].alone) {
          right = right && inside == 1;
          alone.push_back(task);
        }
      }
      std::this_thread::yield();
      const std::scoped_lock lock(mutex);
      if (tasks[task].alone) right = right && inside == 1;
      --inside;
      return ended.insert(task).second;
    });
    EXPECT_TRUE(right) << "round " << round;
    EXPECT_LE(most, parallel);
    EXPECT_EQ(ended.size(), count);
    EXPECT_TRUE(std::is_sorted(alone.begin(), alone.end())) << "round " << round;
    EXPECT_EQ(std::count(begun.begin(), begun.end(), true), static_cast<std::ptrdiff_t>(count));
  }
}

}  // namespace
}  // namespace lodestone::pipeline
