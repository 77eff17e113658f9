// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/zip_archive.h"

#include <zip.h>

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kUnreadable{"{0} cannot be opened as a workbook: {1}. Copy or save the file again.",
                           "无法将 {0} 作为工作簿打开：{1}。请重新复制或保存该文件。"};
constexpr Text kDamagedPart{"{0} is damaged in its part {1}: {2}. Copy or save the file again.",
                            "{0} 的部分 {1} 已损坏：{2}。请重新复制或保存该文件。"};
constexpr Text kMissingPart{"{0} has no part {1}: the file is damaged or no workbook. Save it again.",
                            "{0} 缺少部分 {1}：文件已损坏或不是工作簿。请重新保存。"};
constexpr Text kProtectedPart{"{0} is protected by a password. Save it without one, and import that.",
                              "{0} 受密码保护。请另存为不带密码的文件后再导入。"};
constexpr Text kBomb{"{0} unpacks to far more than a workbook can hold (part {1}). It is not read.",
                     "{0} 解压后远超工作簿应有的大小（部分 {1}），已拒绝读取。"};

constexpr std::uint64_t kLargestWhole = std::uint64_t{64} << 20U;
constexpr std::uint64_t kLargestPart = std::uint64_t{16} << 30U;
constexpr std::uint64_t kLargestRatio = 250;

struct ClosePart {
  void operator()(zip_file_t* part) const { zip_fclose(part); }
};

class ZipPart : public ByteStream {
 public:
  ZipPart(zip_file_t* part, const zip_stat_t& facts, std::string file)
      : part_(part),
        size_(facts.size),
        most_(std::min(kLargestPart, std::max(kLargestWhole, facts.comp_size * kLargestRatio))),
        file_(std::move(file)),
        name_(facts.name) {}

  Result<std::size_t> read(char* into, std::size_t most) override {
    const zip_int64_t got = zip_fread(part_.get(), into, most);
    if (got < 0)
      return fail(ErrorCode::Corrupt, kDamagedPart,
                  {file_, name_, toValidUtf8(zip_error_strerror(zip_file_get_error(part_.get())))},
                  {.file = file_});
    read_ += static_cast<std::uint64_t>(got);
    if (read_ > most_) return fail(ErrorCode::Unsupported, kBomb, {file_, name_}, {.file = file_});
    return static_cast<std::size_t>(got);
  }

  double fraction() const override {
    return size_ == 0 ? 1 : std::min(1.0, static_cast<double>(read_) / static_cast<double>(size_));
  }

 private:
  std::unique_ptr<zip_file_t, ClosePart> part_;
  std::uint64_t size_;
  std::uint64_t most_;
  std::uint64_t read_ = 0;
  std::string file_;
  std::string name_;
};

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(const SourceInput& input) {
  int code = 0;
  zip_t* opened = zip_open(input.path.c_str(), ZIP_RDONLY, &code);
  if (opened == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = toValidUtf8(zip_error_strerror(&error));
    zip_error_fini(&error);
    const bool damaged = code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS || code == ZIP_ER_MULTIDISK;
    return fail(damaged ? ErrorCode::Corrupt : ErrorCode::Io, kUnreadable, {input.name, reason},
                {.file = input.name});
  }
  ZipArchive archive;
  archive.archive_.reset(opened);
  archive.hold_ = input.hold;
  archive.name_ = input.name;
  return archive;
}

std::string ZipArchive::find(const std::string& part) const {
  for (const std::string& spelling : {part, replaceAll(part, "/", "\\")}) {
    const zip_int64_t index = zip_name_locate(archive_.get(), spelling.c_str(), ZIP_FL_NOCASE);
    if (index < 0) continue;
    const char* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(index), 0);
    if (name != nullptr) return name;
  }
  return {};
}

Result<std::unique_ptr<ByteStream>> ZipArchive::stream(const std::string& part) const {
  zip_stat_t facts;
  zip_stat_init(&facts);
  const Where where{.file = name_};
  const std::string own = find(part);
  if (own.empty() || zip_stat(archive_.get(), own.c_str(), 0, &facts) != 0)
    return fail(ErrorCode::Corrupt, kMissingPart, {name_, part}, where);
  zip_file_t* opened = zip_fopen(archive_.get(), own.c_str(), 0);
  if (opened == nullptr) {
    zip_error_t* error = zip_get_error(archive_.get());
    const int code = zip_error_code_zip(error);
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD)
      return fail(ErrorCode::Unsupported, kProtectedPart, {name_}, where);
    return fail(ErrorCode::Corrupt, kDamagedPart, {name_, own, toValidUtf8(zip_error_strerror(error))},
                where);
  }
  return std::make_unique<ZipPart>(opened, facts, name_);
}

Result<std::string> ZipArchive::read(const std::string& part) const {
  auto opened = stream(part);
  if (!opened) return forward(opened);
  std::string bytes;
  std::string block(std::size_t{64} << 10U, '\0');
  while (true) {
    auto got = (*opened)->read(block.data(), block.size());
    if (!got) return forward(got);
    if (*got == 0) return bytes;
    bytes.append(block, 0, *got);
    if (bytes.size() > kLargestWhole)
      return fail(ErrorCode::Unsupported, kBomb, {name_, part}, {.file = name_});
  }
}

}  // namespace lodestone::data
