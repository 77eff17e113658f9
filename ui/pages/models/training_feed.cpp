// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/training_feed.h"

#include <utility>

namespace lodestone::pages {

void TrainingFeed::begun(const std::string& model) {
  const std::lock_guard lock(mutex_);
  news_.model = model;
}

void TrainingFeed::runsOn(const Device& device) {
  const std::lock_guard lock(mutex_);
  news_.device = device;
}

void TrainingFeed::add(const learn::Epoch& epoch) {
  const std::lock_guard lock(mutex_);
  news_.epochs.push_back(epoch);
}

TrainingFeed::News TrainingFeed::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

}  // namespace lodestone::pages
