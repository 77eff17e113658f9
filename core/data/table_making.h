// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/new_table.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

/// Whether a table of that name may be made: InvalidArgument, or AlreadyExists naming it.
Result<> checkNewTable(const Database& database, const NewTable& target);
/// Makes it from a SELECT, in the transaction that is open; how many rows it has. Its rows come in the order
/// of the SELECT. Of a user table it is recorded what it was made of; what was recorded of a replaced one
/// goes.
Result<std::int64_t> makeTable(Session& session, const NewTable& target, const std::string& select,
                               const Making& making, JobContext& job);

/// The column of that name, upper and lower case alike where no name is exactly that. NotFound names the
/// columns that there are.
Result<ColumnInfo> columnOf(const TableInfo& table, const std::string& name);
Result<std::vector<ColumnInfo>> columnsOf(const TableInfo& table, const std::vector<std::string>& names);

/// Names that DuckDB can tell apart: letters in upper and lower case are the same to it.
class DistinctNames {
 public:
  /// The name, or the name with _2, _3, ... where it is taken; it is taken from now on.
  std::string add(const std::string& name);
  bool has(std::string_view name) const;

 private:
  std::set<std::string> taken_;
};

/// The number that numberedRows() puts before each row.
inline constexpr std::string_view kRowNumber = "\"lodestone row\"";
/// "(SELECT ... AS kRowNumber, * FROM table)": rows with a number that grows in their order.
std::string numberedRows(const TableInfo& table);

/// What can be compared with what.
enum class TypeFamily { Number, Text, Truth, Day, Moment, Clock, Other };
TypeFamily familyOf(const std::string& type);

/// The SQL type that holds every value of all the given types without loss: the same one, numbers in the
/// wider, days and moments as TIMESTAMP, else VARCHAR.
std::string commonType(const std::vector<std::string>& types);

}  // namespace lodestone::data
