// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archive.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "core/base/text.h"
#include "core/data/archive_copy.h"
#include "core/data/encoding.h"
#include "core/data/source.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kDamagedZip{"{0} is a damaged zip file: {1}. Get it again, or mend it.",
                           "{0} 是损坏的 zip 文件：{1}。请重新获取或修复。"};
constexpr Text kEmptyZip{"{0} has no file to import.", "{0} 中没有可导入的文件。"};
constexpr Text kPassword{
    "{0} is protected by a password. Unpack it with its password and import what is in it.",
    "{0} 受密码保护。请用密码解压后再导入其中的文件。"};
constexpr Text kMethod{
    "{0} is packed by a method that cannot be read. Unpack it with the program that made it and import what "
    "is "
    "in it.",
    "{0} 的压缩方式无法读取。请用创建它的程序解压后再导入其中的文件。"};
constexpr Text kNotInside{"{0} has no file '{1}'. It has {2}.", "{0} 中没有文件“{1}”。现有：{2}。"};
constexpr Text kTooMany{
    "{0} holds {1} files; at most {2} are read at once. Name one as the source table, or unpack it and "
    "import "
    "the files you need.",
    "{0} 中有 {1} 个文件；一次最多读取 {2} 个。请指定其中一个作为源表，或解压后导入所需文件。"};
constexpr Text kTooDeep{"{0} is packed more than three times over. Unpack it and import what is in it.",
                        "{0} 被压缩了三层以上。请解压后再导入其中的文件。"};

constexpr std::size_t kMostFiles = 1000;
constexpr int kMostLayers = 3;

using ZipArchive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using ZipFile = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

enum class Packing { None, Gzip, Zip };

Packing packingOf(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return Packing::None;
  std::array<char, 4> head = {};
  std::ifstream(path, std::ios::binary).read(head.data(), head.size());
  const std::string_view bytes(head.data(), head.size());
  if (bytes.starts_with("\x1F\x8B\x08")) return Packing::Gzip;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return Packing::Zip;
  return Packing::None;
}

struct Entry {
  zip_uint64_t index = 0;
  std::string name;
  zip_stat_t status = {};
};

/// Names that are not UTF-8 are in whatever encoding the system had that packed them.
void readNames(zip_t* archive, std::vector<Entry>& entries) {
  std::vector<std::string> raw;
  for (const Entry& entry : entries) {
    const char* name = zip_get_name(archive, entry.index, ZIP_FL_ENC_RAW);
    raw.emplace_back(name == nullptr ? "" : name);
  }
  const std::string encoding = detectEncoding({join(raw, "\n")});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto stream = Utf8Stream::open(encoding);
    std::string name;
    entries[i].name = stream && stream->convert(raw[i], true, name) ? name : toValidUtf8(raw[i]);
  }
}

bool isRubbish(const std::string& name) {
  const std::string file = lowerAscii(fs::path(name).filename().string());
  return name.ends_with('/') || name.starts_with("__MACOSX/") || file.starts_with(".") ||
         file == "thumbs.db" || file == "desktop.ini";
}

bool isDescription(const std::string& name) {
  const std::string file = lowerAscii(fs::path(name).filename().string());
  return file.starts_with("readme") || file.starts_with("license") || file.starts_with("licence") ||
         file.ends_with(".md") || file.ends_with(".pdf") || file.ends_with(".html");
}

bool hasKnownExtension(const std::string& name) {
  const std::string extension = lowerAscii(fs::path(name).extension().string());
  if (extension == ".gz" || extension == ".zip") return true;
  return std::any_of(sourceTypes().begin(), sourceTypes().end(), [&](const SourceType& type) {
    return std::find(type.extensions.begin(), type.extensions.end(), extension) != type.extensions.end();
  });
}

