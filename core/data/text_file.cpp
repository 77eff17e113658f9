// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <numeric>

#include "core/base/spoken.h"
#include "core/base/text.h"
#include "core/data/encoding.h"
#include "core/data/working_copy.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kEmpty{"{0} is empty: there is nothing to import.", "{0} 是空文件，没有可导入的内容。"};
constexpr Text kCannotRead{"Cannot read {0}: {1}.", "无法读取 {0}：{1}。"};
constexpr Text kBinary{
    "{0} is not a text file: its beginning is mostly bytes that no text has. Export it as CSV first.",
    "{0} 不是文本文件：其开头大部分字节不会出现在文本中。请先导出为 CSV。"};
constexpr Text kNotInEncoding{
    "{0} is not in {1}: byte {2}, in line {3}, does not belong to it. Name another encoding.",
    "{0} 不是 {1} 编码：第 {3} 行的第 {2} 个字节无效。请指定其他编码。"};
constexpr Text kScanning{"Reading {0}", "正在读取 {0}"};

constexpr std::size_t kHeadSize = std::size_t{4} << 20U;
constexpr std::size_t kBlockSize = std::size_t{1} << 20U;
constexpr std::size_t kPieceSize = std::size_t{128} << 10U;
constexpr int kPieces = 16;
/// A file up to this size is read whole to find its encoding; it costs a twentieth of a second.
constexpr std::int64_t kSampledWhole = std::int64_t{64} << 20U;
constexpr std::size_t kForeignSamples = 64;
constexpr std::size_t kForeignSample = std::size_t{16} << 10U;

tl::unexpected<Error> readFailure(const fs::path& file, int error) {
  return fail(ErrorCode::Io, kCannotRead, {file.string(), systemReason(error)}, {.file = file.string()});
}

/// Zero bytes can stand in a cell, and one or two control characters between cells; text neither consists of
/// them nor has many kinds.
bool looksBinary(std::string_view head) {
  constexpr double kMostZeros = 0.2;
  constexpr double kMostStrange = 0.02;
  constexpr std::ptrdiff_t kMostKinds = 4;
  std::array<std::size_t, 256> counts{};
  for (const char c : head) ++counts[static_cast<unsigned char>(c)];
  const auto share = [&](std::size_t count) {
    return static_cast<double>(count) / static_cast<double>(head.size());
  };
  for (const char usual : {'\t', '\n', '\v', '\f', '\r'}) counts[static_cast<unsigned char>(usual)] = 0;
  const auto end = counts.begin() + 0x1A;
  const std::size_t strange = std::accumulate(counts.begin(), end, std::size_t{0});
  const std::ptrdiff_t kinds = end - counts.begin() - std::count(counts.begin(), end, std::size_t{0});
  return share(counts[0]) > kMostZeros || (kinds > kMostKinds && share(strange) > kMostStrange);
}

}  // namespace

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
      encoding_is_certain_(other.encoding_is_certain_),
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

  if (auto decoded = source.decode(options, job); !decoded) return forward(decoded);
  if (auto read = source.readHead(); !read) return forward(read);
  if (looksBinary(source.head_)) return fail(ErrorCode::InvalidArgument, kBinary, {file.string()}, where);
  if (trim(source.head_).empty() && source.head_is_all_)
    return fail(ErrorCode::InvalidArgument, kEmpty, {file.string()}, where);
  return source;
}

Result<> TextFile::decode(const ImportOptions& options, JobContext& job) {
  const bool named =
      options.encoding && lowerAscii(*options.encoding) != "auto" && !options.encoding->empty();
  const EncodingMark mark = encodingMark(bytesAt(0, 4));
  encoding_is_certain_ = named || !mark.encoding.empty() || size_ <= kSampledWhole;
  if (named) {
    auto known = encodingNamed(*options.encoding);
    if (!known) return forward(known);
    encoding_ = *known;
  }
  // Which UTF-16 or UTF-32 it is, only the file can say.
  const bool open_order = encoding_ == "utf-16" || encoding_ == "utf-32";
  if ((!named || open_order) && !mark.encoding.empty()) {
    encoding_ = mark.encoding;
  } else if (!named || open_order) {
    const std::string detected = detectEncoding(samples());
    if (!named) encoding_ = detected;
    if (open_order) encoding_ += detected == "utf-16be" ? "be" : "le";
  }
  const bool wide = encoding_.starts_with("utf-16") || encoding_.starts_with("utf-32");
  if (!wide && looksBinary(bytesAt(0, kHeadSize)))
    return fail(ErrorCode::InvalidArgument, kBinary, {file_.string()}, {.file = file_.string()});
  if (encoding_ == kUtf8) return {};
  return recode(mark.encoding == encoding_ ? mark.length : 0, job);
}

