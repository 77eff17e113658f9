// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/data/steps/step.h"

namespace lodestone::data::steps {

/// What lies outside is an outlier. Not set: the column has no bound there.
struct Bounds {
  std::optional<double> low;
  std::optional<double> high;
};

/// The parameters that clip_outliers and drop_outliers share, and what they must agree on.
std::vector<Parameter> outlierParameters();
Result<> checkOutliers(const ParameterValues& values, const std::string& owner);

/// By the step's parameters, from the cells that are there:
/// iqr: quartiles Q1 and Q3 (linear between ranks), Q1 - f (Q3 - Q1) and Q3 + f (Q3 - Q1), f = 1.5 (Tukey
/// 1977); robust_z: median -+ f MAD / 0.6745, f = 3.5 (Iglewicz and Hoaglin 1993), none where the MAD is 0;
/// quantile: the quantiles f and 1 - f, f = 0.01.
/// Leaves a note of them.
Result<Bounds> outlierBounds(StepRun& run, const ColumnInfo& column);

}  // namespace lodestone::data::steps
