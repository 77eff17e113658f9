// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/asked_type.h"

#include "core/base/text.h"
#include "core/data/cell_format.h"
#include "core/data/database.h"
#include "core/data/rows/cell_value.h"

namespace lodestone::data {

namespace {

bool isNumber(const std::string& type) {
  return type == "BIGINT" || type == "DOUBLE" || type.starts_with("DECIMAL(");
}

CellType cellType(CellKind kind) {
  switch (kind) {
    case CellKind::Boolean:
      return CellType::Boolean;
    case CellKind::Integer:
      return CellType::Integer;
    case CellKind::Real:
      return CellType::Real;
    case CellKind::Date:
      return CellType::Date;
    case CellKind::Timestamp:
      return CellType::Timestamp;
    default:
      return CellType::Text;
  }
}

}  // namespace

std::string askedSql(const std::string& value, const std::string& type, const ColumnStore& asked) {
  const std::string wanted = sqlType(asked);
  if (wanted == type && asked.format.empty()) return value;
  const std::string text = "CAST(" + value + " AS VARCHAR)";
  if (asked.kind == CellKind::Text) return text;
  if (asked.kind == CellKind::Real && isNumber(type)) return "CAST(" + value + " AS DOUBLE)";
  if (asked.kind == CellKind::Integer && isNumber(type)) {
    const std::string whole = "TRY_CAST(" + value + " AS BIGINT)";
    return "CASE WHEN " + whole + " = " + value + " THEN " + whole + " END";
  }
  if (asked.kind == CellKind::Time) {
    const std::string moment =
        asked.format.empty() ? text : "try_strptime(" + text + ", " + quoteLiteral(asked.format) + ")";
    return "TRY_CAST(" + moment + " AS TIME)";
  }
  return parseSql(text, cellType(asked.kind), {.pattern = asked.format});
}

std::string absentSql(const std::string& text) {
  std::vector<std::string> marks;
  for (const std::string& mark : missingMarks()) marks.push_back(quoteLiteral(mark));
  return "(trim(" + text + ") = '' OR " + text + " IN (" + join(marks, ", ") + "))";
}

}  // namespace lodestone::data
