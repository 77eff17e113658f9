// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/json.h"
#include "core/demo/demo_shop.h"
#include "tests/core/demo/csv_table.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::demo {

/// Errors of a sample, in standard errors, that a test lets pass: 1 in 16,000 of good samples is beyond, and
/// the samples never change.
inline constexpr double kErrors = 4;

/// A clean shop large enough for its laws to show: 12,000 customers, 240,000 events, two years.
struct PlantedShop {
  test::TemporaryFolder folder;
  Json truth;
  std::int64_t first_day = 0;  ///< since 1970-01-01

  explicit PlantedShop(Language language);
  CsvTable table(std::string_view name) const;
};

/// Made once a program.
const PlantedShop& plantedShop(Language language = Language::English);

/// A share seen in a sample.
struct Share {
  double count = 0;
  double hits = 0;
  void add(bool hit) {
    ++count;
    hits += hit ? 1 : 0;
  }
  double value() const { return hits / count; }
  double variance() const { return value() * (1 - value()) / count; }
};

/// Pearson's.
double correlation(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace lodestone::demo
