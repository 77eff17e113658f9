// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/cells.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/base/text.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr std::size_t kShownCharacters = 300;
constexpr int kTooltipCharacters = 2000;
constexpr int kShownDigits = 12;

QString oneLine(const std::string& text) {
  QString line = words::toQt(text.size() > 4 * kShownCharacters ? shorten(text, kShownCharacters) : text);
  for (QChar& character : line)
    if (character.unicode() < 0x20) character = ' ';
  return line;
}

/// Digits after the point of DECIMAL(18,2); -1 for other types.
int scaleOf(const std::string& type) {
  const auto comma = type.find(',');
  if (!type.starts_with("DECIMAL(") || comma == std::string::npos) return -1;
  return std::atoi(type.c_str() + comma + 1);
}

QString decimalText(double value, const std::string& type) {
  if (const int scale = scaleOf(type); scale >= 0) return QLocale().toString(value, 'f', scale);
  const double size = std::abs(value);
  if (size != 0 && (size >= 1e15 || size < 1e-5)) return QLocale().toString(value, 'g', 6);
  // What a sum of cents leaves in the sixteenth digit (38.498000000000005) is no news; copies keep it.
  const double told = QString::number(value, 'g', kShownDigits).toDouble();
  return QLocale().toString(told, 'f', QLocale::FloatingPointShortest);
}

}  // namespace

CellKind cellKind(const std::string& type) {
  constexpr std::array<std::string_view, 10> kWhole = {"TINYINT", "SMALLINT", "INTEGER",   "BIGINT",
                                                       "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                                       "UBIGINT", "UHUGEINT"};
  if (std::find(kWhole.begin(), kWhole.end(), type) != kWhole.end()) return CellKind::Whole;
  if (type == "DOUBLE" || type == "FLOAT" || type.starts_with("DECIMAL")) return CellKind::Decimal;
  if (type == "DATE" || type.starts_with("TIME")) return CellKind::Time;
  return type == "BOOLEAN" ? CellKind::Flag : CellKind::Text;
}

QString typeIcon(CellKind kind) {
  switch (kind) {
    case CellKind::Whole:
    case CellKind::Decimal:
      return "type-number";
    case CellKind::Time:
      return "type-time";
    case CellKind::Flag:
      return "type-flag";
    case CellKind::Text:
      break;
  }
  return "type-text";
}

bool alignsRight(CellKind kind) {
  return kind == CellKind::Whole || kind == CellKind::Decimal;
}

QString cellText(const Json& cell, const data::ColumnInfo& column) {
  if (cell.is_null()) return QStringLiteral("∅");
  if (cell.is_string()) return oneLine(cell.get_ref<const std::string&>());
  if (cell.is_boolean()) return cell.get<bool>() ? QStringLiteral("true") : QStringLiteral("false");
  if (cell.is_number_float() || cellKind(column.type) == CellKind::Decimal)
    return decimalText(cell.get<double>(), column.type);
  if (cell.is_number_unsigned()) return QString::number(cell.get<std::uint64_t>());
  if (cell.is_number_integer()) return QString::number(cell.get<std::int64_t>());
  return words::toQt(dumpJson(cell));
}

QString copyText(const Json& cell) {
  if (cell.is_null()) return {};
  if (!cell.is_string()) return words::toQt(dumpJson(cell));
  QString text = words::toQt(cell.get_ref<const std::string&>());
  if (text.contains('\t') || text.contains('\n') || text.contains('\r') || text.startsWith('"'))
    text = '"' + text.replace('"', "\"\"") + '"';
  return text;
}

QVariant cellData(const Json& cell, const data::ColumnInfo& column, int role) {
  switch (role) {
    case Qt::DisplayRole:
      return cellText(cell, column);
    case Qt::ToolTipRole:
      if (cell.is_null()) return QCoreApplication::translate("lodestone::tables", "Missing");
      if (cell.is_string() && cell.get_ref<const std::string&>().size() > kShownCharacters)
        return "<p>" +
               words::toQt(cell.get_ref<const std::string&>()).left(kTooltipCharacters).toHtmlEscaped() +
               "</p>";
      return {};
    case Qt::ForegroundRole:
      return cell.is_null() ? QVariant(theme::tokens().text2) : QVariant();
    default:
      break;
  }
  return role == Qt::TextAlignmentRole ? pendingData(column, role) : QVariant();
}

QVariant pendingData(const data::ColumnInfo& column, int role) {
  switch (role) {
    case Qt::DisplayRole:
      return QStringLiteral("…");
    case Qt::ForegroundRole:
      return theme::tokens().text2;
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter |
                                 (alignsRight(cellKind(column.type)) ? Qt::AlignRight : Qt::AlignLeft));
    default:
      return {};
  }
}

}  // namespace lodestone::tables
