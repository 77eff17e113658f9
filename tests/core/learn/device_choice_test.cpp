// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/learn/engine.h"

namespace lodestone::learn {
namespace {

const DeviceInfo kProcessor{"cpu", "a processor", 64LL << 30};
const DeviceInfo kSmall{"cuda:0", "a small GPU", 8LL << 30};
const DeviceInfo kLarge{"cuda:1", "a large GPU", 80LL << 30};
const DeviceInfo kLargeToo{"cuda:2", "another large GPU", 80LL << 30};

std::string chosen(const std::string& wanted, const std::vector<DeviceInfo>& available) {
  const auto choice = chooseDevice(wanted, available);
  return choice ? choice->id : "failed";
}

TEST(ChooseDevice, autoTakesTheGpuWithTheMostMemory) {
  EXPECT_EQ(chosen("auto", {kProcessor, kSmall, kLarge, kLargeToo}), "cuda:1");
  EXPECT_EQ(chosen("auto", {kProcessor, kSmall}), "cuda:0");
}

TEST(ChooseDevice, autoTakesTheProcessorSilentlyWithoutGpu) {
  const auto choice = chooseDevice("auto", {kProcessor});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->id, "cpu");
  EXPECT_FALSE(choice->fallback);
}

TEST(ChooseDevice, aNamedDeviceIsTaken) {
  EXPECT_EQ(chosen("cpu", {kProcessor, kLarge}), "cpu");
  EXPECT_EQ(chosen("cuda", {kProcessor, kSmall, kLarge}), "cuda:0");
  EXPECT_EQ(chosen("cuda:1", {kProcessor, kSmall, kLarge}), "cuda:1");
}

TEST(ChooseDevice, fallsBackToTheProcessorAndSaysSo) {
  for (const std::string wanted : {"cuda", "cuda:0", "cuda:7"}) {
    const auto choice = chooseDevice(wanted, {kProcessor});
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->id, "cpu");
    ASSERT_TRUE(choice->fallback) << wanted;
    EXPECT_NE(fill(*choice->fallback, Language::English, choice->args).find("\"" + wanted + "\""),
              std::string::npos);
  }
}

TEST(ChooseDevice, refusesWhatIsNoDevice) {
  for (const std::string wanted : {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:99999", "CPU"}) {
    const auto choice = chooseDevice(wanted, {kProcessor, kSmall});
    ASSERT_FALSE(choice) << wanted;
    EXPECT_EQ(choice.error().code, ErrorCode::InvalidArgument);
  }
}

}  // namespace
}  // namespace lodestone::learn
