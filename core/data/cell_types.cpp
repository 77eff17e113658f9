// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cell_types.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

/// Reads digits and marks from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      value = value * 10 + (rest_[count++] - '0');
    if (count < least) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }
  bool take(std::string_view mark) {
    if (!rest_.starts_with(mark)) return false;
    rest_.remove_prefix(mark.size());
    return true;
  }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool isDate(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok();
}

enum class Clock { None, Minutes, Seconds, Bad };
enum class Zone { Allowed, Refused };

/// The rest of a timestamp behind its date.
Clock clockOf(Scanner& scanner, Zone zone) {
  if (scanner.atEnd()) return Clock::None;
  if (!scanner.take(" ") && !scanner.take("T")) return Clock::Bad;
  const auto hour = scanner.digits(1, 2);
  if (!hour || *hour > 23 || !scanner.take(":")) return Clock::Bad;
  const auto minute = scanner.digits(2, 2);
  if (!minute || *minute > 59) return Clock::Bad;
  if (scanner.atEnd()) return Clock::Minutes;
  if (scanner.take(":")) {
    const auto second = scanner.digits(2, 2);
    if (!second || *second > 59) return Clock::Bad;
  }
  if (zone == Zone::Refused) return scanner.atEnd() ? Clock::Seconds : Clock::Bad;
  if (scanner.take(".") && !scanner.digits(1, 9)) return Clock::Bad;
  if (scanner.take("Z") || scanner.atEnd()) return scanner.atEnd() ? Clock::Seconds : Clock::Bad;
  if (!scanner.take("+") && !scanner.take("-")) return Clock::Bad;
  if (!scanner.digits(2, 2)) return Clock::Bad;
  if (scanner.take(":") && !scanner.digits(2, 2)) return Clock::Bad;
  return scanner.atEnd() ? Clock::Seconds : Clock::Bad;
}

Clock isoClock(std::string_view cell) {
  Scanner scanner(cell);
  const auto year = scanner.digits(4, 4);
  if (!year) return Clock::Bad;
  const std::string_view separator = scanner.take("-") ? "-" : scanner.take("/") ? "/" : "";
  if (separator.empty()) return Clock::Bad;
  const auto month = scanner.digits(1, 2);
  if (!month || !scanner.take(separator)) return Clock::Bad;
  const auto day = scanner.digits(1, 2);
  if (!day || !isDate(*year, *month, *day)) return Clock::Bad;
  return clockOf(scanner, Zone::Allowed);
}

struct DateFormat {
  std::string_view pattern;
  char first;  ///< 'd', 'm' or 'y'
  std::string_view marks[3];
};

constexpr std::array<DateFormat, 5> kDateFormats{{
    {"%d.%m.%Y", 'd', {".", ".", ""}},
    {"%d/%m/%Y", 'd', {"/", "/", ""}},
    {"%m/%d/%Y", 'm', {"/", "/", ""}},
    {"%d-%m-%Y", 'd', {"-", "-", ""}},
    {"%Y年%m月%d日", 'y', {"年", "月", "日"}},
}};

Clock clockIn(const DateFormat& format, std::string_view cell) {
  Scanner scanner(cell);
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < 3; ++i) {
    const bool year = (format.first == 'y') == (i == 0) && (i == 0 || i == 2);
    const auto part = year ? scanner.digits(4, 4) : scanner.digits(1, 2);
    if (!part || !scanner.take(format.marks[i])) return Clock::Bad;
    parts[i] = *part;
  }
  const bool valid = format.first == 'y'   ? isDate(parts[0], parts[1], parts[2])
                     : format.first == 'd' ? isDate(parts[2], parts[1], parts[0])
                                           : isDate(parts[2], parts[0], parts[1]);
  return valid ? clockOf(scanner, Zone::Refused) : Clock::Bad;
}

enum class NumberKind { None, Integer, Real, Identifier };

NumberKind numberKind(std::string_view cell) {
  double value = 0;
  if (!parseNumber(cell, value)) return NumberKind::None;
  std::string_view digits = cell;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  const bool whole = digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
    return NumberKind::Identifier;
  if (!whole) return NumberKind::Real;
  if (cell.starts_with('+') && digits.size() > 6) return NumberKind::Identifier;  // a telephone number
  return digits.size() > 15 ? NumberKind::Identifier : NumberKind::Integer;
}

