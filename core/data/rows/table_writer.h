// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// Makes a table and appends rows to it, a chunk at a time, in the session's transaction.
class TableWriter {
 public:
  /// decimal: how texts write the point of numbers.
  static Result<TableWriter> create(Session& session, const TableName& table,
                                    const std::vector<std::string>& names,
                                    const std::vector<ColumnStore>& stores, char decimal, JobContext& job);

  /// Takes the row, or names the first column whose cell does not fit, and takes nothing.
  std::optional<std::size_t> put(const Row& row);
  /// Call after each row that was taken: hands a full chunk on to DuckDB.
  Result<> flushWhenFull(JobContext& job);
  /// Hands on the rest.
  Result<> finish(JobContext& job);
  std::int64_t rows() const { return rows_; }

 private:
  struct Target {
    ColumnStore store;
    duckdb_vector vector = nullptr;
    void* data = nullptr;
    std::uint64_t* validity = nullptr;
  };

  TableWriter() = default;
  void clear();
  bool place(Target& target, const Cell& cell);
  Result<> flush(JobContext& job);

  Session* session_ = nullptr;
  char decimal_ = '.';
  std::vector<Target> targets_;
  std::string buffer_;
  Appender appender_;
  Chunk chunk_;
  idx_t filled_ = 0;
  idx_t capacity_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace lodestone::data
