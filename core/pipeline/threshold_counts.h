// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace lodestone::pipeline {

/// What comes of addressing every row whose score is above a threshold.
struct ThresholdOutcome {
  double threshold = 0;
  std::int64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;

  std::int64_t contacts() const { return true_positives + false_positives; }
  double precision() const;  ///< NaN without contacts
  double recall() const;     ///< NaN without positives
  /// value of each positive that was reached, less the cost of each contact
  double profit(double value, double cost) const;
};

/// Scores sorted once, so that a threshold's outcome is a search and not a pass over the rows: cheap enough
/// to follow a slider. Addressed is who scores above the threshold, as in learn::measure.
class ThresholdCounts {
 public:
  ThresholdCounts() = default;
  /// One of each a row; target is 0 or 1.
  ThresholdCounts(const std::vector<float>& probability, const std::vector<float>& target);

  std::int64_t rows() const { return rows_; }
  std::int64_t positives() const { return positives_; }
  double highest() const;  ///< score; 0 without rows

  ThresholdOutcome at(double threshold) const;
  /// The threshold of the highest profit, half-way between two scores where it may be; of equal ones that
  /// with the fewest contacts.
  ThresholdOutcome best(double value, double cost) const;
  /// Evenly from 0 to 'to', both included; at least two points.
  std::vector<ThresholdOutcome> along(double to, int points) const;

 private:
  /// Rows with this score or a higher one.
  struct Step {
    double score = 0;
    std::int64_t rows = 0;
    std::int64_t positives = 0;
  };
  ThresholdOutcome outcome(double threshold, const Step& above) const;

  std::vector<Step> steps_;  // one a distinct score, from the highest
  std::int64_t rows_ = 0;
  std::int64_t positives_ = 0;
};

}  // namespace lodestone::pipeline
