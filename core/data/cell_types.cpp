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
  /// A word in any case.
  bool takeWord(std::string_view lower_case) {
    if (lowerAscii(rest_.substr(0, lower_case.size())) != lower_case) return false;
    rest_.remove_prefix(lower_case.size());
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

enum class Clock { None, Minutes, Seconds, Zoned, Bad };

/// The rest of an ISO timestamp behind its date.
Clock clockOf(Scanner& scanner) {
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
  if (scanner.take(".") && !scanner.digits(1, 9)) return Clock::Bad;
  if (scanner.take("Z") || scanner.atEnd()) return scanner.atEnd() ? Clock::Seconds : Clock::Bad;
  if (!scanner.take("+") && !scanner.take("-")) return Clock::Bad;
  if (!scanner.digits(2, 2)) return Clock::Bad;
  if ((scanner.take(":") || !scanner.atEnd()) && !scanner.digits(2, 2)) return Clock::Bad;
  return scanner.atEnd() ? Clock::Zoned : Clock::Bad;
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
  return clockOf(scanner);
}

/// A pattern of strptime and the order of its day, month and year.
struct DatePattern {
  std::string_view pattern;
  std::string_view order;
};

constexpr std::array kDatePatterns{
    DatePattern{"%d.%m.%Y", "dmy"},  DatePattern{"%d/%m/%Y", "dmy"}, DatePattern{"%m/%d/%Y", "mdy"},
    DatePattern{"%d-%m-%Y", "dmy"},  DatePattern{"%m-%d-%Y", "mdy"}, DatePattern{"%Y.%m.%d", "ymd"},
    DatePattern{"%Y-%m-%d", "ymd"},  DatePattern{"%Y/%m/%d", "ymd"}, DatePattern{"%Y年%m月%d日", "ymd"},
    DatePattern{"%d.%m.%y", "dmy"},  DatePattern{"%d/%m/%y", "dmy"}, DatePattern{"%m/%d/%y", "mdy"},
    DatePattern{"%y/%m/%d", "ymd"},  DatePattern{"%d-%m-%y", "dmy"}, DatePattern{"%m-%d-%y", "mdy"},
    DatePattern{"%d %b %Y", "dmy"},  DatePattern{"%d %B %Y", "dmy"}, DatePattern{"%d-%b-%Y", "dmy"},
    DatePattern{"%d-%b-%y", "dmy"},  DatePattern{"%d %b %y", "dmy"}, DatePattern{"%b %d, %Y", "mdy"},
    DatePattern{"%B %d, %Y", "mdy"}, DatePattern{"%b %d %Y", "mdy"}, DatePattern{"%B %d %Y", "mdy"}};

constexpr std::array<std::string_view, 9> kClockPatterns{"",          " %H:%M",      " %H:%M:%S",
                                                         "T%H:%M:%S", " %I:%M %p",   " %I:%M:%S %p",
                                                         " %p%I:%M",  " %p%I:%M:%S", " %H:%M:%S.%f"};

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

/// Reads a cell by a pattern of strptime; knows what the patterns above use.
class PatternReader {
 public:
  explicit PatternReader(std::string_view cell) : cell_(cell) {}

  /// False when the cell does not begin as the pattern says.
  bool read(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != '%') {
        if (!cell_.take(pattern.substr(i, 1))) return false;
      } else if (!field(pattern[++i])) {
        return false;
      }
    }
    return true;
  }
  bool done() const { return cell_.atEnd(); }
  bool isDay() const { return isDate(year_, month_, day_); }

 private:
  bool number(std::size_t least, std::size_t most, int low, int high, int& value) {
    const auto digits = cell_.digits(least, most);
    if (!digits || *digits < low || *digits > high) return false;
    value = *digits;
    return true;
  }
  bool month(bool whole) {
    for (std::size_t i = 0; i < kMonths.size(); ++i)
      if (cell_.takeWord(whole ? kMonths[i] : kMonths[i].substr(0, 3))) {
        month_ = static_cast<int>(i) + 1;
        return true;
      }
    return false;
  }
  bool field(char letter) {
    int ignored = 0;
    switch (letter) {
      case 'd':
        return number(1, 2, 1, 31, day_);
      case 'm':
        return number(1, 2, 1, 12, month_);
      case 'Y':
        return number(4, 4, 1, 9999, year_);
      case 'y':
        return number(2, 2, 0, 99, year_) && (year_ += year_ < 69 ? 2000 : 1900) > 0;
      case 'b':
        return month(false);
      case 'B':
        return month(true);
      case 'H':
        return number(1, 2, 0, 23, ignored);
      case 'I':
        return number(1, 2, 1, 12, ignored);
      case 'M':
      case 'S':
        return number(2, 2, 0, 59, ignored);
      case 'f':
        return number(1, 6, 0, 999999, ignored);
      case 'p':
        return cell_.takeWord("am") || cell_.takeWord("pm") || cell_.take("上午") || cell_.take("下午");
      default:
        return false;
    }
  }

  Scanner cell_;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
};

