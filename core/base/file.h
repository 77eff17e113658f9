// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lodestone {

/// The whole file. NotFound, or Io naming the file.
Result<std::string> readFile(const std::filesystem::path& path);

/// Writes beside the target, flushes to disk, then renames: a reader sees the old file or the new one, never
/// half.
Result<> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// Makes the folder and its parents. Io naming the folder.
Result<> makeFolder(const std::filesystem::path& path);

/// A text as part of a file name: letters, digits, '-', '_', '.', and everything beyond ASCII stay; the rest
/// is '_'.
std::string safeFileName(std::string_view text);

}  // namespace lodestone
