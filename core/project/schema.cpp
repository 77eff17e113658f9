// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/schema.h"

#include <array>

#include "core/project/project.h"

namespace lodestone::project {

namespace {

constexpr Text kNotOurs{
    "{0} is not the file of a Lodestone project. Check the folder's path; restore project.db from an archive "
    "if it was overwritten.",
    "{0} 不是 Lodestone 项目文件。请检查文件夹路径；如果 project.db 被覆盖，请从归档恢复。"};
constexpr Text kNewer{
    "{0} was written by a newer Lodestone: its version is {1}, this program knows up to {2}. Nothing was "
    "changed. "
    "Update Lodestone to open it.",
    "{0} 由更新版本的 Lodestone 写入：其版本为 {1}，本程序最高支持 {2}。文件未被改动。请更新 Lodestone "
    "后再打开。"};
constexpr Text kDamaged{
    "{0} is damaged: {1}. Nothing in it was changed. Restore the project from an archive or a backup.",
    "{0} 已损坏：{1}。文件未被改动。请从归档或备份恢复项目。"};
constexpr Text kBrokenMigration{
    "Bringing {0} to version {1} would break a reference: {2}. Nothing was changed; please report this.",
    "将 {0} 升级到版本 {1} 会破坏引用：{2}。未做任何改动；请报告此问题。"};

// Never edit a script that was released: append the next one.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE settings (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE roles (
  table_name TEXT NOT NULL,
  role TEXT NOT NULL,
  column_name TEXT NOT NULL CHECK (column_name <> ''),
  PRIMARY KEY (table_name, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  id TEXT PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  task TEXT NOT NULL,
  table_name TEXT NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted')),
  created_at TEXT NOT NULL,
  finished_at TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  parameters TEXT NOT NULL,
  metrics TEXT NOT NULL DEFAULT 'null',
  baseline TEXT NOT NULL DEFAULT 'null',
  card TEXT NOT NULL DEFAULT 'null',
  file_hash TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE epochs (
  model TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  PRIMARY KEY (model, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  chart TEXT NOT NULL,
  seed INTEGER NOT NULL
) STRICT;

CREATE TABLE run_stages (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  cycle INTEGER NOT NULL CHECK (cycle >= 1),
  node TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('not_configured', 'ready', 'queued', 'running', 'done', 'warning', 'failed',
    'stale', 'skipped', 'cancelled', 'interrupted')),
  rows_in INTEGER,
  rows_out INTEGER,
  seconds REAL NOT NULL,
  cached INTEGER NOT NULL CHECK (cached IN (0, 1)),
  cache_key TEXT NOT NULL,
  message TEXT NOT NULL,
  outputs TEXT NOT NULL,
  UNIQUE (run, cycle, node)
) STRICT;
CREATE INDEX run_stages_by_cache_key ON run_stages (cache_key);

CREATE TABLE strategies (
  id TEXT PRIMARY KEY NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE strategy_versions (
  strategy TEXT NOT NULL REFERENCES strategies (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'changes_requested', 'rejected', 'exported',
    'measured')),
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  submitted_by TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (strategy, version)
) STRICT;

CREATE TABLE audit_log (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_by_subject ON audit_log (subject);

CREATE TABLE chain_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  entries INTEGER NOT NULL,
  head TEXT NOT NULL
) STRICT;
INSERT INTO chain_state VALUES (1, 0, '');

CREATE TRIGGER audit_log_keeps_rows BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_loses_nothing BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER strategy_versions_keep_content
BEFORE UPDATE OF strategy, version, content, content_hash, created_by, created_at ON strategy_versions
BEGIN SELECT RAISE(ABORT, 'the content of a version never changes'); END;
CREATE TRIGGER strategy_versions_lose_nothing BEFORE DELETE ON strategy_versions
BEGIN SELECT RAISE(ABORT, 'a version is never removed'); END;
)sql";

constexpr const char* kVersion2 = R"sql(
CREATE TABLE saved (
  kind TEXT NOT NULL CHECK (kind <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  value TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
)sql";

// Tables are rebuilt because a CHECK cannot be altered: runs and stages may now wait for somebody.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE runs_3 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'waiting', 'failed', 'cancelled', 'interrupted')),
  chart TEXT NOT NULL,
  seed INTEGER NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  options TEXT NOT NULL DEFAULT 'null'
) STRICT;
INSERT INTO runs_3 (id, started_at, finished_at, state, chart, seed)
  SELECT id, started_at, finished_at, state, chart, seed FROM runs ORDER BY id;

CREATE TABLE run_stages_3 (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  cycle INTEGER NOT NULL CHECK (cycle >= 1),
  node TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('not_configured', 'ready', 'queued', 'running', 'done', 'warning', 'waiting',
    'failed', 'stale', 'skipped', 'cancelled', 'interrupted')),
  rows_in INTEGER,
  rows_out INTEGER,
  seconds REAL NOT NULL,
  cached INTEGER NOT NULL CHECK (cached IN (0, 1)),
  cache_key TEXT NOT NULL,
  message TEXT NOT NULL,
  outputs TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL DEFAULT '',
  memory INTEGER,
  parameters TEXT NOT NULL DEFAULT 'null',
  inputs TEXT NOT NULL DEFAULT 'null',
  made_run INTEGER NOT NULL DEFAULT 0,
  log TEXT NOT NULL DEFAULT '[]',
  UNIQUE (run, cycle, node)
) STRICT;
INSERT INTO run_stages_3 (run, cycle, node, label, type, state, rows_in, rows_out, seconds, cached, cache_key, message,
    outputs)
  SELECT run, cycle, node, label, type, state, rows_in, rows_out, seconds, cached, cache_key, message, outputs
  FROM run_stages ORDER BY rowid;
DROP TABLE run_stages;
DROP TABLE runs;
ALTER TABLE runs_3 RENAME TO runs;
ALTER TABLE run_stages_3 RENAME TO run_stages;
CREATE INDEX run_stages_by_cache_key ON run_stages (cache_key);

ALTER TABLE models ADD COLUMN made_for TEXT NOT NULL DEFAULT '';
)sql";