bool startsLikeDate(std::string_view cell) {
  if (cell.size() < 6 || cell.size() > 40) return false;
  if (cell[0] >= '0' && cell[0] <= '9') return true;
  const std::string word = lowerAscii(cell.substr(0, 3));
  return std::any_of(kMonths.begin(), kMonths.end(),
                     [&](std::string_view month) { return month.substr(0, 3) == word; });
}

struct NumberFormat {
  char decimal;
  char group;
};

constexpr std::array<NumberFormat, 7> kNumberFormatList{
    {{'.', '\0'}, {'.', ','}, {',', '\0'}, {',', '.'}, {'.', ' '}, {',', ' '}, {'.', '\''}}};

enum class NumberKind { None, Integer, Real };

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a mark of thousands off the front: one byte, or any of the blanks that part them.
bool takeGroup(std::string_view& rest, char group) {
  if (group == '\0' || rest.empty()) return false;
  if (rest.front() == group) {
    rest.remove_prefix(1);
    return true;
  }
  if (group != ' ') return false;
  for (const std::string_view blank : {"\u00A0", "\u202F", "\u2009"})
    if (rest.starts_with(blank)) {
      rest.remove_prefix(blank.size());
      return true;
    }
  return false;
}

std::size_t digitsAtFront(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && isDigit(text[count])) ++count;
  return count;
}

/// The number without its sign, read in one format.
NumberKind kindIn(const NumberFormat& format, std::string_view rest) {
  const bool starts_with_zero = rest.starts_with('0');
  std::size_t digits = digitsAtFront(rest);
  const std::size_t first = digits;
  rest.remove_prefix(digits);
  while (first > 0 && first <= 3 && !starts_with_zero) {
    std::string_view behind = rest;
    if (!takeGroup(behind, format.group) || digitsAtFront(behind) != 3) break;
    behind.remove_prefix(3);
    rest = behind;
  }
  NumberKind kind = NumberKind::Integer;
  if (rest.starts_with(format.decimal)) {
    rest.remove_prefix(1);
    const std::size_t fraction = digitsAtFront(rest);
    rest.remove_prefix(fraction);
    digits += fraction;
    kind = NumberKind::Real;
  }
  if (digits == 0) return NumberKind::None;
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('+') || rest.starts_with('-')) rest.remove_prefix(1);
    const std::size_t exponent = digitsAtFront(rest);
    if (exponent == 0 || exponent > 3) return NumberKind::None;
    rest.remove_prefix(exponent);
    kind = NumberKind::Real;
  }
  return rest.empty() ? kind : NumberKind::None;
}

/// A whole number that is a name rather than a count: 007, +4912345678, or 16 digits and more.
bool isIdentifier(std::string_view cell) {
  std::string_view digits = cell;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.size() < 2 || !isDigit(digits[0]) || !isDigit(digits[1])) return false;
  if (digits[0] == '0') return kindIn(kNumberFormatList[0], digits) != NumberKind::None;
  if (digits.size() < 7 || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return digits.size() > 15 || cell.starts_with('+');
}

/// What surrounds a number.
struct Dressing {
  std::string currency;
  bool percent = false;
};

