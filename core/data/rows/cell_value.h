// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// Holds the 38 digits of DuckDB's longest decimals.
__extension__ using Int128 = __int128;

/// "BIGINT", "DECIMAL(18,2)", ...
std::string sqlType(const ColumnStore& store);
/// Reads what sqlType() writes, and for dates a strptime format behind a blank; nothing for other types.
std::optional<ColumnStore> storeFrom(std::string_view sql_type);

/// An ISO date, time of day or timestamp ("2026-03-01", "09:30:00.5", "2026-03-01T09:30Z") as a cell of that
/// kind; a zone is taken into UTC. Missing when the text is none of them.
Cell momentFrom(std::string_view text);

/// The cell as people write it: shortest numbers, ISO dates. Refers to the cell or to the buffer.
std::string_view textOf(const Cell& cell, std::string& buffer);

/// The cell as the column stores it: of the store's kind (a decimal stays the text that parseDecimal reads; a
/// text column takes every kind), or Missing, in columns that are not text also for blanks and marks of
/// absence. Nothing when it does not fit. decimal: how texts write the point of numbers.
std::optional<Cell> fit(const Cell& cell, const ColumnStore& store, char decimal);

/// A text of digits as a number of 10^-scale, e.g. "-1.5" and 2: -150. False when it has other characters,
/// more decimals that are not zero, or more than 'width' digits.
bool parseDecimal(std::string_view text, int width, int scale, Int128& value);

}  // namespace lodestone::data
