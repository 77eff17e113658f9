// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace lodestone::data {

namespace {

constexpr Text kCannotWrite{"Cannot write {0}: {1}. Check the folder, your rights and the free space.",
                            "无法写入 {0}：{1}。请检查文件夹、权限和剩余空间。"};
constexpr Text kExists{"There is a file {0} already. Choose another name, or replace it.",
                       "文件 {0} 已存在。请另选名称，或选择替换。"};

constexpr std::size_t kBuffer = std::size_t{1} << 20U;

}  // namespace

PartFile::PartFile(const std::filesystem::path& target, const std::string& working)
    : target_(target), part_(target.string() + working + ".part-XXXXXX") {
  descriptor_ = ::mkstemp(part_.data());
  if (descriptor_ < 0)
    error_ = errno;
  else
    ::fchmod(descriptor_, 0644);
}

PartFile::~PartFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!kept_) ::unlink(part_.c_str());
}

Result<> PartFile::made() const {
  if (descriptor_ < 0) return failure(std::strerror(error_));
  return {};
}

Result<> PartFile::write(std::string_view bytes) {
  if (descriptor_ < 0) return made();
  buffer_ += bytes;
  return buffer_.size() < kBuffer ? Result<>() : flush();
}

Result<> PartFile::keep(OnExistingFile on_existing) {
  if (auto flushed = flush(); !flushed) return flushed;
  if (auto synced = sync(); !synced) return synced;
  const unsigned flags = on_existing == OnExistingFile::Fail ? RENAME_NOREPLACE : 0;
  if (::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, target_.c_str(), flags) != 0) {
    if (errno == EEXIST && flags != 0)
      return fail(ErrorCode::AlreadyExists, kExists, {target_.string()}, {.file = target_.string()});
    // File systems that know no flags; whether the file was there has been looked at before the work.
    if (errno != EINVAL || ::rename(part_.c_str(), target_.c_str()) != 0) return systemFailure();
  }
  kept_ = true;
  return {};
}

Result<> PartFile::sync() const {
  // Whoever wrote to path() may have put another file there.
  const int descriptor = ::open(part_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return systemFailure();
  const bool synced = ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!synced) return failure(std::strerror(error));
  return {};
}

Result<> PartFile::flush() {
  if (descriptor_ < 0) return made();
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return systemFailure();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

tl::unexpected<Error> PartFile::systemFailure() const {
  return failure(std::strerror(errno));
}

tl::unexpected<Error> PartFile::failure(const std::string& reason) const {
  return fail(ErrorCode::Io, kCannotWrite, {target_.string(), reason}, {.file = target_.string()});
}

}  // namespace lodestone::data
