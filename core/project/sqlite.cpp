// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace lodestone::project {

namespace fs = std::filesystem;

namespace {

constexpr Text kDamaged{
    "{0} is damaged: {1}. Nothing in it was changed. Restore the project from an archive or a backup.",
    "{0} 已损坏：{1}。文件未被改动。请从归档或备份恢复项目。"};
constexpr Text kBusy{"{0} is in use by another program: {1}. Close it there and try again.",
                     "{0} 正被另一个程序使用：{1}。请在那里关闭后重试。"};
constexpr Text kCannotAccess{"Cannot read or write {0}: {1}. Check the free space and your rights there.",
                             "无法读写 {0}：{1}。请检查磁盘空间和权限。"};
constexpr Text kNoMemory{"There is not enough memory to work on {0}. Close other programs and try again.",
                         "内存不足，无法处理 {0}。请关闭其他程序后重试。"};
constexpr Text kRefused{"{0} refuses the change: {1}. Nothing was changed.",
                        "{0} 拒绝了此更改：{1}。未做任何改动。"};
constexpr Text kUnexpected{"SQLite failed on {0}: {1}. This is an error of the program; please report it.",
                           "SQLite 处理 {0} 时出错：{1}。这是程序错误，请报告。"};

struct Meaning {
  ErrorCode code;
  Text text;
};

Meaning meaningOf(int status) {
  switch (status & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::Corrupt, kDamaged};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::Locked, kBusy};
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::Io, kCannotAccess};
    case SQLITE_NOMEM:
      return {ErrorCode::OutOfMemory, kNoMemory};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::InvalidArgument, kRefused};
    default:
      return {ErrorCode::Internal, kUnexpected};
  }
}

/// As RFC 3986 wants a path inside a URI.
std::string escapeUriPath(const std::string& path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    if (c != '%' && c != '?' && c != '#') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string uriFor(const fs::path& file, Sqlite::Mode mode) {
  const std::string uri = "file:" + escapeUriPath(fs::absolute(file).string());
  switch (mode) {
    case Sqlite::Mode::Write:
      return uri + "?mode=rw";
    case Sqlite::Mode::Make:
      return uri + "?mode=rwc";
    case Sqlite::Mode::Inspect:
      break;
  }
  // Without a log of a killed program to read there is no need for the files that readers share.
  std::error_code error;
  const fs::path log = file.string() + "-wal";
  const bool has_log = fs::exists(log, error) && fs::file_size(log, error) > 0;
  return uri + (has_log ? "?mode=ro" : "?mode=ro&immutable=1");
}

}  // namespace

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

Statement::Statement(Statement&& other) noexcept
    : owner_(other.owner_), handle_(std::exchange(other.handle_, nullptr)) {}

