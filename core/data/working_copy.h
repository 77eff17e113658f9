// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lodestone::data {

/// A file in the folder for temporary files (TMPDIR) that has no name: it is gone with this object, even
/// after a kill.
class WorkingCopy {
 public:
  /// of: what it is a copy of, for errors. Io when there is no room.
  static Result<WorkingCopy> make(const std::string& of);
  ~WorkingCopy();
  WorkingCopy(WorkingCopy&& other) noexcept;
  WorkingCopy& operator=(WorkingCopy&&) = delete;

  /// Adds bytes at its end. Io when there is no room.
  Result<> write(std::string_view bytes);
  std::int64_t size() const { return size_; }
  int descriptor() const { return descriptor_; }
  /// A path under which it can be opened while this lives.
  std::string path() const;
  /// The caller's from now on; to be closed.
  int release();

  /// Bytes that fit into the folder for temporary files.
  static std::int64_t freeSpace();

 private:
  WorkingCopy(int descriptor, std::string of) : descriptor_(descriptor), of_(std::move(of)) {}
  int descriptor_;
  std::string of_;
  std::int64_t size_ = 0;
};

}  // namespace lodestone::data
