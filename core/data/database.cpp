// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/database.h"

#include <unistd.h>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/database_state.h"
#include "core/data/duckdb_handle.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kNotADatabase{
    "{0} is not a database of this program, or it is damaged: {1} Restore it from a copy.",
    "{0} 不是本程序的数据库，或已损坏：{1} 请从备份恢复。"};
constexpr Text kNewer{"{0} was written by a newer version of the database: {1} Open it with a newer program.",
                      "{0} 由更新版本的数据库写入：{1} 请使用更新的程序打开。"};
constexpr Text kLocked{"{0} is open in another program: {1} Close it there first.",
                       "{0} 正被另一个程序打开：{1} 请先在那里关闭。"};
constexpr Text kCannotOpen{"Cannot open {0}: {1} Check the folder, your rights and the free space.",
                           "无法打开 {0}：{1} 请检查文件夹、权限和剩余空间。"};
constexpr Text kNoFolder{"Cannot open {0}: its folder does not exist. Make the folder first.",
                         "无法打开 {0}：所在文件夹不存在。请先创建文件夹。"};
constexpr Text kNoTable{"There is no table {0}. There are: {1}.", "没有表 {0}。现有的表：{1}。"};
constexpr Text kNoTables{"There is no table {0}: the project has no tables yet. Import a file first.",
                         "没有表 {0}：项目中还没有任何表。请先导入文件。"};
constexpr Text kChecking{"Checking table {0}", "正在检查表 {0}"};
constexpr Text kDamagedTable{"Table {0} is damaged: {1} Restore the project from a copy.",
                             "表 {0} 已损坏：{1} 请从备份恢复项目。"};
constexpr Text kBadOption{"The database refuses the setting {0} = {1}.", "数据库拒绝设置 {0} = {1}。"};

using Config = Owned<duckdb_config, duckdb_destroy_config>;

std::string oneLine(std::string_view message) {
  if (const auto colon = message.find(" Error: "); colon != std::string_view::npos)
    message.remove_prefix(colon + 8);
  return shorten(toValidUtf8(message.substr(0, message.find('\n'))), 400);
}

tl::unexpected<Error> openFailure(std::string_view message, const std::string& file) {
  const auto says = [&](std::string_view part) { return message.find(part) != std::string_view::npos; };
  const std::vector<std::string> args{file, oneLine(message)};
  const Where where{.file = file};
  if (says("database file with version number")) return fail(ErrorCode::NewerVersion, kNewer, args, where);
  if (says("Could not set lock") || says("onflicting lock"))
    return fail(ErrorCode::Locked, kLocked, args, where);
  if (says("not a valid DuckDB database") || says("Corrupt") || says("checksum") || says("Serialization") ||
      says("read enough bytes") || says("replaying WAL") || says("WAL file"))
    return fail(ErrorCode::Corrupt, kNotADatabase, args, where);
  if (message.starts_with("Out of Memory")) return tl::unexpected<Error>(toError(message, file));
  return fail(ErrorCode::Io, kCannotOpen, args, where);
}

/// Nothing is fetched or loaded from outside, ever.
Result<Config> configure(const DatabaseOptions& options) {
  Config config;
  if (duckdb_create_config(config.out()) != DuckDBSuccess)
    return fail(ErrorCode::Internal, kBadOption, {"config", ""});
  std::vector<std::pair<std::string, std::string>> settings{
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      {"allow_community_extensions", "false"},
      {"allow_persistent_secrets", "false"},
      {"preserve_insertion_order", "true"},
      // Text is compressed once and in less time than by the default, which every old version could read.
      {"storage_compatibility_version", "v1.3.0"},
      // A join with so few keys reads only the blocks that may hold them: a screen of a sorted table costs a
      // tenth then (see RowWindow).
      {"dynamic_or_filter_threshold", "256"},
  };
  if (options.threads > 0) settings.emplace_back("threads", std::to_string(options.threads));
  for (const auto& [name, value] : settings)
    if (duckdb_set_config(config.get(), name.c_str(), value.c_str()) != DuckDBSuccess)
      return fail(ErrorCode::InvalidArgument, kBadOption, {name, value});
  return config;
}

