// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>

#include "core/base/spoken.h"

namespace lodestone {

namespace fs = std::filesystem;

namespace {

constexpr Text kNoSuchFile{"There is no file {0}. Check the path.", "找不到文件 {0}。请检查路径。"};
constexpr Text kIsFolder{"{0} is a folder; a file is expected here.", "{0} 是文件夹；这里需要一个文件。"};
constexpr Text kCannotRead{"Cannot read {0}: {1}.", "无法读取 {0}：{1}。"};
constexpr Text kCannotWrite{"Cannot write {0}: {1}. Check the free space and your rights there.",
                            "无法写入 {0}：{1}。请检查磁盘空间和权限。"};

tl::unexpected<Error> ioFailure(const Text& text, const fs::path& path, int error) {
  return fail(ErrorCode::Io, text, {path.string(), systemReason(error)}, {.file = path.string()});
}

Result<> writeAll(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return ioFailure(kCannotWrite, path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file) != 0) return ioFailure(kCannotWrite, path, errno);
  return {};
}

}  // namespace

Result<std::string> readFile(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error))
    return fail(ErrorCode::NotFound, kNoSuchFile, {path.string()}, {.file = path.string()});
  if (fs::is_directory(path, error))
    return fail(ErrorCode::InvalidArgument, kIsFolder, {path.string()}, {.file = path.string()});
  std::ifstream in(path, std::ios::binary);
  if (!in) return ioFailure(kCannotRead, path, errno);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return ioFailure(kCannotRead, path, errno);
  return bytes;
}

Result<> writeFileAtomically(const fs::path& path, std::string_view bytes) {
  std::string pattern = path.string() + ".part-XXXXXX";
  const int file = ::mkstemp(pattern.data());
  if (file < 0) return ioFailure(kCannotWrite, path, errno);
  ::fchmod(file, 0644);
  auto written = writeAll(file, bytes, path);
  ::close(file);
  if (written && ::rename(pattern.c_str(), path.c_str()) != 0) written = ioFailure(kCannotWrite, path, errno);
  if (!written) {
    ::unlink(pattern.c_str());
    return written;
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
  return {};
}

Result<> makeFolder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error && !fs::is_directory(path))
    return fail(ErrorCode::Io, kCannotWrite, {path.string(), systemReason(error.value())},
                {.file = path.string()});
  return {};
}

std::string safeFileName(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || (static_cast<unsigned char>(c) & 0x80U) != 0;
    out += plain ? c : '_';
  }
  if (out.empty() || out[0] == '.') out.insert(out.begin(), '_');
  return out;
}

}  // namespace lodestone
