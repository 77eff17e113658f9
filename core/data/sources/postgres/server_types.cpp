// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/postgres/server_types.h"

#include <charconv>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/data/rows/cell_value.h"

namespace lodestone::data {

namespace {

// Object identifiers of PostgreSQL's own types: src/include/catalog/pg_type.dat.
constexpr std::uint32_t kBool = 16;
constexpr std::uint32_t kBytes = 17;
constexpr std::uint32_t kInt8 = 20;
constexpr std::uint32_t kInt2 = 21;
constexpr std::uint32_t kInt4 = 23;
constexpr std::uint32_t kOid = 26;
constexpr std::uint32_t kJson = 114;
constexpr std::uint32_t kFloat4 = 700;
constexpr std::uint32_t kFloat8 = 701;
constexpr std::uint32_t kPaddedChar = 1042;
constexpr std::uint32_t kDate = 1082;
constexpr std::uint32_t kTime = 1083;
constexpr std::uint32_t kTimestamp = 1114;
constexpr std::uint32_t kTimestampZone = 1184;
constexpr std::uint32_t kNumeric = 1700;
constexpr std::uint32_t kJsonBinary = 3802;

constexpr int kWidestDecimal = 38;

ColumnStore numericStore(int modifier) {
  constexpr int kHeader = 4;
  if (modifier < kHeader) return {.kind = CellKind::Real};
  const int width = (modifier - kHeader) >> 16 & 0xffff;
  const int scale = ((((modifier - kHeader) & 0x7ff) ^ 1024) - 1024);
  if (width < 1 || width > kWidestDecimal || scale < 0 || scale > width) return {.kind = CellKind::Real};
  return {.kind = CellKind::Real, .width = width, .scale = scale};
}

bool isNumeric(std::uint32_t type) {
  return type == kInt2 || type == kInt4 || type == kInt8 || type == kOid || type == kFloat4 ||
         type == kFloat8 || type == kNumeric;
}

/// One element, without its quotes.
void appendElement(std::string& out, const std::string& text, bool quoted, std::uint32_t type) {
  double value = 0;
  if (!quoted && lowerAscii(text) == "null")
    out += "null";
  else if (type == kBool && (text == "t" || text == "f"))
    out += text == "t" ? "true" : "false";
  else if (type == kJson || type == kJsonBinary || (isNumeric(type) && parseNumber(text, value)))
    out += text;
  else
    out += dumpJson(Json(text));
}

}  // namespace

ColumnStore storeOf(std::uint32_t type, int modifier) {
  switch (type) {
    case kBool:
      return {.kind = CellKind::Boolean};
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
      return {.kind = CellKind::Integer};
    case kFloat4:
    case kFloat8:
      return {.kind = CellKind::Real};
    case kNumeric:
      return numericStore(modifier);
    case kDate:
      return {.kind = CellKind::Date};
    case kTime:
      return {.kind = CellKind::Time};
    case kTimestamp:
    case kTimestampZone:
      return {.kind = CellKind::Timestamp};
    default:
      return {.kind = CellKind::Text};
  }
}

bool isOpenNumeric(std::uint32_t type, const ColumnStore& store) {
  return type == kNumeric && store.width == 0;
}

Cell cellFrom(std::string_view value, std::uint32_t type, std::optional<std::uint32_t> element,
              const ColumnStore& store, std::string& buffer) {
  Cell cell{.kind = CellKind::Text, .text = value};
  if (element) {
    buffer = arrayAsJson(value, *element);
    cell.text = buffer;
    return cell;
  }
  switch (store.kind) {
    case CellKind::Boolean:
      return {.kind = CellKind::Boolean, .whole = value == "t" ? 1 : 0};
    case CellKind::Integer:
      std::from_chars(value.data(), value.data() + value.size(), cell.whole);
      cell.kind = CellKind::Integer;
      return cell;
    case CellKind::Real:
      if (isOpenNumeric(type, store)) {
        const bool finite = value.find_first_not_of("-.0123456789") == std::string_view::npos;
        if (finite) cell.kind = CellKind::Decimal;  // else NaN or Infinity
        return cell;
      }
      if (store.width == 0 && parseNumber(value, cell.real)) cell.kind = CellKind::Real;
      return cell;
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
      if (const Cell moment = momentFrom(value); moment.kind != CellKind::Missing) return moment;
      return cell;
    default:
      break;
  }
  if (type == kBytes && value.starts_with("\\x")) cell.text.remove_prefix(2);
  if (type == kPaddedChar) cell.text = cell.text.substr(0, cell.text.find_last_not_of(' ') + 1);
  return cell;
}

std::string arrayAsJson(std::string_view value, std::uint32_t element) {
  std::string out;
  // "[0:1]={...}" says where the counting begins, which JSON does not.
  if (const auto begin = value.find("={"); value.starts_with('[') && begin != std::string_view::npos)
    value.remove_prefix(begin + 1);
  for (std::size_t i = 0; i < value.size();) {
    const char c = value[i];
    if (c == '{' || c == '}' || c == ',') {
      out += c == '{' ? '[' : c == '}' ? ']' : ',';
      ++i;
      continue;
    }
    std::string text;
    const bool quoted = c == '"';
    if (quoted) {
      for (++i; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\' && i + 1 < value.size()) ++i;
        text += value[i];
      }
      ++i;
    } else {
      while (i < value.size() && value[i] != ',' && value[i] != '}') text += value[i++];
    }
    appendElement(out, text, quoted, element);
  }
  return out;
}

}  // namespace lodestone::data