bool isCapital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool areCapitals(std::string_view text) {
  return std::all_of(text.begin(), text.end(), isCapital);
}

constexpr std::array<std::string_view, 16> kCurrencySigns{"$", "€", "£", "¥", "￥", "₹", "₩", "₽",
                                                          "฿", "₺", "₫", "₪", "₴",  "¢", "₱", "₦"};

/// Takes a sign or code of a currency off both ends.
void takeCurrency(std::string_view& cell, Dressing& dressing) {
  for (const std::string_view sign : kCurrencySigns) {
    const std::size_t at = cell.find(sign);
    if (at == std::string_view::npos) continue;
    if (at <= 2 && areCapitals(cell.substr(0, at))) {  // "R$ 5", "US$5"
      dressing.currency = cell.substr(0, at + sign.size());
      cell.remove_prefix(at + sign.size());
    } else if (at + sign.size() == cell.size()) {
      dressing.currency = sign;
      cell.remove_suffix(sign.size());
    }
    cell = trim(cell);
    return;
  }
  if (cell.ends_with("元")) {
    dressing.currency = "元";
    cell = trim(cell.substr(0, cell.size() - std::string_view("元").size()));
    return;
  }
  const auto known = [](std::string_view code) {
    return std::find(currencyCodes().begin(), currencyCodes().end(), code) != currencyCodes().end();
  };
  if (cell.size() > 3 && known(cell.substr(0, 3))) {
    dressing.currency = cell.substr(0, 3);
    cell = trim(cell.substr(3));
  } else if (cell.size() > 3 && known(cell.substr(cell.size() - 3))) {
    dressing.currency = cell.substr(cell.size() - 3);
    cell = trim(cell.substr(0, cell.size() - 3));
  }
}

/// The bare digits of a number with its currency, percent sign, and sign taken off.
std::string_view undress(std::string_view cell, Dressing& dressing) {
  if (cell.ends_with('%')) {
    dressing.percent = true;
    cell = trim(cell.substr(0, cell.size() - 1));
  }
  const bool negative = cell.starts_with('-') || cell.starts_with('+');
  if (negative) cell.remove_prefix(1);
  if (!cell.empty() && !isDigit(cell.front()) && cell.front() != '.' && cell.front() != ',' &&
      cell.front() != '(') {
    takeCurrency(cell, dressing);
  } else if (!cell.empty() && !isDigit(cell.back())) {
    if (cell.starts_with('(') && cell.ends_with(')')) {
      cell = trim(cell.substr(1, cell.size() - 2));
      takeCurrency(cell, dressing);
      if (dressing.currency.empty()) return {};
    } else {
      takeCurrency(cell, dressing);
    }
  }
  if (!negative && (cell.starts_with('-') || cell.starts_with('+'))) cell = trim(cell.substr(1));
  return cell;
}

