// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

/// A table that was made of others by another arrangement of their cells.
struct ReshapeReport {
  std::string table;
  std::int64_t rows = 0;
  std::vector<ColumnInfo> columns;
  std::vector<Notice> notices;
};

struct UnionSpec {
  std::vector<TableName> tables;  ///< at least one; the same may come twice
  std::string source_column;      ///< a last column with the name of the table; empty: none
};

/// The rows of all tables, one table after the other. Columns are matched by name, upper and lower case
/// alike, in the order of first appearance; one that a table does not have is missing there (notice
/// missing_column). A column of several types gets one that holds them all without loss: the wider number,
/// TIMESTAMP for days and moments, else VARCHAR (notice widened).
Result<ReshapeReport> unionTables(Database& database, const UnionSpec& spec, const NewTable& target,
                                  JobContext& job);

enum class Aggregate { Count, CountDistinct, Sum, Mean, Median, Min, Max };

struct PivotSpec {
  TableName table;
  std::vector<std::string> rows;  ///< columns that name a row of the result; none: one row
  std::string column;             ///< its values become columns
  std::string value;              ///< what is aggregated; may be empty for Count: rows
  Aggregate aggregate = Aggregate::Sum;
  int most_columns = 200;  ///< more values than these are refused
};

/// One row for each combination of the row columns, by them, missing last; one column for each value of the
/// column, by value, named by it ("(missing)" for missing cells, with _2, _3 where names clash). A cell
/// without source rows is missing, in counts 0. Sums follow makeRfm(). InvalidArgument where there are too
/// many values, or the value is no number and a number is needed.
Result<ReshapeReport> pivotTable(Database& database, const PivotSpec& spec, const NewTable& target,
                                 JobContext& job);

struct UnpivotSpec {
  TableName table;
  std::vector<std::string> columns;  ///< that become rows; empty: all but keep
  std::vector<std::string> keep;     ///< repeated on each of them; empty: all but columns
  std::string name_column = "name";
  std::string value_column = "value";
  bool keep_missing = false;  ///< rows for missing cells too
};

/// For each row of the table one for each of the columns, in their order: the kept cells, the column's name,
/// its cell. The cells get one type as in unionTables(). InvalidArgument where a name is taken or neither
/// columns nor keep is given.
Result<ReshapeReport> unpivotTable(Database& database, const UnpivotSpec& spec, const NewTable& target,
                                   JobContext& job);

}  // namespace lodestone::data
