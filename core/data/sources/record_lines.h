// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/source.h"

namespace lodestone::data {

/// JSON records, one a line, as DuckDB reads them.
struct RecordLines {
  std::string path;
  std::string name;          ///< of the file, for messages
  std::int64_t longest = 0;  ///< bytes of the longest line
  std::int64_t most = 0;     ///< read so many at most; 0: all
};

/// What became of lines that are no records.
struct BadRecord {
  std::int64_t number = 0;  ///< of the line, from 1
  std::string text;
  std::string column;  ///< whose cell does not fit; empty: the whole record is at fault
  std::string reason;
};

struct LoadedRecords {
  std::int64_t rows = 0;
  std::int64_t bad = 0;
  std::vector<BadRecord> kept;  ///< at most kRejectsKept
  std::vector<ColumnInfo> columns;
  std::vector<Notice> notices;  ///< digits: a column of numbers is text
};

/// Makes the table: a column for each member of the records, those of nested objects with dotted names;
/// arrays, and members that are of several kinds, as JSON text. Whole numbers that fit are BIGINT, strings
/// that are all ISO dates or times DATE or TIMESTAMP. Records that are no objects are the column "value"
/// where there are no others, else bad. options: column_types, types.
Result<LoadedRecords> loadRecords(Session& session, const TableName& table, const RecordLines& lines,
                                  const ImportOptions& options, JobContext& job);

}  // namespace lodestone::data
