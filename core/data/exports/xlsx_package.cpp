// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/exports/xlsx_package.h"

#include <zip.h>

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kPacking{"Packing {0}", "正在打包 {0}"};

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kPackageTypes = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view kOfficeRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kTypePrefix = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
/// XML packs well at any level; the higher ones only take longer.
constexpr zip_uint32_t kLevel = 3;

std::string sheetPath(std::size_t index) {
  return "worksheets/sheet" + std::to_string(index + 1) + ".xml";
}

std::string contentTypes(std::size_t sheets) {
  const auto part = [](const std::string& path, std::string_view type) {
    return "<Override PartName=\"/xl/" + path + "\" ContentType=\"" + std::string(kTypePrefix) +
           std::string(type) + "+xml\"/>";
  };
  std::string xml = std::string(kXml) + "<Types xmlns=\"" + std::string(kPackageTypes) +
                    "content-types\"><Default Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                    "Extension=\"xml\" ContentType=\"application/xml\"/>" +
                    part("workbook.xml", "sheet.main") + part("styles.xml", "styles");
  for (std::size_t i = 0; i < sheets; ++i) xml += part(sheetPath(i), "worksheet");
  return xml + "</Types>";
}

std::string relation(std::size_t id, std::string_view type, const std::string& target) {
  return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + std::string(kOfficeRelations) + "/" +
         std::string(type) + "\" Target=\"" + target + "\"/>";
}

std::string relations(const std::string& list) {
  return std::string(kXml) + "<Relationships xmlns=\"" + std::string(kPackageTypes) + "relationships\">" +
         list + "</Relationships>";
}

std::string workbook(const std::vector<XlsxSheet>& sheets) {
  std::string xml = std::string(kXml) + "<workbook xmlns=\"" + std::string(kMain) + "\" xmlns:r=\"" +
                    std::string(kOfficeRelations) + "\"><sheets>";
  for (std::size_t i = 0; i < sheets.size(); ++i)
    xml += "<sheet name=\"" + escapeHtml(sheets[i].name) + "\" sheetId=\"" + std::to_string(i + 1) +
           "\" r:id=\"rId" + std::to_string(i + 1) + "\"/>";
  return xml + "</sheets></workbook>";
}

std::string workbookRelations(std::size_t sheets) {
  std::string list;
  for (std::size_t i = 0; i < sheets; ++i) list += relation(i + 1, "worksheet", sheetPath(i));
  return relations(list + relation(sheets + 1, "styles", "styles.xml"));
}

std::string styles() {
  return std::string(kXml) + "<styleSheet xmlns=\"" + std::string(kMain) +
         "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt "
         "numFmtId=\"165\" "
         "formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>"
         "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz "
         "val=\"11\"/><name "
         "val=\"Calibri\"/></font></fonts>"
         "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
         "patternType=\"gray125\"/></fill></fills>"
         "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
         "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
         "borderId=\"0\"/></cellStyleXfs>"
         "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
         "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
         "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"21\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
         "applyNumberFormat=\"1\"/></cellXfs>"
         "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
         "builtinId=\"0\"/></cellStyles></styleSheet>";
}

