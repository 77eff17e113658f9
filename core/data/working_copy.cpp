// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/working_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "core/base/spoken.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kNoRoom{
    "Cannot make a working copy of {0} in {1}: {2}. Free some space there, or name another folder in the "
    "environment variable TMPDIR.",
    "无法在 {1} 为 {0} 创建工作副本：{2}。请释放该处空间，或用环境变量 TMPDIR 指定其他文件夹。"};

fs::path folder() {
  std::error_code error;
  const fs::path path = fs::temp_directory_path(error);
  return error ? fs::path("/tmp") : path;
}

tl::unexpected<Error> noRoom(const std::string& of, int error) {
  return fail(ErrorCode::Io, kNoRoom, {of, folder().string(), systemReason(error)}, {.file = of});
}

}  // namespace

Result<WorkingCopy> WorkingCopy::make(const std::string& of) {
  std::string pattern = (folder() / "lodestone-XXXXXX").string();
  const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor < 0) return noRoom(of, errno);
  ::unlink(pattern.c_str());
  return WorkingCopy(descriptor, of);
}

WorkingCopy::~WorkingCopy() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

WorkingCopy::WorkingCopy(WorkingCopy&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), of_(std::move(other.of_)), size_(other.size_) {}

Result<> WorkingCopy::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return noRoom(of_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += written;
  }
  return {};
}

std::string WorkingCopy::path() const {
  return "/proc/self/fd/" + std::to_string(descriptor_);
}

int WorkingCopy::release() {
  return std::exchange(descriptor_, -1);
}

std::int64_t WorkingCopy::freeSpace() {
  std::error_code error;
  const fs::space_info space = fs::space(folder(), error);
  return error ? 0 : static_cast<std::int64_t>(space.available);
}

}  // namespace lodestone::data
