// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/conversion.h"

#include <algorithm>

#include "core/base/text.h"
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

std::string replaced(const std::string& text, const std::string& pattern, const std::string& by) {
  return "regexp_replace(" + text + ", " + quoteLiteral(pattern) + ", " + quoteLiteral(by) + ", 'g')";
}

/// The text as a plain number, "-1234.5", or NULL.
std::string plainNumber(const std::string& text, const std::vector<std::string>& words) {
  std::string plain = "trim(" + text + ")";
  if (has(words, "currency")) {
    // Signs and codes at either end; accountants write (5) for -5.
    plain = replaced(plain, R"(^\((.*)\)$)", R"(-\1)");
    plain = replaced(
        plain, R"(^([+-]?)\s*(?:\p{Sc}|[A-Za-z]{2,3}\.?)\s*([+-]?)|\s*(?:\p{Sc}|元|円|[A-Za-z]{2,3}\.?)$)",
        R"(\1\2)");
  }
  if (has(words, "percent")) plain = replaced(plain, R"(\s*[%％]$|^[%％]\s*)", "");
  const bool comma = has(words, "decimal_comma");
  const std::string point = comma ? "," : "\\.";
  const std::string group = comma ? R"([.'’ \x{A0}\x{202F}])" : R"([,'’ \x{A0}\x{202F}])";
  const std::string whole =
      has(words, "thousands") ? "(?:[0-9]{1,3}(?:" + group + "[0-9]{3})+|[0-9]*)" : "[0-9]*";
  const std::string shape = "[+-]?" + whole + "(?:" + point + "[0-9]*)?(?:[eE][+-]?[0-9]+)?";
  std::string bare = has(words, "thousands") ? replaced(plain, group, "") : plain;
  if (comma) bare = "replace(" + bare + ", ',', '.')";
  return "CASE WHEN regexp_full_match(" + plain + ", " + quoteLiteral(shape) + ") THEN " + bare + " END";
}

std::string finite(const std::string& number) {
  return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
}

std::string numberFromText(const std::string& text, const std::string& format) {
  const std::vector<std::string> words = wordsOf(format);
  const std::string number = finite("TRY_CAST(" + plainNumber(text, words) + " AS DOUBLE)");
  return has(words, "percent") ? "(" + number + ") / 100" : number;
}

/// Whole numbers of a text keep all their digits: DOUBLE would round those beyond 2^53.
std::string integerFromText(const std::string& text, const std::string& format) {
  const std::vector<std::string> words = wordsOf(format);
  const std::string plain = plainNumber(text, words);
  if (has(words, "percent")) return {};
  return "CASE WHEN regexp_full_match(" + plain + ", '[+-]?[0-9]+(?:\\.0*)?') THEN TRY_CAST(split_part(" +
         plain + ", '.', 1) AS BIGINT) END";
}

std::string integerFromNumber(const std::string& number) {
  return "CASE WHEN " + number + " = trunc(" + number + ") THEN TRY_CAST(" + number + " AS BIGINT) END";
}

std::string momentFromText(const std::string& text, const std::string& format) {
  const std::string trimmed = "trim(" + text + ")";
  if (format.empty()) return "TRY_CAST(" + trimmed + " AS TIMESTAMP)";
  std::vector<std::string> patterns;
  for (const std::string& pattern : split(format, '|')) patterns.push_back(quoteLiteral(trim(pattern)));
  return "try_strptime(" + trimmed + ", [" + join(patterns, ", ") + "])";
}

std::string momentFromNumber(const std::string& number, const std::string& format) {
  const std::string microseconds =
      format == "excel" ? "(" + number + "::DOUBLE - 25569) * 86400e6" : number + "::DOUBLE * 1e6";
  return "make_timestamp(TRY_CAST(round(" + microseconds + ") AS BIGINT))";
}

std::string moment(const ColumnInfo& column, const std::string& format) {
  const std::string value = cell(column.name);
  if (classOf(column.type) == ColumnClass::Text) return momentFromText(value, format);
  if (isMoment(column)) return "CAST(" + value + " AS TIMESTAMP)";
  if (isNumber(column) && (format == "excel" || format == "unix")) return momentFromNumber(value, format);
  return {};
}

/// A date has no time of day: a text with one is no date, a timestamp loses it.
std::string date(const ColumnInfo& column, const std::string& format) {
  const std::string time = moment(column, format);
  if (time.empty()) return {};
  if (classOf(column.type) != ColumnClass::Text) return "CAST(" + time + " AS DATE)";
  return "CASE WHEN " + time + " = date_trunc('day', " + time + ") THEN CAST(" + time + " AS DATE) END";
}

std::string boolean(const ColumnInfo& column) {
  const std::string value = cell(column.name);
  if (isNumber(column)) return "CASE WHEN " + value + " = 1 THEN true WHEN " + value + " = 0 THEN false END";
  if (classOf(column.type) == ColumnClass::Boolean) return value;
  if (classOf(column.type) != ColumnClass::Text) return {};
  return "CASE WHEN lower(trim(" + value +
         ")) IN ('true', 't', 'yes', 'y', '1', 'on', 'ja', 'j', 'oui', 'si', 'sí', '是', '对', '有', '√') "
         "THEN true WHEN "
         "lower(trim(" +
         value +
         ")) IN ('false', 'f', 'no', 'n', '0', 'off', 'nein', 'non', '否', '不', '无', '×') THEN false END";
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
  if (type == "timestamp") return moment(column, format);
  if (type == "date") return date(column, format);
  if (kind == ColumnClass::Text)
    return type == "integer" ? integerFromText(value, format) : numberFromText(value, format);
  if (kind == ColumnClass::Boolean)
    return "CAST(" + value + " AS " + (type == "integer" ? "BIGINT)" : "DOUBLE)");
  if (!isNumber(column)) return {};
  return type == "integer" ? integerFromNumber(value) : "CAST(" + value + " AS DOUBLE)";
}

}  // namespace lodestone::data::steps
