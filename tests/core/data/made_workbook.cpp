// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/made_workbook.h"

#include <zip.h>

#include <stdexcept>

namespace lodestone::test {

namespace {

constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relations(const std::string& inside) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inside +
         "</Relationships>";
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + kOffice + "/" + type + "\" Target=\"" + target + "\"/>";
}

std::string element(const MadeWorkbook& book, const std::string& name, const std::string& inside) {
  const std::string space =
      book.prefix.empty() ? "xmlns" : "xmlns:" + book.prefix.substr(0, book.prefix.size() - 1);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + book.prefix + name + " " + space + "=\"" +
         book.space + "\" xmlns:r=\"" + kOffice + "\">" + inside + "</" + book.prefix + name + ">";
}

std::string styles(const MadeWorkbook& book) {
  const std::string& p = book.prefix;
  std::string formats;
  std::string cells = "<" + p + "xf numFmtId=\"0\"/>";
  int id = 164;
  for (const std::string& code : book.formats) {
    formats += "<" + p + "numFmt numFmtId=\"" + std::to_string(id) + "\" formatCode=\"" + code + "\"/>";
    cells += "<" + p + "xf numFmtId=\"" + std::to_string(id++) + "\"/>";
  }
  for (const int built_in : book.built_in)
    cells += "<" + p + "xf numFmtId=\"" + std::to_string(built_in) + "\"/>";
  return element(book, "styleSheet",
                 "<" + p + "numFmts>" + formats + "</" + p + "numFmts><" + p + "cellXfs>" + cells + "</" + p +
                     "cellXfs>");
}

std::map<std::string, std::string> partsOf(const MadeWorkbook& book) {
  const std::string& p = book.prefix;
  std::map<std::string, std::string> parts;
  std::string sheets;
  std::string links =
      relation("rT", "sharedStrings", "sharedStrings.xml") + relation("rS", "styles", "/xl/styles.xml");
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const MadeWorkbook::Sheet& sheet = book.sheets[i];
    sheets += "<" + p + "sheet name=\"" + sheet.name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number +
              "\"" + (sheet.state.empty() ? "" : " state=\"" + sheet.state + "\"") + "/>";
    links += relation("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    parts["xl/worksheets/sheet" + number + ".xml"] =
        element(book, "worksheet", "<" + p + "sheetData>" + sheet.rows + "</" + p + "sheetData>");
  }
  std::string texts;
  for (const std::string& text : book.shared) texts += "<" + p + "si>" + text + "</" + p + "si>";
  parts["[Content_Types].xml"] = "<Types/>";
  parts["_rels/.rels"] = relations(relation("rId1", "officeDocument", "xl/workbook.xml"));
  parts["xl/_rels/workbook.xml.rels"] = relations(links);
  parts["xl/workbook.xml"] = element(book, "workbook",
                                     "<" + p + "workbookPr" + (book.from_1904 ? " date1904=\"1\"" : "") +
                                         "/><" + p + "sheets>" + sheets + "</" + p + "sheets>");
  parts["xl/styles.xml"] = styles(book);
  parts["xl/sharedStrings.xml"] = element(book, "sst", texts);
  for (const auto& [name, bytes] : book.others) parts[name] = bytes;
  return parts;
}

}  // namespace

void writeWorkbook(const std::filesystem::path& file, const MadeWorkbook& book) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (archive == nullptr) throw std::runtime_error("cannot write " + file.string());
  const auto parts = partsOf(book);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0)
      throw std::runtime_error("cannot add " + name);
  }
  if (zip_close(archive) != 0) throw std::runtime_error("cannot close " + file.string());
}

}  // namespace lodestone::test
