// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/data/archive.h"
#include "core/data/working_copy.h"

namespace lodestone::data {

/// What comes out of a packed file, within the limits.
class UnpackedCopy {
 public:
  /// packed: bytes that it takes inside the archive.
  UnpackedCopy(std::string name, std::int64_t packed, const UnpackLimits& limits)
      : name_(std::move(name)), packed_(packed), limits_(limits) {}

  /// Whether so many bytes may come and have room; for sizes that an archive tells beforehand.
  Result<> expect(std::int64_t bytes) const;
  /// Whether they have room alone, for a size that may not be true.
  Result<> expectRoom(std::int64_t bytes) const;
  /// done: share of the whole, for progress.
  Result<> write(std::string_view bytes, double done, JobContext& job);
  /// A preview needs no more than there is.
  bool suffices();
  std::int64_t size() const { return copy_ ? copy_->size() : 0; }
  /// The input that holds the copy, up to the end of a line where more would follow; once.
  Result<SourceInput> finish();

 private:
  Result<> withinLimits(std::int64_t bytes) const;

  std::string name_;
  std::int64_t packed_;
  UnpackLimits limits_;
  bool looked_ = false;  ///< whether a beginning is enough
  bool cut_ = false;
  std::optional<WorkingCopy> copy_;
};

/// The file in a .gz: "tips.csv.gz" becomes "tips.csv.gz/tips.csv". Several members follow each other, as
/// the format has it. Corrupt naming the file when it is cut off, damaged, or has rubbish at its end.
Result<SourceInput> unpackGzip(const SourceInput& input, const UnpackLimits& limits, JobContext& job);

}  // namespace lodestone::data
