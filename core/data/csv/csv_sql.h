// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/csv/csv_copy.h"
#include "core/data/csv/csv_plan.h"

namespace lodestone::data {

/// Makes the table from the file as it stands, by DuckDB's reader, which keeps what it turns away. Columns
/// whose formats it cannot take become text in the plan where there is no other way. A cell that shows the
/// plan to be wrong ends the statement with an error that has "retype:COLUMN:real", ":timestamp" or ":text",
/// or "mend:" where only going through the file ourselves will do.
std::string directSql(const TextFile& source, CsvPlan& plan, const TableName& table);

/// The statements about a mended copy. Cells that do not read as their column's type are bad, and so is their
/// row.
class CopySql {
 public:
  CopySql(const CsvCopy& copy, const CsvPlan& plan) : copy_(copy), plan_(plan) {}

  /// Makes the table from the rows without bad cells.
  std::string create(const TableName& table) const;
  /// One row: for each column the count of its bad cells, of cells that are there, and of bad cells that
  /// would read as the wider type (Real for Integer, Timestamp for Date).
  std::string counts() const;
  /// (place, column from 0, cell) of the first bad cell of each bad row, in the order of the file.
  std::string badCells(std::int64_t most) const;

 private:
  std::string source() const;
  bool typed(std::size_t column) const;

  const CsvCopy& copy_;
  const CsvPlan& plan_;
};

}  // namespace lodestone::data
