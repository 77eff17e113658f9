// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

// Each returns what is wrong, in words for the user; empty when all is well.

/// SQLite's own check of the file and of its references.
Result<std::vector<Error>> checkDatabase(Sqlite& db);

/// Every version of every strategy against its content's hash and against what the audit log says was done to
/// it: nothing changed, nothing removed, nothing that the log does not know.
Result<std::vector<Error>> checkStrategies(Sqlite& db);

/// The files of every finished model against the recorded hash.
Result<std::vector<Error>> checkModelFiles(Sqlite& db, const std::filesystem::path& models_folder);

/// The head of the audit log that each report carries against the log. Reports in the exports folder are the
/// .html, .json and .pdf files that carry one; each report given must carry one.
Result<std::vector<Error>> checkReports(Sqlite& db, const std::filesystem::path& exports_folder,
                                        const std::vector<std::filesystem::path>& reports);

}  // namespace lodestone::project
