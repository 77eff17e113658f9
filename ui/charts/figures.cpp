// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/figures.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

double luminance(const QColor& colour) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

int decimalsOfStep(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
}

}  // namespace

int decimalsOfSpread(double spread) {
  if (!(spread > 0) || !std::isfinite(spread)) return 3;
  return std::clamp(3 - static_cast<int>(std::ceil(std::log10(spread) - 1e-9)), 0, 9);
}

int decimalsOfColumn(const QVector<double>& values) {
  bool whole = true;
  double largest = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    whole = whole && value == std::floor(value);
    largest = std::max(largest, std::abs(value));
  }
  if (whole || largest == 0) return 0;
  return std::clamp(4 - static_cast<int>(std::ceil(std::log10(largest) - 1e-9)), 1, 9);
}

QString figure(double value, int decimals, bool percent, Figures figures) {
  if (figures == Figures::Plain)
    return std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString();
  return percent ? words::percent(value, decimals) : words::number(value, decimals);
}

QString figureWithin(double value, double spread, bool percent) {
  return figure(value, percent ? std::max(0, decimalsOfSpread(spread * 100)) : decimalsOfSpread(spread),
                percent);
}

Ticks niceTicks(double low, double high, int most, bool percent, double closest) {
  Ticks ticks;
  if (!(high > low) || !std::isfinite(high - low)) return ticks;
  const double rough = std::max((high - low) / std::max(1, most), closest);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough * (1 - 1e-9)) {
      step = factor * power;
      break;
    }
  ticks.decimals = decimalsOfStep(percent ? step * 100 : step);
  const double first = std::ceil(low / step - 1e-9);
  const double last = std::floor(high / step + 1e-9);
  for (double i = first; i <= last && ticks.at.size() < 1000; ++i) ticks.at.append(i == 0 ? 0 : i * step);
  return ticks;
}

QColor mixed(const QColor& first, const QColor& second, double share) {
  const auto between = [share](float a, float b) { return a + static_cast<float>(share) * (b - a); };
  return QColor::fromRgbF(between(first.redF(), second.redF()), between(first.greenF(), second.greenF()),
                          between(first.blueF(), second.blueF()));
}

double contrast(const QColor& first, const QColor& second) {
  const double a = luminance(first) + 0.05;
  const double b = luminance(second) + 0.05;
  return a > b ? a / b : b / a;
}

}  // namespace lodestone::charts
