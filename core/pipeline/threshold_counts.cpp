// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/threshold_counts.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace lodestone::pipeline {

namespace {

double share(std::int64_t part, std::int64_t of) {
  return of > 0 ? static_cast<double>(part) / static_cast<double>(of)
                : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double ThresholdOutcome::precision() const {
  return share(true_positives, contacts());
}

double ThresholdOutcome::recall() const {
  return share(true_positives, true_positives + false_negatives);
}

double ThresholdOutcome::profit(double value, double cost) const {
  return static_cast<double>(true_positives) * value - static_cast<double>(contacts()) * cost;
}

ThresholdCounts::ThresholdCounts(const std::vector<float>& probability, const std::vector<float>& target) {
  std::vector<std::size_t> order(probability.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return probability[a] > probability[b]; });
  for (const std::size_t row : order) {
    ++rows_;
    positives_ += target[row] > 0.5F ? 1 : 0;
    const double score = probability[row];
    if (steps_.empty() || steps_.back().score != score) steps_.push_back({score, 0, 0});
    steps_.back().rows = rows_;
    steps_.back().positives = positives_;
  }
}

double ThresholdCounts::highest() const {
  return steps_.empty() ? 0 : steps_.front().score;
}

ThresholdOutcome ThresholdCounts::outcome(double threshold, const Step& above) const {
  ThresholdOutcome out;
  out.threshold = threshold;
  out.true_positives = above.positives;
  out.false_positives = above.rows - above.positives;
  out.false_negatives = positives_ - above.positives;
  out.true_negatives = rows_ - above.rows - out.false_negatives;
  return out;
}

ThresholdOutcome ThresholdCounts::at(double threshold) const {
  const auto end = std::partition_point(steps_.begin(), steps_.end(),
                                        [&](const Step& step) { return step.score > threshold; });
  return outcome(threshold, end == steps_.begin() ? Step{} : *std::prev(end));
}

ThresholdOutcome ThresholdCounts::best(double value, double cost) const {
  ThresholdOutcome best = at(std::max(highest(), 0.0));
  double most = best.profit(value, cost);
  for (std::size_t i = 0; i < steps_.size() && steps_[i].score > 0; ++i) {
    const double next = i + 1 < steps_.size() ? steps_[i + 1].score : 0;
    const ThresholdOutcome here = outcome((steps_[i].score + next) / 2, steps_[i]);
    if (const double profit = here.profit(value, cost); profit > most) {
      most = profit;
      best = here;
    }
  }
  return best;
}

std::vector<ThresholdOutcome> ThresholdCounts::along(double to, int points) const {
  const int count = std::max(points, 2);
  std::vector<ThresholdOutcome> out;
  for (int i = 0; i < count; ++i) out.push_back(at(to * i / (count - 1)));
  return out;
}

}  // namespace lodestone::pipeline