std::string lowered(std::string_view column) {
  return "lower(" + std::string(column) + ")";
}

/// The tables that are kept in the file: schema and name.
constexpr std::string_view kTables =
    "SELECT schema_name, table_name FROM (SELECT * FROM duckdb_tables() WHERE NOT temporary AND NOT internal "
    "AND database_name = current_database())";

/// By its exact name. DESCRIBE, as duckdb_columns() looks into every view of the system first.
Result<TableInfo> infoOf(Session& session, const TableName& table, JobContext& job) {
  auto columns = session.rows("SELECT column_name, column_type FROM (DESCRIBE " + quoted(table) + ")", job);
  if (!columns) return forward(columns);
  auto count = session.count("SELECT count(*) FROM " + quoted(table), job);
  if (!count) return forward(count);
  TableInfo info{.table = table, .rows = *count, .columns = {}};
  for (const auto& row : columns->rows)
    info.columns.push_back({row[0].get<std::string>(), row[1].get<std::string>()});
  return info;
}

}  // namespace

std::string quoteIdentifier(std::string_view name) {
  return '"' + replaceAll(std::string(name), "\"", "\"\"") + '"';
}

std::string quoteLiteral(std::string_view text) {
  return '\'' + replaceAll(std::string(text), "'", "''") + '\'';
}

std::string quoted(const TableName& table) {
  return quoteIdentifier(table.schema) + '.' + quoteIdentifier(table.name);
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Database::~Database() {
  if (state_ == nullptr || !state_->database || state_->file == ":memory:") return;
  // Closing writes the log into the file too, but not while a connection elsewhere is still being torn down.
  JobContext job;
  if (auto session = Session::open(*this)) (void)session->run("CHECKPOINT", job);
}

Result<Database> Database::open(const fs::path& file, const DatabaseOptions& options) {
  std::error_code error;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error))
    return fail(ErrorCode::Io, kNoFolder, {file.string()}, {.file = file.string()});
  auto config = configure(options);
  if (!config) return forward(config);
  auto state = std::make_unique<State>();
  state->file = file.string();
  char* message = nullptr;
  const auto opened = duckdb_open_ext(state->file.c_str(), state->database.out(), config->get(), &message);
  if (opened != DuckDBSuccess) {
    const std::string text = message == nullptr ? "" : message;
    duckdb_free(message);
    return openFailure(text, state->file);
  }
  return Database(std::move(state));
}

Result<Database> Database::openInMemory(const DatabaseOptions& options) {
  auto config = configure(options);
  if (!config) return forward(config);
  auto state = std::make_unique<State>();
  state->file = ":memory:";
  char* message = nullptr;
  if (duckdb_open_ext(nullptr, state->database.out(), config->get(), &message) != DuckDBSuccess) {
    const std::string text = message == nullptr ? "" : message;
    duckdb_free(message);
    return openFailure(text, state->file);
  }
  return Database(std::move(state));
}

Result<> Database::lockDown() {
  JobContext job;
  auto session = Session::open(*this);
  if (!session) return forward(session);
  auto locked = session->rows("SELECT current_setting('lock_configuration')", job);
  if (!locked) return forward(locked);
  if (locked->rows[0][0] == Json(true)) return {};
  return session->run("SET enable_external_access = false; SET lock_configuration = true", job);
}

Result<> Database::execute(const std::string& sql, JobContext& job) {
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return begun;
  if (auto done = session->run(sql, job); !done) return done;
  if (auto go = job.checkpoint(); !go) return go;
  return session->commit();
}

Result<Rows> Database::rows(const std::string& sql, JobContext& job) const {
  auto session = Session::open(*this);
  if (!session) return forward(session);
  return session->rows(sql, job);
}

Result<Frame> Database::frame(const std::string& sql, JobContext& job) const {
  auto session = Session::open(*this);
  if (!session) return forward(session);
  return session->frame(sql, job);
}

