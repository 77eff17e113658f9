// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lodestone::project {

using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

class Sqlite;

/// A row of an answer, as Sqlite::each() hands it out: good until its function returns.
class Statement {
 public:
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// Its cells; columns count from 0.
  bool isNull(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;

 private:
  friend class Sqlite;
  Statement(Sqlite& owner, sqlite3_stmt* handle) : owner_(&owner), handle_(handle) {}
  /// Starts it anew with these parameters, from ?1 on.
  Result<> bind(const std::vector<SqlValue>& values);
  /// True: there is a row; false: it is done.
  Result<bool> step();

  Sqlite* owner_;
  sqlite3_stmt* handle_;
};

/// The one wrapper of SQLite: a database file. Errors: Corrupt, Locked, Io, OutOfMemory, InvalidArgument (a
/// constraint or trigger refused), Internal, each naming the file.
///
/// Thread safe: each call is alone while it runs, a Transaction for the whole of its life, so that another
/// thread sees all of it or nothing. Calls of one thread may nest. Not to be moved while in use.
class Sqlite {
 public:
  using Hold = std::unique_lock<std::recursive_mutex>;

  enum class Mode {
    Inspect,  ///< reads only and leaves every byte of the database as it is
    Write,    ///< the file must be there
    Make,     ///< makes the file when it is missing
  };

  static Result<Sqlite> open(const std::filesystem::path& file, Mode mode);
  ~Sqlite();
  Sqlite(Sqlite&& other) noexcept;
  Sqlite& operator=(Sqlite&&) = delete;

  const std::filesystem::path& file() const { return file_; }

  /// Other threads wait while this lives: for several calls that belong together. Let go on the same thread.
  Hold hold() const { return Hold(*mutex_); }

  /// Write-ahead log, every commit flushed to disk, foreign keys enforced, nothing of the schema trusted.
  /// Not inside a transaction.
  Result<> makeDurable();

  /// All statements of a script.
  Result<> execute(const std::string& script);
  /// One statement whose rows, if any, do not matter.
  Result<> run(const std::string& sql, const std::vector<SqlValue>& values = {});
  /// Calls back for each row, in order, until one fails.
  Result<> each(const std::string& sql, const std::vector<SqlValue>& values,
                const std::function<Result<>(const Statement&)>& on_row);
  /// The first cell of the first row; nothing when there is no row or the cell is NULL.
  Result<std::optional<std::int64_t>> integer(const std::string& sql,
                                              const std::vector<SqlValue>& values = {});
  Result<std::optional<std::string>> text(const std::string& sql, const std::vector<SqlValue>& values = {});

  /// SQLite's own findings about the file; empty when all is well.
  Result<std::vector<std::string>> integrityProblems();
  /// Rows that refer to rows that are not there; empty when all is well.
  Result<std::vector<std::string>> referenceProblems();

 private:
  friend class Statement;
  friend class Transaction;
  Sqlite(sqlite3* handle, std::filesystem::path file) : handle_(handle), file_(std::move(file)) {}
  Result<Statement> prepare(const std::string& sql);
  tl::unexpected<Error> failure(int status) const;

  std::unique_ptr<std::recursive_mutex> mutex_ = std::make_unique<std::recursive_mutex>();
  sqlite3* handle_;
  std::filesystem::path file_;
  int depth_ = 0;  ///< of nested transactions
};

/// All that happens while it lives is kept by commit(), or rolled back. Inside another it is a savepoint of
/// it: then nothing is on disk before the outermost one commits. Ends on the thread that began it; others
/// wait until then.
class Transaction {
 public:
  static Result<Transaction> begin(Sqlite& db);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;

  /// When the outermost returns without error, the changes survive a power cut.
  Result<> commit();

 private:
  Transaction(Sqlite& db, Sqlite::Hold hold, int level) : hold_(std::move(hold)), db_(&db), level_(level) {}
  void rollBack();
  void end();

  Sqlite::Hold hold_;
  Sqlite* db_;  ///< null when it has ended
  int level_;   ///< 0: the outermost
};

}  // namespace lodestone::project
