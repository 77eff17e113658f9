// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glob.h>

#include <algorithm>

#include "core/data/import.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kNoMatch{"No file matches '{0}'. Check the path.", "没有文件与“{0}”匹配。请检查路径。"};
constexpr Text kEmptyFolder{"Folder {0} has no files.", "文件夹 {0} 中没有文件。"};

std::vector<std::string> filesIn(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error) && !entry.path().filename().string().starts_with("."))
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<std::string>> expandFiles(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    std::error_code error;
    if (fs::is_directory(name, error)) {
      const std::vector<std::string> inside = filesIn(name);
      if (inside.empty()) return fail(ErrorCode::NotFound, kEmptyFolder, {name}, {.file = name});
      files.insert(files.end(), inside.begin(), inside.end());
      continue;
    }
    // A file may be called "a[1].csv".
    if (name.find("://") != std::string::npos || name.find_first_of("*?[") == std::string::npos ||
        fs::exists(name, error)) {
      files.push_back(name);
      continue;
    }
    glob_t found = {};
    const int status = ::glob(name.c_str(), 0, nullptr, &found);
    for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i)
      if (!fs::is_directory(found.gl_pathv[i], error)) files.emplace_back(found.gl_pathv[i]);
    ::globfree(&found);
    if (status != 0) return fail(ErrorCode::NotFound, kNoMatch, {name}, {.file = name});
  }
  return files;
}

}  // namespace lodestone::data
