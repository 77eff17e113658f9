// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/unsupported.h"

#include <array>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kArchive{
    "{0} is packed as {1}, which is not unpacked here. Unpack it and import the files in it.",
    "{0} 的压缩格式是 {1}，此处无法解压。请解压后导入其中的文件。"};
constexpr Text kSheet{
    "{0} is {1}, which is not read. Open it in a spreadsheet program and save it as .xlsx or as CSV.",
    "{0} 的格式是 {1}，无法读取。请用电子表格程序打开并另存为 .xlsx 或 CSV。"};
constexpr Text kData{
    "{0} is {1}, which is not read. Save the data as CSV or Parquet with the program that made it.",
    "{0} 的格式是 {1}，无法读取。请用创建它的程序将数据另存为 CSV 或 Parquet。"};
constexpr Text kDocument{
    "{0} is {1}, and that is no table. Copy the table into a spreadsheet and save it as CSV.",
    "{0} 的格式是 {1}，不是数据表。请将表格复制到电子表格中并另存为 CSV。"};

using namespace std::string_view_literals;

struct Foreign {
  std::size_t offset;
  std::string_view bytes;      ///< in lower case where they are letters of a markup
  std::string_view extension;  ///< must fit too where the bytes alone say little; "": need not
  const Text* text;
  const char* name;
};

constexpr std::array kForeign{
    Foreign{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "", &kSheet, "Excel 97-2003 (.xls)"},
    Foreign{0, "\x09\x08"sv, ".xls", &kSheet, "Excel 5 (.xls)"},
    Foreign{30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"sv, "", &kSheet,
            "OpenDocument (.ods)"},
    Foreign{257, "ustar"sv, "", &kArchive, "tar"},
    Foreign{0, "BZh"sv, ".bz2", &kArchive, "bzip2"},
    Foreign{0, "\xFD\x37zXZ\x00"sv, "", &kArchive, "xz"},
    Foreign{0, "\x28\xB5\x2F\xFD"sv, "", &kArchive, "zstd"},
    Foreign{0, "7z\xBC\xAF\x27\x1C"sv, "", &kArchive, "7-Zip"},
    Foreign{0, "Rar!\x1A\x07"sv, "", &kArchive, "RAR"},
    Foreign{0, "ORC"sv, ".orc", &kData, "ORC"},
    Foreign{0, "<stata_dta>"sv, "", &kData, "Stata (.dta)"},
    Foreign{1, "\x02\x01"sv, ".dta", &kData, "Stata (.dta)"},
    Foreign{1, "\x01\x01"sv, ".dta", &kData, "Stata (.dta)"},
    Foreign{0, "$FL2"sv, "", &kData, "SPSS (.sav)"},
    Foreign{0, "\0\0\0\0\0\0\0\0\0\0\0\0\xC2\xEA\x81\x60"sv, "", &kData, "SAS (.sas7bdat)"},
    Foreign{0, "ARROW1"sv, "", &kData, "Arrow (Feather)"},
    Foreign{0, "FEA1"sv, "", &kData, "Feather"},
    Foreign{0, "Obj\x01"sv, "", &kData, "Avro"},
    Foreign{0, "\x89HDF\r\n\x1A\n"sv, "", &kData, "HDF5"},
    Foreign{0, "\x80"sv, ".pkl", &kData, "Python pickle"},
    Foreign{0, "RDX"sv, "", &kData, "R"},
    Foreign{0, "X\n\0\0"sv, "", &kData, "R (.rds)"},
    Foreign{8, "DUCK"sv, "", &kData, "DuckDB"},
    Foreign{4, "Standard Jet DB"sv, "", &kData, "Access (.mdb)"},
    Foreign{4, "Standard ACE DB"sv, "", &kData, "Access (.accdb)"},
    Foreign{0, "\x03"sv, ".dbf", &kSheet, "dBASE (.dbf)"},
    Foreign{0, "%PDF-"sv, "", &kDocument, "PDF"},
    Foreign{0, "\x89PNG\r\n\x1A\n"sv, "", &kDocument, "a PNG image"},
    Foreign{0, "\xFF\xD8\xFF"sv, "", &kDocument, "a JPEG image"},
    Foreign{0, "GIF87a"sv, "", &kDocument, "a GIF image"},
    Foreign{0, "GIF89a"sv, "", &kDocument, "a GIF image"},
    Foreign{8, "WEBPVP8"sv, "", &kDocument, "a WebP image"},
    Foreign{0, "II*\0"sv, "", &kDocument, "a TIFF image"},
    Foreign{0, "MM\0*"sv, "", &kDocument, "a TIFF image"},
    Foreign{0, "BM"sv, ".bmp", &kDocument, "a BMP image"},
    Foreign{0, "<!doctype html"sv, "", &kDocument, "HTML"},
    Foreign{0, "<html"sv, "", &kDocument, "HTML"},
    Foreign{0, "<?xml"sv, "", &kData, "XML"},
};

}  // namespace

Result<> mustBeReadable(const SourceInput& input, std::string_view head) {
  const std::string extension = lowerAscii(std::filesystem::path(input.name).extension().string());
  const std::string_view text = trim(head.substr(0, 512));
  for (const Foreign& foreign : kForeign) {
    if (!foreign.extension.empty() && foreign.extension != extension) continue;
    const bool markup = foreign.bytes.starts_with("<");
    const std::string_view from = markup ? text : head.substr(std::min(foreign.offset, head.size()));
    const std::string_view there = from.substr(0, foreign.bytes.size());
    if (there == foreign.bytes || (markup && lowerAscii(there) == foreign.bytes))
      return fail(ErrorCode::Unsupported, *foreign.text, {input.name, foreign.name}, {.file = input.name});
  }
  return {};
}

}  // namespace lodestone::data
