// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/spreadsheet.h"
#include "core/base/text.h"
#include "core/campaign/export.h"

namespace lodestone::campaign {

namespace {

std::size_t firstCharacter(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return length;
}

}  // namespace

std::string safeCsvCell(std::string_view text) {
  std::string cell = toValidUtf8(text);
  std::erase(cell, '\0');
  if (looksLikeFormula(cell)) cell.insert(cell.begin(), '\'');
  // Separators of other locales are quoted too, so that no cell falls apart into a formula.
  if (cell.find_first_of(",;\t\"\r\n") == std::string::npos) return cell;
  return '"' + replaceAll(std::move(cell), "\"", "\"\"") + '"';
}

std::string maskPersonal(std::string_view text) {
  const std::string value = toValidUtf8(trim(text));
  if (value.empty()) return {};
  const auto first = [](std::string_view part) { return std::string(part.substr(0, firstCharacter(part))); };
  if (const auto at = value.find('@'); at != std::string::npos && at > 0 && at + 1 < value.size())
    return first(value) + "***@" + first(std::string_view(value).substr(at + 1)) + "***";
  const auto digits = std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool phone = digits >= 6 && value.find_first_not_of("+0123456789 ()-./") == std::string::npos;
  if (phone) return value.substr(0, 2) + "***" + value.substr(value.size() - 2);
  return first(value) + "***";
}

}  // namespace lodestone::campaign
