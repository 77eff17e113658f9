// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/result.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// A finished stage whose outputs a run would take instead of making them.
struct CacheEntry {
  std::int64_t run = 0;  ///< that made the outputs
  std::string node;
  std::string label;
  std::string type;
  std::string cache_key;
  std::vector<std::string> tables;  ///< of schema "stages"
  std::vector<std::string> models;
  std::int64_t bytes = 0;  ///< of its tables, as blocks of the database file
  bool usable = true;      ///< all that it names is still there
};

struct CacheReport {
  std::vector<CacheEntry> entries;  ///< oldest first
  std::int64_t tables = 0;          ///< in schema "stages", whether an entry names them or not
  std::int64_t bytes = 0;           ///< of those tables together
  std::int64_t file_bytes = 0;      ///< of the database file
};

/// What the cache holds, and the disk space that it takes. A table that was written since the program started
/// may have no blocks yet.
Result<CacheReport> cacheOf(project::Project& project, JobContext& job);

struct ClearedCache {
  std::int64_t dropped = 0;  ///< tables
  std::int64_t bytes = 0;    ///< of theirs, free for other tables at once, for the disk when the program ends
  std::int64_t kept = 0;     ///< tables that a strategy or a model needs
};

/// Drops the tables that stages left, save those that a strategy (its audience) or a model (the rows it was
/// trained on) names, and forgets which outputs were known: the next run makes everything anew but trained
/// models, which are no cache and stay.
Result<ClearedCache> clearCache(project::Project& project, JobContext& job);

}  // namespace lodestone::pipeline
