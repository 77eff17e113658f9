// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archive_copy.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <vector>

#include "core/base/spoken.h"
#include "core/base/text.h"
#include "core/data/source.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kTooMuch{
    "{0} holds {1} MB in {2} MB, more than is read from a packed file. If it is meant to be so, unpack it "
    "yourself "
    "and import what is in it.",
    "{0} 在 {2} MB 中压缩了 {1} MB，超过压缩文件的读取上限。如确属正常，请自行解压后再导入。"};
constexpr Text kNoRoom{
    "{0} needs {1} MB to be unpacked, and {2} MB are free in the folder for temporary files. Free some space "
    "there, or name another folder in the environment variable TMPDIR.",
    "解压 {0} 需要 {1} MB，临时文件夹中只有 {2} MB 可用。请释放空间，或用环境变量 TMPDIR 指定其他文件夹。"};
constexpr Text kDamagedGzip{"{0} is a damaged gz file: {1}. Get it again.",
                            "{0} 是损坏的 gz 文件：{1}。请重新获取。"};
constexpr Text kUnpacking{"Unpacking {0}", "正在解压 {0}"};
constexpr Text kCannotRead{"Cannot read {0}: {1}.", "无法读取 {0}：{1}。"};

constexpr std::size_t kBlock = std::size_t{1} << 20U;

std::string megabytes(std::int64_t bytes) {
  return formatGrouped(static_cast<double>(bytes) / 1e6, bytes < 10000000 ? 2 : 0);
}

/// "tips.csv.gz" -> "tips.csv", "x.tgz" -> "x.tar".
std::string nameInside(const std::string& name) {
  const std::string file = fs::path(name).filename().string();
  const std::string lower = lowerAscii(file);
  if (lower.ends_with(".tgz")) return file.substr(0, file.size() - 4) + ".tar";
  if (lower.ends_with(".gz") && file.size() > 3) return file.substr(0, file.size() - 3);
  return file;
}

/// Cuts off the line that is not whole; of UTF-16 and UTF-32, whose lines end otherwise, nothing but bytes
/// that are no character.
void endWithALine(int descriptor, std::int64_t size) {
  std::string tail(static_cast<std::size_t>(std::min<std::int64_t>(size, std::int64_t{1} << 20U)), '\0');
  const std::int64_t begin = size - static_cast<std::int64_t>(tail.size());
  if (::pread(descriptor, tail.data(), tail.size(), begin) != static_cast<ssize_t>(tail.size())) return;
  const std::size_t line = tail.rfind('\n');
  const bool bytes = tail.find('\0') == std::string::npos && line != std::string::npos;
  const std::int64_t end = bytes ? begin + static_cast<std::int64_t>(line) + 1 : size - size % 4;
  (void)!::ftruncate(descriptor, end);
}

