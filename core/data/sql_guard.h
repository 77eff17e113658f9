// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/data/duckdb_handle.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

/// An analyst's SQL, read and found harmless: one SELECT over tables of the project and what else it may name
/// (in lower case). Returns it without the semicolons at its end. DuckDB's own way of writing a tree back is
/// not used: it turns CROSS JOIN into a comma, which binds weaker.
Result<std::string> harmlessSelect(Session& session, const std::string& sql, JobContext& job,
                                   const std::set<std::string>& named = {});

/// What comes of a harmless SELECT: its text and the tables that it names.
Result<Making> queryMaking(Session& session, const std::string& harmless, JobContext& job);

/// Where in the SQL a mistake is, line and column from 1, as far as DuckDB's message shows it: it shows the
/// line and puts a mark below the place.
Where placeInSql(std::string_view duckdb_message);

/// Whether a harmless SELECT may call the function of that name (in lower case).
bool mayCall(std::string_view function);

}  // namespace lodestone::data
