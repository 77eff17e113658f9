// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spreadsheet.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace lodestone {

bool looksLikeFormula(std::string_view cell) {
  if (cell.empty()) return false;
  if (cell[0] == '\t' || cell[0] == '\r' || cell[0] == '\n') return true;
  double number = 0;
  if (cell[0] == '-' && parseNumber(cell, number)) return false;
  // Spreadsheets of East Asia also read the full-width signs.
  constexpr std::array<std::string_view, 8> kSigns{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  const std::string_view text = trim(cell);
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace lodestone
