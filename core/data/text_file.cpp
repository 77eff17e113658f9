// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_file.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/text.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kEmpty{"{0} is empty: there is nothing to import.", "{0} 是空文件，没有可导入的内容。"};
constexpr Text kCannotRead{"Cannot read {0}: {1}.", "无法读取 {0}：{1}。"};
constexpr Text kBinary{"{0} is not a text file (a zero byte is in line {1}). Export it as CSV first.",
                       "{0} 不是文本文件（第 {1} 行含有零字节）。请先导出为 CSV。"};
constexpr Text kNotUtf8{
    "{0} is not in UTF-8: line {1} is the first that is not. Name its encoding (such as gb18030 or latin-1), "
    "or save "
    "it as UTF-8.",
    "{0} 不是 UTF-8 编码：首个无效的行是第 {1} 行。请指定其编码（如 gb18030 或 latin-1），或另存为 UTF-8。"};
constexpr Text kUnknownEncoding{"No encoding is known as {0}. Use utf-8, utf-16, latin-1, gb18030 or big5.",
                                "未知的编码 {0}。请使用 utf-8、utf-16、latin-1、gb18030 或 big5。"};
constexpr Text kNotInEncoding{"{0} is not in {1}: byte {2} does not belong to it. Name another encoding.",
                              "{0} 不是 {1} 编码：第 {2} 个字节无效。请指定其他编码。"};
constexpr Text kNoRoom{"Cannot make a working copy of {0}: {1}. Free some disk space.",
                       "无法为 {0} 创建工作副本：{1}。请释放磁盘空间。"};
constexpr Text kScanning{"Reading {0}", "正在读取 {0}"};

constexpr std::size_t kHeadSize = std::size_t{4} << 20U;
constexpr std::size_t kBlockSize = std::size_t{1} << 20U;
constexpr std::size_t kPieceSize = std::size_t{256} << 10U;
constexpr int kPieces = 16;

tl::unexpected<Error> readFailure(const fs::path& file, int error) {
  return fail(ErrorCode::Io, kCannotRead, {file.string(), std::strerror(error)}, {.file = file.string()});
}

/// A file without a name, for reading and writing.
int namelessFile() {
  std::string pattern = (fs::temp_directory_path() / "lodestone-XXXXXX").string();
  const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(pattern.c_str());
  return descriptor;
}

bool writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

struct Encoding {
  std::string name;    ///< as we tell it
  std::string system;  ///< as iconv knows it; empty for UTF-8
};

Encoding encodingNamed(const std::string& given) {
  const std::string name = lowerAscii(trim(given));
  if (name == "utf-8" || name == "utf8" || name == "utf-8-sig") return {"utf-8", ""};
  if (name == "latin-1" || name == "latin1" || name == "iso-8859-1") return {"latin-1", "ISO-8859-1"};
  if (name == "utf-16" || name == "utf16") return {"utf-16", "UTF-16"};
  if (name == "gbk" || name == "gb2312" || name == "gb18030") return {name, "GB18030"};
  return {name, name};
}

Encoding markedEncoding(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return {"utf-16", "UTF-16"};
  return {"utf-8", ""};
}

}  // namespace

std::size_t validUtf8Prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    if (byte < 0xC2 || byte > 0xF4) return at;
    if (at + length > text.size()) {
      const bool cut = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(),
                                   [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
      return cut ? text.size() : at;
    }
    if (toValidUtf8(text.substr(at, length)) != text.substr(at, length)) return at;
    at += length;
  }
  return at;
}

TextFile::~TextFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