/// The archive while it is put together; what is not closed is thrown away.
class Archive {
 public:
  explicit Archive(const PartFile& file) : file_(file) {
    int code = 0;
    zip_ = zip_open(file.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip_ == nullptr) {
      zip_error_t error;
      zip_error_init_with_code(&error, code);
      reason_ = zip_error_strerror(&error);
      zip_error_fini(&error);
    }
  }
  ~Archive() {
    if (zip_ != nullptr) zip_discard(zip_);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// bytes must live until close().
  Result<> add(const std::string& name, const std::string& bytes) {
    if (zip_ == nullptr) return file_.failure(reason_);
    return add(name, zip_source_buffer(zip_, bytes.data(), bytes.size(), 0));
  }
  Result<> addFile(const std::string& name, const std::string& path) {
    if (zip_ == nullptr) return file_.failure(reason_);
    return add(name, zip_source_file(zip_, path.c_str(), 0, -1));
  }
  Result<> close(JobContext& job) {
    State state{job, file_.target().filename().string()};
    zip_register_progress_callback_with_state(zip_, 0.01, tellProgress, nullptr, &state);
    zip_register_cancel_callback_with_state(zip_, isStopped, nullptr, &state);
    if (zip_close(zip_) == 0) {
      zip_ = nullptr;
      return {};
    }
    if (auto go = job.checkpoint(); !go) return go;
    return file_.failure(zip_strerror(zip_));
  }

 private:
  struct State {
    JobContext& job;
    std::string name;
  };
  static void tellProgress(zip_t*, double fraction, void* state) {
    auto* told = static_cast<State*>(state);
    told->job.report(fraction, kPacking, {told->name});
  }
  static int isStopped(zip_t*, void* state) { return static_cast<State*>(state)->job.checkpoint() ? 0 : 1; }

  Result<> add(const std::string& name, zip_source_t* source) {
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(zip_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      return file_.failure(zip_strerror(zip_));
    }
    zip_set_file_compression(zip_, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, kLevel);
    return {};
  }

  const PartFile& file_;
  zip_t* zip_ = nullptr;
  std::string reason_;
};

/// "_xHHHH_" where the text has that itself: it would be read as a character.
bool looksEscaped(std::string_view rest) {
  if (rest.size() < 7 || rest[1] != 'x' || rest[6] != '_') return false;
  return std::all_of(rest.begin() + 2, rest.begin() + 6, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

void appendEscaped(unsigned code, std::string& xml) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  xml += "_x";
  for (int shift = 12; shift >= 0; shift -= 4) xml += kDigits[(code >> static_cast<unsigned>(shift)) & 15U];
  xml += '_';
}

}  // namespace

Result<> packXlsx(const std::vector<XlsxSheet>& sheets, const PartFile& file, JobContext& job) {
  const std::vector<std::pair<std::string, std::string>> parts{
      {"[Content_Types].xml", contentTypes(sheets.size())},
      {"_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml", workbook(sheets)},
      {"xl/_rels/workbook.xml.rels", workbookRelations(sheets.size())},
      {"xl/styles.xml", styles()},
  };
  Archive archive(file);
  for (const auto& [name, xml] : parts)
    if (auto added = archive.add(name, xml); !added) return added;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (auto flushed = sheets[i].xml->flush(); !flushed) return flushed;
    if (auto added = archive.addFile("xl/" + sheetPath(i), sheets[i].xml->path()); !added) return added;
  }
  return archive.close(job);
}

void appendXmlText(std::string_view text, std::string& xml) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    if (text[i] == '&')
      xml += "&amp;";
    else if (text[i] == '<')
      xml += "&lt;";
    else if (text[i] == '>')
      xml += "&gt;";
    else if (code < 0x20 && text[i] != '\t' && text[i] != '\n')
      appendEscaped(code, xml);
    else if (text[i] == '_' && looksEscaped(text.substr(i)))
      appendEscaped('_', xml);
    else if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")) {
      appendEscaped(0xFFC0U | static_cast<unsigned char>(text[i + 2]) % 64U, xml);
      i += 2;
    } else {
      xml += text[i];
    }
  }
}

std::string sheetName(const std::string& name, int number) {
  std::string allowed;
  for (const char c : toValidUtf8(name))
    allowed +=
        std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < ' '
            ? '_'
            : c;
  const std::string suffix = number > 1 ? " " + std::to_string(number) : "";
  // Characters of UTF-16 are counted: one beyond its first plane is two.
  const std::size_t most = 31 - suffix.size();
  std::string cut;
  std::size_t units = 0;
  for (std::size_t i = 0; i < allowed.size();) {
    std::size_t length = 1;
    while (i + length < allowed.size() && (static_cast<unsigned char>(allowed[i + length]) & 0xC0U) == 0x80U)
      ++length;
    units += length == 4 ? 2 : 1;
    if (units > most) break;
    cut += allowed.substr(i, length);
    i += length;
  }
  if (!cut.empty() && cut.front() == '\'') cut.front() = '_';
  if (!cut.empty() && cut.back() == '\'') cut.back() = '_';
  return (trim(cut).empty() ? "Sheet" : cut) + suffix;
}

}  // namespace lodestone::data
