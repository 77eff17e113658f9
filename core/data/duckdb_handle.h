// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <duckdb.h>

#include <string>
#include <utility>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

/// Owns one object of DuckDB's C API; Destroy is the function of the API that frees it.
template <class T, void (*Destroy)(T*)>
class Owned {
 public:
  Owned() = default;
  ~Owned() { reset(); }
  Owned(Owned&& other) noexcept : value_(std::exchange(other.value_, T{})) {}
  Owned& operator=(Owned&& other) noexcept {
    reset();
    value_ = std::exchange(other.value_, T{});
    return *this;
  }
  T get() const { return value_; }
  T* out() {
    reset();
    return &value_;
  }
  explicit operator bool() const { return value_ != nullptr; }

 private:
  void reset() {
    if (value_ != nullptr) Destroy(&value_);
    value_ = nullptr;
  }
  T value_{};
};

inline void destroyAppender(duckdb_appender* appender) {
  duckdb_appender_destroy(appender);
}

using Chunk = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using LogicalType = Owned<duckdb_logical_type, duckdb_destroy_logical_type>;
using Prepared = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using Extracted = Owned<duckdb_extracted_statements, duckdb_destroy_extracted>;
using Pending = Owned<duckdb_pending_result, duckdb_destroy_pending>;
using Appender = Owned<duckdb_appender, destroyAppender>;

/// A statement's answer, chunk by chunk. Valid while its session lives.
class Answer {
 public:
  Answer() = default;
  ~Answer() { duckdb_destroy_result(&result_); }
  Answer(Answer&& other) noexcept : result_(std::exchange(other.result_, duckdb_result{})) {}
  Answer& operator=(Answer&& other) noexcept {
    duckdb_destroy_result(&result_);
    result_ = std::exchange(other.result_, duckdb_result{});
    return *this;
  }
  duckdb_result* get() { return &result_; }
  idx_t columnCount() { return duckdb_column_count(&result_); }
  /// The next rows, or an empty one at the end; an error shows only in a streamed answer.
  Result<Chunk> next();

 private:
  duckdb_result result_{};
};

enum class Delivery { Materialized, Streaming };

/// DuckDB's message as an error: its first words tell the kind of failure. file names the database in the
/// message.
Error toError(std::string_view duckdb_message, const std::string& file);

/// The connection of one job. Used by one thread; a transaction that is not committed is rolled back at the
/// end.
class Session {
 public:
  static Result<Session> open(const Database& database);
  ~Session();
  Session(Session&&) noexcept = default;
  Session& operator=(Session&&) = delete;

  Result<> begin();
  Result<> beginReadOnly();
  /// Can no longer be stopped once it has begun.
  Result<> commit();

  /// Every statement of sql, in order; not in a transaction of its own.
  Result<> run(const std::string& sql, JobContext& job);
  /// One statement; what each of its columns is stays readable in 'prepared'.
  Result<Prepared> prepare(const std::string& sql);
  Result<Answer> execute(const Prepared& prepared, JobContext& job,
                         Delivery delivery = Delivery::Materialized);
  Result<Answer> ask(const std::string& sql, JobContext& job);
  /// One statement's answer as JSON cells.
  Result<Rows> rows(const std::string& sql, JobContext& job);
  Result<Frame> frame(const std::string& sql, JobContext& job);
  /// The first cell of the answer as a whole number.
  Result<std::int64_t> count(const std::string& sql, JobContext& job);

  duckdb_connection connection() const { return connection_.get(); }
  const std::string& file() const { return file_; }
  /// The error of a statement that failed: Cancelled when the job was stopped.
  tl::unexpected<Error> failure(const char* message, const JobContext* job = nullptr) const;

 private:
  Session() = default;
  Result<> plain(const char* sql);

  Owned<duckdb_connection, duckdb_disconnect> connection_;
  std::string file_;
  bool in_transaction_ = false;
};

}  // namespace lodestone::data
