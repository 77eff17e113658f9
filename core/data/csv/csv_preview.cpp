// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_preview.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

/// The digits of a number in another dress; a percentage is divided later.
std::string bareNumber(std::string_view cell, const CellFormat& format) {
  std::string digits;
  bool negative = cell.starts_with('(');
  for (const char c : cell) {
    if (c == format.group && c != '\0') continue;
    negative = negative || (c == '-' && digits.find_first_of("eE") == std::string::npos);
    const bool exponent = !format.currency && (c == 'e' || c == 'E' || (c == '-' && !digits.empty()));
    if (c == format.decimal)
      digits += '.';
    else if ((c >= '0' && c <= '9') || exponent)
      digits += c;
  }
  return (negative ? "-" : "") + digits;
}

Json cellValue(const CsvCell& cell, const ColumnType& type, const CsvPlan& plan) {
  const std::string_view text = trim(cell.text);
  const bool mark =
      std::find(plan.null_words.begin(), plan.null_words.end(), cell.text) != plan.null_words.end();
  if (text.empty()) return nullptr;
  if (mark && (type.type != CellType::Text || plan.null_words_given)) return nullptr;
  if (type.type == CellType::Text) return toValidUtf8(cell.text);
  double value = 0;
  if (type.type == CellType::Boolean) {
    const std::string word = lowerAscii(text);
    return word == "true" || word == "yes" || word == "y" || word == "t" || word == "1" || word == "是";
  }
  if (type.type == CellType::Integer && parseNumber(bareNumber(text, type.format), value))
    return static_cast<std::int64_t>(value);
  if (type.type == CellType::Real && parseNumber(bareNumber(text, type.format), value))
    return type.format.percent ? value / 100 : value;
  return toValidUtf8(text);
}

}  // namespace

ImportPreview previewOf(const TextFile& source, const CsvPlan& plan) {
  ImportPreview preview;
  preview.detected = toDetected(source, plan, plan.seen);
  for (std::size_t i = 0; i < plan.names().size(); ++i)
    preview.columns.push_back({plan.names()[i], std::string(sqlTypeName(plan.types[i].type))});
  for (const std::vector<CsvCell>& row : plan.sample) {
    std::vector<Json>& cells = preview.sample.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cellValue(row[i], plan.types[i], plan));
  }
  return preview;
}

}  // namespace lodestone::data
