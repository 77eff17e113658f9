// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"

namespace lodestone::learn {

/// Row numbers of the two parts, each ascending.
struct Split {
  std::vector<std::int64_t> first;   ///< the part that holds round(fraction * rows)
  std::vector<std::int64_t> second;  ///< the rest
};

/// Rows 0 .. rows - 1 sorted by splitmix64(row + seed * 0x9E3779B97F4A7C15); the first round(fraction * rows)
/// are the first part, halves rounded to the even count. The published rule, so that peers can repeat it.
Split splitRows(std::int64_t rows, double fraction, std::uint64_t seed);

/// The same over groups in order of first appearance: whole groups are taken until the first part holds at
/// least round(fraction * rows) rows, so that no group stands on both sides. group[i] >= 0 is the group of
/// row i.
Split splitGroups(const std::vector<std::int32_t>& group, double fraction, std::uint64_t seed);

/// Folds 0 .. folds - 1 for cross-validation, one a row: the rows in the same order, dealt out in turn.
std::vector<int> foldRows(std::int64_t rows, int folds, std::uint64_t seed);
/// The same over groups: all rows of one group are in one fold.
std::vector<int> foldGroups(const std::vector<std::int32_t>& group, int folds, std::uint64_t seed);

}  // namespace lodestone::learn
