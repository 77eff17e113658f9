// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lodestone::data {

enum class OnExistingFile { Fail, Replace };

/// A file that takes its name only when it is whole: it is written beside its target under another name, and
/// is gone where it is not kept. Either through write(), or by whoever opens path(). What a killed program
/// left of the same target goes when the next one is made; a lock (flock) shows which ones somebody still
/// writes.
class PartFile {
 public:
  /// working: goes into the other name, where there are several files for one target.
  explicit PartFile(const std::filesystem::path& target, const std::string& working = "");
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Io naming the target where it could not be made.
  Result<> made() const;
  Result<> write(std::string_view bytes);
  /// What was written so far is in path().
  Result<> flush();
  /// Flushes to the disk and takes the name. AlreadyExists where a file of that name may not be replaced.
  Result<> keep(OnExistingFile on_existing = OnExistingFile::Replace);

  const std::filesystem::path& target() const { return target_; }
  /// Where the bytes are until they are kept.
  const std::string& path() const { return part_; }
  /// Io naming the target, with a reason of its own.
  tl::unexpected<Error> failure(const std::string& reason) const;

 private:
  void make();
  Result<> sync();
  tl::unexpected<Error> systemFailure() const;

  std::filesystem::path target_;
  std::string part_;
  std::string buffer_;
  int descriptor_ = -1;  ///< holds the lock
  int error_ = 0;        ///< why it could not be made
  bool kept_ = false;
};

}  // namespace lodestone::data
