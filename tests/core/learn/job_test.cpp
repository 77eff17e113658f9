// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

using namespace std::chrono_literals;

/// A training that would take minutes.
class LongTraining : public testing::Test {
 protected:
  LongTraining() : rows_(test::sameSign(20'000, 1, target_)) {
    EXPECT_TRUE(engine());  // LibTorch takes its time to load, once
    request_ = {.type = "mlp",
                .parameters = test::parametersOf("mlp", {{"epochs", "2000"}}),
                .train = &rows_,
                .train_target = &target_};
  }
  std::vector<float> target_;
  Matrix rows_;
  FitRequest request_;
};

TEST_F(LongTraining, isCancelledWithinMilliseconds) {
  Engine* const trainer = engine().value();  // loading it takes longer than the wait below
  std::stop_source stop;
  std::clock_t stopped = 0;  // in time of the processor, which other programs do not lengthen
  std::jthread stopper([&] {
    std::this_thread::sleep_for(300ms);
    stopped = std::clock();
    stop.request_stop();
  });
  JobContext job(stop.get_token());
  const auto fit = trainer->fit(request_, job);
  const double seconds = static_cast<double>(std::clock() - stopped) / CLOCKS_PER_SEC;
  ASSERT_FALSE(fit);
  EXPECT_EQ(fit.error().code, ErrorCode::Cancelled);
  EXPECT_LT(seconds, 0.1);  // a batch takes a tenth of a millisecond; sanitizers are slower
}

TEST_F(LongTraining, tellsHowFarItIs) {
  std::stop_source stop;
  std::vector<Progress> told;
  JobContext job(stop.get_token(), nullptr, [&](const Progress& progress) {
    told.push_back(progress);
    if (told.size() == 5) stop.request_stop();
  });
  EXPECT_FALSE(engine().value()->fit(request_, job));
  ASSERT_EQ(told.size(), 5U);
  for (std::size_t i = 1; i < told.size(); ++i) EXPECT_GT(told[i].fraction, told[i - 1].fraction);
  EXPECT_NE(told.back().what.find("of 2000"), std::string::npos);
}

TEST_F(LongTraining, standsStillWhilePaused) {
  std::stop_source stop;
  PauseGate gate;
  std::atomic<int> epochs = 0;
  request_.on_epoch = [&](const Epoch&) -> Result<> {
    ++epochs;
    return {};
  };
  std::jthread trainer([&] {
    JobContext job(stop.get_token(), &gate);
    EXPECT_EQ(engine().value()->fit(request_, job).error().code, ErrorCode::Cancelled);
  });
  while (epochs == 0) std::this_thread::sleep_for(1ms);
  gate.pause();
  std::this_thread::sleep_for(100ms);  // the batch that was under way
  const int held_at = epochs;
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(epochs, held_at);
  gate.resume();
  while (epochs == held_at) std::this_thread::sleep_for(1ms);
  stop.request_stop();
}

TEST_F(LongTraining, endsWithTheErrorOfWhoeverFollowsIt) {
  request_.on_epoch = [](const Epoch& epoch) -> Result<> {
    if (epoch.epoch < 2) return {};
    return fail(ErrorCode::Io, Text{"The disk is full.", "磁盘已满。"});
  };
  JobContext job;
  const auto fit = engine().value()->fit(request_, job);
  ASSERT_FALSE(fit);
  EXPECT_EQ(fit.error().code, ErrorCode::Io);
}

}  // namespace
}  // namespace lodestone::learn
