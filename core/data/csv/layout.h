// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/data/csv/records.h"
#include "core/data/import.h"

namespace lodestone::data {

/// Where the table is in a file.
struct CsvLayout {
  std::size_t width = 0;                  ///< columns
  std::size_t records_before = 0;         ///< records in front of the header, blank ones too
  std::int64_t preamble_lines = 0;        ///< lines of them with something in them
  std::set<std::string> preamble;         ///< their only cells, where they have no other
  std::int64_t blank_lines = 0;           ///< lines of them, and between the lines of the header, without
  std::size_t header_records = 0;         ///< records from there to the first row, blank ones too
  std::int64_t header_lines = 0;          ///< lines of the header, without blank ones
  std::vector<std::string> header_cells;  ///< of the header's last record, as they stand
  std::vector<std::string> names;         ///< one a column, distinct in any case, none empty
  bool all = false;                       ///< the sample was the whole file
};

/// A line of dashes or the like, as under a header, or the mark at the end of old files.
bool isRule(const CsvRecord& record);

/// Finds the table among the records of a file's beginning: its width is the usual one of its records (of
/// several tables the first, unless it is a small one), titles and remarks before it are the preamble, and
/// the header is as many records as have words where the column below has numbers or dates. Names in several
/// lines are joined with a blank; a cell of an upper line counts for the empty ones to its right.
CsvLayout findLayout(const std::vector<CsvRecord>& records, bool all, const ImportOptions& options);

}  // namespace lodestone::data
