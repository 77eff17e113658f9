// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include "core/base/text.h"
#include "core/data/source.h"
#include "core/data/sources/postgres/server_address.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kMissing{"There is no file {0}. Check the path.", "找不到文件 {0}。请检查路径。"};
constexpr Text kFolder{"{0} is a folder. Name a file in it.", "{0} 是文件夹。请指定其中的文件。"};
constexpr Text kNotRegular{"{0} is not an ordinary file. Save the data into a file first.",
                           "{0} 不是普通文件。请先将数据保存为文件。"};
constexpr Text kUnknownFormat{"No format is known as {0}. Use one of {1}.",
                              "未知的格式 {0}。请使用以下之一：{1}。"};

constexpr std::size_t kLooksOf = 4096;

std::string beginningOf(const fs::path& path) {
  std::string head(kLooksOf, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
  return head;
}

Result<> mustBeFile(const SourceInput& input) {
  std::error_code error;
  const Where where{.file = input.name};
  if (!fs::exists(input.path, error)) return fail(ErrorCode::NotFound, kMissing, {input.name}, where);
  if (fs::is_directory(input.path, error))
    return fail(ErrorCode::InvalidArgument, kFolder, {input.name}, where);
  if (!fs::is_regular_file(input.path, error))
    return fail(ErrorCode::InvalidArgument, kNotRegular, {input.name}, where);
  return {};
}

Result<const SourceType*> typeNamed(const std::string& id) {
  std::vector<std::string> ids;
  for (const SourceType& type : sourceTypes()) {
    if (type.id == id && type.schemes.empty()) return &type;
    if (type.schemes.empty()) ids.push_back(type.id);
  }
  return fail(ErrorCode::InvalidArgument, kUnknownFormat, {id, join(ids, ", ")});
}

/// By its looks first, because names lie; then by its name; else it is taken for CSV.
const SourceType* typeOf(const SourceInput& input) {
  const std::string head = beginningOf(input.path);
  for (const SourceType& type : sourceTypes())
    if (type.recognises != nullptr && type.recognises(head)) return &type;
  const std::string extension = lowerAscii(fs::path(input.name).extension().string());
  for (const SourceType& type : sourceTypes())
    if (std::find(type.extensions.begin(), type.extensions.end(), extension) != type.extensions.end())
      return &type;
  return &sourceTypes().back();
}

const SourceType* typeOfAddress(const std::string& address) {
  const std::string given = lowerAscii(address);
  for (const SourceType& type : sourceTypes())
    for (const std::string& scheme : type.schemes)
      if (given.starts_with(scheme)) return &type;
  return nullptr;
}

}  // namespace

const std::vector<SourceType>& sourceTypes() {
  static const std::vector<SourceType> kTypes{sqliteSource(), xlsxSource(), postgresSource(), csvSource()};
  return kTypes;
}

SourceInput inputOf(const std::filesystem::path& given) {
  const std::string text = given.string();
  if (isServerAddress(text)) return {.name = withoutPassword(text), .path = {}, .address = text};
  return {.name = text, .path = given};
}

Result<std::unique_ptr<Source>> openSource(const SourceInput& input, const ImportOptions& options,
                                           JobContext& job) {
  if (const SourceType* type = typeOfAddress(input.address); type != nullptr)
    return type->open(input, options, job);
  if (auto there = mustBeFile(input); !there) return forward(there);
  if (options.format.empty() || options.format == "auto") return typeOf(input)->open(input, options, job);
  auto type = typeNamed(options.format);
  if (!type) return forward(type);
  return (*type)->open(input, options, job);
}

}  // namespace lodestone::data
