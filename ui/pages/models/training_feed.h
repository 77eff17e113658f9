// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/learn/engine.h"

namespace lodestone::pages {

/// What a training tells while it runs: written in its thread, taken in the window's, so that a training of
/// thousands of short epochs costs the window no more than one of ten. Thread safe.
class TrainingFeed {
 public:
  struct Device {
    std::string name;
    std::optional<Text> fallback;  ///< why it is not the one that was asked for
    std::vector<std::string> args;
  };
  /// What came since the last time.
  struct News {
    std::string model;  ///< its id, once
    std::optional<Device> device;
    std::vector<learn::Epoch> epochs;
  };

  void begun(const std::string& model);
  void runsOn(const Device& device);
  void add(const learn::Epoch& epoch);
  News take();

 private:
  std::mutex mutex_;
  News news_;  // guarded by mutex_
};

}  // namespace lodestone::pages
