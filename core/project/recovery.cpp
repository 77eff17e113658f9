// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/recovery.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace lodestone::project {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSweepDue = "stage_tables_to_sweep";  ///< setting: a program was killed while it ran
constexpr std::string_view kPart = "_part";                 ///< ends the names of tables that are half made

constexpr const char* kMessage = "the program ended while this was running";

Result<> closeInterrupted(Sqlite& db) {
  const auto open = db.integer(
      "SELECT (SELECT count(*) FROM models WHERE state = 'running') + (SELECT count(*) FROM runs WHERE state "
      "= "
      "'running')");
  if (!open) return forward(open);
  if (open->value_or(0) == 0) return {};
  auto transaction = Transaction::begin(db);
  if (!transaction) return forward(transaction);
  const std::string now = nowUtc();
  auto done = db.run(
      "UPDATE models SET state = 'interrupted', finished_at = ?1, message = ?2 WHERE state = 'running'",
      {now, std::string(kMessage)});
  if (done)
    done = db.run(
        "UPDATE run_stages SET state = 'interrupted', message = ?1 WHERE state = 'running' AND run IN "
        "(SELECT id FROM runs WHERE state = 'running')",
        {std::string(kMessage)});
  if (done)
    done = db.run("UPDATE runs SET state = 'interrupted', finished_at = ?1 WHERE state = 'running'", {now});
  // The tables are not open yet: who opens them first takes away what the dead run left there.
  if (done)
    done = db.run("INSERT INTO settings VALUES (?1, 'yes') ON CONFLICT (key) DO UPDATE SET value = 'yes'",
                  {std::string(kSweepDue)});
  if (done) done = transaction->commit();
  return done;
}

/// "mlp-0001": what ModelRecords::begin gives out, and nothing that leads out of the folder.
bool isModelId(const std::string& name) {
  const std::size_t dash = name.rfind('-');
  if (dash == std::string::npos || dash == 0 || name.size() - dash < 5) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dash) + 1, name.end(), digit) &&
         name.find_first_of("/.") == std::string::npos;
}

/// The name of files and of models' folders that are not whole yet: the last one, ".part-" and six letters.
bool isHalfWritten(const std::string& name) {
  constexpr std::string_view kMark = ".part-";
  const std::size_t at = name.rfind(kMark);
  return at != std::string::npos && at > 0 && name.size() == at + kMark.size() + 6;
}

void removeHalfWritten(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::file_status status = entry.symlink_status(error);
    if (fs::is_regular_file(status) && isHalfWritten(entry.path().filename().string()))
      fs::remove(entry.path(), error);
  }
}

}  // namespace

Result<> recover(Sqlite& db, const fs::path& models_folder) {
  if (auto closed = closeInterrupted(db); !closed) return closed;
  std::set<std::string> interrupted;
  auto done =
      db.each("SELECT id FROM models WHERE state = 'interrupted'", {}, [&](const Statement& row) -> Result<> {
        interrupted.insert(row.text(0));
        return {};
      });
  if (!done) return done;
  // What cannot be removed now does no harm and is met again at the next open.
  std::error_code error;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(models_folder, error))
    if (fs::is_directory(entry.symlink_status(error))) folders.push_back(entry.path());
  removeHalfWritten(models_folder);
  for (const fs::path& folder : folders) {
    const std::string name = folder.filename().string();
    const bool half_saved = isHalfWritten(name) && isModelId(name.substr(0, name.rfind('.')));
    if (half_saved || (isModelId(name) && interrupted.contains(name)))
      fs::remove_all(folder, error);
    else
      removeHalfWritten(folder);
  }
  return {};
}

namespace {

/// Whether a finished stage, a strategy or a model names the table. Names of stage tables need no escapes.
Result<bool> isNamed(Sqlite& db, const std::string& table) {
  constexpr std::string_view kHeldOut = "held_out_";  // made of a model on demand, named by nothing else
  const std::string model = table.starts_with(kHeldOut) ? table.substr(kHeldOut.size()) : std::string();
  const auto found = db.integer(
      "SELECT EXISTS (SELECT 1 FROM run_stages WHERE state IN ('done', 'warning') AND instr(outputs, ?1) > "
      "0) "
      "OR EXISTS (SELECT 1 FROM strategy_versions WHERE instr(content, ?1) > 0) "
      "OR EXISTS (SELECT 1 FROM models WHERE id = ?2 OR (state = 'done' AND instr(card, ?1) > 0))",
      {"\"" + table + "\"", model});
  if (!found) return forward(found);
  return found->value_or(0) != 0;
}

}  // namespace

Result<> sweepStageTables(Sqlite& db, data::Database& tables) {
  const auto due = db.text("SELECT value FROM settings WHERE key = ?1", {std::string(kSweepDue)});
  if (!due) return forward(due);
  JobContext job;
  const auto rows = tables.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'stages'", job);
  if (!rows) return forward(rows);
  for (const auto& row : rows->rows) {
    const auto name = row.at(0).get<std::string>();
    const bool half_made = name.ends_with(kPart);
    if (!half_made && !*due) continue;
    if (!half_made) {
      const auto named = isNamed(db, name);
      if (!named) return forward(named);
      if (*named) continue;
    }
    if (auto dropped = tables.drop({name, "stages"}); !dropped) return dropped;
  }
  return *due ? db.run("DELETE FROM settings WHERE key = ?1", {std::string(kSweepDue)}) : Result<>();
}

}  // namespace lodestone::project
