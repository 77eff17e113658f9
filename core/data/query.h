// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

/// The SQL that query() would run: one SELECT that changes nothing and reaches no file, without semicolons at
/// its end, so that it may stand in a larger statement (on lines of its own: it may end in a remark). Runs
/// nothing.
Result<std::string> checkQuery(const Database& database, const std::string& sql, JobContext& job);

/// An analyst's own SQL: one SELECT over the project's tables. InvalidArgument for anything that could change
/// something, reach a file or another database, or is more than one statement; nothing of it has run then.
/// Where the mistake is in the text, line and column from 1, is in the error's where as far as it is known.
Result<Rows> query(const Database& database, const std::string& sql, JobContext& job);

/// The first rows of an answer.
struct FirstRows {
  Rows rows;
  bool all = true;  ///< there are no more
};
/// The same, but at most so many rows: what is not told is not computed where the SQL allows that.
Result<FirstRows> queryFirst(const Database& database, const std::string& sql, std::size_t most,
                             JobContext& job);

/// The same, into a CSV file (UTF-8, RFC 4180); returns the count of rows. Half a file is never left.
/// making: kept as the file's origin where the SQL is not what its reader wants to know.
Result<std::int64_t> queryToCsv(const Database& database, const std::string& sql,
                                const std::filesystem::path& file, JobContext& job,
                                const std::optional<Making>& making = std::nullopt);

/// The same, into a table of the project, in the order of the answer; returns the count of rows. The SQL
/// stays with the table as its comment. InvalidArgument for a bad name, AlreadyExists where it is taken and
/// not to be replaced; a column without a name of its own gets the one that DuckDB gives it. named: tables
/// that the SQL may call by other names (in lower case).
Result<std::int64_t> queryToTable(Database& database, const std::string& sql, const NewTable& target,
                                  JobContext& job,
                                  const std::vector<std::pair<std::string, TableName>>& named = {});

/// The names of all functions that a query may call, in lower case and in their order.
Result<std::vector<std::string>> queryFunctions(const Database& database);

}  // namespace lodestone::data
