// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_stamp.h"

#include <sys/stat.h>

namespace lodestone::data {

namespace {

constexpr Text kChanged{
    "{0} changed while it was read, so that nothing was imported. Import it again when it is complete.",
    "{0} 在读取过程中被改动，因此未导入任何内容。请在文件写完后重新导入。"};

}  // namespace

FileStamp FileStamp::of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {.size = status.st_size, .seconds = status.st_mtim.tv_sec, .nanoseconds = status.st_mtim.tv_nsec};
}

Result<> mustBeUnchanged(const std::filesystem::path& path, const FileStamp& before,
                         const std::string& name) {
  if (FileStamp::of(path) == before) return {};
  return fail(ErrorCode::Io, kChanged, {name}, {.file = name});
}

}  // namespace lodestone::data
