// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/data/cell_types.h"

namespace lodestone::data {

/// SQL that reads the text `expression` as the type: NULL where it does not read. Spaces around do not count.
/// Whole numbers with a fraction do not read as Integer; 1e400 does not read as Real. Booleans are true,
/// false, yes, no, y, n, t, f, 1, 0, on, off, 是, 否, 真, 假.
std::string parseSql(std::string_view expression, CellType type, const CellFormat& format);
/// What parseSql() makes of a text as Boolean.
std::optional<bool> booleanOf(std::string_view text);

/// The text `expression` without the blanks of all kinds around it, and parseSql() of such a text.
std::string trimmedSql(std::string_view expression);
std::string parseTrimmedSql(std::string_view expression, CellType type, const CellFormat& format);

}  // namespace lodestone::data
