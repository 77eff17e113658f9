// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/data/database.h"

namespace lodestone::project {

class AuditLog;
class ModelRecords;
class PipelineRecords;
class SavedRecords;
class StrategyRecords;
class Sqlite;

/// The version of project.db that this program writes.
inline constexpr int kSchemaVersion = 3;

/// A role of a column: user, item, time, event, amount (what a conversion is worth), revenue (what it
/// brought), target, treatment (0 or 1), campaign, offer, channel, cost, text, consent (to every channel) or
/// consent:CHANNEL.
using Roles = std::map<std::string, std::string>;  ///< role -> column

/// InvalidArgument names the roles that there are.
Result<> checkRole(const std::string& role);

/// An opened project: a folder with project.db (SQLite: every decision), data.duckdb (tables), models/ and
/// exports/. One project, one writer: a kernel lock on the folder is held while this lives, so that a killed
/// program leaves none.
///
/// Thread safe: any thread may call it, and the records and tables that it gives out, at any time; each
/// change is seen whole or not at all. A call waits while another thread writes to the record, so the
/// window's thread makes none. Only moving and destroying it is for one thread alone.
class Project {
 public:
  /// Makes the folder. AlreadyExists when it holds anything.
  static Result<Project> create(const std::filesystem::path& folder);
  /// NotFound, Locked (naming the other program, its pid and host, and since when), NewerVersion, Corrupt:
  /// nothing is changed then. An older schema is migrated in one transaction.
  static Result<Project> open(const std::filesystem::path& folder);
  ~Project();
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;

  const std::filesystem::path& folder() const;
  std::filesystem::path modelsFolder() const;   ///< folder()/models
  std::filesystem::path exportsFolder() const;  ///< folder()/exports
  int schemaVersion() const;

  /// Opened at the first use, by whichever thread comes first, with the options set before it.
  Result<data::Database*> tables();
  void setDatabaseOptions(const data::DatabaseOptions& options);

  Result<Roles> roles(const std::string& table) const;
  /// Replaces the given roles of the table; an empty column takes a role away.
  Result<> setRoles(const std::string& table, const Roles& roles);

  /// A small setting of the project ("" when it is not set).
  Result<std::string> setting(const std::string& key) const;
  Result<> setSetting(const std::string& key, const std::string& value);

  ModelRecords models();
  PipelineRecords pipelines();
  StrategyRecords strategies();
  SavedRecords saved();
  AuditLog audit();

  /// What is wrong with the record: SQLite's own integrity check, foreign keys, every content hash, the audit
  /// chain and its agreement with the strategies, every model file's hash, every report in exports/ against
  /// the chain, and each report given. Empty when all is well. The tables are checked by
  /// data::checkIntegrity. Others may work on meanwhile, but a file that is being exported again under its
  /// name may be found before its export is in the log.
  Result<std::vector<Error>> verify(const std::vector<std::filesystem::path>& reports = {});

 private:
  struct State;
  explicit Project(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lodestone::project
