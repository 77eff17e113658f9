// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <set>

#include "core/base/file.h"
#include "core/base/spoken.h"
#include "core/project/audit_log.h"
#include "core/project/folder_lock.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/record_check.h"
#include "core/project/recovery.h"
#include "core/project/saved_records.h"
#include "core/project/schema.h"
#include "core/project/sqlite.h"
#include "core/project/strategy_records.h"

namespace lodestone::project {

namespace fs = std::filesystem;

namespace {

constexpr Text kNoFolder{
    "There is no project at {0}. Check the path, or make one with `lodestone-cli project create`.",
    "{0} 处没有项目。请检查路径，或用 `lodestone-cli project create` 创建。"};
constexpr Text kNoProject{
    "The folder {0} is not a project: it has no project.db. Check the path, or make a project in a new "
    "folder with "
    "`lodestone-cli project create`.",
    "文件夹 {0} 不是项目：其中没有 project.db。请检查路径，或用 `lodestone-cli project create` "
    "在新文件夹中创建项目。"};
constexpr Text kExists{
    "{0} already exists and is not an empty folder. Nothing was changed. Choose another name.",
    "{0} 已存在且不是空文件夹。未做任何改动。请换一个名称。"};
constexpr Text kCannotMake{"Cannot make the project {0}: {1}. Check the free space and your rights there.",
                           "无法创建项目 {0}：{1}。请检查磁盘空间和权限。"};
constexpr Text kBadRole{"There is no role {0}. The roles are: {1}.", "没有角色 {0}。可用角色：{1}。"};

constexpr Text kTablesGone{
    "The tables of this project are gone: {0} is missing. Put the file back, or import the data into a new "
    "project.",
    "该项目的数据表丢失：缺少 {0}。请放回该文件，或在新项目中重新导入数据。"};
constexpr const char* kTablesMade = "tables_made";  ///< setting: data.duckdb has been there

constexpr const char* kRecordFile = "project.db";
constexpr const char* kUnfinishedRecord = "project.db.new";  ///< until create() is done

constexpr std::array<std::string_view, 14> kRoleNames = {
    "user",      "item",     "time",  "event",   "amount", "revenue", "target",
    "treatment", "campaign", "offer", "channel", "cost",   "text",    "consent"};

std::string nameIn(const fs::path& path) {
  return path.filename().string();
}

/// The folder without a trailing separator, independent of the working directory.
fs::path normalised(const fs::path& folder) {
  std::error_code error;
  fs::path path = fs::absolute(folder, error).lexically_normal();
  if (path.filename().empty() && path.has_parent_path()) path = path.parent_path();
  return path;
}

/// True when there is nothing at the path, an empty folder, or only what a create() that was killed left.
bool mayBecomeProject(const fs::path& folder) {
  static const std::set<std::string> kLeftovers = {
      "project.lock", "project.db.new", "project.db.new-journal", "project.db.new-wal", "project.db.new-shm",
      "models",       "exports"};
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder, error))) return true;
  if (!fs::is_directory(folder, error)) return false;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!kLeftovers.contains(nameIn(entry.path()))) return false;
    if (fs::is_directory(entry.symlink_status(error)) && !fs::is_empty(entry.path(), error)) return false;
  }
  return !error;
}

void removeUnfinished(const fs::path& folder) {
  std::error_code error;
  for (const char* ending : {"", "-journal", "-wal", "-shm"})
    fs::remove(folder / (std::string(kUnfinishedRecord) + ending), error);
}

/// A rename is only safe from a power cut when its folder is flushed too.
Result<> renameDurably(const fs::path& from, const fs::path& to) {
  const fs::path folder = to.parent_path();
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool renamed = directory >= 0 && ::rename(from.c_str(), to.c_str()) == 0 && ::fsync(directory) == 0;
  const int error = errno;
  if (directory >= 0) ::close(directory);
  if (renamed) return {};
  return fail(ErrorCode::Io, kCannotMake, {folder.string(), systemReason(error)}, {.file = folder.string()});
}