bool isBoolean(std::string_view cell) {
  const std::string word = lowerAscii(cell.substr(0, 6));
  return word == "true" || word == "false";
}

}  // namespace

std::string_view sqlTypeName(CellType type) {
  switch (type) {
    case CellType::Boolean:
      return "BOOLEAN";
    case CellType::Integer:
      return "BIGINT";
    case CellType::Real:
      return "DOUBLE";
    case CellType::Date:
      return "DATE";
    case CellType::Timestamp:
      return "TIMESTAMP";
    case CellType::Text:
      break;
  }
  return "VARCHAR";
}

const std::vector<std::string>& missingMarks() {
  static const std::vector<std::string> marks{"NA",   "N/A",  "n/a",  "na", "NaN", "nan", "NULL", "null",
                                              "Null", "None", "none", "-",  "--",  "?",   "\\N",  "#N/A"};
  return marks;
}

bool isMissing(std::string_view cell) {
  return trim(cell).empty() ||
         std::find(missingMarks().begin(), missingMarks().end(), cell) != missingMarks().end();
}

bool isNumber(std::string_view cell) {
  const NumberKind kind = numberKind(trim(cell));
  return kind == NumberKind::Integer || kind == NumberKind::Real;
}

void TypeVote::add(std::string_view cell) {
  if (trim(cell).empty()) {
    ++blanks_;
    if (cell.size() > 4 && long_blanks_.size() < 50) long_blanks_.emplace(cell);
    return;
  }
  if (isMissing(cell)) {
    marks_.emplace(cell);
    return;
  }
  ++there_;
  cell = trim(cell);
  switch (numberKind(cell)) {
    case NumberKind::Identifier:
      ++identifiers_;
      return;
    case NumberKind::Integer:
      ++integers_;
      [[fallthrough]];
    case NumberKind::Real:
      ++numbers_;
      return;
    case NumberKind::None:
      break;
  }
  if (isBoolean(cell)) {
    ++booleans_;
    return;
  }
  if (cell.empty() || cell[0] < '0' || cell[0] > '9') return;
  if (const Clock clock = isoClock(cell); clock != Clock::Bad) {
    ++timestamps_;
    dates_ += clock == Clock::None ? 1 : 0;
    return;
  }
  for (std::size_t i = 0; i < kFormats; ++i)
    if (const Clock clock = clockIn(kDateFormats[i], cell); clock != Clock::Bad)
      ++by_format_[i][static_cast<std::size_t>(clock)];
}

ColumnType TypeVote::decide() const {
  if (there_ == 0 || identifiers_ > 0) return {};
  const auto fits = [&](std::int64_t good) {
    return static_cast<double>(there_ - good) <= kBadCellsAllowed * static_cast<double>(there_);
  };
  if (fits(booleans_)) return {CellType::Boolean, {}};
  if (fits(numbers_)) return {numbers_ == integers_ ? CellType::Integer : CellType::Real, {}};
  if (fits(timestamps_)) return {timestamps_ == dates_ ? CellType::Date : CellType::Timestamp, {}};
  constexpr std::string_view kClocks[] = {"", " %H:%M", " %H:%M:%S"};
  ColumnType found;
  for (std::size_t i = 0; i < kFormats; ++i)
    for (std::size_t clock = 0; clock < 3; ++clock) {
      if (!fits(by_format_[i][clock])) continue;
      // 03/04/2026 alone does not say which is the month: such a column stays text.
      if (found.type != CellType::Text) return {};
      found = {clock == 0 ? CellType::Date : CellType::Timestamp,
               std::string(kDateFormats[i].pattern) + std::string(kClocks[clock])};
    }
  return found;
}

bool TypeVote::unanimous() const {
  const ColumnType column = decide();
  switch (column.type) {
    case CellType::Text:
      return blanks_ == 0;
    case CellType::Boolean:
      return booleans_ == there_;
    case CellType::Integer:
      return integers_ == there_;
    case CellType::Real:
      return numbers_ == there_;
    case CellType::Date:
      return column.format.empty() && dates_ == there_;
    case CellType::Timestamp:
      return column.format.empty() && timestamps_ == there_;
  }
  return false;
}

bool TypeVote::isPlainText(std::string_view cell) {
  TypeVote vote;
  vote.add(cell);
  return vote.there_ > 0 && vote.identifiers_ == 0 && vote.decide().type == CellType::Text &&
         vote.by_format_[1][0] == 0;
}

}  // namespace lodestone::data
