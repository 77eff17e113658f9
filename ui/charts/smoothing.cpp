// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/smoothing.h"

#include <cmath>

namespace lodestone::charts {

double Smoother::next(double value) {
  if (!std::isfinite(value) || weight_ <= 0) return value;
  sum_ = sum_ * weight_ + (1 - weight_) * value;
  left_ *= weight_;
  return sum_ / (1 - left_);
}

QVector<double> smoothed(const QVector<double>& values, double weight) {
  QVector<double> result;
  result.reserve(values.size());
  Smoother smoother(weight);
  for (const double value : values) result.append(smoother.next(value));
  return result;
}

}  // namespace lodestone::charts