/// Everything but the lock. The record appears under its name last and whole, so that a create() that is
/// killed leaves nothing that looks like a project.
Result<> fillFolder(const fs::path& folder) {
  removeUnfinished(folder);
  for (const char* name : {"models", "exports"})
    if (auto made = makeFolder(folder / name); !made) return made;
  if (auto made = makeDatabase(folder / kUnfinishedRecord); !made) return made;
  return renameDurably(folder / kUnfinishedRecord, folder / kRecordFile);
}

}  // namespace

Result<> checkRole(const std::string& role) {
  const std::string_view base = std::string_view(role).substr(0, role.find(':'));
  const bool known = std::find(kRoleNames.begin(), kRoleNames.end(), base) != kRoleNames.end();
  const bool plain = base.size() == role.size() || (base == "consent" && role.size() > base.size() + 1);
  if (known && plain) return {};
  return fail(ErrorCode::InvalidArgument, kBadRole,
              {toValidUtf8(role), join({kRoleNames.begin(), kRoleNames.end()}, ", ") + ", consent:CHANNEL"});
}

struct Project::State {
  State(fs::path where, FolderLock held, Sqlite opened)
      : folder(std::move(where)), lock(std::move(held)), record(std::move(opened)) {}

  fs::path folder;
  FolderLock lock;  // first of the three, so that it is let go last
  Sqlite record;
  std::mutex tables_mutex;  // of the next two; taken before the record's own
  std::optional<data::Database> tables;
  data::DatabaseOptions options;
  int version = 0;
};

Project::Project(std::unique_ptr<State> state) : state_(std::move(state)) {}
Project::~Project() = default;
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;

Result<Project> Project::create(const fs::path& folder) {
  const fs::path path = normalised(folder);
  const auto exists = [&] {
    return fail(ErrorCode::AlreadyExists, kExists, {path.string()}, {.file = path.string()});
  };
  if (!mayBecomeProject(path)) return exists();
  std::error_code error;
  const bool made_folder = !fs::exists(path, error);
  if (auto made = makeFolder(path); !made) return forward(made);
  {
    auto lock = FolderLock::acquire(path);
    if (!lock) return forward(lock);
    // Another program may have made its project here before the lock was ours.
    if (!mayBecomeProject(path)) return exists();
    if (auto filled = fillFolder(path); !filled) {
      removeUnfinished(path);
      for (const char* name : {"models", "exports"}) fs::remove(path / name, error);
      lock->discard();
      if (made_folder) fs::remove(path, error);
      return forward(filled);
    }
  }
  return open(path);
}

Result<Project> Project::open(const fs::path& folder) {
  const fs::path path = normalised(folder);
  const fs::path file = path / kRecordFile;
  std::error_code error;
  if (!fs::exists(path, error))
    return fail(ErrorCode::NotFound, kNoFolder, {path.string()}, {.file = path.string()});
  if (!fs::exists(file, error))
    return fail(ErrorCode::NotFound, kNoProject, {path.string()}, {.file = path.string()});

  auto lock = FolderLock::acquire(path);
  if (!lock) return forward(lock);
  if (const auto inspected = inspectDatabase(file); !inspected) {
    lock->discard();
    return forward(inspected);
  }
  auto record = Sqlite::open(file, Sqlite::Mode::Write);
  if (!record) return forward(record);
  // Foreign keys are enforced after migrations, which may rebuild a table that others refer to.
  const auto version = migrate(*record, migrations());
  if (!version) return forward(version);
  if (auto durable = record->makeDurable(); !durable) return forward(durable);
  auto state = std::make_unique<State>(path, std::move(*lock), std::move(*record));
  state->version = *version;
  Project project(std::move(state));
  for (const auto& needed : {project.modelsFolder(), project.exportsFolder()})
    if (auto made = makeFolder(needed); !made) return forward(made);
  if (auto recovered = recover(project.state_->record, project.modelsFolder()); !recovered)
    return forward(recovered);
  return project;
}