bool isCompactDate(std::string_view digits) {
  if (digits.size() != 8) return false;
  Scanner scanner(digits);
  const auto year = scanner.digits(4, 4);
  const auto month = scanner.digits(2, 2);
  const auto day = scanner.digits(2, 2);
  return year && month && day && *year >= 1900 && *year <= 2100 && isDate(*year, *month, *day);
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

const std::vector<std::string>& currencyCodes() {
  static const std::vector<std::string> codes{"USD", "EUR", "GBP", "CNY", "RMB", "JPY", "CHF", "CAD", "AUD",
                                              "HKD", "NZD", "SEK", "NOK", "DKK", "INR", "KRW", "SGD", "MXN",
                                              "BRL", "ZAR", "RUB", "TRY", "PLN", "THB", "IDR", "MYR", "PHP",
                                              "CZK", "HUF", "ILS", "TWD", "AED", "SAR"};
  return codes;
}

const std::vector<std::string>& missingMarks() {
  static const std::vector<std::string> marks{"NA",      "N/A",  "n/a",  "na",   "N.A.", "n.a.", "NaN",
                                              "nan",     "NULL", "null", "Null", "None", "none", "missing",
                                              "Missing", "-",    "--",   "?",    ".",    "\\N",  "<NA>",
                                              "#N/A",    "#NA",  "缺失", "无",   "暂无"};
  return marks;
}

bool isMissing(std::string_view cell) {
  return trim(cell).empty() ||
         std::find(missingMarks().begin(), missingMarks().end(), cell) != missingMarks().end();
}

bool isNumber(std::string_view cell) {
  cell = trim(cell);
  if (isIdentifier(cell)) return false;
  if (cell.starts_with('+') || cell.starts_with('-')) cell.remove_prefix(1);
  return kindIn(kNumberFormatList[0], cell) != NumberKind::None;
}

TypeVote::TypeVote(const std::vector<std::string>& marks) : known_marks_(&marks) {
  for (const std::string& mark : marks) longest_mark_ = std::max(longest_mark_, mark.size());
}

void TypeVote::add(std::string_view cell) {
  const std::string_view whole = cell;
  cell = trim(cell);
  if (cell.empty()) {
    ++blanks_;
    if (whole.size() > 4 && long_blanks_.size() < 50) long_blanks_.emplace(whole);
    return;
  }
  if (whole.size() <= longest_mark_ &&
      std::find(known_marks_->begin(), known_marks_->end(), whole) != known_marks_->end()) {
    marks_.emplace(whole);
    return;
  }
  ++there_;
  if (isIdentifier(cell)) {
    ++identifiers_;
  } else if (addNumber(cell)) {
    return;
  } else if (isBoolean(cell)) {
    ++booleans_;
  } else if (startsLikeDate(cell)) {
    addDate(cell);
  }
}

bool TypeVote::addNumber(std::string_view cell) {
  if (isDigit(cell[0]) && cell.size() < 16 && digitsAtFront(cell) == cell.size()) {
    for (std::int64_t& count : numbers_) ++count;
    for (std::int64_t& count : integers_) ++count;
    compact_dates_ += isCompactDate(cell) ? 1 : 0;
    return true;
  }
  // No number is that long, and text columns are voted on faster for it.
  if (cell.size() > 40) return false;
  Dressing dressing;
  const std::string_view digits = undress(cell, dressing);
  bool point = false;
  bool comma = false;
  for (std::size_t i = 0; i < kNumberFormats; ++i) {
    const NumberKind kind = kindIn(kNumberFormatList[i], digits);
    if (kind == NumberKind::None) continue;
    ++numbers_[i];
    integers_[i] += kind == NumberKind::Integer && !dressing.percent ? 1 : 0;
    (kNumberFormatList[i].decimal == '.' ? point : comma) = true;
  }
  if (!point && !comma) return false;
  points_ += comma ? 0 : 1;
  commas_ += point ? 0 : 1;
  percents_ += dressing.percent ? 1 : 0;
  if (!dressing.currency.empty()) currencies_.insert(dressing.currency);
  return true;
}

void TypeVote::addDate(std::string_view cell) {
  if (const Clock clock = isoClock(cell); clock != Clock::Bad) {
    ++timestamps_;
    dates_ += clock == Clock::None ? 1 : 0;
    zoned_ += clock == Clock::Zoned ? 1 : 0;
    return;
  }
  for (std::size_t day = 0; day < kDatePatterns.size(); ++day) {
    PatternReader reader(cell);
    if (!reader.read(kDatePatterns[day].pattern) || !reader.isDay()) continue;
    for (std::size_t clock = 0; clock < kClockPatterns.size(); ++clock) {
      PatternReader rest = reader;
      if (rest.read(kClockPatterns[clock]) && rest.done()) ++by_pattern_[{day, clock}];
    }
  }
}

bool TypeVote::fits(std::int64_t good, double bad_allowed) const {
  return good > 0 && static_cast<double>(there_ - good) <= bad_allowed * static_cast<double>(there_);
}

char TypeVote::certainDecimal() const {
  if (!fits(*std::max_element(numbers_.begin(), numbers_.end()))) return '\0';
  if (commas_ > points_) return ',';
  return points_ > 0 ? '.' : '\0';
}

ColumnType TypeVote::decideNumber(const VoteHints& hints) const {
  if (currencies_.size() > 1) return {};  // amounts in different currencies do not add up
  const std::int64_t most = *std::max_element(numbers_.begin(), numbers_.end());
  const bool some_percents = percents_ > 0 && !fits(percents_, hints.bad_allowed);
  if (!fits(most, hints.bad_allowed) || some_percents) return {};
  std::size_t best = kNumberFormats;
  bool other_decimal = false;
  const bool all_plain = integers_[0] == most;
  for (std::size_t i = 0; i < kNumberFormats; ++i) {
    if (!fits(numbers_[i], hints.bad_allowed)) continue;
    const char decimal = kNumberFormatList[i].decimal;
    if (hints.decimal != '\0' && decimal != hints.decimal && !all_plain) continue;
    if (best == kNumberFormats || numbers_[i] > numbers_[best]) {
      best = i;
      other_decimal = false;
    } else if (numbers_[i] == numbers_[best] && best != 0) {
      other_decimal = other_decimal || decimal != kNumberFormatList[best].decimal;
    }
  }
  if (best == kNumberFormats || other_decimal) return {};
  const bool whole = integers_[best] == numbers_[best];
  return {.type = whole && percents_ == 0 ? CellType::Integer : CellType::Real,
          .format = {.decimal = kNumberFormatList[best].decimal,
                     .group = kNumberFormatList[best].group,
                     .percent = percents_ > 0,
                     .currency = !currencies_.empty()}};
}

ColumnType TypeVote::decideDate(const VoteHints& hints) const {
  ColumnType found;
  std::string_view order;
  for (const auto& [pattern, count] : by_pattern_) {
    if (!fits(count, hints.bad_allowed)) continue;
    const auto [day, clock] = pattern;
    // 03/04/2026 alone does not say which is the month: such a column stays text.
    if (!order.empty() && order != kDatePatterns[day].order) return {};
    if (!order.empty()) continue;
    order = kDatePatterns[day].order;
    found = {
        .type = clock == 0 ? CellType::Date : CellType::Timestamp,
        .format = {.pattern = std::string(kDatePatterns[day].pattern) + std::string(kClockPatterns[clock])}};
  }
  return found;
}

ColumnType TypeVote::decide(const VoteHints& hints) const {
  if (there_ == 0 || identifiers_ > 0) return {};
  if (fits(booleans_, hints.bad_allowed)) return {.type = CellType::Boolean};
  // Eight digits that are days without exception: chance would need one in a thousand for each.
  if (compact_dates_ == there_ && there_ >= 3)
    return {.type = CellType::Date, .format = {.pattern = "%Y%m%d"}};
  if (const ColumnType number = decideNumber(hints); number.type != CellType::Text) return number;
  if (fits(timestamps_, hints.bad_allowed))
    return {.type = timestamps_ == dates_ ? CellType::Date : CellType::Timestamp,
            .format = {.zoned = zoned_ > 0}};
  return decideDate(hints);
}

bool TypeVote::unanimous() const {
  const ColumnType column = decide();
  if (column.type == CellType::Text) return blanks_ == 0;
  if (!column.format.plain()) return false;
  switch (column.type) {
    case CellType::Boolean:
      return booleans_ == there_;
    case CellType::Integer:
      return integers_[0] == there_;
    case CellType::Real:
      return numbers_[0] == there_;
    case CellType::Date:
      return dates_ == there_;
    default:
      return timestamps_ == there_;
  }
}

bool TypeVote::onlyDates() const {
  return std::any_of(by_pattern_.begin(), by_pattern_.end(),
                     [&](const auto& one) { return fits(one.second); });
}

bool TypeVote::isPlainText(std::string_view cell) {
  TypeVote vote;
  vote.add(cell);
  return vote.there_ > 0 && vote.identifiers_ == 0 && vote.booleans_ == 0 && vote.timestamps_ == 0 &&
         vote.by_pattern_.empty() && *std::max_element(vote.numbers_.begin(), vote.numbers_.end()) == 0;
}

}  // namespace lodestone::data
