// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/text.h"
#include "core/data/rows/row_loader.h"
#include "core/data/sources/table_choice.h"
#include "core/data/sources/xlsx/sheet_table.h"

namespace lodestone::data {

namespace {

constexpr Text kProtected{"{0} is protected by a password. Save it without one, and import that.",
                          "{0} 受密码保护。请另存为不带密码的文件后再导入。"};
constexpr Text kOldFormat{
    "{0} is in Excel's format from before 2007 (.xls). Save it as .xlsx, and import that.",
    "{0} 是 Excel 2007 以前的格式（.xls）。请另存为 .xlsx 后再导入。"};
constexpr Text kEmptySheet{
    "The sheet {1} of {0} has no cells. The file has the sheets {2}: choose another one.",
    "{0} 的工作表 {1} 没有单元格。文件中的工作表：{2}，请选择其他工作表。"};

/// Beginning of the container in which Excel before 2007, and every Excel under a password, writes.
constexpr std::string_view kContainer = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

bool isContainer(std::string_view head) {
  return head.starts_with(kContainer);
}

/// A zip whose first part has a name such as workbooks have.
bool isWorkbook(std::string_view head) {
  if (isContainer(head)) return true;
  constexpr std::size_t kName = 30;
  if (!head.starts_with("PK\x03\x04") || head.size() < kName) return false;
  constexpr std::array<std::string_view, 5> kParts = {"[Content_Types].xml", "_rels/", "xl/", "xl\\",
                                                      "docProps/"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&head](std::string_view part) { return head.substr(kName).starts_with(part); });
}

/// The container of a workbook under a password has a stream of this name, in UTF-16.
bool holdsEncryptedPackage(const std::filesystem::path& path) {
  std::string wanted;
  for (const char c : std::string_view("EncryptedPackage")) wanted += {c, '\0'};
  std::ifstream stream(path, std::ios::binary);
  std::string window;
  std::string block(std::size_t{1} << 20U, '\0');
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0) {
    window.append(block, 0, static_cast<std::size_t>(stream.gcount()));
    if (window.find(wanted) != std::string::npos) return true;
    window.erase(0, window.size() - std::min(window.size(), wanted.size()));
  }
  return false;
}

class XlsxSource : public Source {
 public:
  XlsxSource(ZipArchive archive, Workbook book, SharedTexts texts, const ImportOptions& options)
      : archive_(std::move(archive)), book_(std::move(book)), texts_(std::move(texts)), options_(options) {
    for (const SheetEntry& sheet : book_.sheets) names_.push_back(sheet.name);
  }

  Result<ImportPreview> preview(JobContext& job) override {
    auto table = open(job);
    if (!table) return forward(table);
    auto preview = previewRows(**table, archive_.name(), options_, job);
    if (preview) preview->detected.source_tables = names_;
    return preview;
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto table = open(job);
    if (!table) return forward(table);
    auto loaded = loadRows(**table, archive_.name(), options_, target, job);
    if (loaded) loaded->detected.source_tables = names_;
    return loaded;
  }

 private:
  /// The sheet that is asked for, or the first that is not empty.
  Result<std::unique_ptr<SheetTable>> open(JobContext& job) {
    auto wanted = chooseTable(names_, options_.source_table, archive_.name(), WithoutChoice::TakeFirst);
    if (!wanted) return forward(wanted);
    for (const SheetEntry& sheet : book_.sheets) {
      if (!options_.source_table.empty() && sheet.name != *wanted) continue;
      auto table = SheetTable::open([this, part = sheet.part] { return archive_.stream(part); }, book_,
                                    texts_, archive_.name(), sheet.name, options_, job);
      if (!table || !(*table)->empty()) return table;
    }
    return fail(ErrorCode::InvalidArgument, kEmptySheet,
                {archive_.name(), *wanted, shorten(join(names_, ", "), 400)},
                {.file = archive_.name(), .table = *wanted});
  }

  ZipArchive archive_;
  Workbook book_;
  SharedTexts texts_;
  ImportOptions options_;
  std::vector<std::string> names_;
};

Result<std::unique_ptr<Source>> openXlsx(const SourceInput& input, const ImportOptions& options,
                                         JobContext& job) {
  std::string head(kContainer.size(), '\0');
  std::ifstream(input.path, std::ios::binary).read(head.data(), static_cast<std::streamsize>(head.size()));
  if (isContainer(head))
    return fail(ErrorCode::Unsupported, holdsEncryptedPackage(input.path) ? kProtected : kOldFormat,
                {input.name}, {.file = input.name});
  auto archive = ZipArchive::open(input);
  if (!archive) return forward(archive);
  auto book = readWorkbook(*archive);
  if (!book) return forward(book);
  SharedTexts texts;
  if (!book->texts_part.empty()) {
    auto stream = archive->stream(book->texts_part);
    if (!stream) return forward(stream);
    auto read = SharedTexts::read(**stream, input.name, book->texts_part, job);
    if (!read) return forward(read);
    texts = std::move(*read);
  }
  return std::make_unique<XlsxSource>(std::move(*archive), std::move(*book), std::move(texts), options);
}

}  // namespace

SourceType xlsxSource() {
  return {.id = "xlsx",
          .title = {"Excel workbook", "Excel 工作簿"},
          .extensions = {".xlsx", ".xlsm", ".xltx", ".xls"},
          .recognises = isWorkbook,
          .open = openXlsx};
}

}  // namespace lodestone::data