TextFile::TextFile(TextFile&& other) noexcept
    : file_(std::move(other.file_)),
      hold_(std::move(other.hold_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      mark_(other.mark_),
      encoding_(std::move(other.encoding_)),
      head_(std::move(other.head_)),
      head_is_all_(other.head_is_all_) {}

std::string TextFile::readablePath() const {
  return "/proc/self/fd/" + std::to_string(descriptor_);
}

Result<TextFile> TextFile::open(const SourceInput& input, const ImportOptions& options, JobContext& job) {
  const fs::path& file = input.name;
  const Where where{.file = file.string()};
  TextFile source;
  source.file_ = file;
  source.hold_ = input.hold;
  const int descriptor = ::open(input.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return readFailure(file, errno);
  if (auto adopted = source.adopt(descriptor); !adopted) return forward(adopted);
  if (source.size_ == 0) return fail(ErrorCode::InvalidArgument, kEmpty, {file.string()}, where);

  const Encoding encoding = options.encoding && lowerAscii(*options.encoding) != "auto"
                                ? encodingNamed(*options.encoding)
                                : markedEncoding(source.bytesAt(0, 4));
  source.encoding_ = encoding.name;
  if (!encoding.system.empty())
    if (auto done = source.recode(encoding.system, job); !done) return forward(done);
  if (auto read = source.readHead(); !read) return forward(read);
  if (const auto zero = source.head_.find('\0'); zero != std::string::npos) {
    const auto line =
        1 + std::count(source.head_.begin(), source.head_.begin() + static_cast<std::ptrdiff_t>(zero), '\n');
    return fail(ErrorCode::InvalidArgument, kBinary, {file.string(), std::to_string(line)},
                {.file = file.string(), .line = line});
  }
  if (validUtf8Prefix(source.head_) != source.head_.size()) return tl::unexpected<Error>(source.notUtf8(job));
  if (trim(source.head_).empty() && source.head_is_all_)
    return fail(ErrorCode::InvalidArgument, kEmpty, {file.string()}, where);
  return source;
}

Result<> TextFile::adopt(int descriptor) {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = descriptor;
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return readFailure(file_, errno);
  size_ = status.st_size;
  return {};
}

Result<> TextFile::readHead() {
  head_ = bytesAt(0, kHeadSize);
  head_is_all_ = static_cast<std::int64_t>(head_.size()) >= size_;
  mark_ = head_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  head_.erase(0, static_cast<std::size_t>(mark_));
  if (head_is_all_) return {};
  const std::size_t last = head_.find_last_of("\n\r");
  if (last != std::string::npos) head_.resize(last + 1);
  return {};
}

std::string TextFile::bytesAt(std::int64_t offset, std::size_t length) const {
  std::string bytes(length, '\0');
  std::size_t got = 0;
  while (got < length) {
    const ssize_t count =
        ::pread(descriptor_, bytes.data() + got, length - got, offset + static_cast<std::int64_t>(got));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += static_cast<std::size_t>(count);
  }
  bytes.resize(got);
  return bytes;
}

std::vector<std::string> TextFile::pieces() const {
  std::vector<std::string> out;
  const auto begin = static_cast<std::int64_t>(head_.size());
  if (head_is_all_) return out;
  for (int i = 0; i < kPieces; ++i) {
    const std::int64_t offset = begin + (size_ - begin) * i / kPieces;
    std::string piece = bytesAt(offset, kPieceSize);
    const std::size_t first = piece.find('\n');
    const std::size_t last = piece.rfind('\n');
    if (first == std::string::npos || last <= first) continue;
    out.push_back(piece.substr(first + 1, last - first));
  }
  return out;
}

Result<> TextFile::scan(JobContext& job, const Visitor& visit) const {
  std::string block(kBlockSize, '\0');
  std::int64_t offset = 0;
  while (offset < size_) {
    if (auto go = job.checkpoint(); !go) return go;
    const ssize_t count = ::pread(descriptor_, block.data(), block.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return readFailure(file_, errno);
    if (count == 0) break;
    if (!visit(std::string_view(block).substr(0, static_cast<std::size_t>(count)))) break;
    offset += count;
  }
  return {};
}

Result<> TextFile::recode(const std::string& from, JobContext& job) {
  const iconv_t converter = ::iconv_open("UTF-8", from.c_str());
  // NOLINTNEXTLINE: iconv's own way to say "none"
  if (converter == reinterpret_cast<iconv_t>(-1))
    return fail(ErrorCode::InvalidArgument, kUnknownEncoding, {encoding_}, {.file = file_.string()});
  const int copy = namelessFile();
  bool wrote = copy >= 0;
  int wrote_error = errno;
  std::string carried;
  std::string out(4 * kBlockSize, '\0');
  std::int64_t consumed = 0;
  bool fits = true;
  auto scanned = scan(job, [&](std::string_view bytes) {
    carried.append(bytes);
    char* in = carried.data();
    std::size_t left = carried.size();
    while (wrote && fits && left > 0) {
      char* end = out.data();
      std::size_t room = out.size();
      const std::size_t status = ::iconv(converter, &in, &left, &end, &room);
      const int reason = errno;
      wrote = writeAll(copy, {out.data(), out.size() - room});
      if (!wrote) wrote_error = errno;
      if (status != static_cast<std::size_t>(-1) || reason == EINVAL) break;
      fits = reason == E2BIG;
    }
    consumed += static_cast<std::int64_t>(carried.size() - left);
    carried.erase(0, carried.size() - left);
    job.report(static_cast<double>(consumed) / static_cast<double>(size_), kScanning,
               {file_.filename().string()});
    return wrote && fits;
  });
  ::iconv_close(converter);
  fits = fits && carried.empty();
  if (scanned && wrote && fits) return adopt(copy);
  if (copy >= 0) ::close(copy);
  if (!scanned) return scanned;
  if (!wrote)
    return fail(ErrorCode::Io, kNoRoom, {file_.string(), std::strerror(wrote_error)},
                {.file = file_.string()});
  return fail(ErrorCode::InvalidArgument, kNotInEncoding,
              {file_.string(), encoding_, std::to_string(consumed + 1)}, {.file = file_.string()});
}

Result<> TextFile::evenLineEnds(char quote, JobContext& job) {
  const int copy = namelessFile();
  bool wrote = copy >= 0;
  bool quoted = false;
  bool after_return = false;
  std::string out;
  auto scanned = scan(job, [&](std::string_view bytes) {
    out.clear();
    for (const char c : bytes) {
      if (c == quote) quoted = !quoted;
      const bool swallowed = c == '\n' && after_return && !quoted;
      after_return = c == '\r' && !quoted;
      if (!swallowed) out += after_return ? '\n' : c;
    }
    wrote = wrote && writeAll(copy, out);
    return wrote;
  });
  if (scanned && wrote) {
    if (auto adopted = adopt(copy); !adopted) return adopted;
    return readHead();
  }
  const int error = errno;
  if (copy >= 0) ::close(copy);
  if (!scanned) return scanned;
  return fail(ErrorCode::Io, kNoRoom, {file_.string(), std::strerror(error)}, {.file = file_.string()});
}

namespace {

/// Is there a line of no bytes at all? Reads nothing but pairs of bytes, so that most files cost next to
/// nothing.
class EmptyLineFinder {
 public:
  bool visit(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size() && !found_;) {
      const auto* end = static_cast<const char*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
      const std::size_t stop = end == nullptr ? bytes.size() : static_cast<std::size_t>(end - bytes.data());
      const bool only_return = stop - at == 1 && bytes[at] == '\r';
      blank_so_far_ = blank_so_far_ && (stop == at || only_return);
      if (end == nullptr) break;
      found_ = blank_so_far_;
      blank_so_far_ = true;
      at = stop + 1;
    }
    return !found_;
  }
  bool found() const { return found_; }

 private:
  bool blank_so_far_ = true;
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

}  // namespace

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
