// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace lodestone {

/// Whether a spreadsheet that opens a text file would run this cell as a formula: it begins with = + - @, a
/// full-width one of these, a tab or a line break. Plain negative numbers are none.
/// OWASP, CSV Injection: such cells are written with an apostrophe before them.
bool looksLikeFormula(std::string_view cell);

}  // namespace lodestone
