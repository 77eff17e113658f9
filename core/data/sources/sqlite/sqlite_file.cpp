// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/sqlite/sqlite_file.h"

#include <sqlite3.h>

#include <array>
#include <fstream>

#include "core/base/text.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kLocked{"{0} is locked: another program is writing to it. Close it there, or import a copy.",
                       "{0} 已被锁定：另一个程序正在写入。请在该程序中关闭它，或导入其副本。"};
constexpr Text kDamaged{
    "{0} is damaged or no SQLite database: {1}. Check where it came from, or import a copy.",
    "{0} 已损坏或不是 SQLite 数据库：{1}。请检查文件来源，或导入其副本。"};
constexpr Text kUnfinished{
    "{0} has changes beside it ({1}) that cannot be read without writing there. Open it once with the "
    "program it "
    "belongs to, or copy both files into a folder of your own, and import again.",
    "{0} 旁有未合并的更改（{1}），在没有写权限时无法读取。请先用其所属程序打开一次，"
    "或将两个文件复制到您自己的文件夹后再导入。"};
constexpr Text kFailed{"{0} cannot be read: {1}. Check the file and its permissions.",
                       "无法读取 {0}：{1}。请检查文件及其权限。"};

constexpr Text kNoSelect{"The query for {0} must be one SELECT that reads its own tables, and nothing else.",
                         "用于 {0} 的查询只能是一条读取其自身表的 SELECT 语句。"};
constexpr Text kBadQuery{"The query for {0} cannot be run: {1}. Correct it and import again.",
                         "无法执行用于 {0} 的查询：{1}。请修正后重新导入。"};

constexpr int kLockWaitMs = 3000;
constexpr int kStepsBetweenLooks = 20000;

tl::unexpected<Error> failure(sqlite3* database, int code, const std::string& name) {
  const std::string message =
      toValidUtf8(database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code));
  const Where where{.file = name};
  switch (code & 0xff) {
    case SQLITE_INTERRUPT:
      return cancelled();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fail(ErrorCode::Locked, kLocked, {name}, where);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fail(ErrorCode::Corrupt, kDamaged, {name, message}, where);
    default:
      return fail(ErrorCode::Io, kFailed, {name, message}, where);
  }
}

/// Interrupts the statement when the job is stopped while it works.
class StopWatch {
 public:
  StopWatch(sqlite3* database, JobContext& job) : database_(database) {
    sqlite3_progress_handler(
        database_, kStepsBetweenLooks,
        [](void* context) { return static_cast<JobContext*>(context)->stopRequested() ? 1 : 0; }, &job);
  }
  ~StopWatch() { sqlite3_progress_handler(database_, 0, nullptr, nullptr); }
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

 private:
  sqlite3* database_;
};

/// While it lives, SQL that is prepared can do nothing but read tables and call functions.
class ReadingAlone {
 public:
  explicit ReadingAlone(sqlite3* database) : database_(database) {
    sqlite3_set_authorizer(
        database_,
        [](void* /*context*/, int action, const char*, const char*, const char*, const char*) {
          const bool reads = action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ||
                             action == SQLITE_RECURSIVE;
          return reads ? SQLITE_OK : SQLITE_DENY;
        },
        nullptr);
  }
  ~ReadingAlone() { sqlite3_set_authorizer(database_, nullptr, nullptr); }
  ReadingAlone(const ReadingAlone&) = delete;
  ReadingAlone& operator=(const ReadingAlone&) = delete;

 private:
  sqlite3* database_;
};

/// A path as the URI in which SQLite takes options.
std::string uriOf(const fs::path& path, bool immutable) {
  std::string uri = "file:";
  for (const char c : fs::absolute(path).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
      continue;
    }
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return uri + (immutable ? "?immutable=1" : "?mode=ro");
}

/// Byte 18 of the header: the file is written through a log beside it (WAL).
bool writesThroughLog(const fs::path& path) {
  std::array<char, 20> head{};
  std::ifstream stream(path, std::ios::binary);
  stream.read(head.data(), head.size());
  return stream.gcount() == static_cast<std::streamsize>(head.size()) && head[18] == 2;
}

