// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/workbook.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kDamagedPart{"{0} is damaged in its part {1}: {2}. Copy or save the file again.",
                            "{0} 的部分 {1} 已损坏：{2}。请重新复制或保存该文件。"};
constexpr Text kNoWorkbook{"{0} is no Excel workbook. Save the sheet as .xlsx, and import that.",
                           "{0} 不是 Excel 工作簿。请将工作表另存为 .xlsx 后再导入。"};
constexpr Text kBinary{"{0} is a binary workbook (.xlsb). Save it as .xlsx, and import that.",
                       "{0} 是二进制工作簿（.xlsb）。请另存为 .xlsx 后再导入。"};
constexpr Text kOpenDocument{"{0} is an OpenDocument sheet (.ods). Save it as .xlsx, and import that.",
                             "{0} 是 OpenDocument 表格（.ods）。请另存为 .xlsx 后再导入。"};
constexpr Text kNoSheets{"{0} has no sheets of cells.", "{0} 中没有单元格工作表。"};

std::string_view localName(const char* name) {
  const std::string_view whole = name;
  const auto colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

/// Children by their name without a prefix: writers choose prefixes freely.
std::vector<pugi::xml_node> children(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node& child : node.children())
    if (localName(child.name()) == name) found.push_back(child);
  return found;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  const auto found = children(node, name);
  return found.empty() ? pugi::xml_node() : found.front();
}

/// r:id, whatever the prefix; the plain attribute "id" would be another one.
std::string relationOf(const pugi::xml_node& sheet) {
  for (const pugi::xml_attribute& attribute : sheet.attributes())
    if (localName(attribute.name()) == "id" && std::string_view(attribute.name()) != "id")
      return attribute.value();
  return {};
}

bool isTrue(const pugi::xml_attribute& attribute) {
  return std::string_view(attribute.value()) == "1" || std::string_view(attribute.value()) == "true";
}

Result<> parse(const ZipArchive& archive, const std::string& part, pugi::xml_document& document) {
  auto bytes = archive.read(part);
  if (!bytes) return forward(bytes);
  const pugi::xml_parse_result parsed = document.load_buffer(bytes->data(), bytes->size());
  if (parsed) return {};
  return fail(
      ErrorCode::Corrupt, kDamagedPart,
      {archive.name(), part, std::string(parsed.description()) + " at byte " + std::to_string(parsed.offset)},
      {.file = archive.name()});
}

std::string folderOf(const std::string& part) {
  const auto slash = part.rfind('/');
  return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

/// A target as the archive names it: "/xl/a.xml" from its root, "../a.xml" and "a.xml" from the folder.
std::string resolve(const std::string& folder, std::string target) {
  target = replaceAll(target, "\\", "/");
  std::string path = target.starts_with('/') ? target.substr(1) : folder + target;
  while (true) {
    const auto up = path.find("/../");
    if (up == std::string::npos) return path;
    const auto before = path.rfind('/', up == 0 ? 0 : up - 1);
    path = (before == std::string::npos || up == 0 ? std::string() : path.substr(0, before + 1)) +
           path.substr(up + 4);
  }
}

struct Relation {
  std::string type;  ///< the last word of it: worksheet, styles, sharedStrings, ...
  std::string part;
};

/// What a part refers to, by id. A part without relations has none.
Result<std::map<std::string, Relation>> relationsOf(const ZipArchive& archive, const std::string& part) {
  std::map<std::string, Relation> relations;
  const std::string folder = folderOf(part);
  const std::string own = archive.find(folder + "_rels/" + part.substr(folder.size()) + ".rels");
  if (own.empty()) return relations;
  pugi::xml_document document;
  if (auto parsed = parse(archive, own, document); !parsed) return forward(parsed);
  for (const pugi::xml_node& one : children(child(document, "Relationships"), "Relationship")) {
    const std::string type = one.attribute("Type").value();
    relations[one.attribute("Id").value()] = {type.substr(type.rfind('/') + 1),
                                              resolve(folder, one.attribute("Target").value())};
  }
  return relations;
}

Result<std::string> workbookPart(const ZipArchive& archive) {
  auto relations = relationsOf(archive, "");
  if (!relations) return forward(relations);
  for (const auto& [id, relation] : *relations) {
    if (relation.type != "officeDocument") continue;
    if (relation.part.ends_with(".bin"))
      return fail(ErrorCode::Unsupported, kBinary, {archive.name()}, {.file = archive.name()});
    if (!archive.find(relation.part).empty()) return archive.find(relation.part);
  }
  const std::string usual = archive.find("xl/workbook.xml");
  if (!usual.empty()) return usual;
  const Text& reason = archive.find("content.xml").empty() ? kNoWorkbook : kOpenDocument;
  return fail(ErrorCode::Unsupported, reason, {archive.name()}, {.file = archive.name()});
}

Result<std::vector<NumberLook>> readStyles(const ZipArchive& archive, const std::string& part) {
  std::vector<NumberLook> looks;
  if (part.empty() || archive.find(part).empty()) return looks;
  pugi::xml_document document;
  if (auto parsed = parse(archive, part, document); !parsed) return forward(parsed);
  const pugi::xml_node sheet = child(document, "styleSheet");
  std::map<int, NumberLook> own;
  for (const pugi::xml_node& format : children(child(sheet, "numFmts"), "numFmt"))
    own[format.attribute("numFmtId").as_int(-1)] = lookOf(format.attribute("formatCode").value());
  for (const pugi::xml_node& style : children(child(sheet, "cellXfs"), "xf")) {
    const int id = style.attribute("numFmtId").as_int(0);
    const auto found = own.find(id);
    looks.push_back(found != own.end() ? found->second : builtInLook(id));
  }
  return looks;
}

void listSheets(const pugi::xml_node& book, const std::map<std::string, Relation>& relations,
                Workbook& workbook) {
  for (const pugi::xml_node& sheet : children(child(book, "sheets"), "sheet")) {
    const auto found = relations.find(relationOf(sheet));
    if (found == relations.end() || found->second.type != "worksheet") continue;  // a chart, a dialog
    const std::string_view state = sheet.attribute("state").value();
    workbook.sheets.push_back({toValidUtf8(sheet.attribute("name").value()), found->second.part,
                               state == "hidden" || state == "veryHidden"});
  }
  std::stable_partition(workbook.sheets.begin(), workbook.sheets.end(),
                        [](const SheetEntry& sheet) { return !sheet.hidden; });
}

}  // namespace

Result<Workbook> readWorkbook(const ZipArchive& archive) {
  auto part = workbookPart(archive);
  if (!part) return forward(part);
  pugi::xml_document document;
  if (auto parsed = parse(archive, *part, document); !parsed) return forward(parsed);
  auto relations = relationsOf(archive, *part);
  if (!relations) return forward(relations);

  Workbook workbook;
  const pugi::xml_node book = child(document, "workbook");
  workbook.from_1904 = isTrue(child(book, "workbookPr").attribute("date1904"));
  listSheets(book, *relations, workbook);
  if (workbook.sheets.empty())
    return fail(ErrorCode::InvalidArgument, kNoSheets, {archive.name()}, {.file = archive.name()});
  std::string styles;
  for (const auto& [id, relation] : *relations) {
    if (relation.type == "styles") styles = relation.part;
    if (relation.type == "sharedStrings" && !archive.find(relation.part).empty())
      workbook.texts_part = relation.part;
  }
  auto looks = readStyles(archive, styles);
  if (!looks) return forward(looks);
  workbook.styles = std::move(*looks);
  return workbook;
}

}  // namespace lodestone::data
