// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/json.h"

namespace lodestone::learn {

/// How good probabilities are against what happened. Figures that are undefined (one class only) are NaN.
struct Metrics {
  std::int64_t rows = 0;
  std::int64_t positives = 0;
  double threshold = 0.5;
  std::int64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
  double accuracy = 0, precision = 0, recall = 0, f1 = 0;
  double roc_auc = 0;   ///< Mann-Whitney, ties count half
  double pr_auc = 0;    ///< average precision: sum over thresholds of (R_n - R_(n-1)) P_n
  double log_loss = 0;  ///< natural logarithm, probabilities clipped at 1e-7
  double brier = 0;
};

struct CurvePoint {
  double x = 0;
  double y = 0;
};

/// One bin of predicted probabilities: equal counts.
struct CalibrationBin {
  double predicted = 0;  ///< mean prediction
  double observed = 0;   ///< share of positives
  std::int64_t rows = 0;
};

Metrics measure(const std::vector<float>& probability, const std::vector<float>& target,
                double threshold = 0.5);

/// False positive rate against recall, from (0,0) to (1,1); thinned to at most 200 points.
std::vector<CurvePoint> rocCurve(const std::vector<float>& probability, const std::vector<float>& target);
/// Recall against precision; thinned to at most 200 points.
std::vector<CurvePoint> precisionRecallCurve(const std::vector<float>& probability,
                                             const std::vector<float>& target);
/// Share of rows contacted, best first, against share of positives reached; thinned to at most 200 points.
std::vector<CurvePoint> gainsCurve(const std::vector<float>& probability, const std::vector<float>& target);
std::vector<CalibrationBin> calibration(const std::vector<float>& probability,
                                        const std::vector<float>& target, int bins = 10);

/// Row-weighted mean of |predicted - observed| over the bins: the expected calibration error.
double calibrationError(const std::vector<CalibrationBin>& bins);

/// {"accuracy","precision","recall","f1","roc_auc","pr_auc","log_loss","brier","rows","positives",...}
Json toJson(const Metrics& metrics);

}  // namespace lodestone::learn