/// zlib's state of one file; its members follow each other.
class Inflater {
 public:
  Inflater() { begun_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  ~Inflater() {
    if (begun_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// All that the bytes give. What is wrong with them, or "".
  template <class Take>
  std::string feed(std::string_view bytes, const Take& take) {
    if (!begun_) return "no memory";
    // NOLINTNEXTLINE: zlib reads bytes as unsigned numbers and never writes them
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    bool pending = false;  // output that found no room yet
    while (stream_.avail_in > 0 || pending) {
      if (between_members_) {
        // Tapes and some programs fill the end with zeros.
        while (stream_.avail_in > 0 && *stream_.next_in == 0) {
          ++stream_.next_in;
          --stream_.avail_in;
        }
        if (stream_.avail_in == 0) break;
        if (*stream_.next_in != 0x1F) return "there are other bytes behind its end";
        inflateReset(&stream_);
        between_members_ = false;
      }
      // NOLINTNEXTLINE
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (!take(std::string_view(out_.data(), out_.size() - stream_.avail_out))) return "";
      between_members_ = status == Z_STREAM_END;
      pending = stream_.avail_out == 0 && !between_members_;
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return stream_.msg == nullptr ? "wrong bytes" : stream_.msg;
    }
    return "";
  }
  bool complete() const { return between_members_; }

 private:
  z_stream stream_ = {};
  bool begun_ = false;
  bool between_members_ = false;
  std::vector<char> out_ = std::vector<char>(kBlock);
};

}  // namespace

Result<> UnpackedCopy::withinLimits(std::int64_t bytes) const {
  const double ratio = static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(1, packed_));
  if (bytes <= limits_.most_bytes && (bytes <= limits_.ratio_from || ratio <= limits_.most_ratio)) return {};
  return fail(ErrorCode::InvalidArgument, kTooMuch, {name_, megabytes(bytes), megabytes(packed_)},
              {.file = name_});
}

Result<> UnpackedCopy::expect(std::int64_t bytes) const {
  if (auto fits = withinLimits(bytes); !fits) return fits;
  return limits_.beginning > 0 ? Result<>() : expectRoom(bytes);
}

Result<> UnpackedCopy::expectRoom(std::int64_t bytes) const {
  const std::int64_t free = WorkingCopy::freeSpace();
  if (bytes <= free) return {};
  return fail(ErrorCode::Io, kNoRoom, {name_, megabytes(bytes), megabytes(free)}, {.file = name_});
}

Result<> UnpackedCopy::write(std::string_view bytes, double done, JobContext& job) {
  if (auto go = job.checkpoint(); !go) return go;
  if (!copy_) {
    auto made = WorkingCopy::make(name_);
    if (!made) return forward(made);
    copy_.emplace(std::move(*made));
  }
  if (auto fits = withinLimits(size() + static_cast<std::int64_t>(bytes.size())); !fits) return fits;
  job.report(done, kUnpacking, {name_});
  return copy_->write(bytes);
}

bool UnpackedCopy::suffices() {
  if (limits_.beginning == 0 || size() < limits_.beginning || looked_) return cut_;
  looked_ = true;
  cut_ = showsItselfFromTheBeginning({.name = name_, .path = copy_->path()});
  if (cut_) endWithALine(copy_->descriptor(), size());
  return cut_;
}

Result<SourceInput> UnpackedCopy::finish() {
  if (!copy_) {
    auto made = WorkingCopy::make(name_);
    if (!made) return forward(made);
    copy_.emplace(std::move(*made));
  }
  auto held = std::make_shared<WorkingCopy>(std::move(*copy_));
  return SourceInput{.name = name_, .path = held->path(), .hold = held, .cut = cut_};
}

Result<SourceInput> unpackGzip(const SourceInput& input, const UnpackLimits& limits, JobContext& job) {
  const Where where{.file = input.name};
  std::error_code error;
  const auto packed = static_cast<std::int64_t>(fs::file_size(input.path, error));
  std::ifstream file(input.path, std::ios::binary);
  if (error || !file) return fail(ErrorCode::Io, kCannotRead, {input.name, systemReason(errno)}, where);
  UnpackedCopy copy(input.name + "/" + nameInside(input.name), packed, limits);
  // Its own note of the size, at the end, has 32 bits: right for most, and too small for the others.
  std::array<unsigned char, 4> size = {};
  file.seekg(-4, std::ios::end);
  // NOLINTNEXTLINE: bytes as numbers
  file.read(reinterpret_cast<char*>(size.data()), size.size());
  const std::int64_t told = static_cast<std::int64_t>(size[0]) | static_cast<std::int64_t>(size[1]) << 8U |
                            static_cast<std::int64_t>(size[2]) << 16U |
                            static_cast<std::int64_t>(size[3]) << 24U;
  file.clear();
  file.seekg(0);
  if (told > packed && limits.beginning == 0)
    if (auto fits = copy.expectRoom(told); !fits) return forward(fits);

  Inflater inflater;
  std::string block(kBlock, '\0');
  std::int64_t read = 0;
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    const auto count = static_cast<std::size_t>(file.gcount());
    read += file.gcount();
    Result<> wrote;
    const double done = static_cast<double>(read) / static_cast<double>(std::max<std::int64_t>(1, packed));
    const std::string wrong =
        inflater.feed(std::string_view(block).substr(0, count), [&](std::string_view bytes) {
          wrote = copy.write(bytes, done, job);
          return wrote.has_value() && !copy.suffices();
        });
    if (!wrote) return forward(wrote);
    if (copy.suffices()) return copy.finish();
    if (!wrong.empty()) return fail(ErrorCode::Corrupt, kDamagedGzip, {input.name, wrong}, where);
  }
  if (!inflater.complete())
    return fail(ErrorCode::Corrupt, kDamagedGzip, {input.name, "it ends too early"}, where);
  return copy.finish();
}

}  // namespace lodestone::data
