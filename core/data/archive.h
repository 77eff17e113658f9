// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/data/source_input.h"

namespace lodestone::data {

/// How much a packed file may hold before it is taken for one that was made to fill the disk.
struct UnpackLimits {
  std::int64_t most_bytes = std::int64_t{100} << 30U;
  double most_ratio = 200;                             ///< unpacked to packed bytes ...
  std::int64_t ratio_from = std::int64_t{256} << 20U;  ///< ... of what is larger than this unpacked
  /// Of a file that can be looked at from its beginning, stop after so many bytes; 0: unpack all.
  std::int64_t beginning = 0;
};

struct Unpacked {
  std::vector<SourceInput> inputs;  ///< at least one; what was given where it is not packed
  std::vector<std::string> names;   ///< files in the archive that could be read; empty: it is none
  std::vector<std::string>
      left_out;              ///< files beside those, of formats that are not known, as e.zip/notes.log
  std::string source_table;  ///< what is left of the option for the inputs themselves
};

/// Takes .gz and .zip apart, also one inside the other, into files without names: "export.zip" becomes
/// "export.zip/shop.csv". A zip with several files gives the one that source_table names (with a table in it
/// behind a slash, "shop.xlsx/Sheet1"), else all. Workbooks, which are zip files too, stay as they are.
/// NotFound for a file that is not in the archive, Corrupt, Io (no room), Unsupported (password, method),
/// InvalidArgument (nothing in it, more in it than the limits allow), each naming the file.
Result<Unpacked> unpack(const SourceInput& input, const std::string& source_table, JobContext& job,
                        const UnpackLimits& limits = {});

}  // namespace lodestone::data
