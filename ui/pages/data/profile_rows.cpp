// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/profile_rows.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "ui/tables/cells.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

using tables::ListCell;
using tables::ListColumn;
using tables::ListRow;

ListCell countCell(std::int64_t count) {
  return {words::count(count), static_cast<qlonglong>(count)};
}

ListCell figureCell(const data::ColumnProfile& column, const std::optional<double>& value) {
  if (!value) return {QStringLiteral("–"), QVariant(std::nan(""))};
  return {ProfileRows::figure(*value, column), *value};
}

/// Numbers compare as numbers, and text as text.
ListCell boundCell(const data::ColumnProfile& column, const std::string& text) {
  ListCell cell{ProfileRows::bound(column, text)};
  double value = 0;
  if (column.mean && parseNumber(text, value)) cell.sort = value;
  return cell;
}

}  // namespace

QString ProfileRows::figure(double value) {
  if (!std::isfinite(value)) return words::number(value, 0);
  const double size = std::abs(value);
  if (value == std::round(value) && size < 1e15) return words::number(value, 0);
  if (size >= 1e15 || size < 1e-4) return QLocale().toString(value, 'g', 4);
  return words::number(value, size >= 1000 ? 1 : size >= 1 ? 2 : 4);
}

QString ProfileRows::figure(double value, const data::ColumnProfile& column) {
  QString text = figure(value);
  if (tables::cellKind(column.type) == tables::CellKind::Whole) text.remove(QLocale().groupSeparator());
  return text;
}

QString ProfileRows::bound(const data::ColumnProfile& column, const std::string& text) {
  if (text.empty()) return QStringLiteral("–");
  double value = 0;
  // Whole numbers stand as they are: they may be years or identifiers.
  const bool decimal =
      column.type == "DOUBLE" || column.type == "FLOAT" || column.type.starts_with("DECIMAL");
  if (decimal && parseNumber(text, value)) return figure(value);
  return words::toQt(shorten(text, 80));
}

QString ProfileRows::typeWord(const std::string& type) {
  if (type == "BIGINT" || type == "INTEGER" || type == "HUGEINT" || type == "SMALLINT" || type == "TINYINT" ||
      type.starts_with("U"))
    return type == "UUID" ? tr("Identifier") : tr("Whole number");
  if (type == "DOUBLE" || type == "FLOAT" || type.starts_with("DECIMAL")) return tr("Number");
  if (type == "DATE") return tr("Date");
  if (type.starts_with("TIMESTAMP")) return tr("Date and time");
  if (type.starts_with("TIME")) return tr("Time of day");
  if (type == "BOOLEAN") return tr("Yes or no");
  return type == "VARCHAR" ? tr("Text") : words::toQt(type);
}

std::vector<ListColumn> ProfileRows::columnTitles() {
  using Kind = ListColumn::Kind;
  return {{tr("Column")},
          {tr("Type")},
          {tr("Missing"), Kind::Number},
          {tr("Distinct"), Kind::Number},
          {tr("Smallest"), Kind::Number},
          {tr("Largest"), Kind::Number},
          {tr("Mean"), Kind::Number},
          {tr("Std. deviation"), Kind::Number},
          {tr("Most frequent")}};
}

std::vector<ListRow> ProfileRows::columnRows(const data::TableProfile& profile) {
  std::vector<ListRow> rows;
  for (const data::ColumnProfile& column : profile.columns) {
    const double share =
        profile.rows == 0 ? 0 : static_cast<double>(column.missing) / static_cast<double>(profile.rows);
    const QString missing = column.missing == 0
                                ? QStringLiteral("0")
                                : words::count(column.missing) + " (" + words::percent(share) + ")";
    const QString most = column.top.empty() ? QString() : words::toQt(shorten(column.top.front().value, 80));
    rows.push_back({words::toQt(column.name),
                    {{words::toQt(column.name)},
                     {typeWord(column.type), {}, words::toQt(column.type)},
                     {missing, static_cast<qlonglong>(column.missing)},
                     countCell(column.distinct),
                     boundCell(column, column.min),
                     boundCell(column, column.max),
                     figureCell(column, column.mean),
                     figureCell(column, column.standard_deviation),
                     {most}}});
  }
  return rows;
}

QString ProfileRows::reason(const std::string& recorded) {
  const QString text = words::toQt(recorded);
  static const std::vector<std::pair<QString, const char*>> kCells = {
      {" is not a number", QT_TR_NOOP("'%1' is not a number")},
      {" is not a whole number", QT_TR_NOOP("'%1' is not a whole number")},
      {" is beyond the whole numbers of 64 bits", QT_TR_NOOP("'%1' is beyond the whole numbers of 64 bits")},
      {" is beyond the numbers of 64 bits", QT_TR_NOOP("'%1' is beyond the numbers of 64 bits")},
      {" has a time of day beside its date", QT_TR_NOOP("'%1' has a time of day beside its date")},
      {" is not a date", QT_TR_NOOP("'%1' is not a date")},
      {" is not a date and time", QT_TR_NOOP("'%1' is not a date and time")},
      {" is neither true nor false", QT_TR_NOOP("'%1' is neither true nor false")}};
  for (const auto& [end, said] : kCells)
    if (text.startsWith('\'') && text.endsWith('\'' + end))
      return tr(said).arg(text.mid(1, text.size() - end.size() - 2));
  static const QRegularExpression kPattern("^'(.*)' is not a date written as (.*)$",
                                           QRegularExpression::DotMatchesEverythingOption);
  if (const auto match = kPattern.match(text); match.hasMatch())
    return tr("'%1' is not a date written as %2").arg(match.captured(1), match.captured(2));
  static const QRegularExpression kCounts("^(\\d+) cells? where (\\d+) (?:is|are) expected$");
  if (const auto match = kCounts.match(text); match.hasMatch())
    return tr("%1 cells where %2 are expected").arg(match.captured(1), match.captured(2));
  if (text == "text stands beside a quoted cell") return tr("text stands beside a quoted cell");
  if (text == "a quote is opened and never closed") return tr("a quote is opened and never closed");
  return text;
}

std::vector<ListColumn> ProfileRows::rejectTitles() {
  return {{tr("Line"), ListColumn::Kind::Number},
          {tr("Column")},
          {tr("Reason")},
          {tr("Row as it stands in the file")}};
}

std::vector<ListRow> ProfileRows::rejectRows(const std::vector<data::Reject>& rejects) {
  std::vector<ListRow> rows;
  rows.reserve(rejects.size());
  for (const data::Reject& reject : rejects)
    rows.push_back({QString::number(rows.size()),
                    {countCell(reject.line),
                     {reject.column.empty() ? tr("whole row") : words::toQt(reject.column)},
                     {reason(reject.reason)},
                     {words::toQt(shorten(reject.text, 400)).simplified()}}});
  return rows;
}

}  // namespace lodestone::pages