Result<> Statement::bind(const std::vector<SqlValue>& values) {
  sqlite3_reset(handle_);
  int index = 0;
  for (const SqlValue& value : values) {
    ++index;
    int status = SQLITE_OK;
    if (const auto* integer_value = std::get_if<std::int64_t>(&value))
      status = sqlite3_bind_int64(handle_, index, *integer_value);
    else if (const auto* real_value = std::get_if<double>(&value))
      status = sqlite3_bind_double(handle_, index, *real_value);
    else if (const auto* text_value = std::get_if<std::string>(&value))
      status = sqlite3_bind_text64(handle_, index, text_value->data(), text_value->size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    else
      status = sqlite3_bind_null(handle_, index);
    if (status != SQLITE_OK) return owner_->failure(status);
  }
  return {};
}

Result<bool> Statement::step() {
  const int status = sqlite3_step(handle_);
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  return owner_->failure(status);
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Result<Sqlite> Sqlite::open(const fs::path& file, Mode mode) {
  sqlite3* handle = nullptr;
  const int access = mode == Mode::Inspect
                         ? SQLITE_OPEN_READONLY
                         : SQLITE_OPEN_READWRITE | (mode == Mode::Make ? SQLITE_OPEN_CREATE : 0);
  // NOMUTEX: the lock of this class is enough.
  const int status = sqlite3_open_v2(uriFor(file, mode).c_str(), &handle,
                                     access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Sqlite db(handle, file);
  if (status != SQLITE_OK) return db.failure(status);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 1000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (auto done = db.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"); !done)
    return forward(done);
  return db;
}

Sqlite::~Sqlite() {
  sqlite3_close_v2(handle_);
}

Sqlite::Sqlite(Sqlite&& other) noexcept
    : mutex_(std::move(other.mutex_)),
      handle_(std::exchange(other.handle_, nullptr)),
      file_(std::move(other.file_)),
      depth_(other.depth_) {}

tl::unexpected<Error> Sqlite::failure(int status) const {
  const Meaning meaning = meaningOf(status);
  const char* reason = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(status);
  return fail(meaning.code, meaning.text, {file_.string(), reason}, {.file = file_.string()});
}

Result<> Sqlite::makeDurable() {
  return execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
}

Result<> Sqlite::execute(const std::string& script) {
  const Hold alone = hold();
  const int status = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return failure(status);
  return {};
}

Result<Statement> Sqlite::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v2(handle_, sql.c_str(), static_cast<int>(sql.size()) + 1, &statement, nullptr);
  if (status != SQLITE_OK) return failure(status);
  return Statement(*this, statement);
}

Result<> Sqlite::run(const std::string& sql, const std::vector<SqlValue>& values) {
  return each(sql, values, [](const Statement&) -> Result<> { return {}; });
}

Result<> Sqlite::each(const std::string& sql, const std::vector<SqlValue>& values,
                      const std::function<Result<>(const Statement&)>& on_row) {
  const Hold alone = hold();
  auto statement = prepare(sql);
  if (!statement) return forward(statement);
  if (auto bound = statement->bind(values); !bound) return forward(bound);
  while (true) {
    const auto row = statement->step();
    if (!row) return forward(row);
    if (!*row) return {};
    if (auto used = on_row(*statement); !used) return used;
  }
}

Result<std::optional<std::int64_t>> Sqlite::integer(const std::string& sql,
                                                    const std::vector<SqlValue>& values) {
  std::optional<std::int64_t> found;
  auto done = each(sql, values, [&](const Statement& row) -> Result<> {
    if (!found && !row.isNull(0)) found = row.integer(0);
    return {};
  });
  if (!done) return forward(done);
  return found;
}

Result<std::optional<std::string>> Sqlite::text(const std::string& sql, const std::vector<SqlValue>& values) {
  std::optional<std::string> found;
  auto done = each(sql, values, [&](const Statement& row) -> Result<> {
    if (!found && !row.isNull(0)) found = row.text(0);
    return {};
  });
  if (!done) return forward(done);
  return found;
}

Result<std::vector<std::string>> Sqlite::integrityProblems() {
  std::vector<std::string> problems;
  auto done = each("PRAGMA integrity_check(20)", {}, [&](const Statement& row) -> Result<> {
    if (const std::string finding = row.text(0); finding != "ok") problems.push_back(finding);
    return {};
  });
  if (!done) return forward(done);
  return problems;
}

Result<std::vector<std::string>> Sqlite::referenceProblems() {
  std::vector<std::string> problems;
  auto done = each("PRAGMA foreign_key_check", {}, [&](const Statement& row) -> Result<> {
    problems.push_back("a row of " + row.text(0) + " refers to one that " + row.text(2) + " does not have");
    return {};
  });
  if (!done) return forward(done);
  return problems;
}

Result<Transaction> Transaction::begin(Sqlite& db) {
  Sqlite::Hold alone = db.hold();
  const int level = db.depth_;
  // IMMEDIATE: another writer is met here, before anything was read that could be out of date at the commit.
  auto begun = db.execute(level == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT level_" + std::to_string(level));
  if (!begun) return forward(begun);
  ++db.depth_;
  return Transaction(db, std::move(alone), level);
}

Transaction::~Transaction() {
  rollBack();
}

Transaction::Transaction(Transaction&& other) noexcept
    : hold_(std::move(other.hold_)), db_(std::exchange(other.db_, nullptr)), level_(other.level_) {}

Result<> Transaction::commit() {
  auto kept = db_->execute(level_ == 0 ? "COMMIT" : "RELEASE level_" + std::to_string(level_));
  if (!kept) {
    rollBack();
    return kept;
  }
  end();
  return {};
}

void Transaction::rollBack() {
  if (db_ == nullptr) return;
  const std::string level = "level_" + std::to_string(level_);
  const std::string script = level_ == 0 ? "ROLLBACK" : "ROLLBACK TO " + level + "; RELEASE " + level;
  // After a full disk SQLite has rolled back by itself, and this fails: either way nothing is left of it.
  sqlite3_exec(db_->handle_, script.c_str(), nullptr, nullptr, nullptr);
  end();
}

void Transaction::end() {
  --db_->depth_;
  db_ = nullptr;
  hold_.unlock();
}

}  // namespace lodestone::project
