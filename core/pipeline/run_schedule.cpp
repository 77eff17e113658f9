// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/run_schedule.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace lodestone::pipeline {

namespace {

enum class State { Waiting, Running, Done, Failed, Blocked };

/// Which task is where. Its caller holds the lock.
class Board {
 public:
  explicit Board(const std::vector<ScheduledTask>& tasks)
      : tasks_(tasks), states_(tasks.size(), State::Waiting) {}

  std::size_t running() const { return running_; }
  bool begun(std::size_t task) const {
    return states_[task] != State::Waiting && states_[task] != State::Blocked;
  }

  /// The earliest that may begin beside what runs; none when nothing may now.
  std::optional<std::size_t> next() {
    bool alone_before = false;  // an earlier one that runs alone is still to come
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
      if (states_[task] != State::Waiting) continue;
      const State need = worstNeed(task);
      if (need == State::Failed) {
        states_[task] = State::Blocked;
        continue;
      }
      const bool alone = tasks_[task].alone;
      if (need == State::Done && !(alone && alone_before)) {
        // One that needs the machine is not overtaken for ever by small ones.
        if (alone_running_ || (alone && running_ > 0)) return std::nullopt;
        return task;
      }
      alone_before = alone_before || alone;
    }
    return std::nullopt;
  }

  void begin(std::size_t task) {
    states_[task] = State::Running;
    ++running_;
    alone_running_ = tasks_[task].alone;
  }
  void end(std::size_t task, bool well) {
    states_[task] = well ? State::Done : State::Failed;
    --running_;
    if (tasks_[task].alone) alone_running_ = false;
  }

 private:
  /// Done when all that it needs is; Failed when some never will be.
  State worstNeed(std::size_t task) const {
    State worst = State::Done;
    for (const std::size_t need : tasks_[task].needs) {
      if (states_[need] == State::Failed || states_[need] == State::Blocked) return State::Failed;
      if (states_[need] != State::Done) worst = State::Waiting;
    }
    return worst;
  }

  const std::vector<ScheduledTask>& tasks_;
  std::vector<State> states_;
  std::size_t running_ = 0;
  bool alone_running_ = false;
};

std::vector<bool> begunOf(const Board& board, std::size_t count) {
  std::vector<bool> begun(count);
  for (std::size_t task = 0; task < count; ++task) begun[task] = board.begun(task);
  return begun;
}

}  // namespace

std::vector<bool> runSchedule(const std::vector<ScheduledTask>& tasks, std::size_t parallel,
                              const std::stop_token& stop,
                              const std::function<bool(std::size_t task)>& work) {
  Board board(tasks);
  if (parallel <= 1) {
    while (!stop.stop_requested()) {
      const auto task = board.next();
      if (!task) break;
      board.begin(*task);
      board.end(*task, work(*task));
    }
    return begunOf(board, tasks.size());
  }
  std::mutex mutex;
  std::condition_variable ended;
  std::map<std::size_t, std::jthread> threads;
  std::vector<std::size_t> finished;  // their threads can be joined
  std::unique_lock lock(mutex);
  while (true) {
    while (board.running() < parallel && !stop.stop_requested()) {
      const auto task = board.next();
      if (!task) break;
      board.begin(*task);
      threads[*task] = std::jthread([&, task = *task] {
        const bool well = work(task);
        const std::scoped_lock own(mutex);
        board.end(task, well);
        finished.push_back(task);
        ended.notify_one();
      });
    }
    if (board.running() == 0) break;
    ended.wait(lock, [&] { return !finished.empty(); });
    const std::vector<std::size_t> over = std::exchange(finished, {});
    lock.unlock();
    for (const std::size_t task : over) threads.erase(task);
    lock.lock();
  }
  lock.unlock();
  threads.clear();
  return begunOf(board, tasks.size());
}

}  // namespace lodestone::pipeline
