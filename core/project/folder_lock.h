// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace lodestone::project {

/// One writer a folder: the kernel's lock on project.lock, held while this lives. A killed program leaves
/// none; a program that it starts inherits none.
class FolderLock {
 public:
  /// Locked names the program that holds it, its pid and host, and since when. The folder must be there.
  static Result<FolderLock> acquire(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

  /// Puts project.lock back as it was found: for a folder that turned out not to be ours to open.
  void discard();

 private:
  FolderLock(int file, std::filesystem::path path, bool made)
      : file_(file), path_(std::move(path)), made_(made) {}

  int file_;
  std::filesystem::path path_;
  bool made_;           ///< the file was not there before
  std::string before_;  ///< what it said before
};

}  // namespace lodestone::project