/// Without what nobody means: descriptions beside data, other files beside those of known formats, whose
/// names are told.
std::vector<Entry> worthReading(std::vector<Entry> entries, std::vector<std::string>& left_out) {
  std::erase_if(entries, [](const Entry& entry) { return isRubbish(entry.name); });
  for (bool (*const good)(const std::string&) :
       {+[](const std::string& name) { return hasKnownExtension(name); },
        +[](const std::string& name) { return !isDescription(name); }}) {
    const bool any =
        std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return good(e.name); });
    if (!any) continue;
    for (const Entry& entry : entries)
      if (!good(entry.name)) left_out.push_back(entry.name);
    std::erase_if(entries, [&](const Entry& entry) { return !good(entry.name); });
  }
  return entries;
}

struct Listing {
  ZipArchive archive{nullptr, &zip_discard};
  std::vector<Entry> entries;
  std::vector<std::string> left_out;
  bool workbook = false;
};

Result<Listing> list(const SourceInput& input) {
  int error = 0;
  Listing listing;
  listing.archive.reset(zip_open(input.path.c_str(), ZIP_RDONLY, &error));
  if (listing.archive == nullptr) {
    zip_error_t said;
    zip_error_init_with_code(&said, error);
    const std::string reason = zip_error_strerror(&said);
    zip_error_fini(&said);
    return fail(ErrorCode::Corrupt, kDamagedZip, {input.name, reason}, {.file = input.name});
  }
  const zip_int64_t count = zip_get_num_entries(listing.archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    Entry entry{.index = static_cast<zip_uint64_t>(i)};
    if (zip_stat_index(listing.archive.get(), entry.index, 0, &entry.status) == 0)
      listing.entries.push_back(std::move(entry));
  }
  readNames(listing.archive.get(), listing.entries);
  // Office documents of all kinds begin so: for the readers of workbooks to judge.
  listing.workbook = std::any_of(listing.entries.begin(), listing.entries.end(), [](const Entry& entry) {
    return entry.name == "[Content_Types].xml" || entry.name == "mimetype";
  });
  listing.entries = worthReading(std::move(listing.entries), listing.left_out);
  return listing;
}

/// The entries that are meant, and what is left of the wish for the file itself.
Result<std::pair<std::vector<Entry>, std::string>> choose(const SourceInput& input,
                                                          const std::vector<Entry>& entries,
                                                          const std::string& wanted) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) {
    names.push_back(entry.name);
    if (wanted == entry.name) return std::pair(std::vector{entry}, std::string());
    if (wanted.starts_with(entry.name + "/"))
      return std::pair(std::vector{entry}, wanted.substr(entry.name.size() + 1));
  }
  if (entries.size() == 1 || wanted.empty()) {
    if (entries.size() > kMostFiles)
      return fail(ErrorCode::InvalidArgument, kTooMany,
                  {input.name, std::to_string(entries.size()), std::to_string(kMostFiles)},
                  {.file = input.name});
    return std::pair(entries, wanted);
  }
  if (names.size() > 40) names.resize(40);
  return fail(ErrorCode::NotFound, kNotInside, {input.name, wanted, join(names, ", ")}, {.file = input.name});
}

