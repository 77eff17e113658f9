// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/conversion.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/cell_format.h"
#include "core/data/steps/step.h"

namespace lodestone::data::steps {

namespace {

std::vector<std::string> wordsOf(const std::string& format) {
  std::vector<std::string> words;
  for (const std::string& word : split(replaceAll(format, ",", " "), ' '))
    if (!trim(word).empty()) words.emplace_back(trim(word));
  return words;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string integerFromNumber(const std::string& number) {
  return "CASE WHEN " + number + " = trunc(" + number + ") THEN TRY_CAST(" + number + " AS BIGINT) END";
}

/// A text of digits in any of the ways that its words allow.
std::string fromText(const std::string& text, CellType type, const std::string& format) {
  const std::vector<std::string> words = wordsOf(format);
  CellFormat cell_format{.decimal = has(words, "decimal_comma") ? ',' : '.',
                         .percent = has(words, "percent"),
                         .currency = has(words, "currency")};
  std::vector<std::string> ways;
  if (!has(words, "thousands")) ways.push_back(parseSql(text, type, cell_format));
  const std::string groups = has(words, "thousands") ? (cell_format.decimal == ',' ? ". '" : ", '") : "";
  for (const char group : groups) {
    cell_format.group = group;
    ways.push_back(parseSql(text, type, cell_format));
  }
  // "12.0" is a whole number too; long ones keep all their digits in the way above.
  if (type == CellType::Integer) ways.push_back(integerFromNumber(fromText(text, CellType::Real, format)));
  return "coalesce(" + join(ways, ", ") + ")";
}

std::string momentFromText(const std::string& text, CellType type, const std::string& format) {
  std::vector<std::string> ways;
  for (const std::string& pattern : split(format, '|'))
    ways.push_back(parseSql(text, type, {.pattern = std::string(trim(pattern))}));
  return ways.size() == 1 ? ways[0] : "coalesce(" + join(ways, ", ") + ")";
}

std::string momentFromNumber(const std::string& number, const std::string& format) {
  const std::string microseconds =
      format == "excel" ? "(" + number + "::DOUBLE - 25569) * 86400e6" : number + "::DOUBLE * 1e6";
  return "make_timestamp(TRY_CAST(round(" + microseconds + ") AS BIGINT))";
}

std::string timestamp(const ColumnInfo& column, const std::string& format) {
  const std::string value = cell(column.name);
  if (classOf(column.type) == ColumnClass::Text) return momentFromText(value, CellType::Timestamp, format);
  if (isMoment(column)) return "CAST(" + value + " AS TIMESTAMP)";
  if (isNumber(column) && (format == "excel" || format == "unix")) return momentFromNumber(value, format);
  return {};
}

/// A text with a time of day is no date; a timestamp loses it.
std::string date(const ColumnInfo& column, const std::string& format) {
  if (classOf(column.type) == ColumnClass::Text)
    return momentFromText(cell(column.name), CellType::Date, format);
  const std::string moment = timestamp(column, format);
  return moment.empty() ? moment : "CAST(" + moment + " AS DATE)";
}

std::string boolean(const ColumnInfo& column) {
  const std::string value = cell(column.name);
  if (isNumber(column)) return "CASE WHEN " + value + " = 1 THEN true WHEN " + value + " = 0 THEN false END";
  if (classOf(column.type) == ColumnClass::Boolean) return value;
  return classOf(column.type) == ColumnClass::Text ? parseSql(value, CellType::Boolean, {}) : "";
}

std::string text(const ColumnInfo& column, const std::string& format) {
  if (isMoment(column) && !format.empty())
    return "strftime(" + cell(column.name) + ", " + quoteLiteral(format) + ")";
  return "CAST(" + cell(column.name) + " AS VARCHAR)";
}

}  // namespace

const std::vector<std::string>& numberFormatWords() {
  static const std::vector<std::string> kWords{"decimal_comma", "thousands", "currency", "percent"};
  return kWords;
}

std::optional<std::string> unknownFormatWord(const std::string& format) {
  for (const std::string& word : wordsOf(format))
    if (!has(numberFormatWords(), word)) return word;
  return std::nullopt;
}

std::string conversion(const ColumnInfo& column, const std::string& type, const std::string& format) {
  const std::string value = cell(column.name);
  const ColumnClass kind = classOf(column.type);
  if (type == "text") return text(column, format);
  if (type == "boolean") return boolean(column);
  if (type == "timestamp") return timestamp(column, format);
  if (type == "date") return date(column, format);
  if (kind == ColumnClass::Text)
    return fromText(value, type == "integer" ? CellType::Integer : CellType::Real, format);
  if (kind == ColumnClass::Boolean)
    return "CAST(" + value + " AS " + (type == "integer" ? "BIGINT)" : "DOUBLE)");
  if (!isNumber(column)) return {};
  return type == "integer" ? integerFromNumber(value) : "CAST(" + value + " AS DOUBLE)";
}

}  // namespace lodestone::data::steps