std::vector<std::string> TextFile::samples() const {
  if (size_ <= kSampledWhole) return {bytesAt(0, static_cast<std::size_t>(size_))};
  std::vector<std::string> samples = pieces();
  std::string head = bytesAt(0, kHeadSize);
  head.resize(std::min(head.find_last_of('\n'), head.size() - 1) + 1);
  samples.insert(samples.begin(), std::move(head));
  return samples;
}

Result<bool> TextFile::reconsiderEncoding(JobContext& job) {
  if (encoding_is_certain_ || encoding_ != kUtf8) return false;
  encoding_is_certain_ = true;
  // Of each block the lines from the first foreign byte on; those that are no UTF-8 end the search.
  std::vector<std::string> foreign;
  std::vector<std::string> broken;
  std::string carried;
  const auto keep = [&](std::vector<std::string>& samples, std::size_t at) {
    if (samples.size() == kForeignSamples) return;
    const std::size_t line = carried.rfind('\n', at);
    samples.push_back(carried.substr(line == std::string::npos ? 0 : line + 1, kForeignSample));
    if (const auto end = samples.back().rfind('\n'); end != std::string::npos) samples.back().resize(end + 1);
  };
  auto scanned = scan(job, [&](std::string_view bytes) {
    const std::size_t last = bytes.rfind('\n');
    carried.append(bytes.substr(0, last == std::string_view::npos ? 0 : last + 1));
    const std::size_t valid = validUtf8Prefix(carried);
    const auto first = std::find_if(carried.begin(), carried.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto at = static_cast<std::size_t>(first - carried.begin());
    if (at < valid) keep(foreign, at);
    if (valid < carried.size()) keep(broken, valid);
    carried.assign(last == std::string_view::npos ? bytes : bytes.substr(last + 1));
    return broken.size() < kForeignSamples;
  });
  if (!scanned) return forward(scanned);
  if (!isUtf8(carried)) broken.push_back(carried);
  if (broken.empty()) return false;
  foreign.insert(foreign.end(), broken.begin(), broken.end());
  encoding_ = detectEncoding(foreign);
  if (encoding_ == kUtf8) return true;
  if (auto done = recode(0, job); !done) return forward(done);
  if (auto read = readHead(); !read) return forward(read);
  return true;
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

bool TextFile::endsWithinCharacter() const {
  constexpr std::int64_t kLongest = 4;
  return data::endsWithinCharacter(bytesAt(std::max<std::int64_t>(0, size_ - kLongest), kLongest));
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

Result<> TextFile::recode(std::size_t mark, JobContext& job) {
  auto stream = Utf8Stream::open(encoding_);
  if (!stream) return forward(stream);
  auto copy = WorkingCopy::make(file_.string());
  if (!copy) return forward(copy);
  std::string out;
  std::int64_t read = 0;
  std::int64_t line = 1;
  bool fits = true;
  Result<> wrote;
  auto scanned = scan(job, [&](std::string_view bytes) {
    read += static_cast<std::int64_t>(bytes.size());
    if (read == static_cast<std::int64_t>(bytes.size())) bytes.remove_prefix(mark);
    out.clear();
    fits = stream->convert(bytes, read == size_, out);
    line += std::count(out.begin(), out.end(), '\n');
    wrote = copy->write(out);
    job.report(static_cast<double>(read) / static_cast<double>(size_), kScanning,
               {file_.filename().string()});
    return wrote && fits;
  });
  if (!scanned) return scanned;
  if (!wrote) return wrote;
  if (!fits)
    return fail(
        ErrorCode::InvalidArgument, kNotInEncoding,
        {file_.string(), encoding_, std::to_string(stream->badOffset() + static_cast<std::int64_t>(mark) + 1),
         std::to_string(line)},
        {.file = file_.string(), .line = line});
  hold_ = nullptr;
  return adopt(copy->release());
}

}  // namespace lodestone::data
