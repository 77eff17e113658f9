// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/line_table.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

namespace lodestone::charts {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A column of figures: all with the same decimals.
struct Column {
  QString title;
  QVector<double> values;
  bool percent = false;
};

std::vector<QVector<double>> bandOf(const LineSeries& series) {
  if (series.low.isEmpty() || series.low.size() != series.x.size() || series.high.size() != series.x.size())
    return {};
  return {series.low, series.high};
}

QString orElse(const QString& text, const QString& other) {
  return text.isEmpty() ? other : text;
}

ChartTable tableOf(const std::vector<QString>& names, const std::vector<Column>& columns, Figures figures) {
  ChartTable table;
  table.text_columns = names.empty() ? 0 : 1;
  if (!names.empty()) table.header << QCoreApplication::translate("lodestone::charts::LineChart", "Line");
  std::vector<int> decimals;
  for (const Column& column : columns) {
    table.header << column.title;
    decimals.push_back(column.percent ? 1 : decimalsOfColumn(column.values));
  }
  const auto rows = columns.empty() ? 0 : static_cast<std::size_t>(columns.front().values.size());
  table.rows.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    QStringList cells;
    if (!names.empty()) cells << names[row];
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double value = columns[i].values[static_cast<qsizetype>(row)];
      cells << (std::isfinite(value) ? figure(value, decimals[i], columns[i].percent, figures) : QString());
    }
    table.rows.push_back(cells);
  }
  return table;
}

/// Every x once, ascending; empty when a line has an x twice or the lines share too few of them.
QVector<double> sharedX(const std::vector<LineSeries>& series) {
  QVector<double> all;
  qsizetype longest = 0;
  for (const LineSeries& line : series) {
    if (std::adjacent_find(line.x.begin(), line.x.end(), std::greater_equal<>()) != line.x.end()) return {};
    longest = std::max(longest, line.x.size());
    all += line.x;
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return 2 * all.size() <= 3 * longest ? all : QVector<double>();
}

ChartTable wide(const std::vector<LineSeries>& series, const QVector<double>& x, const Axis& x_axis,
                const Axis& y_axis, Figures figures) {
  std::vector<Column> columns{{orElse(x_axis.label, "x"), x, x_axis.percent}};
  for (const LineSeries& line : series) {
    const QString name = orElse(line.name, orElse(y_axis.label, "y"));
    const auto spread = [&](const QVector<double>& values) {
      QVector<double> spread_values(x.size(), kNone);
      qsizetype at = 0;
      for (qsizetype i = 0; i < line.x.size(); ++i) {
        while (x[at] != line.x[i]) ++at;
        spread_values[at] = values[i];
      }
      return spread_values;
    };
    columns.push_back({name, spread(line.y), y_axis.percent});
    const auto band = bandOf(line);
    if (band.empty()) continue;
    columns.push_back({QCoreApplication::translate("lodestone::charts::LineChart", "%1, from").arg(name),
                       spread(band[0]), y_axis.percent});
    columns.push_back({QCoreApplication::translate("lodestone::charts::LineChart", "%1, to").arg(name),
                       spread(band[1]), y_axis.percent});
  }
  return tableOf({}, columns, figures);
}

ChartTable longOne(const std::vector<LineSeries>& series, const Axis& x_axis, const Axis& y_axis,
                   Figures figures) {
  std::vector<QString> names;
  std::vector<Column> columns{{orElse(x_axis.label, "x"), {}, x_axis.percent},
                              {orElse(y_axis.label, "y"), {}, y_axis.percent}};
  const bool bands = std::any_of(series.begin(), series.end(), [](const LineSeries& line) {
    return !line.x.isEmpty() && !bandOf(line).empty();
  });
  if (bands) {
    columns.push_back(
        {QCoreApplication::translate("lodestone::charts::LineChart", "From"), {}, y_axis.percent});
    columns.push_back(
        {QCoreApplication::translate("lodestone::charts::LineChart", "To"), {}, y_axis.percent});
  }
  for (const LineSeries& line : series) {
    names.insert(names.end(), static_cast<std::size_t>(line.x.size()), line.name);
    columns[0].values += line.x;
    columns[1].values += line.y;
    if (!bands) continue;
    const auto band = bandOf(line);
    const QVector<double> none(line.x.size(), kNone);
    columns[2].values += band.empty() ? none : band[0];
    columns[3].values += band.empty() ? none : band[1];
  }
  if (series.size() == 1 && series.front().name.isEmpty()) names.clear();
  return tableOf(names, columns, figures);
}

}  // namespace

ChartTable lineTable(const std::vector<LineSeries>& series, const Axis& x, const Axis& y, Figures figures) {
  const QVector<double> shared = sharedX(series);
  return shared.isEmpty() ? longOne(series, x, y, figures) : wide(series, shared, x, y, figures);
}

}  // namespace lodestone::charts
