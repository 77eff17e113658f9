// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/split.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/hash.h"

namespace lodestone::learn {

namespace {

using Place = std::pair<std::uint64_t, std::int64_t>;  // hash, number

std::vector<Place> places(std::int64_t count, std::uint64_t seed) {
  std::vector<Place> out;
  out.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    out.emplace_back(splitmix64(static_cast<std::uint64_t>(i) + seed * kGoldenGamma), i);
  return out;
}

/// Numbers 0 .. count - 1 in the order of their hashes.
std::vector<std::int64_t> hashOrder(std::int64_t count, std::uint64_t seed) {
  std::vector<Place> all = places(count, seed);
  std::sort(all.begin(), all.end());
  std::vector<std::int64_t> order;
  order.reserve(all.size());
  for (const Place& place : all) order.push_back(place.second);
  return order;
}

std::int64_t sizeOfFirst(std::size_t rows, double fraction) {
  const double size = std::nearbyint(fraction * static_cast<double>(rows));
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(size), 0, static_cast<std::int64_t>(rows));
}

/// Groups are numbered by first appearance, whatever numbers they came with.
std::vector<std::int64_t> byFirstAppearance(const std::vector<std::int32_t>& group, std::int64_t& count) {
  const std::int32_t largest = group.empty() ? -1 : *std::max_element(group.begin(), group.end());
  std::vector<std::int64_t> number_of(static_cast<std::size_t>(largest + 1), -1);
  std::vector<std::int64_t> out;
  out.reserve(group.size());
  count = 0;
  for (const std::int32_t id : group) {
    std::int64_t& number = number_of[static_cast<std::size_t>(id)];
    if (number < 0) number = count++;
    out.push_back(number);
  }
  return out;
}

Split splitWhere(const std::vector<bool>& in_first) {
  Split split;
  for (std::size_t i = 0; i < in_first.size(); ++i)
    (in_first[i] ? split.first : split.second).push_back(static_cast<std::int64_t>(i));
  return split;
}

}  // namespace

Split splitRows(std::int64_t rows, double fraction, std::uint64_t seed) {
  std::vector<Place> all = places(rows, seed);
  const auto size = sizeOfFirst(all.size(), fraction);
  std::nth_element(all.begin(), all.begin() + size, all.end());
  std::vector<bool> in_first(all.size());
  for (std::int64_t i = 0; i < size; ++i)
    in_first[static_cast<std::size_t>(all[static_cast<std::size_t>(i)].second)] = true;
  return splitWhere(in_first);
}

Split splitGroups(const std::vector<std::int32_t>& group, double fraction, std::uint64_t seed) {
  std::int64_t count = 0;
  const std::vector<std::int64_t> number = byFirstAppearance(group, count);
  std::vector<std::int64_t> rows_of(static_cast<std::size_t>(count));
  for (const std::int64_t g : number) ++rows_of[static_cast<std::size_t>(g)];
  const std::int64_t wanted = sizeOfFirst(group.size(), fraction);
  std::vector<bool> taken(static_cast<std::size_t>(count));
  std::int64_t rows = 0;
  for (const std::int64_t g : hashOrder(count, seed)) {
    if (rows >= wanted) break;
    taken[static_cast<std::size_t>(g)] = true;
    rows += rows_of[static_cast<std::size_t>(g)];
  }
  std::vector<bool> in_first(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) in_first[i] = taken[static_cast<std::size_t>(number[i])];
  return splitWhere(in_first);
}

std::vector<int> foldRows(std::int64_t rows, int folds, std::uint64_t seed) {
  std::vector<int> fold(static_cast<std::size_t>(rows));
  int next = 0;
  for (const std::int64_t row : hashOrder(rows, seed)) {
    fold[static_cast<std::size_t>(row)] = next;
    next = (next + 1) % folds;
  }
  return fold;
}

std::vector<int> foldGroups(const std::vector<std::int32_t>& group, int folds, std::uint64_t seed) {
  std::int64_t count = 0;
  const std::vector<std::int64_t> number = byFirstAppearance(group, count);
  const std::vector<int> fold_of = foldRows(count, folds, seed);
  std::vector<int> fold;
  fold.reserve(group.size());
  for (const std::int64_t g : number) fold.push_back(fold_of[static_cast<std::size_t>(g)]);
  return fold;
}

}  // namespace lodestone::learn
