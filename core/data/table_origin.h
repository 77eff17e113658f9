// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

class Session;

/// What a table is made of, or a file that is written.
struct Making {
  std::string operation;  ///< "clean", "join", "union", "rfm", "query", "export", ...
  Json parameters;        ///< all that its rows depend on beside the sources, defaults filled in
  std::vector<TableName> sources;
};

/// One step on the way to a table or a file. It tells of its sources as they were then: what is replaced or
/// dropped later changes nothing in it.
struct OriginStep {
  std::string id;                 ///< the same for the same making, whatever it led to
  std::string made;               ///< a table, "stages.x" outside the schema main; of an export the file
  std::string operation;          ///< as in Making; "import"; empty: nobody recorded what made it
  Json parameters;                ///< of an import {"files": [{"file", "bytes", "imported_at", "rows"}]}
  std::vector<std::string> from;  ///< ids
  std::string made_at;
  std::string code;  ///< the program's version; empty where it was not recorded
};
/// Each step after what it needs; the last one is what was asked for.
using Origin = std::vector<OriginStep>;

/// How a table was made, back to the imported files.
Result<Origin> originOf(const Database& database, const TableName& table, JobContext& job);
/// The same of the file with these contents that this program wrote last; nothing where it wrote none.
Result<std::optional<Origin>> originOfFile(const Database& database, const std::string& sha256,
                                           JobContext& job);
Json toJson(const OriginStep& step);

// For what makes tables and files, in core/data.

/// The tables of the schema lodestone, where they are not there yet. All at once: two jobs that each made
/// one of their own would be in each other's way.
Result<> ensureRecords(Session& session, JobContext& job);
/// What came of it, were it made now: before a source is replaced.
Result<Origin> originOf(Session& session, const std::string& made, const Making& making, JobContext& job);
/// Keeps it as the table's, in the transaction of the session, in place of what was kept of a former table.
Result<> recordOrigin(Session& session, const TableName& table, const Origin& origin, JobContext& job);
/// Takes away what is recorded of a table that goes: imports, rejects, origin. Of user tables alone.
Result<> forgetTable(Session& session, const TableName& table, JobContext& job);
/// Keeps how a file came to be, known by its contents, which are in 'written' already. In a transaction of
/// its own.
Result<> recordExport(const Database& database, const std::filesystem::path& written,
                      const std::filesystem::path& file, const Making& making, JobContext& job);

}  // namespace lodestone::data