/// The file beside the database that holds changes not yet in it, where there is one.
std::string pendingChanges(const fs::path& path) {
  for (const char* suffix : {"-wal", "-journal"}) {
    fs::path beside = path;
    beside += suffix;
    std::error_code error;
    if (const auto size = fs::file_size(beside, error); !error && size > 0) return beside.filename().string();
  }
  return {};
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void SqliteFile::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

int SqliteStatement::columns() const {
  return sqlite3_column_count(statement_.get());
}

std::string SqliteStatement::columnName(int column) const {
  const char* name = sqlite3_column_name(statement_.get(), column);
  return name == nullptr ? std::string() : name;
}

std::string_view SqliteStatement::declaredType(int column) const {
  const char* type = sqlite3_column_decltype(statement_.get(), column);
  return type == nullptr ? std::string_view() : type;
}

Result<bool> SqliteStatement::step(JobContext& job) {
  sqlite3* database = sqlite3_db_handle(statement_.get());
  const StopWatch watch(database, job);
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(database, code, name_);
}

Cell SqliteStatement::cell(int column, std::string& blob) const {
  sqlite3_stmt* statement = statement_.get();
  const auto bytes = [&](const void* data) {
    return std::string_view(
        static_cast<const char*>(data),
        data == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return {.kind = CellKind::Integer, .whole = sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return {.kind = CellKind::Real, .real = sqlite3_column_double(statement, column)};
    case SQLITE_TEXT:
      return {.kind = CellKind::Text, .text = bytes(sqlite3_column_text(statement, column))};
    case SQLITE_BLOB: {
      constexpr std::string_view kDigits = "0123456789abcdef";
      blob.clear();
      for (const char c : bytes(sqlite3_column_blob(statement, column))) {
        const auto byte = static_cast<unsigned char>(c);
        blob += {kDigits[byte >> 4U], kDigits[byte & 15U]};
      }
      return {.kind = CellKind::Text, .text = blob};
    }
    default:
      return {};
  }
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
}

Result<SqliteFile> SqliteFile::open(const SourceInput& input, JobContext& job) {
  SqliteFile file;
  file.name_ = input.name;
  file.hold_ = input.hold;
  // Without a log there is nobody to wait for, and SQLite need not make files beside the database to read it.
  const std::string pending = pendingChanges(input.path);
  const bool immutable = writesThroughLog(input.path) && pending.empty();
  auto ready = file.connect(input, immutable, job);
  if (!ready && ready.error().code == ErrorCode::Io && !pending.empty())
    return fail(ErrorCode::Io, kUnfinished, {input.name, pending}, {.file = input.name});
  if (!ready) return forward(ready);
  return file;
}

Result<> SqliteFile::connect(const SourceInput& input, bool immutable, JobContext& job) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(uriOf(input.path, immutable).c_str(), &opened,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) return failure(opened, code, name_);
  sqlite3_busy_timeout(opened, kLockWaitMs);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (const int begun = sqlite3_exec(opened, "BEGIN", nullptr, nullptr, nullptr); begun != SQLITE_OK)
    return failure(opened, begun, name_);
  return listTables(job);
}

Result<> SqliteFile::listTables(JobContext& job) {
  auto list = prepare(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE "
      "'\\' "
      "ORDER BY type, name COLLATE NOCASE",
      job);
  if (!list) return forward(list);
  std::string unused;
  while (true) {
    auto more = list->step(job);
    if (!more) return forward(more);
    if (!*more) return {};
    tables_.emplace_back(list->cell(0, unused).text);
  }
}

Result<SqliteStatement> SqliteFile::prepare(const std::string& sql, JobContext& job) {
  if (auto go = job.checkpoint(); !go) return forward(go);
  const StopWatch watch(database_.get(), job);
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return failure(database_.get(), code, name_);
  SqliteStatement out;
  out.statement_.reset(statement);
  out.name_ = name_;
  return out;
}

Result<SqliteStatement> SqliteFile::select(const std::string& table, JobContext& job) {
  return prepare("SELECT * FROM main." + quoteIdentifier(table), job);
}

Result<SqliteStatement> SqliteFile::query(const std::string& sql, JobContext& job) {
  if (auto go = job.checkpoint(); !go) return forward(go);
  const Where where{.file = name_};
  const ReadingAlone guard(database_.get());
  const StopWatch watch(database_.get(), job);
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, &rest);
  SqliteStatement out;
  out.statement_.reset(statement);
  out.name_ = name_;
  if (code == SQLITE_AUTH) return fail(ErrorCode::InvalidArgument, kNoSelect, {name_}, where);
  if (code == SQLITE_ERROR)
    return fail(ErrorCode::InvalidArgument, kBadQuery, {name_, toValidUtf8(sqlite3_errmsg(database_.get()))},
                where);
  if (code != SQLITE_OK) return failure(database_.get(), code, name_);
  // Behind the first statement there may be blanks and remarks.
  sqlite3_stmt* second = nullptr;
  const bool more =
      sqlite3_prepare_v2(database_.get(), rest, -1, &second, nullptr) != SQLITE_OK || second != nullptr;
  sqlite3_finalize(second);
  if (more || statement == nullptr || sqlite3_column_count(statement) == 0 ||
      sqlite3_stmt_isexplain(statement) != 0)
    return fail(ErrorCode::InvalidArgument, kNoSelect, {name_}, where);
  return out;
}

Result<std::int64_t> SqliteFile::rowEstimate(const std::string& table, JobContext& job) {
  auto largest = prepare("SELECT max(rowid) FROM main." + quoteIdentifier(table), job);
  if (!largest) return 0;  // a view, or a table without row numbers
  auto more = largest->step(job);
  if (!more) return forward(more);
  std::string unused;
  return *more ? largest->cell(0, unused).whole : 0;
}

}  // namespace lodestone::data
