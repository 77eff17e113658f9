// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/steps/step.h"

namespace lodestone::data::steps {

// The methods of the step fill. Each fills the missing cells of one column, as SQL in the outcome, and leaves
// a note of what it learned. With the parameter "by" each group of rows is filled from its own cells.

/// mean, median (of an even count the mean of the two in the middle), mode (ties: the smallest value).
Result<> fillTypical(StepRun& run, const ColumnInfo& column, StepOutcome& outcome);

/// The parameter "value", which must fit the column.
Result<> fillConstant(StepRun& run, const ColumnInfo& column, StepOutcome& outcome);

/// ffill: the last known cell before it; linear: v0 + (v1 - v0) (t - t0) / (t1 - t0) between the known cells
/// around it, nothing before the first and behind the last. Equal times: in the order of the rows.
Result<> fillInOrder(StepRun& run, const ColumnInfo& column, StepOutcome& outcome);

/// The Nadaraya-Watson estimate with a Gaussian kernel: see gaussian_smoother.h, which bounds its cost for
/// any bandwidth. Holds 16 bytes a row in memory.
Result<> fillGaussian(StepRun& run, const ColumnInfo& column, StepOutcome& outcome);

/// A ridge regression on the other columns for numbers, one against all others for texts and truth values;
/// see ridge.h. Holds up to 100,000 rows in memory to learn from. The note tells its error on a fifth of them
/// that it had not seen.
Result<> fillPredicted(StepRun& run, const ColumnInfo& column, StepOutcome& outcome);

/// The cells of row numbers and kValue in a table take the place of missing ones; the type is the column's,
/// or DOUBLE.
void fillFrom(const StepRun& run, StepOutcome& outcome, const ColumnInfo& column, const std::string& table,
              const std::string& type);

/// Rows with their place: their numbers, the groups "lodestone group 0" and so on, "lodestone place"
/// (DOUBLE), kValue. Rows without a time are left out.
struct PlacedRows {
  std::string select;
  std::string partition;  ///< "PARTITION BY ... " or empty
  std::string groups;     ///< the groups' names with ", " behind each
};
inline constexpr std::string_view kPlace = "\"lodestone place\"";
Result<PlacedRows> placedRows(StepRun& run, const std::string& value);

}  // namespace lodestone::data::steps
