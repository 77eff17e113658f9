// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <stop_token>
#include <thread>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/database_state.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

namespace {

constexpr Text kWorking{"Working in the database", "正在处理数据库"};
constexpr Text kSqlFailed{"The database refused this: {0}", "数据库拒绝了此操作：{0}"};
constexpr Text kNotConverted{
    "A value cannot be read as another type ({0}). Correct such values first, or write TRY_CAST(value AS "
    "type), which leaves those cells empty.",
    "有值无法转换为另一类型（{0}）。请先更正这些值，或使用 TRY_CAST(值 AS 类型)，无法转换的单元格将为空。"};
constexpr Text kOutOfMemory{"Not enough memory or disk space for this: {0} Free some, or work on fewer rows.",
                            "内存或磁盘空间不足：{0} 请释放空间，或减少数据行数。"};
constexpr Text kDisk{"Reading or writing failed in {1}: {0} Check the disk and its free space.",
                     "在 {1} 中读写失败：{0} 请检查磁盘及剩余空间。"};
constexpr Text kDamaged{"The database {1} is damaged: {0} Restore it from a copy.",
                        "数据库 {1} 已损坏：{0} 请从备份恢复。"};
constexpr Text kConflict{"Another job is changing the same table: {0} Try again when it is done.",
                         "另一个任务正在修改同一张表：{0} 请在其完成后重试。"};
constexpr Text kInternal{"The database failed inside: {0} The project on disk is as before.",
                         "数据库内部出错：{0} 磁盘上的项目未改变。"};
constexpr Text kNoConnection{"Cannot connect to the database {0}.", "无法连接数据库 {0}。"};
constexpr Text kOneStatement{"One SQL statement is expected here, and there are {0}.",
                             "此处需要一条 SQL 语句，而实际有 {0} 条。"};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

ErrorCode catalogCode(std::string_view message) {
  if (contains(message, "already exists")) return ErrorCode::AlreadyExists;
  return contains(message, "does not exist") ? ErrorCode::NotFound : ErrorCode::InvalidArgument;
}

/// The message without DuckDB's "Kind Error: " in front and without the excerpt of the SQL behind.
std::string firstLines(std::string_view message) {
  if (const auto colon = message.find(" Error: "); colon != std::string_view::npos && colon < 40)
    message.remove_prefix(colon + 8);
  if (const auto excerpt = message.find("\n\nLINE "); excerpt != std::string_view::npos)
    message = message.substr(0, excerpt);
  if (const auto second = message.find("\n\n"); second != std::string_view::npos)
    message = message.substr(0, second);
  return shorten(toValidUtf8(trim(replaceAll(std::string(message), "\n", " "))), 600);
}

}  // namespace

Error toError(std::string_view message, const std::string& file) {
  const std::vector<std::string> args{firstLines(message), file};
  const Where where{.file = file};
  if (message.starts_with("INTERRUPT")) return cancelled().value();
  if (contains(message, "Corrupt database file") || contains(message, "does not match stored checksum") ||
      message.starts_with("Serialization") || contains(message, "database has been invalidated"))
    return {ErrorCode::Corrupt, kDamaged, args, where};
  if (message.starts_with("Out of Memory")) return {ErrorCode::OutOfMemory, kOutOfMemory, args, {}};
  // A commit that finds no room is a TransactionContext error to DuckDB.
  if (message.starts_with("IO") || message.starts_with("HTTP") ||
      contains(message, "No space left on device"))
    return {ErrorCode::Io, kDisk, args, where};
  if (message.starts_with("TransactionContext") && contains(message, "onflict"))
    return {ErrorCode::Locked, kConflict, args, where};
  if (message.starts_with("Catalog")) return {catalogCode(message), kSqlFailed, args, {}};
  if (message.starts_with("INTERNAL") || message.starts_with("FATAL"))
    return {ErrorCode::Internal, kInternal, args, where};
  if (message.starts_with("Conversion")) return {ErrorCode::InvalidArgument, kNotConverted, args, {}};
  if (message.starts_with("Not implemented")) return {ErrorCode::Unsupported, kSqlFailed, args, {}};
  return {ErrorCode::InvalidArgument, kSqlFailed, args, {}};
}

Result<Chunk> Answer::next() {
  Chunk chunk;
  *chunk.out() = duckdb_fetch_chunk(result_);
  if (!chunk) {
    const char* message = duckdb_result_error(&result_);
    if (message != nullptr && *message != '\0') return tl::unexpected<Error>(toError(message, {}));
  }
  return chunk;
}

Result<Session> Session::open(const Database& database) {
  Session session;
  session.file_ = database.state_->file;
  if (duckdb_connect(database.state_->database.get(), session.connection_.out()) != DuckDBSuccess)
    return fail(ErrorCode::Internal, kNoConnection, {session.file_}, {.file = session.file_});
  // Progress is measured only where these are set; a locked configuration refuses, and then there is none.
  (void)session.plain("SET enable_progress_bar=true");
  (void)session.plain("SET enable_progress_bar_print=false");
  return session;
}

