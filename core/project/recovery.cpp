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

/// The name that writeFileAtomically gives to what is not whole yet.
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
    if (isModelId(name) && interrupted.contains(name))
      fs::remove_all(folder, error);
    else
      removeHalfWritten(folder);
  }
  return {};
}

}  // namespace lodestone::project
