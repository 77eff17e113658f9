// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tickers.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/charts/figures.h"

namespace lodestone::charts {
namespace {

constexpr double kDay = 86400;

QVector<double> logarithmicTicks(const QCPRange& range, const QVector<double>& factors) {
  QVector<double> ticks;
  const int first = static_cast<int>(std::floor(std::log10(range.lower)));
  const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
  const int stride = std::max(1, (last - first) / 8);
  for (int power = first; power <= last; power += stride)
    for (const double factor : factors) {
      const double tick = factor * std::pow(10, power);
      if (tick >= range.lower && tick <= range.upper) ticks.append(tick);
    }
  return ticks;
}

QString logarithmicLabel(double tick, bool percent) {
  const double shown = percent ? tick * 100 : tick;
  if (shown < 1e-5 || shown >= 1e7) return QLocale().toString(tick, 'e', 0);
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(shown) - 1e-9)));
  return figure(tick, decimals, percent);
}

}  // namespace

void NumberTicker::generate(const QCPRange& range, const QLocale&, QChar, int, QVector<double>& ticks,
                            QVector<double>* sub_ticks, QVector<QString>* labels) {
  const Ticks nice = niceTicks(range.lower, range.upper, tickCount(), percent_, closest_);
  ticks = nice.at;
  if (sub_ticks != nullptr) sub_ticks->clear();
  if (labels == nullptr) return;
  labels->clear();
  for (const double tick : ticks) labels->append(figure(tick, nice.decimals, percent_));
}

void LogTicker::generate(const QCPRange& range, const QLocale&, QChar, int, QVector<double>& ticks,
                         QVector<double>* sub_ticks, QVector<QString>* labels) {
  if (sub_ticks != nullptr) sub_ticks->clear();
  ticks.clear();
  if (labels != nullptr) labels->clear();
  if (!(range.lower > 0) || !(range.upper > range.lower)) return;
  const double decades = std::log10(range.upper / range.lower);
  if (decades < 1) {
    const Ticks nice = niceTicks(range.lower, range.upper, tickCount(), percent_);
    ticks = nice.at;
    if (labels != nullptr)
      for (const double tick : ticks) labels->append(figure(tick, nice.decimals, percent_));
    return;
  }
  ticks = logarithmicTicks(range, decades < 3 ? QVector<double>{1, 2, 5} : QVector<double>{1});
  if (labels != nullptr)
    for (const double tick : ticks) labels->append(logarithmicLabel(tick, percent_));
}

TimeTicker::TimeTicker() {
  setDateTimeSpec(Qt::UTC);
}

double TimeTicker::getTickStep(const QCPRange& range) {
  span_ = range.size();
  return QCPAxisTickerDateTime::getTickStep(range);
}

QString TimeTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
  const QDateTime moment = QDateTime::fromMSecsSinceEpoch(std::llround(tick * 1000), Qt::UTC);
  QString format = "HH:mm";
  if (span_ > 5 * 366 * kDay)
    format = QCoreApplication::translate("lodestone::charts", "yyyy", "format of a year on an axis");
  else if (span_ > 150 * kDay)
    format = QCoreApplication::translate("lodestone::charts", "MMM yyyy", "format of a month on an axis");
  else if (span_ > 3 * kDay)
    format = QCoreApplication::translate("lodestone::charts", "d MMM", "format of a day on an axis");
  return QLocale().toString(moment, format);
}

QString momentWithin(double seconds, double span) {
  const QDateTime moment = QDateTime::fromMSecsSinceEpoch(std::llround(seconds * 1000), Qt::UTC);
  return QLocale().toString(moment, span >= kDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm");
}

}  // namespace lodestone::charts
