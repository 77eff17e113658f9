// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/qcustomplot_wrapper.h"

namespace lodestone::charts {

/// Round values, written with the locale's separators, as per cent where told so.
class NumberTicker : public QCPAxisTicker {
 public:
  explicit NumberTicker(bool percent, double closest = 0) : percent_(percent), closest_(closest) {}
  void generate(const QCPRange& range, const QLocale& locale, QChar format, int precision,
                QVector<double>& ticks, QVector<double>* sub_ticks, QVector<QString>* labels) override;

 private:
  bool percent_;
  double closest_;
};

/// For a logarithmic axis: powers of ten, with 2 and 5 between them where few are in sight, and plain steps
/// within a decade.
class LogTicker : public QCPAxisTicker {
 public:
  explicit LogTicker(bool percent) : percent_(percent) {}
  void generate(const QCPRange& range, const QLocale& locale, QChar format, int precision,
                QVector<double>& ticks, QVector<double>* sub_ticks, QVector<QString>* labels) override;

 private:
  bool percent_;
};

/// Seconds since 1970 in UTC, as years, months, days or hours, whichever the range needs.
class TimeTicker : public QCPAxisTickerDateTime {
 public:
  TimeTicker();

 protected:
  double getTickStep(const QCPRange& range) override;
  QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;

 private:
  double span_ = 0;
};

/// A moment (seconds since 1970, UTC) with the precision that a span of so many seconds needs.
QString momentWithin(double seconds, double span);

}  // namespace lodestone::charts
