// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// A value that has a type already, as the one that a user asks for, as SQL; NULL where it does not fit: a
/// fraction is no whole number, a time of day no part of a date, and a text reads as a cell of a file does.
/// type: of the value, a DuckDB type.
std::string askedSql(const std::string& value, const std::string& type, const ColumnStore& asked);

/// True for a text that stands for nothing: blank, or a usual mark of absence.
std::string absentSql(const std::string& text);

}  // namespace lodestone::data
