// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/repeats.h"

#include <algorithm>
#include <bit>

#include "core/base/text.h"
#include "core/data/profile_values.h"

namespace lodestone::data {

namespace {

constexpr unsigned kFewestBits = 16;  // as powers of two
constexpr unsigned kMostBits = 31;

/// A set of hashes that sometimes takes a new one for a known one, and never a known one for new.
class Bitmap {
 public:
  explicit Bitmap(std::int64_t rows)
      : bits_(std::clamp(static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(rows))) + 4,
                         kFewestBits, kMostBits)),
        words_(std::size_t{1} << (bits_ - 6)) {}

  bool has(std::uint64_t hash) const { return (words_[wordOf(hash)] & maskOf(hash)) != 0; }
  /// Was it there already?
  bool add(std::uint64_t hash) {
    std::uint64_t& word = words_[wordOf(hash)];
    const std::uint64_t before = word;
    word |= maskOf(hash);
    return before == word;
  }

 private:
  std::size_t wordOf(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> (64 - bits_ + 6)); }
  std::uint64_t maskOf(std::uint64_t hash) const { return std::uint64_t{1} << ((hash >> (64 - bits_)) & 63); }

  unsigned bits_;
  std::vector<std::uint64_t> words_;
};

void makeUnique(std::vector<std::uint64_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

/// The hashes whose bit was taken already: all that occur twice, and some that do not.
Result<std::vector<std::uint64_t>> findSuspects(Session& session, const std::string& sql, std::int64_t rows,
                                                JobContext& job) {
  constexpr std::size_t kTidyAt = std::size_t{1} << 20;
  Bitmap seen(rows);
  std::vector<std::uint64_t> suspects;
  std::size_t tidy_at = kTidyAt;
  const auto take = [&](std::span<const VectorView> views, idx_t size) {
    for (idx_t row = 0; row < size; ++row)
      if (const auto hash = views[0].at<std::uint64_t>(row); seen.add(hash)) suspects.push_back(hash);
    if (suspects.size() < tidy_at) return;
    makeUnique(suspects);
    tidy_at = std::max(kTidyAt, 2 * suspects.size());
  };
  if (auto read = eachChunk(session, sql, job, take); !read) return forward(read);
  makeUnique(suspects);
  return suspects;
}

}  // namespace

Result<std::int64_t> countRepeats(Session& session, const TableName& table, std::int64_t rows,
                                  const std::vector<std::string>& columns, JobContext& job) {
  if (columns.empty() || rows < 2) return 0;
  const std::string sql = "SELECT hash(" + join(columns, ", ") + ") FROM " + quoted(table);
  const auto suspects = findSuspects(session, sql, rows, job);
  if (!suspects) return forward(suspects);
  if (suspects->empty()) return 0;

  Bitmap suspected(static_cast<std::int64_t>(suspects->size()));
  for (const std::uint64_t hash : *suspects) suspected.add(hash);
  std::vector<bool> met(suspects->size());
  std::int64_t repeats = 0;
  const auto take = [&](std::span<const VectorView> views, idx_t size) {
    for (idx_t row = 0; row < size; ++row) {
      const auto hash = views[0].at<std::uint64_t>(row);
      if (!suspected.has(hash)) continue;
      const auto place = std::lower_bound(suspects->begin(), suspects->end(), hash);
      if (place == suspects->end() || *place != hash) continue;
      const auto at = static_cast<std::size_t>(place - suspects->begin());
      if (met[at]) ++repeats;
      met[at] = true;
    }
  };
  if (auto read = eachChunk(session, sql, job, take); !read) return forward(read);
  return repeats;
}

}  // namespace lodestone::data
