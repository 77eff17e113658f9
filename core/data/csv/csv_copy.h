// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/data/csv/csv_plan.h"
#include "core/data/working_copy.h"

namespace lodestone::data {

/// A file's rows, mended, in a CSV of the plainest kind: commas, double quotes, "\n", no header. The first
/// cell of each is the row's place.
struct CsvCopy {
  WorkingCopy file;
  WalkCounts counts;
  std::size_t longest = 0;   ///< bytes of the longest row
  std::vector<Reject> kept;  ///< of the records that are no rows, by line
};

Result<CsvCopy> copyMended(const TextFile& source, const CsvPlan& plan, JobContext& job);

/// A place as the first cell has it, and back.
std::string placeText(const RowPlace& place);
RowPlace placeFrom(std::string_view text);

/// The text of a rejected row, as much as is kept.
std::string rejectText(std::string_view raw);

}  // namespace lodestone::data
