// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/job_context.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace lodestone {
namespace {

TEST(JobContext, StopEndsInCancelled) {
  std::stop_source source;
  JobContext job(source.get_token());
  EXPECT_TRUE(job.checkpoint().has_value());
  source.request_stop();
  ASSERT_FALSE(job.checkpoint().has_value());
  EXPECT_EQ(job.checkpoint().error().code, ErrorCode::Cancelled);
}

TEST(JobContext, HoldsWhilePausedAndGoesOn) {
  std::stop_source source;
  PauseGate gate;
  gate.pause();
  std::atomic<bool> passed = false;
  std::jthread worker([&] {
    JobContext job(source.get_token(), &gate);
    passed = job.checkpoint().has_value();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(passed);
  gate.resume();
  worker.join();
  EXPECT_TRUE(passed);
}

TEST(JobContext, StopFreesAPausedJob) {
  std::stop_source source;
  PauseGate gate;
  gate.pause();
  std::optional<ErrorCode> code;
  std::jthread worker([&] {
    JobContext job(source.get_token(), &gate);
    if (auto go_on = job.checkpoint(); !go_on) code = go_on.error().code;
  });
  source.request_stop();
  worker.join();
  EXPECT_EQ(code, ErrorCode::Cancelled);
}

TEST(JobContext, PartsFillTheirShareAndTheEndAlwaysGetsThrough) {
  std::vector<double> seen;
  JobContext job({}, nullptr, [&](const Progress& progress) { seen.push_back(progress.fraction); });
  constexpr Text kWork{"Work", "工作"};
  JobContext half = job.part(0.5, 1.0);
  half.report(0.5, kWork);
  for (int i = 0; i < 1000; ++i) half.report(0.6, kWork);
  half.report(1, kWork);
  ASSERT_GE(seen.size(), 2U);
  EXPECT_LT(seen.size(), 50U) << "at most 20 calls a second";
  EXPECT_DOUBLE_EQ(seen.front(), 0.75);
  EXPECT_DOUBLE_EQ(seen.back(), 1.0);
}

TEST(JobContext, AListenerOfItsOwnSharesStopAndHold) {
  std::stop_source source;
  PauseGate gate;
  int told = 0;
  JobContext whole(
      source.get_token(), &gate, [&](const Progress&) { ++told; }, Language::Chinese);
  std::vector<double> heard;
  JobContext own =
      whole.part(0.5, 1).listening([&](const Progress& progress) { heard.push_back(progress.fraction); });
  own.report(1, Text{"x", "x"});
  EXPECT_EQ(told, 0);
  EXPECT_EQ(heard, std::vector<double>{1.0});
  EXPECT_EQ(own.language(), Language::Chinese);
  gate.pause();
  std::atomic<bool> stopped{false};
  std::jthread held([&] { stopped = !own.checkpoint().has_value(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_FALSE(stopped) << "it is held";
  source.request_stop();
  held.join();
  EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace lodestone
