// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace lodestone {

namespace chrono = std::chrono;

std::string nowUtc() {
  const auto now = chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = chrono::duration_cast<chrono::milliseconds>(now).count();
  std::string text = formatTimestamp(milliseconds / 1000);
  text[10] = 'T';
  return fmt::format("{}.{:03}Z", text, milliseconds % 1000);
}

std::int64_t daysFromCivil(int year, int month, int day) {
  const chrono::sys_days days = chrono::year(year) / chrono::month(static_cast<unsigned>(month)) /
                                chrono::day(static_cast<unsigned>(day));
  return days.time_since_epoch().count();
}

std::string formatDate(std::int64_t days_since_1970) {
  const chrono::year_month_day date{chrono::sys_days{chrono::days{days_since_1970}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string formatTimestamp(std::int64_t seconds_since_1970) {
  constexpr std::int64_t kDay = 86400;
  const std::int64_t days =
      (seconds_since_1970 >= 0 ? seconds_since_1970 : seconds_since_1970 - kDay + 1) / kDay;
  const std::int64_t rest = seconds_since_1970 - days * kDay;
  return fmt::format("{} {:02}:{:02}:{:02}", formatDate(days), rest / 3600, rest / 60 % 60, rest % 60);
}

bool parseDate(std::string_view text, std::int64_t& days_since_1970) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t count, unsigned& value) {
    const char* end = text.data() + at + count;
    const auto result = std::from_chars(text.data() + at, end, value);
    return result.ec == std::errc() && result.ptr == end;
  };
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return false;
  const chrono::year_month_day date{chrono::year(static_cast<int>(year)), chrono::month(month),
                                    chrono::day(day)};
  if (!date.ok()) return false;
  days_since_1970 = chrono::sys_days(date).time_since_epoch().count();
  return true;
}

Stopwatch::Stopwatch() : started_(chrono::steady_clock::now().time_since_epoch().count()) {}

double Stopwatch::seconds() const {
  const chrono::steady_clock::duration passed(chrono::steady_clock::now().time_since_epoch().count() -
                                              started_);
  return chrono::duration<double>(passed).count();
}

}  // namespace lodestone
