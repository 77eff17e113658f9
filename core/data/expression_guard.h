// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// An analyst's expression over the columns of one table, in parentheses of its own.
struct Expression {
  std::string sql;
  bool window = false;         ///< looks at other rows: OVER (...)
  std::string aggregate = {};  ///< a function in it that makes one value of many rows
};

/// Reads an expression and finds it harmless: one expression, no subquery, no function that reaches files or
/// settings or runs text as SQL (see sql_guard.h), none that gives something else each time (random, uuid),
/// for a recipe must do the same twice. Whether its columns exist shows when it is used. InvalidArgument says
/// what is wrong with it.
Result<Expression> harmlessExpression(Session& session, const std::string& text, JobContext& job);

}  // namespace lodestone::data
