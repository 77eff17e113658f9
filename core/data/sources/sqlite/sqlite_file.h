// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/rows/row_reader.h"
#include "core/data/source.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lodestone::data {

/// The rows of one SELECT. Valid while its file lives.
class SqliteStatement {
 public:
  int columns() const;
  std::string columnName(int column) const;
  /// Empty for expressions.
  std::string_view declaredType(int column) const;
  /// The next row, or false. Cancelled when the job is stopped meanwhile.
  Result<bool> step(JobContext& job);
  /// A cell of the row; a BLOB as the text of its bytes in hexadecimal, kept in 'blob'.
  Cell cell(int column, std::string& blob) const;
  void reset();

 private:
  friend class SqliteFile;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string name_;
};

/// A SQLite database open for reading alone: nothing is written beside it, its own SQL (views) can neither
/// read files nor change settings, and all reads see one state.
class SqliteFile {
 public:
  /// Corrupt, Locked or Io naming the file.
  static Result<SqliteFile> open(const SourceInput& input, JobContext& job);

  /// Tables, then views, by name; SQLite's own are left out.
  const std::vector<std::string>& tables() const { return tables_; }
  Result<SqliteStatement> select(const std::string& table, JobContext& job);
  /// The rows of one SELECT that reads this file alone. InvalidArgument for anything else, and for SQL that
  /// SQLite does not take, with its reason.
  Result<SqliteStatement> query(const std::string& sql, JobContext& job);
  /// About how many rows, quickly; 0 where that is not known.
  Result<std::int64_t> rowEstimate(const std::string& table, JobContext& job);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteFile() = default;
  Result<> connect(const SourceInput& input, bool immutable, JobContext& job);
  Result<> listTables(JobContext& job);
  Result<SqliteStatement> prepare(const std::string& sql, JobContext& job);

  std::unique_ptr<sqlite3, Close> database_;
  std::shared_ptr<const void> hold_;
  std::string name_;
  std::vector<std::string> tables_;
};

}  // namespace lodestone::data
