// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rows/cell_value.h"

#include <time.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "core/base/text.h"
#include "core/data/cell_types.h"

namespace lodestone::data {

namespace {

constexpr std::int64_t kSecond = 1000000;
constexpr std::int64_t kDay = 86400 * kSecond;
constexpr double kExactWhole = 9007199254740992.0;  // 2^53

/// Reads the parts of a moment from the front of a text.
class MomentScanner {
 public:
  explicit MomentScanner(std::string_view text) : rest_(text) {}
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool digits(std::size_t least, std::size_t most, int& value) {
    std::size_t count = 0;
    value = 0;
    while (count < most && count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      value = value * 10 + (rest_[count++] - '0');
    if (count < least) return false;
    rest_.remove_prefix(count);
    return true;
  }
  /// Digits behind a point, as microseconds; further ones are cut off.
  bool fraction(std::int64_t& micros) {
    std::int64_t unit = kSecond / 10;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
      micros += unit * (rest_[count] - '0');
      unit /= 10;
    }
    rest_.remove_prefix(count);
    return count > 0;
  }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// "09:30", "09:30:00.25"; micros since midnight.
bool clock(MomentScanner& scanner, std::int64_t& micros) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t fraction = 0;
  if (!scanner.digits(1, 2, hour) || !scanner.take(':') || !scanner.digits(2, 2, minute)) return false;
  if (scanner.take(':')) {
    if (!scanner.digits(2, 2, second)) return false;
    if ((scanner.take('.') || scanner.take(',')) && !scanner.fraction(fraction)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  micros = (hour * 3600LL + minute * 60LL + second) * kSecond + fraction;
  return true;
}

/// What is behind the clock: nothing, Z, +02, +0200, +02:00; micros to take away.
bool zone(MomentScanner& scanner, std::int64_t& offset) {
  if (scanner.atEnd()) return true;
  if (scanner.take('Z')) return scanner.atEnd();
  const bool west = scanner.take('-');
  if (!west && !scanner.take('+')) return false;
  int hours = 0;
  int minutes = 0;
  if (!scanner.digits(2, 2, hours)) return false;
  if (scanner.take(':') ? !scanner.digits(2, 2, minutes)
                        : (!scanner.atEnd() && !scanner.digits(2, 2, minutes)))
    return false;
  offset = (hours * 60LL + minutes) * 60 * kSecond * (west ? -1 : 1);
  return scanner.atEnd() && hours < 24 && minutes < 60;
}

std::optional<std::int64_t> daysOf(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// The text of a moment in the pattern of strptime.
Cell momentIn(const std::string& text, const std::string& format) {
  tm parts{};
  parts.tm_mday = 1;
  const char* end = strptime(text.c_str(), format.c_str(), &parts);
  if (end == nullptr || *end != '\0') return {};
  const auto days = daysOf(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
  if (!days) return {};
  const std::int64_t seconds = parts.tm_hour * 3600LL + parts.tm_min * 60LL + parts.tm_sec;
  return {.kind = CellKind::Timestamp, .whole = *days * kDay + seconds * kSecond};
}

void appendNumber(std::string& out, std::int64_t value, int digits) {
  const std::string text = std::to_string(value);
  if (text.size() < static_cast<std::size_t>(digits))
    out.append(static_cast<std::size_t>(digits) - text.size(), '0');
  out += text;
}

void appendDate(std::string& out, std::int64_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  const int year = static_cast<int>(date.year());
  if (year < 0) out += '-';
  appendNumber(out, std::abs(year), 4);
  out += '-';
  appendNumber(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  appendNumber(out, static_cast<unsigned>(date.day()), 2);
}

void appendTime(std::string& out, std::int64_t micros) {
  const std::int64_t seconds = micros / kSecond;
  appendNumber(out, seconds / 3600, 2);
  out += ':';
  appendNumber(out, seconds / 60 % 60, 2);
  out += ':';
  appendNumber(out, seconds % 60, 2);
  if (micros % kSecond == 0) return;
  out += '.';
  appendNumber(out, micros % kSecond, 6);
  out.erase(out.find_last_not_of('0') + 1);
}

std::int64_t floorDays(std::int64_t micros) {
  return micros >= 0 ? micros / kDay : -((kDay - 1 - micros) / kDay);
}

/// The text of a number with the point that DuckDB and C know.
std::string_view pointed(std::string_view text, char decimal, std::string& buffer) {
  if (decimal == '.' || text.find(decimal) == std::string_view::npos) return text;
  buffer = replaceAll(std::string(text), ".", "");
  for (char& c : buffer)
    if (c == decimal) c = '.';
  return buffer;
}

std::optional<Cell> wholeFrom(std::string_view text) {
  Cell cell{.kind = CellKind::Integer};
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cell.whole);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return cell;
}

std::optional<Cell> fitBoolean(const Cell& cell) {
  if (cell.kind == CellKind::Boolean) return cell;
  if (cell.kind == CellKind::Integer && (cell.whole == 0 || cell.whole == 1))
    return Cell{.kind = CellKind::Boolean, .whole = cell.whole};
  if (cell.kind != CellKind::Text) return std::nullopt;
  const std::string word = lowerAscii(trim(cell.text).substr(0, 6));
  if (word != "true" && word != "false") return std::nullopt;
  return Cell{.kind = CellKind::Boolean, .whole = word == "true" ? 1 : 0};
}

std::optional<Cell> fitNumber(const Cell& cell, const ColumnStore& store, char decimal) {
  std::string buffer;
  std::string_view text;
  if (cell.kind == CellKind::Text) text = pointed(trim(cell.text), decimal, buffer);
  if (cell.kind == CellKind::Decimal) text = cell.text;
  if (store.width > 0) {
    Int128 value = 0;
    return parseDecimal(text, store.width, store.scale, value) ? std::optional(cell) : std::nullopt;
  }
  if (store.kind == CellKind::Integer) {
    if (cell.kind == CellKind::Integer) return cell;
    if (cell.kind == CellKind::Real && std::fabs(cell.real) <= kExactWhole &&
        std::trunc(cell.real) == cell.real)
      return Cell{.kind = CellKind::Integer, .whole = static_cast<std::int64_t>(cell.real)};
    return text.empty() ? std::nullopt : wholeFrom(text);
  }
  if (cell.kind == CellKind::Real) return cell;
  if (cell.kind == CellKind::Integer)
    return Cell{.kind = CellKind::Real, .real = static_cast<double>(cell.whole)};
  double value = 0;
  if (text.empty() || !parseNumber(text, value)) return std::nullopt;
  return Cell{.kind = CellKind::Real, .real = value};
}

std::optional<Cell> fitMoment(const Cell& given, const ColumnStore& store) {
  Cell cell = given;
  if (cell.kind == CellKind::Text) {
    const std::string_view text = trim(cell.text);
    cell = store.format.empty() ? momentFrom(text) : momentIn(std::string(text), store.format);
  }
  if (cell.kind == store.kind) return cell;
  if (store.kind == CellKind::Timestamp && cell.kind == CellKind::Date)
    return Cell{.kind = CellKind::Timestamp, .whole = cell.whole * kDay};
  if (cell.kind != CellKind::Timestamp) return std::nullopt;
  const std::int64_t days = floorDays(cell.whole);
  if (store.kind == CellKind::Time && !store.format.empty())
    return Cell{.kind = CellKind::Time, .whole = cell.whole - days * kDay};
  if (store.kind != CellKind::Date || days * kDay != cell.whole) return std::nullopt;
  return Cell{.kind = CellKind::Date, .whole = days};
}

}  // namespace

std::string sqlType(const ColumnStore& store) {
  switch (store.kind) {
    case CellKind::Boolean:
      return "BOOLEAN";
    case CellKind::Integer:
      return "BIGINT";
    case CellKind::Real:
      if (store.width > 0)
        return "DECIMAL(" + std::to_string(store.width) + "," + std::to_string(store.scale) + ")";
      return "DOUBLE";
    case CellKind::Date:
      return "DATE";
    case CellKind::Time:
      return "TIME";
    case CellKind::Timestamp:
      return "TIMESTAMP";
    case CellKind::Missing:
    case CellKind::Text:
    case CellKind::Decimal:
      break;
  }
  return "VARCHAR";
}

std::optional<ColumnStore> storeFrom(std::string_view sql_type) {
  constexpr std::array kKinds = {CellKind::Boolean, CellKind::Integer, CellKind::Real,     CellKind::Date,
                                 CellKind::Time,    CellKind::Text,    CellKind::Timestamp};
  const std::string_view given = trim(sql_type);
  const auto blank = given.find(' ');
  const std::string word = lowerAscii(given.substr(0, blank));
  for (const CellKind kind : kKinds) {
    ColumnStore store{.kind = kind};
    if (lowerAscii(sqlType(store)) != word) continue;
    if (blank == std::string_view::npos) return store;
    store.format = std::string(trim(given.substr(blank)));
    const bool moment = kind == CellKind::Date || kind == CellKind::Time || kind == CellKind::Timestamp;
    return moment ? std::optional(store) : std::nullopt;
  }
  return std::nullopt;
}

Cell momentFrom(std::string_view text) {
  MomentScanner scanner(text);
  std::int64_t micros = 0;
  if (text.size() > 2 && (text[2] == ':' || text[1] == ':'))
    return clock(scanner, micros) && scanner.atEnd() ? Cell{.kind = CellKind::Time, .whole = micros} : Cell{};
  int year = 0;
  int month = 0;
  int day = 0;
  if (!scanner.digits(4, 4, year) || !scanner.take('-') || !scanner.digits(1, 2, month) ||
      !scanner.take('-') || !scanner.digits(1, 2, day))
    return {};
  const auto days = daysOf(year, month, day);
  if (!days) return {};
  if (scanner.atEnd()) return {.kind = CellKind::Date, .whole = *days};
  std::int64_t offset = 0;
  if ((!scanner.take(' ') && !scanner.take('T')) || !clock(scanner, micros) || !zone(scanner, offset))
    return {};
  return {.kind = CellKind::Timestamp, .whole = *days * kDay + micros - offset};
}

std::string_view textOf(const Cell& cell, std::string& buffer) {
  buffer.clear();
  switch (cell.kind) {
    case CellKind::Text:
    case CellKind::Decimal:
      return cell.text;
    case CellKind::Missing:
      return {};
    case CellKind::Boolean:
      return cell.whole != 0 ? "true" : "false";
    case CellKind::Integer:
      buffer = std::to_string(cell.whole);
      break;
    case CellKind::Real:
      buffer = formatNumber(cell.real);
      break;
    case CellKind::Date:
      appendDate(buffer, cell.whole);
      break;
    case CellKind::Time:
      appendTime(buffer, cell.whole);
      break;
    case CellKind::Timestamp: {
      const std::int64_t days = floorDays(cell.whole);
      appendDate(buffer, days);
      buffer += ' ';
      appendTime(buffer, cell.whole - days * kDay);
      break;
    }
  }
  return buffer;
}

std::optional<Cell> fit(const Cell& cell, const ColumnStore& store, char decimal) {
  if (cell.kind == CellKind::Missing || store.kind == CellKind::Text) return cell;
  if (cell.kind == CellKind::Text && isMissing(cell.text)) return Cell{};
  switch (store.kind) {
    case CellKind::Boolean:
      return fitBoolean(cell);
    case CellKind::Integer:
    case CellKind::Real:
      return fitNumber(cell, store, decimal);
    default:
      return fitMoment(cell, store);
  }
}

bool parseDecimal(std::string_view text, int width, int scale, Int128& value) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() && part.empty()) return false;
  value = 0;
  int digits = 0;
  const auto push = [&](char c) {
    if (c < '0' || c > '9') return false;
    if (digits > 0 || c != '0') ++digits;
    if (digits > width) return false;
    value = value * 10 + (c - '0');
    return true;
  };
  for (const char c : whole)
    if (!push(c)) return false;
  for (int i = 0; i < scale; ++i)
    if (!push(static_cast<std::size_t>(i) < part.size() ? part[static_cast<std::size_t>(i)] : '0'))
      return false;
  if (part.size() > static_cast<std::size_t>(scale) &&
      part.find_first_not_of('0', static_cast<std::size_t>(scale)) != std::string_view::npos)
    return false;
  if (negative) value = -value;
  return true;
}

}  // namespace lodestone::data
