// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/data/database.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

/// What a killed program left, put right. The caller holds the folder's lock, so whatever still runs by the
/// record is dead: trainings, runs and stages become interrupted, in one transaction. Then the folders below
/// models/ of interrupted trainings and half-written files and models (*.part-*) are removed; nothing that a
/// finished model names.
Result<> recover(Sqlite& db, const std::filesystem::path& models_folder);

/// The same for the tables of schema "stages", once they are open and before anybody works with them: those
/// that a killed program was making go. After a run was interrupted, so do all that neither a finished stage
/// nor a strategy nor a model names.
Result<> sweepStageTables(Sqlite& db, data::Database& tables);

}  // namespace lodestone::project
