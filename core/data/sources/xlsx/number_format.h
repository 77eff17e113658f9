// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// What the format of a cell makes of its number. Elapsed times ([h]:mm) stay numbers: of days.
enum class NumberLook { Number, Date, Time, DateTime };

/// Of a number format that every workbook knows by its id (ECMA-376 part 1, 18.8.30, with the East Asian
/// ones).
NumberLook builtInLook(int id);
/// Of a format code such as "yyyy\-mm\-dd hh:mm" or "[$-804]yyyy年m月d日"; its first section counts.
NumberLook lookOf(std::string_view code);

/// A number in a cell of that look. Days count from 1899-12-31, with the 29 February 1900 that never was, or
/// from 1904-01-01; times are right to the millisecond, as spreadsheets show them. A date with a time of day
/// is a Timestamp whatever the format shows. What is no date of the years 1900 to 9999 stays a number.
Cell cellOf(double value, NumberLook look, bool from_1904);

}  // namespace lodestone::data
