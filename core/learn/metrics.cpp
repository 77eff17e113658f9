// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace lodestone::learn {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostPoints = 200;

/// Rows and positives down to one distinct probability, from the highest.
struct Step {
  double rows = 0;
  double positives = 0;
};

std::vector<std::size_t> descending(const std::vector<float>& probability) {
  std::vector<std::size_t> order(probability.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return probability[a] > probability[b]; });
  return order;
}

/// One step for each distinct probability, so that rows with equal ones are never told apart.
std::vector<Step> steps(const std::vector<float>& probability, const std::vector<float>& target) {
  std::vector<Step> out;
  Step now;
  const std::vector<std::size_t> order = descending(probability);
  for (std::size_t i = 0; i < order.size(); ++i) {
    now.rows += 1;
    now.positives += target[order[i]];
    if (i + 1 == order.size() || probability[order[i + 1]] != probability[order[i]]) out.push_back(now);
  }
  return out;
}

std::vector<CurvePoint> thinned(std::vector<CurvePoint> points) {
  if (points.size() <= kMostPoints) return points;
  std::vector<CurvePoint> out;
  for (std::size_t i = 0; i < kMostPoints; ++i)
    out.push_back(points[i * (points.size() - 1) / (kMostPoints - 1)]);
  return out;
}

void measureRanking(Metrics& metrics, const std::vector<Step>& all) {
  const auto positives = static_cast<double>(metrics.positives);
  const double negatives = static_cast<double>(metrics.rows) - positives;
  double area = 0;
  double precision_area = 0;
  Step before;
  for (const Step& step : all) {
    const double new_positives = step.positives - before.positives;
    const double new_negatives = step.rows - before.rows - new_positives;
    area += new_negatives * (before.positives + new_positives / 2);
    precision_area += new_positives * step.positives / step.rows;
    before = step;
  }
  metrics.roc_auc = positives > 0 && negatives > 0 ? area / (positives * negatives) : kUndefined;
  metrics.pr_auc = positives > 0 ? precision_area / positives : kUndefined;
}

}  // namespace

Metrics measure(const std::vector<float>& probability, const std::vector<float>& target, double threshold) {
  constexpr double kClip = 1e-7;
  Metrics m;
  m.threshold = threshold;
  m.rows = static_cast<std::int64_t>(probability.size());
  double loss = 0;
  double square = 0;
  for (std::size_t i = 0; i < probability.size(); ++i) {
    const double p = probability[i];
    const bool positive = target[i] > 0.5F;
    const bool predicted = p > threshold;
    m.positives += positive ? 1 : 0;
    if (predicted)
      ++(positive ? m.true_positives : m.false_positives);
    else
      ++(positive ? m.false_negatives : m.true_negatives);
    loss -= std::log(std::clamp(positive ? p : 1 - p, kClip, 1 - kClip));
    square += (p - target[i]) * (p - target[i]);
  }
  const auto share = [](std::int64_t part, std::int64_t of, double otherwise) {
    return of > 0 ? static_cast<double>(part) / static_cast<double>(of) : otherwise;
  };
  m.accuracy = share(m.true_positives + m.true_negatives, m.rows, kUndefined);
  m.recall = share(m.true_positives, m.positives, kUndefined);
  m.precision =
      share(m.true_positives, m.true_positives + m.false_positives, m.positives > 0 ? 0 : kUndefined);
  m.f1 = m.positives > 0 ? share(2 * m.true_positives, m.true_positives + m.false_positives + m.positives, 0)
                         : kUndefined;
  m.log_loss = m.rows > 0 ? loss / static_cast<double>(m.rows) : kUndefined;
  m.brier = m.rows > 0 ? square / static_cast<double>(m.rows) : kUndefined;
  measureRanking(m, steps(probability, target));
  return m;
}

std::vector<CurvePoint> rocCurve(const std::vector<float>& probability, const std::vector<float>& target) {
  const std::vector<Step> all = steps(probability, target);
  if (all.empty()) return {};
  const double positives = all.back().positives;
  const double negatives = all.back().rows - positives;
  if (positives == 0 || negatives == 0) return {};
  std::vector<CurvePoint> points = {{0, 0}};
  for (const Step& step : all)
    points.push_back({(step.rows - step.positives) / negatives, step.positives / positives});
  return thinned(std::move(points));
}

std::vector<CurvePoint> precisionRecallCurve(const std::vector<float>& probability,
                                             const std::vector<float>& target) {
  const std::vector<Step> all = steps(probability, target);
  if (all.empty() || all.back().positives == 0) return {};
  std::vector<CurvePoint> points = {{0, 1}};
  for (const Step& step : all)
    points.push_back({step.positives / all.back().positives, step.positives / step.rows});
  return thinned(std::move(points));
}

std::vector<CurvePoint> gainsCurve(const std::vector<float>& probability, const std::vector<float>& target) {
  const std::vector<Step> all = steps(probability, target);
  if (all.empty() || all.back().positives == 0) return {};
  std::vector<CurvePoint> points = {{0, 0}};
  for (const Step& step : all)
    points.push_back({step.rows / all.back().rows, step.positives / all.back().positives});
  return thinned(std::move(points));
}

std::vector<CalibrationBin> calibration(const std::vector<float>& probability,
                                        const std::vector<float>& target, int bins) {
  std::vector<std::size_t> order = descending(probability);
  std::reverse(order.begin(), order.end());
  const auto count = static_cast<std::size_t>(std::max(bins, 1));
  std::vector<CalibrationBin> out;
  for (std::size_t b = 0; b < count; ++b) {
    const std::size_t begin = b * order.size() / count;
    const std::size_t end = (b + 1) * order.size() / count;
    if (begin == end) continue;
    CalibrationBin bin;
    bin.rows = static_cast<std::int64_t>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      bin.predicted += probability[order[i]];
      bin.observed += target[order[i]];
    }
    bin.predicted /= static_cast<double>(bin.rows);
    bin.observed /= static_cast<double>(bin.rows);
    out.push_back(bin);
  }
  return out;
}

double calibrationError(const std::vector<CalibrationBin>& bins) {
  double sum = 0;
  double rows = 0;
  for (const CalibrationBin& bin : bins) {
    sum += std::fabs(bin.predicted - bin.observed) * static_cast<double>(bin.rows);
    rows += static_cast<double>(bin.rows);
  }
  return rows > 0 ? sum / rows : kUndefined;
}

Json toJson(const Metrics& m) {
  return {{"accuracy", number(m.accuracy)},
          {"precision", number(m.precision)},
          {"recall", number(m.recall)},
          {"f1", number(m.f1)},
          {"roc_auc", number(m.roc_auc)},
          {"pr_auc", number(m.pr_auc)},
          {"log_loss", number(m.log_loss)},
          {"brier", number(m.brier)},
          {"rows", m.rows},
          {"positives", m.positives},
          {"threshold", number(m.threshold)},
          {"true_positives", m.true_positives},
          {"false_positives", m.false_positives},
          {"true_negatives", m.true_negatives},
          {"false_negatives", m.false_negatives}};
}

}  // namespace lodestone::learn
