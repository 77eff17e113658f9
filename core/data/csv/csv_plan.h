// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cell_types.h"
#include "core/data/csv/layout.h"
#include "core/data/csv/walker.h"
#include "core/data/import.h"
#include "core/data/text_file.h"

namespace lodestone::data {

/// All that must be known to read a file into a table.
struct CsvPlan {
  CsvDialect dialect;
  CsvLayout layout;
  std::vector<ColumnShape> shapes;
  std::vector<ColumnType> types;             ///< one a name
  std::vector<std::string> null_words;       ///< cells that mean missing in typed columns, besides blanks
  bool null_words_given = false;             ///< by the user: they mean missing in text too
  std::vector<std::set<std::string>> marks;  ///< those met in each column
  std::vector<std::string> long_blanks;      ///< blank cells longer than the usual ones, as they stand
  bool carriage_returns = false;             ///< lines end in "\r\n"
  /// Nothing of what was seen needs mending: DuckDB's reader reads the file as it stands.
  bool regular = false;
  WalkCounts seen;                           ///< in the file's beginning
  std::vector<std::vector<CsvCell>> sample;  ///< the first rows

  std::size_t width() const { return layout.width; }
  const std::vector<std::string>& names() const { return layout.names; }
};

inline constexpr std::size_t kSampleRows = 20;

/// What the user says, and for the rest what the file looks like. InvalidArgument where a type that the user
/// names is none, or names no column.
Result<CsvPlan> planCsv(const TextFile& source, const ImportOptions& options, JobContext& job);

/// A walker through the file from behind its mark of encoding.
TableWalker walkerOf(const CsvPlan& plan, WalkSink sink);
/// Walks through the file in blocks, to its end or until 'behind', which is called after each with the bytes
/// read, says no. Io when the file ends early.
Result<> walkFile(const TextFile& source, TableWalker& walker, JobContext& job,
                  const std::function<Result<bool>(std::int64_t read)>& behind);

Detected toDetected(const TextFile& source, const CsvPlan& plan, const WalkCounts& counts);
std::vector<Skipped> toSkipped(const CsvPlan& plan, const WalkCounts& counts);

}  // namespace lodestone::data
