// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "core/data/encoding.h"
#include "core/data/text_file.h"

namespace lodestone::data {

namespace {

constexpr Text kNotUtf8{
    "{0} is not in UTF-8: line {1} is the first that is not. Name its encoding (such as gb18030 or latin-1), "
    "or save it as UTF-8.",
    "{0} 不是 UTF-8 编码：首个无效的行是第 {1} 行。请指定其编码（如 gb18030 或 latin-1），或另存为 UTF-8。"};

/// Is there a line of no bytes at all: a line end behind another one, or at the beginning?
class EmptyLineFinder {
 public:
  bool visit(std::string_view bytes) {
    std::size_t at = 0;
    for (; at < bytes.size() && at < 2; ++at) look(bytes[at]);
    // Pieces of a fixed length, without branches: the compiler compares a whole piece at once.
    constexpr std::size_t kPiece = 64;
    for (; !found_ && at + kPiece <= bytes.size(); at += kPiece) {
      const char* piece = bytes.data() + at;
      unsigned char any = 0;
      for (std::size_t i = 0; i < kPiece; ++i)
        any |= static_cast<unsigned char>(endsEmptyLine(piece[i], *(piece + i - 1), *(piece + i - 2)));
      found_ = any != 0;
    }
    if (found_ || bytes.size() < 2) return !found_;
    last_ = bytes[at - 1];
    before_last_ = bytes[at - 2];
    for (; at < bytes.size(); ++at) look(bytes[at]);
    return !found_;
  }
  bool found() const { return found_; }

 private:
  static bool endsEmptyLine(char c, char last, char before_last) {
    return (c == '\n') & ((last == '\n') | ((last == '\r') & (before_last == '\n')));
  }
  void look(char c) {
    found_ = found_ || endsEmptyLine(c, last_, before_last_);
    before_last_ = last_;
    last_ = c;
  }
  char last_ = '\n';
  char before_last_ = '\n';
  bool found_ = false;
};

class BlankLineCounter {
 public:
  explicit BlankLineCounter(char quote) : quote_(quote) {}

  void visit(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == quote_) quoted_ = !quoted_;
      if (c == '\n' && !quoted_) {
        count_ += blank_ ? 1 : 0;
        blank_ = true;
        begun_ = false;
        continue;
      }
      begun_ = true;
      blank_ = blank_ && (c == ' ' || c == '\t' || c == '\r');
    }
  }
  std::int64_t count() const { return count_ + (blank_ && begun_ ? 1 : 0); }

 private:
  char quote_;
  bool quoted_ = false;
  bool blank_ = true;
  bool begun_ = false;
  std::int64_t count_ = 0;
};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// What comes behind a colon: minutes or seconds, perhaps a fraction, perhaps a space, then Z or a sign.
bool isZoned(std::string_view after) {
  if (after.size() < 3 || !isDigit(after[0]) || !isDigit(after[1])) return false;
  std::size_t at = 2;
  if (after[at] == '.')
    for (++at; at < after.size() && isDigit(after[at]);) ++at;
  if (at < after.size() && after[at] == ' ') ++at;
  if (at >= after.size()) return false;
  if (after[at] == 'Z' || after[at] == 'z') return true;
  return (after[at] == '+' || after[at] == '-') && at + 1 < after.size() && isDigit(after[at + 1]);
}

}  // namespace

Result<bool> TextFile::hasZonedTime(JobContext& job) const {
  constexpr std::size_t kLongest = 16;  // ":15.123456789 +0"
  bool found = false;
  std::string last;  // of the block before, as a time may lie across two
  const auto look = [&](std::string_view bytes) {
    for (std::size_t at = bytes.find(':'); at != std::string_view::npos; at = bytes.find(':', at + 1))
      if (isZoned(bytes.substr(at + 1, kLongest))) return true;
    return false;
  };
  auto scanned = scan(job, [&](std::string_view bytes) {
    last += bytes.substr(0, kLongest);
    found = look(last) || look(bytes);
    last = bytes.substr(bytes.size() - std::min(bytes.size(), kLongest));
    return !found;
  });
  if (!scanned) return forward(scanned);
  return found;
}

Result<std::int64_t> TextFile::countBlankLines(char quote, bool look_for_spaces, JobContext& job) const {
  if (!look_for_spaces) {
    EmptyLineFinder finder;
    if (auto scanned = scan(job, [&](std::string_view bytes) { return finder.visit(bytes); }); !scanned)
      return forward(scanned);
    if (!finder.found()) return 0;
  }
  BlankLineCounter counter(quote);
  auto scanned = scan(job, [&](std::string_view bytes) {
    counter.visit(bytes);
    return true;
  });
  if (!scanned) return forward(scanned);
  return counter.count();
}

Result<std::vector<std::int64_t>> TextFile::lineNumbers(const std::vector<std::int64_t>& offsets,
                                                        JobContext& job) const {
  std::vector<std::int64_t> lines;
  lines.reserve(offsets.size());
  std::int64_t line = 1;
  std::int64_t base = 0;
  auto scanned = scan(job, [&](std::string_view bytes) {
    std::size_t at = 0;
    while (lines.size() < offsets.size() &&
           offsets[lines.size()] < base + static_cast<std::int64_t>(bytes.size())) {
      const auto stop = static_cast<std::size_t>(std::max<std::int64_t>(0, offsets[lines.size()] - base));
      if (stop > at) line += std::count(bytes.data() + at, bytes.data() + stop, '\n');
      at = std::max(at, stop);
      lines.push_back(line);
    }
    line += std::count(bytes.data() + at, bytes.data() + bytes.size(), '\n');
    base += static_cast<std::int64_t>(bytes.size());
    return lines.size() < offsets.size();
  });
  if (!scanned) return forward(scanned);
  lines.resize(offsets.size(), line);
  return lines;
}

Error TextFile::notUtf8(JobContext& job) const {
  std::int64_t line = 1;
  std::string carried;
  (void)scan(job, [&](std::string_view bytes) {
    carried.append(bytes);
    const std::size_t last = carried.rfind('\n');
    const std::size_t whole = last == std::string::npos ? carried.size() : last + 1;
    const std::size_t valid = validUtf8Prefix(std::string_view(carried).substr(0, whole));
    line += std::count(carried.begin(), carried.begin() + static_cast<std::ptrdiff_t>(valid), '\n');
    carried.erase(0, whole);
    return valid == whole;
  });
  return {ErrorCode::InvalidArgument,
          kNotUtf8,
          {file_.string(), std::to_string(line)},
          {.file = file_.string(), .line = line}};
}

}  // namespace lodestone::data