const fs::path& Project::folder() const {
  return state_->folder;
}
fs::path Project::modelsFolder() const {
  return state_->folder / "models";
}
fs::path Project::exportsFolder() const {
  return state_->folder / "exports";
}
int Project::schemaVersion() const {
  return state_->version;
}

Result<data::Database*> Project::tables() {
  const std::lock_guard alone(state_->tables_mutex);
  if (state_->tables) return &*state_->tables;
  const fs::path file = state_->folder / "data.duckdb";
  const auto made = setting(kTablesMade);
  if (!made) return forward(made);
  std::error_code error;
  if (!made->empty() && !fs::exists(file, error))
    return fail(ErrorCode::Corrupt, kTablesGone, {file.string()}, {.file = file.string()});
  auto opened = data::Database::open(file, state_->options);
  if (!opened) return forward(opened);
  if (made->empty())
    if (auto kept = setSetting(kTablesMade, "yes"); !kept) return forward(kept);
  if (auto swept = sweepStageTables(state_->record, *opened); !swept) return forward(swept);
  state_->tables.emplace(std::move(*opened));
  return &*state_->tables;
}

void Project::setDatabaseOptions(const data::DatabaseOptions& options) {
  const std::lock_guard alone(state_->tables_mutex);
  state_->options = options;
}

Result<Roles> Project::roles(const std::string& table) const {
  Roles roles;
  auto done = state_->record.each("SELECT role, column_name FROM roles WHERE table_name = ?1", {table},
                                  [&](const Statement& row) -> Result<> {
                                    roles[row.text(0)] = row.text(1);
                                    return {};
                                  });
  if (!done) return forward(done);
  return roles;
}

Result<> Project::setRoles(const std::string& table, const Roles& roles) {
  for (const auto& [role, column] : roles)
    if (auto known = checkRole(role); !known) return known;
  auto transaction = Transaction::begin(state_->record);
  if (!transaction) return forward(transaction);
  for (const auto& [role, column] : roles) {
    auto done = column.empty() ? state_->record.run("DELETE FROM roles WHERE table_name = ?1 AND role = ?2",
                                                    {table, role})
                               : state_->record.run(
                                     "INSERT INTO roles VALUES (?1, ?2, ?3) ON CONFLICT (table_name, role) "
                                     "DO UPDATE SET column_name = excluded.column_name",
                                     {table, role, column});
    if (!done) return done;
  }
  return transaction->commit();
}

Result<std::string> Project::setting(const std::string& key) const {
  const auto value = state_->record.text("SELECT value FROM settings WHERE key = ?1", {key});
  if (!value) return forward(value);
  return value->value_or("");
}

Result<> Project::setSetting(const std::string& key, const std::string& value) {
  return state_->record.run(
      "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      {key, value});
}

ModelRecords Project::models() {
  return ModelRecords(state_->record);
}
PipelineRecords Project::pipelines() {
  return PipelineRecords(state_->record);
}
StrategyRecords Project::strategies() {
  return StrategyRecords(state_->record);
}
SavedRecords Project::saved() {
  return SavedRecords(state_->record);
}
AuditLog Project::audit() {
  return AuditLog(state_->record);
}

Result<std::vector<Error>> Project::verify(const std::vector<fs::path>& reports) {
  Sqlite& record = state_->record;
  std::vector<Error> problems;
  const auto add = [&](Result<std::vector<Error>> found) -> Result<> {
    if (!found) return forward(found);
    problems.insert(problems.end(), found->begin(), found->end());
    return {};
  };
  auto done = add(checkDatabase(record));
  if (done) done = add(audit().verify());
  if (done) done = add(checkStrategies(record));
  if (done) done = add(checkModelFiles(record, modelsFolder()));
  if (done) done = add(checkReports(record, exportsFolder(), reports));
  if (!done) return forward(done);
  return problems;
}

}  // namespace lodestone::project
