// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

namespace lodestone::charts {

/// Exponential moving average without the pull to zero of its start: s_n = w s_(n-1) + (1 - w) y_n, divided
/// by 1 - w^n (as Kingma and Ba 2015, section 3). Values that are not finite pass through and leave it as it
/// is.
class Smoother {
 public:
  explicit Smoother(double weight = 0) : weight_(weight) {}
  double next(double value);

 private:
  double weight_;
  double sum_ = 0;
  double left_ = 1;  ///< w^n
};

QVector<double> smoothed(const QVector<double>& values, double weight);

}  // namespace lodestone::charts
