// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/result.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

/// Marks an SQLite file as ours ("Lods").
inline constexpr std::int64_t kApplicationId = 0x4C6F6473;

/// Script i brings a database of version i to version i + 1.
using Migrations = std::span<const char* const>;
Migrations migrations();

/// Runs the scripts from the database's user_version on, in one transaction; returns the version reached.
/// An error leaves the database as it was. NewerVersion when it is ahead of the scripts.
Result<int> migrate(Sqlite& db, Migrations scripts);

/// Looks at a file without changing a byte of it. Corrupt when it is no database, not ours, or fails SQLite's
/// integrity check; NewerVersion when a newer program wrote it. Returns its version.
Result<int> inspectDatabase(const std::filesystem::path& file);

/// A new database of the newest version, complete and flushed when this returns.
Result<> makeDatabase(const std::filesystem::path& file);

}  // namespace lodestone::project