Result<> Database::writeFrame(const TableName& table, const Frame& frame, JobContext& job) {
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return begun;
  std::vector<std::string> columns;
  for (const ColumnInfo& column : frameColumns(frame))
    columns.push_back(quoteIdentifier(toValidUtf8(column.name)) + ' ' + column.type);
  std::string sql;
  if (table.schema != "main") sql = "CREATE SCHEMA IF NOT EXISTS " + quoteIdentifier(table.schema) + ";";
  sql += "DROP TABLE IF EXISTS " + quoted(table) + "; CREATE TABLE " + quoted(table) + " (" +
         join(columns, ", ") + ")";
  if (auto made = session->run(sql, job); !made) return made;
  if (auto gone = forgetTable(*session, table, job); !gone) return gone;
  if (auto written = appendFrame(*session, table, frame, job); !written) return written;
  if (auto go = job.checkpoint(); !go) return go;
  return session->commit();
}

Result<std::vector<TableInfo>> Database::tables() const {
  JobContext job;
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto names = session->rows(std::string(kTables) + " WHERE schema_name = 'main' ORDER BY 2", job);
  if (!names) return forward(names);
  std::vector<TableInfo> tables;
  for (const auto& row : names->rows) {
    auto info = infoOf(*session, {row[1].get<std::string>()}, job);
    if (!info) return forward(info);
    tables.push_back(std::move(*info));
  }
  return tables;
}

Result<TableInfo> Database::table(const TableName& name) const {
  JobContext job;
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto found = session->rows(std::string(kTables) + " WHERE " + lowered("schema_name") + " = " +
                                 lowered(quoteLiteral(name.schema)) + " AND " + lowered("table_name") +
                                 " = " + lowered(quoteLiteral(name.name)),
                             job);
  if (!found) return forward(found);
  if (!found->rows.empty()) {
    const auto& row = found->rows.front();
    return infoOf(*session, {row[1].get<std::string>(), row[0].get<std::string>()}, job);
  }
  auto names = session->rows(
      std::string(kTables) + " WHERE schema_name = " + quoteLiteral(name.schema) + " ORDER BY 2 LIMIT 30",
      job);
  if (!names) return forward(names);
  std::vector<std::string> list;
  for (const auto& row : names->rows) list.push_back(row[1].get<std::string>());
  if (list.empty()) return fail(ErrorCode::NotFound, kNoTables, {name.name}, {.table = name.name});
  return fail(ErrorCode::NotFound, kNoTable, {name.name, join(list, ", ")}, {.table = name.name});
}

Result<bool> Database::has(const TableName& name) const {
  auto found = table(name);
  if (found) return true;
  if (found.error().code == ErrorCode::NotFound) return false;
  return forward(found);
}

Result<> Database::drop(const TableName& name) {
  auto found = table(name);
  if (!found) return forward(found);
  JobContext job;
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return begun;
  if (auto gone = session->run("DROP TABLE " + quoted(found->table), job); !gone) return gone;
  if (auto gone = forgetTable(*session, found->table, job); !gone) return gone;
  return session->commit();
}

Result<> Database::checkIntegrity(JobContext& job) const {
  auto session = Session::open(*this);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto all = session->rows(
      "SELECT t.schema_name, t.table_name, string_agg('bit_xor(hash(\"' || replace(c.column_name, '\"', "
      "'\"\"') || "
      "'\"))', ', ' ORDER BY c.column_index) FROM duckdb_tables() t JOIN duckdb_columns() c USING "
      "(database_oid, "
      "schema_oid, table_oid) WHERE t.database_name = current_database() GROUP BY ALL ORDER BY ALL",
      job);
  if (!all) return forward(all);
  for (std::size_t i = 0; i < all->rows.size(); ++i) {
    const auto& row = all->rows[i];
    const TableName name{row[1].get<std::string>(), row[0].get<std::string>()};
    job.report(static_cast<double>(i) / static_cast<double>(all->rows.size()), kChecking, {name.name});
    auto read = session->rows("SELECT " + row[2].get<std::string>() + " FROM " + quoted(name), job);
    if (read) continue;
    if (read.error().code == ErrorCode::Cancelled || read.error().code == ErrorCode::OutOfMemory)
      return forward(read);
    return fail(ErrorCode::Corrupt, kDamagedTable, {name.name, read.error().message(job.language())},
                {.file = state_->file, .table = name.name});
  }
  return {};
}

}  // namespace lodestone::data
