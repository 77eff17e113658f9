// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/data/database.h"

namespace lodestone::data {

/// The SQL that query() would run: one SELECT that changes nothing and reaches no file, without semicolons at
/// its end, so that it may stand in a larger statement (on lines of its own: it may end in a remark). Runs
/// nothing.
Result<std::string> checkQuery(const Database& database, const std::string& sql, JobContext& job);

/// An analyst's own SQL: one SELECT over the project's tables. InvalidArgument for anything that could change
/// something, reach a file or another database, or is more than one statement; nothing of it has run then.
Result<Rows> query(const Database& database, const std::string& sql, JobContext& job);

/// The same, into a CSV file (UTF-8, RFC 4180); returns the count of rows. Half a file is never left.
Result<std::int64_t> queryToCsv(const Database& database, const std::string& sql,
                                const std::filesystem::path& file, JobContext& job);

}  // namespace lodestone::data
