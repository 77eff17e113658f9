// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/vectors.h"

namespace lodestone::data {

/// What the figures of a column are about. Other: times of day, lists, bytes, ...: counted and shown alone.
enum class Nature { Number, Time, Truth, Text, Other };

Nature natureOf(std::string_view type);
bool isWholeNumber(std::string_view type);
bool isFloating(std::string_view type);

/// Characters that are read of a value. Longer ones are told apart by a hash of all of it.
inline constexpr int kValueCharacters = 256;

/// A value that a column has, and how often.
struct Value {
  std::string text;  ///< as DuckDB writes it, at most kValueCharacters of it
  double number = std::numeric_limits<double>::quiet_NaN();  ///< times: seconds since 1970; truth: 0 or 1
  std::int64_t count = 0;
  std::uint64_t hash = 0;   ///< DuckDB's, of all of it; only from readValues
  std::int64_t length = 0;  ///< text: characters of all of it
  /// Text: equal for values that differ only in case, width (full-width forms) or white space.
  std::uint64_t folded = 0;
};

/// The different values of a column, in no order, each once. Missing cells are not among them.
struct ColumnValues {
  std::vector<Value> values;
  std::int64_t cells = 0;  ///< the sum of the counts
};

/// Hands a statement's answer on chunk by chunk: it is never held whole.
using ChunkSink = std::function<void(std::span<const VectorView> columns, idx_t size)>;
Result<> eachChunk(Session& session, const std::string& sql, JobContext& job, const ChunkSink& sink);

/// SQL for an expression of a type as a number (DOUBLE; times: seconds since 1970; NULL where it is none).
std::string numberSql(std::string_view type, const std::string& expression);
/// SQL for the length of a column's cells in characters; NULL where they are no text.
std::string lengthSql(const ColumnInfo& column);

/// " WHERE ..." that keeps about the given share of the rows, always the same ones; "" for all of them.
std::string sampleSql(double share);

/// The values of several columns from one reading of the rows (of a share of them).
Result<std::vector<ColumnValues>> readValues(Session& session, const TableName& table,
                                             std::span<const ColumnInfo> columns, double share,
                                             JobContext& job);

/// The values of one column of a long table, counted by DuckDB.
/// long_text: values are told apart by a hash, so that they are not all held.
Result<ColumnValues> groupValues(Session& session, const TableName& table, const ColumnInfo& column,
                                 bool long_text, JobContext& job);

}  // namespace lodestone::data
