// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

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
  CopySql(const CsvCopy& copy, const CsvPlan& plan);

  /// Makes the table from the rows without bad cells.
  std::string create(const TableName& table) const;
  /// For each typed column its index, the count of its cells that are there, of those that read, and of those
  /// that would read as the wider type (Real for Integer, Timestamp for Date). Empty where no column is
  /// typed.
  std::string counts() const;
  /// (place, column from 0, cell) of the first bad cell of each bad row, of so many rows from the file's
  /// beginning.
  std::string badCells(std::int64_t most) const;

 private:
  /// The columns of one type and format: what is done to one of their cells is done to a list of them all.
  /// DuckDB could not plan an expression of its own for each of some thousand columns.
  struct Group {
    ColumnType type;
    std::vector<std::size_t> columns;
  };

  std::string source() const;
  /// For each group of typed columns a SELECT of its columns' indexes and what else is asked of it.
  std::string perGroup(
      const std::function<std::string(const Group& group, const std::string& number)>& select) const;
  std::string goodRow() const;

  const CsvCopy& copy_;
  const CsvPlan& plan_;
  std::vector<Group> groups_;
};

}  // namespace lodestone::data
