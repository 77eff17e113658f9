// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace lodestone::data {

/// What tells that a file was written to: its size and the moment of its last change.
struct FileStamp {
  std::int64_t size = -1;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  bool operator==(const FileStamp&) const = default;

  /// That of no file where there is none.
  static FileStamp of(const std::filesystem::path& path);
};

/// Io naming the file when it is no longer as it was.
Result<> mustBeUnchanged(const std::filesystem::path& path, const FileStamp& before, const std::string& name);

}  // namespace lodestone::data
