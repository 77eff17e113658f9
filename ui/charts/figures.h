// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QVector>

// How numbers and colours stand in charts.
namespace lodestone::charts {

enum class Figures {
  Read,   ///< with the locale's separators, few decimals
  Plain,  ///< for programs
};

/// Decimals that tell values of that spread apart: 3 for 0 to 1, none from 1,000 on.
int decimalsOfSpread(double spread);
/// Decimals for all values of a column: none when all are whole.
int decimalsOfColumn(const QVector<double>& values);
QString figure(double value, int decimals, bool percent, Figures figures = Figures::Read);
/// With the decimals that a difference of that size needs.
QString figureWithin(double value, double spread, bool percent);

struct Ticks {
  QVector<double> at;
  int decimals = 0;  ///< of the values; of the per cents where they are shown as such
};
/// Round values (1, 2, 5 times a power of ten) inside the range, no closer than that.
Ticks niceTicks(double low, double high, int most, bool percent, double closest = 0);

/// Between two colours: 0 is the first.
QColor mixed(const QColor& first, const QColor& second, double share);
/// WCAG 2.1 contrast ratio.
double contrast(const QColor& first, const QColor& second);

}  // namespace lodestone::charts
