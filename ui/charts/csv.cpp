// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/csv.h"

namespace lodestone::charts {
namespace {

QString cellOf(const QString& text) {
  bool number = false;
  text.toDouble(&number);
  QString cell = text;
  if (!number && !cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front())) cell.prepend('\'');
  if (!cell.contains(',') && !cell.contains('"') && !cell.contains('\n') && !cell.contains('\r')) return cell;
  return '"' + cell.replace("\"", "\"\"") + '"';
}

void addLine(QByteArray& csv, const QStringList& cells) {
  for (qsizetype i = 0; i < cells.size(); ++i) {
    if (i > 0) csv += ',';
    csv += cellOf(cells[i]).toUtf8();
  }
  csv += "\r\n";
}

}  // namespace

QByteArray csvOf(const ChartTable& table) {
  QByteArray csv;
  addLine(csv, table.header);
  for (const QStringList& row : table.rows) addLine(csv, row);
  return csv;
}

}  // namespace lodestone::charts
