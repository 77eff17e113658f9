// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "core/base/file.h"
#include "core/base/spoken.h"
#include "core/base/time.h"

namespace lodestone::project {

namespace {

constexpr Text kLocked{
    "The project {0} is open in {2} (process {1}) on {3} since {4}. Close it there and try again.",
    "项目 {0} 自 {4} 起已在 {3} 的 {2}（进程 {1}）中打开。请在那里关闭后重试。"};
constexpr Text kLockedByOlder{"The project {0} is open in {2} (process {1}). Close it there and try again.",
                              "项目 {0} 已在 {2}（进程 {1}）中打开。请在那里关闭后重试。"};
constexpr Text kLockedByUnknown{"The project {0} is open in another program. Close it there and try again.",
                                "项目 {0} 已在另一个程序中打开。请在那里关闭后重试。"};
constexpr Text kCannotLock{
    "Cannot lock {0}: {1}. Check that you may write there and that its disk supports locks.",
    "无法锁定 {0}：{1}。请检查写入权限以及磁盘是否支持文件锁。"};

tl::unexpected<Error> cannotLock(const std::filesystem::path& path, int error) {
  return fail(ErrorCode::Io, kCannotLock, {path.string(), systemReason(error)}, {.file = path.string()});
}

/// "PID PROGRAM\nHOST SINCE\n"; older programs write the first line alone.
std::string readHolder(int file) {
  std::array<char, 512> buffer{};
  const ssize_t count = ::pread(file, buffer.data(), buffer.size(), 0);
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

tl::unexpected<Error> lockedBy(int file, const std::filesystem::path& folder) {
  std::string holder = readHolder(file);
  // The holder writes its name just after it got the lock.
  for (int i = 0; i < 20 && holder.find('\n') == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    holder = readHolder(file);
  }
  const std::size_t space = holder.find(' ');
  const std::size_t end = holder.find('\n');
  if (end == std::string::npos || space > end)
    return fail(ErrorCode::Locked, kLockedByUnknown, {folder.string()}, {.file = folder.string()});
  const std::string pid = holder.substr(0, space);
  const std::string program = toValidUtf8(holder.substr(space + 1, end - space - 1));
  const std::size_t gap = holder.find(' ', end);
  const std::size_t last = holder.find('\n', end + 1);
  if (last == std::string::npos || gap > last)
    return fail(ErrorCode::Locked, kLockedByOlder, {folder.string(), pid, program},
                {.file = folder.string()});
  const std::string host = toValidUtf8(holder.substr(end + 1, gap - end - 1));
  const std::string since = toValidUtf8(holder.substr(gap + 1, last - gap - 1));
  return fail(ErrorCode::Locked, kLocked, {folder.string(), pid, program, host, since},
              {.file = folder.string()});
}

bool isStill(int file, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

bool rewrite(int file, std::string_view text) {
  return ::ftruncate(file, 0) == 0 &&
         ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

std::string thisProgram() {
  const auto program = readFile("/proc/self/comm");
  const std::string name = program && !trim(*program).empty() ? std::string(trim(*program)) : "lodestone";
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0 || host[0] == '\0') host = {'?'};
  return std::to_string(::getpid()) + " " + name + "\n" + host.data() + " " + nowUtc() + "\n";
}

}  // namespace

Result<FolderLock> FolderLock::acquire(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "project.lock";
  while (true) {
    constexpr int kFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    int file = ::open(path.c_str(), kFlags);
    bool made = false;
    if (file < 0 && errno == ENOENT) {
      file = ::open(path.c_str(), kFlags | O_CREAT | O_EXCL, 0644);
      made = file >= 0;
      if (file < 0 && errno == EEXIST) continue;
    }
    if (file < 0) return cannotLock(path, errno);
    FolderLock lock(file, path, made);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return lockedBy(file, folder);
      return cannotLock(path, errno);
    }
    // Between opening and locking, another program may have taken the file away: then this lock guards
    // nothing.
    if (!isStill(file, path)) continue;
    lock.before_ = readHolder(file);
    if (!rewrite(file, thisProgram())) return cannotLock(path, errno);
    return lock;
  }
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      made_(other.made_),
      before_(std::move(other.before_)) {}

void FolderLock::discard() {
  if (made_)
    ::unlink(path_.c_str());
  else
    rewrite(file_, before_);
}

}  // namespace lodestone::project