constexpr std::array kMigrations = {kVersion1, kVersion2, kVersion3};
static_assert(kMigrations.size() == kSchemaVersion);

tl::unexpected<Error> newerVersion(const std::filesystem::path& file, std::int64_t found, std::size_t known) {
  return fail(ErrorCode::NewerVersion, kNewer, {file.string(), std::to_string(found), std::to_string(known)},
              {.file = file.string()});
}

}  // namespace

Migrations migrations() {
  return kMigrations;
}

Result<int> migrate(Sqlite& db, Migrations scripts) {
  const auto found = db.integer("PRAGMA user_version");
  if (!found) return forward(found);
  const auto newest = static_cast<std::int64_t>(scripts.size());
  const std::int64_t version = found->value_or(0);
  if (version > newest) return newerVersion(db.file(), version, scripts.size());
  if (version == newest) return static_cast<int>(newest);
  auto transaction = Transaction::begin(db);
  if (!transaction) return forward(transaction);
  for (std::int64_t i = version; i < newest; ++i)
    if (auto done = db.execute(scripts[static_cast<std::size_t>(i)]); !done) return forward(done);
  if (auto done = db.execute("PRAGMA user_version = " + std::to_string(newest)); !done) return forward(done);
  const auto problems = db.referenceProblems();
  if (!problems) return forward(problems);
  if (!problems->empty())
    return fail(ErrorCode::Internal, kBrokenMigration,
                {db.file().string(), std::to_string(newest), problems->front()},
                {.file = db.file().string()});
  if (auto kept = transaction->commit(); !kept) return forward(kept);
  return static_cast<int>(newest);
}

Result<int> inspectDatabase(const std::filesystem::path& file) {
  auto db = Sqlite::open(file, Sqlite::Mode::Inspect);
  if (!db) return forward(db);
  const auto application = db->integer("PRAGMA application_id");
  if (!application) return forward(application);
  const auto version = db->integer("PRAGMA user_version");
  if (!version) return forward(version);
  const std::int64_t found = version->value_or(0);
  if (application->value_or(0) != kApplicationId || found < 0)
    return fail(ErrorCode::Corrupt, kNotOurs, {file.string()}, {.file = file.string()});
  if (found > kSchemaVersion) return newerVersion(file, found, kMigrations.size());
  const auto problems = db->integrityProblems();
  if (!problems) return forward(problems);
  if (!problems->empty())
    return fail(ErrorCode::Corrupt, kDamaged, {file.string(), problems->front()}, {.file = file.string()});
  return static_cast<int>(found);
}

Result<> makeDatabase(const std::filesystem::path& file) {
  auto db = Sqlite::open(file, Sqlite::Mode::Make);
  if (!db) return forward(db);
  auto done = db->execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  if (done) done = db->makeDurable();
  if (!done) return done;
  if (auto version = migrate(*db, kMigrations); !version) return forward(version);
  return {};
}

}  // namespace lodestone::project