Session::~Session() {
  if (connection_ && in_transaction_) (void)plain("ROLLBACK");
}

tl::unexpected<Error> Session::failure(const char* message, const JobContext* job) const {
  if (job != nullptr && job->stopRequested()) return cancelled();
  return tl::unexpected<Error>(toError(message == nullptr ? "INTERNAL Error: no message" : message, file_));
}

Result<> Session::plain(const char* sql) {
  Answer answer;
  if (duckdb_query(connection(), sql, answer.get()) != DuckDBSuccess)
    return failure(duckdb_result_error(answer.get()));
  return {};
}

Result<> Session::begin() {
  auto done = plain("BEGIN TRANSACTION");
  in_transaction_ = done.has_value();
  return done;
}

Result<> Session::beginReadOnly() {
  auto done = plain("BEGIN TRANSACTION READ ONLY");
  in_transaction_ = done.has_value();
  return done;
}

Result<> Session::commit() {
  in_transaction_ = false;
  return plain("COMMIT");
}

Result<Prepared> Session::prepare(const std::string& sql) {
  Extracted statements;
  const idx_t count = duckdb_extract_statements(connection(), sql.c_str(), statements.out());
  if (count == 0) {
    const char* message = duckdb_extract_statements_error(statements.get());
    if (message != nullptr && *message != '\0') return failure(message);
  }
  if (count != 1) return fail(ErrorCode::InvalidArgument, kOneStatement, {std::to_string(count)});
  Prepared prepared;
  if (duckdb_prepare_extracted_statement(connection(), statements.get(), 0, prepared.out()) != DuckDBSuccess)
    return failure(duckdb_prepare_error(prepared.get()));
  return prepared;
}

Result<Answer> Session::execute(const Prepared& prepared, JobContext& job, Delivery delivery) {
  if (auto go = job.checkpoint(); !go) return forward(go);
  Pending pending;
  const auto begun = delivery == Delivery::Streaming
                         ? duckdb_pending_prepared_streaming(prepared.get(), pending.out())
                         : duckdb_pending_prepared(prepared.get(), pending.out());
  if (begun != DuckDBSuccess) return failure(duckdb_pending_error(pending.get()), &job);

  // This thread works on the statement's tasks itself and looks up between them.
  const std::stop_callback stop(job.stopToken(),
                                [connection = connection()] { duckdb_interrupt(connection); });
  using Clock = std::chrono::steady_clock;
  auto last_look = Clock::now();
  while (true) {
    const duckdb_pending_state state = duckdb_pending_execute_task(pending.get());
    // Executing what has failed says so and hides what failed.
    if (state == DUCKDB_PENDING_ERROR) return failure(duckdb_pending_error(pending.get()), &job);
    if (duckdb_pending_execution_is_finished(state)) break;
    if (state == DUCKDB_PENDING_NO_TASKS_AVAILABLE)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    const auto now = Clock::now();
    if (now - last_look < std::chrono::milliseconds(50)) continue;
    last_look = now;
    if (auto go = job.checkpoint(); !go) {
      duckdb_interrupt(connection());
      break;
    }
    const double percentage = duckdb_query_progress(connection()).percentage;
    if (percentage > 0) job.report(percentage / 100, kWorking);
  }
  Answer answer;
  if (duckdb_execute_pending(pending.get(), answer.get()) != DuckDBSuccess)
    return failure(duckdb_result_error(answer.get()), &job);
  return answer;
}

Result<Answer> Session::ask(const std::string& sql, JobContext& job) {
  auto prepared = prepare(sql);
  if (!prepared) return forward(prepared);
  return execute(*prepared, job);
}

Result<> Session::run(const std::string& sql, JobContext& job) {
  Extracted statements;
  const idx_t count = duckdb_extract_statements(connection(), sql.c_str(), statements.out());
  if (count == 0) {
    const char* message = duckdb_extract_statements_error(statements.get());
    if (message != nullptr && *message != '\0') return failure(message);
  }
  for (idx_t i = 0; i < count; ++i) {
    Prepared prepared;
    if (duckdb_prepare_extracted_statement(connection(), statements.get(), i, prepared.out()) !=
        DuckDBSuccess)
      return failure(duckdb_prepare_error(prepared.get()));
    if (auto answer = execute(prepared, job); !answer) return forward(answer);
  }
  return {};
}

Result<Rows> Session::rows(const std::string& sql, JobContext& job) {
  return readRows(*this, sql, job);
}

Result<Frame> Session::frame(const std::string& sql, JobContext& job) {
  return readFrame(*this, sql, job);
}

Result<std::int64_t> Session::count(const std::string& sql, JobContext& job) {
  auto answer = rows(sql, job);
  if (!answer) return forward(answer);
  if (answer->rows.empty() || !answer->rows[0][0].is_number_integer()) return 0;
  return answer->rows[0][0].get<std::int64_t>();
}

}  // namespace lodestone::data
