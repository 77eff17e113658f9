// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cell_types.h"
#include "core/data/import.h"
#include "core/data/text_file.h"

namespace lodestone::data {

/// One record of a CSV text (RFC 4180), its cells without quotes.
struct CsvRecord {
  std::size_t begin = 0;  ///< offset of its first byte
  std::vector<std::string> cells;
  bool blank = false;  ///< a line with nothing but spaces
  bool closed = true;  ///< false: a quote is still open at the end of the text
};

std::vector<CsvRecord> splitRecords(std::string_view text, char delimiter, char quote,
                                    std::size_t most = SIZE_MAX);

/// All that must be known to read a file into a table.
struct CsvPlan {
  char delimiter = ',';
  char quote = '"';
  bool header = true;
  std::size_t lines_before = 0;  ///< blank lines in front
  std::vector<std::string> names;
  std::vector<ColumnType> types;             ///< one a name
  std::vector<std::set<std::string>> marks;  ///< the marks of absence met in each column
  std::vector<std::string> long_blanks;      ///< blank cells longer than the usual ones, as they stand
  bool uneven_line_ends = false;             ///< more than one kind, or bare carriage returns
  bool carriage_returns = false;             ///< lines end in "\r\n"
};

/// What the user says, and for the rest what the file looks like.
CsvPlan planCsv(const TextFile& source, const ImportOptions& options);

Detected toDetected(const TextFile& source, const CsvPlan& plan);

}  // namespace lodestone::data
