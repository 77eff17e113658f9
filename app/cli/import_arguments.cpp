// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/import_arguments.h"

#include <algorithm>
#include <charconv>

#include "core/project/saved_records.h"

namespace lodestone::cli {
namespace {

constexpr Text kFormat{"Format of the file; default auto: by its looks", "文件格式；默认 auto：按内容判断"};
constexpr Text kEncoding{
    "auto, utf-8, utf-16, gb18030, big5, shift_jis, latin-1 and what else is known; default auto",
    "auto、utf-8、utf-16、gb18030、big5、shift_jis、latin-1 等；默认 auto"};
constexpr Text kDelimiter{"auto, tab, or one to four characters; default auto",
                          "auto、tab 或一到四个字符；默认 auto"};
constexpr Text kQuote{"The character around cells, or none; default: found out",
                      "单元格的引号字符，或 none；默认自动判断"};
constexpr Text kEscape{"The character before a quote inside quotes; default: found out",
                       "引号内引号前的转义字符；默认自动判断"};
constexpr Text kHeader{"Whether the first row names the columns; default auto", "首行是否为列名；默认 auto"};
constexpr Text kHeaderLines{"Rows that together name the columns", "共同构成列名的行数"};
constexpr Text kSkipLines{"Lines in front of the table", "表格之前的行数"};
constexpr Text kDecimal{"How numbers write their point: . or ,", "数字的小数点：. 或 ,"};
constexpr Text kNullWord{"A cell that means missing; may be given several times",
                         "表示缺失的单元格；可多次给出"};
constexpr Text kColumnType{"Type of a column, such as day='DATE %d.%m.%Y'; may be given several times",
                           "列的类型，如 day='DATE %d.%m.%Y'；可多次给出"};
constexpr Text kSourceTable{"Sheet of a workbook, table of a database, file in an archive",
                            "工作簿的工作表、数据库的表或压缩包中的文件"};
constexpr Text kQuery{"SQL for a database (PostgreSQL, SQLite), in place of a table",
                      "代替表的 SQL，用于数据库（PostgreSQL、SQLite）"};
constexpr Text kFileColumn{"A column that says which file a row is from", "记录每行来自哪个文件的列"};
constexpr Text kOnBadRows{"Keep what reads and list the rest, or fail; default reject",
                          "保留可读的行并列出其余，或直接失败；默认 reject"};
constexpr Text kAllText{"Every column as text", "所有列按文本读取"};
constexpr Text kOneCharacter{"auto, tab or one character is taken, not '{0}'",
                             "只接受 auto、tab 或单个字符，而不是“{0}”"};
constexpr Text kFewCharacters{"auto, tab or one to four characters are taken, not '{0}'",
                              "只接受 auto、tab 或一到四个字符，而不是“{0}”"};
constexpr Text kWholeNumber{"A whole number from 0 is taken, not '{0}'",
                            "只接受不小于 0 的整数，而不是“{0}”"};
constexpr Text kPoint{". or , is taken, not '{0}'", "只接受 . 或 ,，而不是“{0}”"};
constexpr Text kNoProject{"A template is kept in a project: name its folder with --project.",
                          "模板保存在项目中：请用 --project 指定项目文件夹。"};

bool isAutomatic(const std::string& text) {
  return text.empty() || text == "auto";
}

bool isTab(const std::string& text) {
  return text == "tab" || text == "\\t";
}

bool isOneCharacter(const std::string& text) {
  return isAutomatic(text) || isTab(text) || text == "none" || text.size() == 1;
}

bool isFewCharacters(const std::string& text) {
  return isAutomatic(text) || isTab(text) || (!text.empty() && text.size() <= 4);
}

bool isCount(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

bool isPoint(const std::string& text) {
  return text == "." || text == ",";
}

std::string character(const std::string& text) {
  return isTab(text) ? "\t" : text == "none" ? "" : text;
}

std::int64_t number(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

void addReadingOptions(CommandLine& line, CLI::App& verb, ReadingArguments& arguments) {
  oneOf(line.option(verb, "--format", arguments.format, kFormat, ""),
        {"auto", "csv", "json", "ndjson", "parquet", "xlsx", "sqlite", "postgres"});
  line.option(verb, "--encoding", arguments.encoding, kEncoding, "NAME");
  mustBe(line, line.option(verb, "--delimiter", arguments.delimiter, kDelimiter, "C"), isFewCharacters,
         kFewCharacters);
  mustBe(line, line.option(verb, "--quote", arguments.quote, kQuote, "C"), isOneCharacter, kOneCharacter);
  mustBe(line, line.option(verb, "--escape", arguments.escape, kEscape, "C"), isOneCharacter, kOneCharacter);
  oneOf(line.option(verb, "--header", arguments.header, kHeader, ""), {"auto", "yes", "no"});
  mustBe(line, line.option(verb, "--header-lines", arguments.header_lines, kHeaderLines, "N"), isCount,
         kWholeNumber);
  mustBe(line, line.option(verb, "--skip-lines", arguments.skip_lines, kSkipLines, "N"), isCount,
         kWholeNumber);
  mustBe(line, line.option(verb, "--decimal", arguments.decimal, kDecimal, "C"), isPoint, kPoint);
  line.option(verb, "--null-word", arguments.null_words, kNullWord, "WORD");
  keysAndValues(line, line.option(verb, "--type", arguments.types, kColumnType, "COLUMN=TYPE"));
  line.option(verb, "--source-table", arguments.source_table, kSourceTable, "NAME");
  line.option(verb, "--query", arguments.query, kQuery, "SQL");
  line.option(verb, "--file-column", arguments.file_column, kFileColumn, "NAME");
  oneOf(line.option(verb, "--on-bad-rows", arguments.on_bad_rows, kOnBadRows, ""), {"reject", "fail"});
  line.flag(verb, "--all-text", arguments.all_text, kAllText);
}

Json readingJson(const ReadingArguments& given) {
  Json json = Json::object();
  if (!isAutomatic(given.format)) json["format"] = given.format;
  if (!isAutomatic(given.encoding)) json["encoding"] = given.encoding;
  if (!isAutomatic(given.delimiter)) json["delimiter"] = character(given.delimiter);
  if (!isAutomatic(given.quote)) json["quote"] = character(given.quote);
  if (!isAutomatic(given.escape)) json["escape"] = character(given.escape);
  if (!isAutomatic(given.header)) json["header"] = given.header == "yes";
  if (!given.header_lines.empty()) json["header_lines"] = number(given.header_lines);
  if (!given.skip_lines.empty()) json["skip_lines"] = number(given.skip_lines);
  if (!given.decimal.empty()) json["decimal"] = given.decimal;
  if (!given.null_words.empty()) json["null_words"] = given.null_words;
  for (const std::string& type : given.types)
    if (const auto pair = keyAndValue(type)) json["column_types"][pair->first] = pair->second;
  if (given.all_text) json["all_text"] = true;
  if (!given.on_bad_rows.empty()) json["on_bad_rows"] = given.on_bad_rows;
  if (!given.source_table.empty()) json["source_table"] = given.source_table;
  if (!given.query.empty()) json["query"] = given.query;
  if (!given.file_column.empty()) json["file_column"] = given.file_column;
  return json;
}

Result<data::ImportOptions> readingOptions(const ReadingArguments& arguments,
                                           const std::string& template_name, project::Project* project) {
  Json json = Json::object();
  if (!template_name.empty()) {
    if (project == nullptr) return fail(ErrorCode::InvalidArgument, kNoProject);
    auto saved = project->saved().get(project::kSavedImportTemplate, template_name);
    if (!saved) return forward(saved);
    json = saved->value;
  }
  const Json own = readingJson(arguments);
  for (const auto& [key, value] : own.items()) {
    if (key == "column_types" && json.contains(key))
      json[key].update(value);
    else
      json[key] = value;
  }
  return data::importOptionsFrom(json);
}

}  // namespace lodestone::cli