Result<SourceInput> unpackEntry(zip_t* archive, const SourceInput& input, const Entry& entry,
                                const UnpackLimits& limits, JobContext& job) {
  const std::string name = input.name + "/" + entry.name;
  if (entry.status.encryption_method != ZIP_EM_NONE)
    return fail(ErrorCode::Unsupported, kPassword, {name}, {.file = name});
  if (zip_compression_method_supported(entry.status.comp_method, 0) == 0)
    return fail(ErrorCode::Unsupported, kMethod, {name}, {.file = name});
  const ZipFile file(zip_fopen_index(archive, entry.index, 0), &zip_fclose);
  if (file == nullptr)
    return fail(ErrorCode::Corrupt, kDamagedZip, {name, zip_strerror(archive)}, {.file = name});
  UnpackedCopy copy(name, static_cast<std::int64_t>(entry.status.comp_size), limits);
  if (auto fits = copy.expect(static_cast<std::int64_t>(entry.status.size)); !fits) return forward(fits);
  std::vector<char> block(std::size_t{1} << 20U);
  while (true) {
    const zip_int64_t count = zip_fread(file.get(), block.data(), block.size());
    if (count < 0)
      return fail(ErrorCode::Corrupt, kDamagedZip, {name, zip_file_strerror(file.get())}, {.file = name});
    if (count == 0) break;
    const double done =
        static_cast<double>(copy.size()) / static_cast<double>(std::max<zip_uint64_t>(1, entry.status.size));
    if (auto wrote = copy.write({block.data(), static_cast<std::size_t>(count)}, done, job); !wrote)
      return forward(wrote);
    if (copy.suffices()) break;
  }
  return copy.finish();
}

Result<Unpacked> unpackLayers(const SourceInput& input, const std::string& wanted, const UnpackLimits& limits,
                              int layer, JobContext& job) {
  const Packing packing = input.path.empty() ? Packing::None : packingOf(input.path);
  Unpacked out{.inputs = {input}, .names = {}, .source_table = wanted};
  if (packing == Packing::None) return out;
  if (layer == kMostLayers) return fail(ErrorCode::Unsupported, kTooDeep, {input.name}, {.file = input.name});
  if (packing == Packing::Gzip) {
    auto inside = unpackGzip(input, limits, job);
    if (!inside) return forward(inside);
    return unpackLayers(*inside, wanted, limits, layer + 1, job);
  }
  auto listing = list(input);
  if (!listing) return forward(listing);
  if (listing->workbook) return out;
  if (listing->entries.empty())
    return fail(ErrorCode::InvalidArgument, kEmptyZip, {input.name}, {.file = input.name});
  auto chosen = choose(input, listing->entries, wanted);
  if (!chosen) return forward(chosen);
  out.inputs.clear();
  out.source_table = chosen->second;
  for (const Entry& entry : listing->entries) out.names.push_back(entry.name);
  // Whoever names one file has left the others out himself.
  if (chosen->first.size() == listing->entries.size())
    for (const std::string& name : listing->left_out) out.left_out.push_back(input.name + "/" + name);
  // The limits hold for an archive as a whole: many files of the same bytes make the worst bombs.
  std::int64_t all = 0;
  std::int64_t packed = 0;
  for (const Entry& entry : chosen->first) {
    all += static_cast<std::int64_t>(std::min<zip_uint64_t>(entry.status.size, 1ULL << 50U));
    packed += static_cast<std::int64_t>(std::min<zip_uint64_t>(entry.status.comp_size, 1ULL << 50U));
  }
  std::error_code ignored;
  const auto on_disk = static_cast<std::int64_t>(fs::file_size(input.path, ignored));
  UnpackedCopy together(input.name, std::min(packed, on_disk), limits);
  if (auto fits = together.expect(all); !fits) return forward(fits);
  for (std::size_t i = 0; i < chosen->first.size(); ++i) {
    const auto count = static_cast<double>(chosen->first.size());
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    auto inside = unpackEntry(listing->archive.get(), input, chosen->first[i], limits, part);
    if (!inside) return forward(inside);
    auto further = unpackLayers(*inside, chosen->second, limits, layer + 1, part);
    if (!further) return forward(further);
    out.inputs.insert(out.inputs.end(), further->inputs.begin(), further->inputs.end());
    out.left_out.insert(out.left_out.end(), further->left_out.begin(), further->left_out.end());
    if (chosen->first.size() == 1) out.source_table = further->source_table;
  }
  return out;
}

}  // namespace

Result<Unpacked> unpack(const SourceInput& input, const std::string& source_table, JobContext& job,
                        const UnpackLimits& limits) {
  return unpackLayers(input, source_table, limits, 0, job);
}

}  // namespace lodestone::data
