// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/base/spoken.h"

namespace lodestone::data {

namespace {

constexpr Text kCannotWrite{"Cannot write {0}: {1}. Check the folder, your rights and the free space.",
                            "无法写入 {0}：{1}。请检查文件夹、权限和剩余空间。"};
constexpr Text kExists{"There is a file {0} already. Choose another name, or replace it.",
                       "文件 {0} 已存在。请另选名称，或选择替换。"};

constexpr std::size_t kBuffer = std::size_t{1} << 20U;
constexpr std::string_view kMark = ".part-";
constexpr std::size_t kRandom = 6;  // characters that mkstemp() chooses

namespace fs = std::filesystem;

/// Is a file of that name in the target's folder one of its part files? Workbooks have further ones, a sheet
/// each.
bool isPartOf(std::string_view name, std::string_view target) {
  if (!name.starts_with(target) || name.size() < target.size() + kMark.size() + kRandom) return false;
  name.remove_prefix(target.size());
  const std::string_view middle = name.substr(0, name.size() - kMark.size() - kRandom);
  return name.substr(middle.size()).starts_with(kMark) && (middle.empty() || middle.starts_with(".sheet"));
}

/// Removes the file unless somebody holds it.
bool removeStale(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool stale = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  if (stale) ::unlink(file.c_str());
  ::close(descriptor);
  return stale;
}

/// Part files of the target that killed programs left, and what they left of packing them, under the same
/// name with a point and six characters more.
void removeStaleParts(const fs::path& target) {
  const std::string name = target.filename().string();
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::vector<fs::path> packed;
  std::vector<fs::path> parts;
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    const std::string own = file->path().filename().string();
    if (!own.starts_with(name) || !file->is_regular_file(error)) continue;
    if (isPartOf(own, name)) parts.push_back(file->path());
    const std::size_t point = own.size() > kRandom + 1 ? own.size() - kRandom - 1 : 0;
    if (own[point] == '.' && isPartOf(std::string_view(own).substr(0, point), name))
      packed.push_back(file->path());
  }
  for (const fs::path& part : parts)
    if (removeStale(part))
      for (const fs::path& file : packed)
        if (file.string().starts_with(part.string() + ".")) fs::remove(file, error);
}

}  // namespace

PartFile::PartFile(const std::filesystem::path& target, const std::string& working)
    : target_(target), part_(target.string() + working) {
  if (working.empty()) removeStaleParts(target);
  part_ += std::string(kMark) + std::string(kRandom, 'X');
  make();
}

void PartFile::make() {
  const std::size_t random = part_.size() - kRandom;
  while (true) {
    part_.replace(random, kRandom, kRandom, 'X');
    descriptor_ = ::mkostemp(part_.data(), O_CLOEXEC);
    if (descriptor_ < 0) {
      error_ = errno;
      return;
    }
    ::flock(descriptor_, LOCK_EX);
    struct stat status {};
    // Another program may have taken it for a stale one before the lock was there.
    if (::fstat(descriptor_, &status) != 0 || status.st_nlink > 0) break;
    ::close(descriptor_);
  }
  ::fchmod(descriptor_, 0644);
}

PartFile::~PartFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!kept_) ::unlink(part_.c_str());
}

Result<> PartFile::made() const {
  if (descriptor_ < 0) return failure(systemReason(error_));
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

Result<> PartFile::sync() {
  int descriptor = ::open(part_.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return systemFailure();
  // Whoever wrote to path() may have put another file there, which nobody holds yet.
  const bool another = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  if (another) std::swap(descriptor_, descriptor);
  ::close(descriptor);
  if (::fsync(descriptor_) != 0) return systemFailure();
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
  return failure(systemReason(errno));
}

tl::unexpected<Error> PartFile::failure(const std::string& reason) const {
  return fail(ErrorCode::Io, kCannotWrite, {target_.string(), reason}, {.file = target_.string()});
}

}  // namespace lodestone::data
