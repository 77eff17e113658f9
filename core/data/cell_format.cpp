// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cell_format.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.h"
#include "core/data/database.h"

namespace lodestone::data {

namespace {

/// Blanks of all kinds that surround cells or part thousands: ASCII, no-break, narrow no-break, thin,
/// ideographic.
constexpr std::string_view kBlanks = " \t\r\n\u00A0\u202F\u2009\u3000";

std::string without(const std::string& expression, std::string_view pattern) {
  return "regexp_replace(" + expression + ", " + quoteLiteral(pattern) + ", '', 'g')";
}

/// The regular expression (RE2) of a whole cell that is a number in the format, its currency and sign taken
/// off.
std::string numberPattern(CellType type, const CellFormat& format) {
  std::string whole = "[0-9]+";
  if (format.group != '\0') {
    const std::string mark =
        format.group == ' ' ? "[ \u00A0\u202F\u2009]" : "[" + std::string(1, format.group) + "]";
    whole = "(?:[0-9]{1,3}(?:" + mark + "[0-9]{3})+|[0-9]+)";
  }
  if (type == CellType::Integer && !format.percent) return "[+-]?" + whole;
  const std::string mark = "[" + std::string(1, format.decimal) + "]";
  return "[+-]?(?:" + whole + "(?:" + mark + "[0-9]*)?|" + mark + "[0-9]+)(?:[eE][+-]?[0-9]+)?";
}

std::string numberSql(const std::string& cell, CellType type, const CellFormat& format) {
  std::string bare = cell;
  if (format.currency) {
    const std::string codes = "(?:" + join(currencyCodes(), "|") + ")";
    bare = without(bare, "[A-Z]{0,2}\\p{Sc}|^" + codes + "|" + codes + "$|元$");
    // Bookkeepers write losses in brackets.
    bare = trimmedSql("regexp_replace(" + trimmedSql(bare) + ", '^\\((.*)\\)$', '-\\1')");
    bare = "regexp_replace(" + bare + ", '^([+-])\\s+', '\\1')";
  }
  if (format.percent) bare = trimmedSql("regexp_replace(" + bare + ", '[%％]$', '')");
  std::string digits = bare;
  if (format.group == ' ') digits = without(digits, "[ \u00A0\u202F\u2009]");
  if (format.group != '\0' && format.group != ' ')
    digits = "replace(" + digits + ", " + quoteLiteral(std::string(1, format.group)) + ", '')";
  if (format.decimal != '.')
    digits = "replace(" + digits + ", " + quoteLiteral(std::string(1, format.decimal)) + ", '.')";
  std::string matches = "regexp_full_match(" + bare + ", " + quoteLiteral(numberPattern(type, format)) + ")";
  if (format.percent) matches += " AND regexp_matches(" + cell + ", '[%％]$')";
  std::string value = "TRY_CAST(" + digits + " AS " + (type == CellType::Integer ? "BIGINT" : "DOUBLE") + ")";
  if (type == CellType::Real) matches += " AND isfinite(" + value + ")";
  if (format.percent) value += " / 100";
  return "CASE WHEN " + matches + " THEN " + value + " END";
}

constexpr std::array<std::string_view, 8> kYes = {"true", "yes", "y", "t", "1", "on", "是", "真"};
constexpr std::array<std::string_view, 8> kNo = {"false", "no", "n", "f", "0", "off", "否", "假"};

std::string isOneOfSql(const std::string& cell, const std::array<std::string_view, 8>& words) {
  std::vector<std::string> quoted;
  for (const std::string_view word : words) quoted.push_back(quoteLiteral(word));
  // DuckDB would make a join of every IN.
  return "list_contains([" + join(quoted, ", ") + "], lower(" + cell + "))";
}

std::string booleanSql(const std::string& cell) {
  return "CASE WHEN " + isOneOfSql(cell, kYes) + " THEN true WHEN " + isOneOfSql(cell, kNo) +
         " THEN false END";
}

/// Chinese halves of the day as strptime knows them.
std::string withHalves(const std::string& cell, const std::string& pattern) {
  if (pattern.find("%p") == std::string::npos) return cell;
  return "replace(replace(" + cell + ", '上午', 'AM'), '下午', 'PM')";
}

/// An ISO timestamp in UTC. DuckDB's own cast to TIMESTAMP would leave out what stands behind the clock, and
/// no cast knows a zone behind a clock without seconds.
std::string isoMomentSql(const std::string& cell) {
  const std::string behind = "substr(" + cell + ", 11)";
  const std::string seconds =
      "regexp_replace(" + cell + ", '([T ][0-9]{1,2}:[0-9]{2})(Z|[+-][0-9:]+)$', '\\1:00\\2')";
  return "CASE WHEN contains(" + behind + ", '+') OR contains(" + behind + ", '-') OR ends_with(" + cell +
         ", 'Z') THEN make_timestamp(epoch_us(TRY_CAST(" + seconds + " AS TIMESTAMPTZ))) ELSE TRY_CAST(" +
         cell + " AS TIMESTAMP) END";
}

std::string timeSql(const std::string& cell, CellType type, const std::string& pattern) {
  const std::string moment =
      pattern.empty() ? "(" + isoMomentSql(cell) + ")"
                      : "try_strptime(" + withHalves(cell, pattern) + ", " + quoteLiteral(pattern) + ")";
  // DuckDB's own cast to DATE would cut the time of day off.
  const std::string date = "CAST(" + moment + " AS DATE)";
  if (type == CellType::Date)
    return "CASE WHEN " + moment + " = " + date + " AND isfinite(" + moment + ") THEN " + date + " END";
  return "CASE WHEN isfinite(" + moment + ") THEN " + moment + " END";
}

}  // namespace

std::string trimmedSql(std::string_view expression) {
  return "trim(" + std::string(expression) + ", " + quoteLiteral(kBlanks) + ")";
}

std::string parseTrimmedSql(std::string_view expression, CellType type, const CellFormat& format) {
  const std::string cell(expression);
  switch (type) {
    case CellType::Boolean:
      return booleanSql(cell);
    case CellType::Integer:
    case CellType::Real:
      return numberSql(cell, format.percent ? CellType::Real : type, format);
    case CellType::Date:
    case CellType::Timestamp:
      return timeSql(cell, type, format.pattern);
    case CellType::Text:
      break;
  }
  return cell;
}

std::string parseSql(std::string_view expression, CellType type, const CellFormat& format) {
  return type == CellType::Text ? std::string(expression)
                                : parseTrimmedSql(trimmedSql(expression), type, format);
}

std::optional<bool> booleanOf(std::string_view text) {
  const std::string word = lowerAscii(text);
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), word) != kNo.end()) return false;
  return std::nullopt;
}

}  // namespace lodestone::data
