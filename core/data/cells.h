// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// A column's type as DuckDB writes it: "BIGINT", "DECIMAL(18,3)", "VARCHAR[]".
std::string typeName(duckdb_logical_type type);

/// The columns of a statement that has not run yet.
std::vector<ColumnInfo> columnsOf(const Prepared& prepared);

/// A SELECT whose columns of types that keep() refuses come as text. columns: as the SELECT itself has them.
Result<Prepared> prepareWithCasts(Session& session, const std::string& sql, bool (*keep)(duckdb_type),
                                  std::vector<ColumnInfo>& columns);

/// The answer of one statement as JSON cells, see Rows.
Result<Rows> readRows(Session& session, const std::string& sql, JobContext& job);

using HeaderSink = std::function<Result<>(const std::vector<ColumnInfo>& columns)>;
/// Cells: null, truth values, numbers or text; valid during the call.
using RowSink = std::function<Result<>(std::span<const Json> cells)>;
/// Runs one statement and hands its rows on as they come: the answer is never held whole.
Result<> streamRows(Session& session, const std::string& sql, JobContext& job, const HeaderSink& header,
                    const RowSink& sink);

/// The answer of one statement as columns, see Database::frame.
Result<Frame> readFrame(Session& session, const std::string& sql, JobContext& job);

/// The columns that a frame gets as a table, see Database::writeFrame.
std::vector<ColumnInfo> frameColumns(const Frame& frame);
/// Appends a frame's rows to a table made with frameColumns().
Result<> appendFrame(Session& session, const TableName& table, const Frame& frame, JobContext& job);

}  // namespace lodestone::data
