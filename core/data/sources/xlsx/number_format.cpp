// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/number_format.h"

#include <cmath>
#include <string>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr double kMillisADay = 86400000;
constexpr std::int64_t kDays1899 = -25568;  // 1899-12-31 as days since 1970
constexpr std::int64_t kDays1904 = -24107;
constexpr std::int64_t kLastDay = 2932896;  // 9999-12-31
constexpr double kFalseLeapDay = 60;        // "1900-02-29"
constexpr double kExactWhole = 9007199254740992.0;

/// The letters of a format's first section that stand for values: without texts, colours and locales.
/// elapsed: it has [h], [m] or [s].
std::string lettersOf(std::string_view code, bool& elapsed) {
  std::string letters;
  elapsed = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const auto end = std::min(code.find(']', i), code.size());
      const std::string inside = lowerAscii(code.substr(i + 1, end - i - 1));
      elapsed =
          elapsed || (!inside.empty() && inside.find_first_not_of(inside.front()) == std::string::npos &&
                      (inside.front() == 'h' || inside.front() == 'm' || inside.front() == 's'));
      i = end;
    } else {
      letters += c;
    }
  }
  return lowerAscii(letters);
}

Cell numberCell(double value) {
  if (std::trunc(value) == value && std::fabs(value) <= kExactWhole)
    return {.kind = CellKind::Integer, .whole = static_cast<std::int64_t>(value)};
  return {.kind = CellKind::Real, .real = value};
}

}  // namespace

NumberLook builtInLook(int id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return NumberLook::Date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47) return NumberLook::Time;
  return id == 22 ? NumberLook::DateTime : NumberLook::Number;
}

NumberLook lookOf(std::string_view code) {
  bool elapsed = false;
  std::string letters = lettersOf(code, elapsed);
  if (elapsed) return NumberLook::Number;
  for (const char* word : {"general", "am/pm", "a/p"}) {
    const bool clock = std::string_view(word) != "general";
    const std::string without = replaceAll(letters, word, clock ? "h" : "");
    letters = without;
  }
  bool date = false;
  bool time = false;
  bool month = false;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char c = letters[i];
    const char after = i + 1 < letters.size() ? letters[i + 1] : '\0';
    if (c == 'e' && (after == '+' || after == '-')) continue;  // 0.00E+00
    if (c == 'y' || c == 'd' || c == 'e') date = true;
    if (c == 'h' || c == 's') time = true;
    if (c == 'm') month = true;
  }
  // An m beside hours or seconds is minutes; beside days or alone, months.
  if (month && !time) date = true;
  if (date && time) return NumberLook::DateTime;
  if (date) return NumberLook::Date;
  return time ? NumberLook::Time : NumberLook::Number;
}

Cell cellOf(double value, NumberLook look, bool from_1904) {
  if (look == NumberLook::Number || value < 0 || value > kLastDay - kDays1899 + 1) return numberCell(value);
  double day = std::floor(value);
  std::int64_t millis = std::llround((value - day) * kMillisADay);
  if (millis >= static_cast<std::int64_t>(kMillisADay)) {
    millis = value < 1 ? millis - 1 : 0;
    day += value < 1 ? 0 : 1;
  }
  // Below 1 there is a time of day and no date, but for 1904's first day.
  if (day == 0 && (look == NumberLook::Time || millis > 0))
    return {.kind = CellKind::Time, .whole = millis * 1000};
  if (!from_1904 && (day == 0 || day == kFalseLeapDay)) return numberCell(value);
  const std::int64_t days = static_cast<std::int64_t>(day) + (from_1904             ? kDays1904
                                                              : day < kFalseLeapDay ? kDays1899
                                                                                    : kDays1899 - 1);
  if (days > kLastDay) return numberCell(value);
  if (look == NumberLook::Date && millis == 0) return {.kind = CellKind::Date, .whole = days};
  return {.kind = CellKind::Timestamp,
          .whole = (days * static_cast<std::int64_t>(kMillisADay) + millis) * 1000};
}

}  // namespace lodestone::data
