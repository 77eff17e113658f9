// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lodestone {

/// Now in UTC as "2026-03-01T09:30:00.123Z".
std::string nowUtc();

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
std::int64_t daysFromCivil(int year, int month, int day);
/// "2026-03-01".
std::string formatDate(std::int64_t days_since_1970);
/// "2026-03-01 09:30:00" of seconds since 1970-01-01T00:00:00Z.
std::string formatTimestamp(std::int64_t seconds_since_1970);
/// Reads "2026-03-01"; false when it is anything else.
bool parseDate(std::string_view text, std::int64_t& days_since_1970);

/// Seconds since it was made, by the steady clock.
class Stopwatch {
 public:
  Stopwatch();
  double seconds() const;

 private:
  std::int64_t started_;
};

}  // namespace lodestone
