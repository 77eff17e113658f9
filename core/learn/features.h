// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::learn {

/// Rows by columns, row-major, 32-bit.
struct Matrix {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<float> values;

  const float* row(std::int64_t i) const { return values.data() + i * columns; }
  Matrix take(const std::vector<std::int64_t>& rows_to_take) const;
};

enum class FillNumbers { Zero, Median, Mean };

struct FeatureOptions {
  FillNumbers fill_numbers = FillNumbers::Zero;
  int max_levels = 100;  ///< of one text column; rarer levels share the level "other"
};

/// A column that was left out, and why (constant, identifier, all missing, ...).
struct LeftOut {
  std::string column;
  Text reason;
};

/// Turns rows into numbers: gaps of numbers filled, numbers standardised by mean and population standard
/// deviation, texts one-hot with a level of their own for gaps; a level not seen in training counts among the
/// rarer ones that share a column, and is all zero where there is no such column. Times count in days.
/// Everything is learned from the rows given to fit and nothing else.
class FeatureEncoder {
 public:
  /// Learns from the given rows of the frame, all of its columns but those in exclude. Identifier-like and
  /// constant columns are left out and named in leftOut(). InvalidArgument names an excluded column that is
  /// not there; NotEnoughData when no column remains.
  static Result<FeatureEncoder> fit(const Frame& frame, const std::vector<std::int64_t>& rows,
                                    const std::vector<std::string>& exclude, const FeatureOptions& options);

  /// One row each, in order. InvalidArgument names columns that are missing or of another kind; a column
  /// without any value may be of any kind.
  Result<Matrix> encode(const Frame& frame, JobContext& job) const;

  /// Names of the encoded columns, "Contract = One year"; "Contract = ∅" for gaps, "Contract = …" for rarer
  /// levels.
  std::vector<std::string> featureNames() const;
  /// Names of the input columns that are used.
  std::vector<std::string> inputColumns() const;
  const std::vector<LeftOut>& leftOut() const { return left_out_; }

  Json toJson() const;
  /// Corrupt when it is not what toJson wrote.
  static Result<FeatureEncoder> fromJson(const Json& json);
  /// SHA-256 over names, kinds and levels: two encoders that read the same tables agree.
  std::string fingerprint() const;

  /// One input column's recipe. Public for the file format's tests.
  struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::Number;
    double fill = 0;
    double mean = 0;
    double deviation = 1;
    std::vector<std::string> levels;  ///< one-hot, in order; without the two below
    bool has_gap_level = false;
    bool has_other_level = false;
  };

 private:
  std::vector<Column> columns_;
  std::vector<LeftOut> left_out_;
};

}  // namespace lodestone::learn
