// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/import.h"
#include "core/data/source_input.h"

namespace lodestone::data {

/// At most so many rejected rows are kept with their text; all are counted.
inline constexpr std::int64_t kRejectsKept = 100000;

/// Where a source puts its rows: a transaction in which the table does not exist yet.
class ImportTarget {
 public:
  /// replace: a table of that name is dropped within the transaction.
  static Result<ImportTarget> open(Database& database, TableName table, bool replace, JobContext& job);
  /// catalog: of a database that is attached to this one; its schema main has the table.
  static Result<ImportTarget> openIn(Database& database, const std::string& catalog, TableName table,
                                     JobContext& job);

  Session& session() { return *session_; }
  const TableName& table() const { return table_; }
  /// Takes back all that was done and begins anew, on a new connection.
  Result<> restart(JobContext& job);

 private:
  ImportTarget(Database& database, TableName table, bool replace);
  Database* database_;
  TableName table_;
  bool replace_;
  std::string catalog_;  ///< empty: the database's own
  std::optional<Session> session_;
};

/// What a source has put into the target.
struct Loaded {
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  std::vector<Reject> kept;  ///< of the rejected, by line, at most kRejectsKept
  std::vector<Skipped> skipped;
  std::vector<ColumnInfo> columns;
  Detected detected;
  std::vector<Notice> notices;
};

/// One opened file or address of some format.
class Source {
 public:
  virtual ~Source() = default;
  virtual Result<ImportPreview> preview(JobContext& job) = 0;
  /// Makes the target's table and fills it; does not commit. May be called once.
  virtual Result<Loaded> load(ImportTarget& target, JobContext& job) = 0;
};

/// A format: its one description. One file in sources/ (CSV: csv/), one line in sources/registry.cpp.
struct SourceType {
  std::string id;
  Text title;
  std::vector<std::string> extensions = {};  ///< lower case, with the dot
  std::vector<std::string> schemes = {};     ///< of addresses, "postgres://": such an input has no path
  /// Does it begin like this format? Gets up to 4 KB, UTF-16 text as UTF-8; null: the extension alone says
  /// so.
  bool (*recognises)(std::string_view head) = nullptr;
  bool queries = false;    ///< takes ImportOptions::query
  bool beginning = false;  ///< a preview can be made of the first megabytes alone
  Result<std::unique_ptr<Source>> (*open)(const SourceInput& input, const ImportOptions& options,
                                          JobContext& job) = nullptr;
};

/// All formats, in the order in which they are tried on a file whose name tells nothing; CSV is the last.
const std::vector<SourceType>& sourceTypes();

/// The input that a person names: a file, or an address, which is told without its password.
SourceInput inputOf(const std::filesystem::path& given);

/// Finds the format and opens the input. NotFound, InvalidArgument, Unsupported or Io naming the file.
Result<std::unique_ptr<Source>> openSource(const SourceInput& input, const ImportOptions& options,
                                           JobContext& job);

/// Whether the file, as far as it is there, is of a format whose preview needs no more than a beginning.
bool showsItselfFromTheBeginning(const SourceInput& input);

// One for each format.
SourceType csvSource();
SourceType jsonSource();
SourceType ndjsonSource();
SourceType parquetSource();
SourceType postgresSource();
SourceType sqliteSource();
SourceType xlsxSource();

}  // namespace lodestone::data
