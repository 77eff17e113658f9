// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data::steps {

/// SQL that reads a cell of s as another type: text, integer, number, date, timestamp or boolean. NULL where
/// it does not read without loss. Empty where the column's type never becomes that one. format: words for
/// numbers (see numberFormatWords); for dates strptime's patterns with | between, "excel" (days since
/// 1899-12-30) or "unix" (seconds since 1970) for numbers; to text strftime's pattern of a date.
std::string conversion(const ColumnInfo& column, const std::string& type, const std::string& format);

/// decimal_comma, thousands (1,234, 1 234, 1'234), currency, percent.
const std::vector<std::string>& numberFormatWords();
/// The first word of a number's format that is none.
std::optional<std::string> unknownFormatWord(const std::string& format);

}  // namespace lodestone::data::steps
