// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include "core/base/text.h"
#include "core/data/encoding.h"
#include "core/data/source.h"
#include "core/data/sources/postgres/server_address.h"
#include "core/data/sources/unsupported.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kMissing{"There is no file {0}. Check the path.", "找不到文件 {0}。请检查路径。"};
constexpr Text kFolder{"{0} is a folder. Name a file in it.", "{0} 是文件夹。请指定其中的文件。"};
constexpr Text kNotRegular{"{0} is not an ordinary file. Save the data into a file first.",
                           "{0} 不是普通文件。请先将数据保存为文件。"};
constexpr Text kUnknownFormat{"No format is known as {0}. Use one of {1}.",
                              "未知的格式 {0}。请使用以下之一：{1}。"};

constexpr Text kUnknownAddress{
    "Addresses that begin with {0} cannot be read. Save the data as a file and import that.",
    "无法读取以 {0} 开头的地址。请将数据保存为文件后再导入。"};

constexpr Text kNoQuery{
    "{0} is {1}, which takes no query: only databases do. Import it, and query the table.",
    "{0} 的格式为 {1}，不支持查询：只有数据库支持。请先导入，再查询该表。"};

constexpr std::size_t kLooksOf = 4096;

/// The first bytes; those of UTF-16 text as UTF-8.
std::string beginningOf(const fs::path& path) {
  std::string head(kLooksOf, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
  const EncodingMark mark = encodingMark(head);
  if (mark.encoding == kUtf8) return head.substr(mark.length);
  const std::string encoding = mark.encoding.empty() ? detectEncoding({head}) : mark.encoding;
  if (!encoding.starts_with("utf-16") && !encoding.starts_with("utf-32")) return head;
  auto text = Utf8Stream::open(encoding);
  std::string out;
  if (text) (void)text->convert(std::string_view(head).substr(mark.length), false, out);
  return out;
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
Result<const SourceType*> typeOf(const SourceInput& input) {
  const std::string head = beginningOf(input.path);
  for (const SourceType& type : sourceTypes())
    if (type.recognises != nullptr && type.recognises(head)) return &type;
  if (auto readable = mustBeReadable(input, head); !readable) return forward(readable);
  const std::string extension = lowerAscii(fs::path(input.name).extension().string());
  for (const SourceType& type : sourceTypes())
    if (std::find(type.extensions.begin(), type.extensions.end(), extension) != type.extensions.end())
      return &type;
  return &sourceTypes().back();
}

Result<const SourceType*> typeOfAddress(const std::string& address) {
  for (const SourceType& type : sourceTypes())
    for (const std::string& scheme : type.schemes)
      if (lowerAscii(address).starts_with(scheme)) return &type;
  const std::string scheme = address.substr(0, address.find("://") + 3);
  return fail(ErrorCode::Unsupported, kUnknownAddress, {scheme}, {.file = scheme});
}

}  // namespace

const std::vector<SourceType>& sourceTypes() {
  static const std::vector<SourceType> kTypes{sqliteSource(),  xlsxSource(), postgresSource(),
                                              parquetSource(), jsonSource(), ndjsonSource(),
                                              csvSource()};
  return kTypes;
}

bool showsItselfFromTheBeginning(const SourceInput& input) {
  const auto type = typeOf(input);
  return type && (*type)->beginning;
}

SourceInput inputOf(const std::filesystem::path& given) {
  const std::string text = given.string();
  if (isServerAddress(text)) return {.name = withoutPassword(text), .path = {}, .address = text};
  return {.name = text, .path = given};
}

Result<std::unique_ptr<Source>> openSource(const SourceInput& input, const ImportOptions& options,
                                           JobContext& job) {
  std::error_code error;
  const bool unknown =
      input.address.empty() && input.name.find("://") != std::string::npos && !fs::exists(input.path, error);
  const bool address = !input.address.empty() || unknown;
  if (!address)
    if (auto there = mustBeFile(input); !there) return forward(there);
  const bool open_format = options.format.empty() || options.format == "auto";
  auto type = address       ? typeOfAddress(unknown ? input.name : input.address)
              : open_format ? typeOf(input)
                            : typeNamed(options.format);
  if (!type) return forward(type);
  if (!options.query.empty() && !(*type)->queries)
    return fail(ErrorCode::InvalidArgument, kNoQuery, {input.name, (*type)->id}, {.file = input.name});
  return (*type)->open(input, options, job);
}

}  // namespace lodestone::data
