// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/frame.h"
#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::data {

struct DatabaseOptions {
  int threads = 0;  ///< 0: as many as the machine has
};

/// A table by name. User tables live in "main"; what pipeline stages leave lives in "stages".
struct TableName {
  std::string name;
  std::string schema = "main";
  bool operator==(const TableName&) const = default;
};

/// "name" with its quotes doubled: safe inside SQL.
std::string quoteIdentifier(std::string_view name);
/// 'text' with its quotes doubled: safe inside SQL.
std::string quoteLiteral(std::string_view text);
/// "schema"."name".
std::string quoted(const TableName& table);

struct ColumnInfo {
  std::string name;
  std::string type;  ///< as DuckDB writes it: BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, BOOLEAN, ...
};

struct TableInfo {
  TableName table;
  std::int64_t rows = 0;
  std::vector<ColumnInfo> columns;
};

/// Rows in memory, for small answers: cells as JSON values (ISO dates as strings, decimals as numbers, null).
struct Rows {
  std::vector<ColumnInfo> columns;
  std::vector<std::vector<Json>> rows;
};

/// The one wrapper of DuckDB: a database file with the tables of a project.
/// Every call opens a connection of its own, so calls from several threads may overlap.
/// A stop of the job interrupts the running statement; its changes are rolled back.
class Database {
 public:
  /// Makes the file when it is missing. Corrupt, Io or Locked naming the file.
  static Result<Database> open(const std::filesystem::path& file, const DatabaseOptions& options = {});
  /// A database that is gone when it is closed.
  static Result<Database> openInMemory(const DatabaseOptions& options = {});
  /// Writes everything into the one file before it closes.
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  /// From now on no statement of this database reaches a file, another database or the network. For good.
  Result<> lockDown();

  /// Trusted SQL of our own, all statements in one transaction: all of it happens or nothing.
  Result<> execute(const std::string& sql, JobContext& job);
  /// One trusted statement's answer.
  Result<Rows> rows(const std::string& sql, JobContext& job) const;
  /// One trusted statement's answer as columns: numbers, decimals and truth values as Number, dates and
  /// timestamps as Time, the rest as Text. Cells come in the order of the answer.
  Result<Frame> frame(const std::string& sql, JobContext& job) const;
  /// Writes a frame as a table; an existing one of that name is replaced in the same transaction.
  /// Number columns become BIGINT where every number is whole, else DOUBLE; Time columns become DATE where
  /// every time is midnight, else TIMESTAMP; Text becomes VARCHAR. The schema is made when it is missing.
  Result<> writeFrame(const TableName& table, const Frame& frame, JobContext& job);

  /// User tables (schema main), by name.
  Result<std::vector<TableInfo>> tables() const;
  /// NotFound names the tables that there are.
  Result<TableInfo> table(const TableName& name) const;
  Result<bool> has(const TableName& name) const;
  Result<> drop(const TableName& name);

  /// Reads every block of every table; a damaged one is Corrupt naming it.
  Result<> checkIntegrity(JobContext& job) const;

 private:
  friend class Session;  // the connection that core/data itself works through
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lodestone::data
