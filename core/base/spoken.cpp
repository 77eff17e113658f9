// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spoken.h"

#include <cerrno>
#include <system_error>

namespace lodestone {

namespace {

// Signs of control that no file, table or chart has in a text that people see.
constexpr char kBegin = '\x1D';
constexpr char kBetween = '\x1E';
constexpr char kEnd = '\x1F';

struct Reason {
  int error;
  Text text;
};

// The English is the system's own.
constexpr Reason kReasons[] = {
    {ENOENT, {"No such file or directory", "文件或文件夹不存在"}},
    {EACCES, {"Permission denied", "没有访问权限"}},
    {EPERM, {"Operation not permitted", "不允许该操作"}},
    {ENOSPC, {"No space left on device", "磁盘空间不足"}},
    {EDQUOT, {"Disk quota exceeded", "超出磁盘配额"}},
    {EISDIR, {"Is a directory", "这是一个文件夹"}},
    {ENOTDIR, {"Not a directory", "这不是文件夹"}},
    {EEXIST, {"File exists", "文件已存在"}},
    {ENOTEMPTY, {"Directory not empty", "文件夹不为空"}},
    {EROFS, {"Read-only file system", "文件系统为只读"}},
    {EMFILE, {"Too many open files", "打开的文件过多"}},
    {EIO, {"Input/output error", "输入/输出错误"}},
    {ENAMETOOLONG, {"File name too long", "文件名过长"}},
    {ELOOP, {"Too many levels of symbolic links", "符号链接层数过多"}},
};

}  // namespace

std::string spoken(std::string_view english, std::string_view chinese) {
  std::string argument;
  argument.append(1, kBegin).append(english).append(1, kBetween).append(chinese).append(1, kEnd);
  return argument;
}

std::string spokenIn(std::string_view argument, Language language) {
  std::string said;
  while (true) {
    const std::size_t begin = argument.find(kBegin);
    const std::size_t between = argument.find(kBetween, begin);
    const std::size_t end = argument.find(kEnd, between);
    if (begin == std::string_view::npos || between == std::string_view::npos || end == std::string_view::npos)
      return said.append(argument);
    said += argument.substr(0, begin);
    said += language == Language::Chinese ? argument.substr(between + 1, end - between - 1)
                                          : argument.substr(begin + 1, between - begin - 1);
    argument.remove_prefix(end + 1);
  }
}

std::string systemReason(int error) {
  for (const Reason& reason : kReasons)
    if (reason.error == error) return spoken(reason.text);
  return std::generic_category().message(error);
}

}  // namespace lodestone
