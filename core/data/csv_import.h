// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::data {

enum class OnBadRows { Reject, Fail };
enum class OnExisting { Fail, Replace };
enum class Header { Auto, Yes, No };
enum class Types { Detect, AllText };

/// What the user may say about a file; what is left open is detected.
struct CsvOptions {
  std::optional<std::string> encoding;  ///< "utf-8" or "latin-1" or "utf-16"
  std::optional<char> delimiter;
  std::optional<char> quote;
  Header header = Header::Auto;
  Types types = Types::Detect;
  OnBadRows on_bad_rows = OnBadRows::Reject;
  OnExisting on_existing = OnExisting::Fail;
};

struct Detected {
  std::string format = "csv";
  std::string encoding;
  std::string delimiter;
  std::string quote;  ///< empty: none
  bool header = true;
};

/// A row of a file that did not become a row of the table.
struct Reject {
  std::string file;
  std::int64_t line = 0;  ///< 1-based line of the file where the row begins
  std::string column;     ///< empty where the whole row is at fault
  std::string text;       ///< the row as it stands in the file, at most 4,000 characters
  std::string reason;     ///< in English, for the record: what is wrong with it
};

/// Lines that are no data: preamble, footnote, blank, second table. Rows in the file = rows + rejected +
/// skipped.
struct Skipped {
  std::string kind;
  std::int64_t lines = 0;
};

struct ImportReport {
  TableName table;
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  std::vector<Skipped> skipped;
  std::vector<ColumnInfo> columns;
  Detected detected;
  double seconds = 0;
};

struct ImportPreview {
  Detected detected;
  std::vector<ColumnInfo> columns;
  std::vector<std::vector<Json>> sample;  ///< the first rows, at most 20
};

/// The table's name for a file when none is given: its stem.
std::string defaultTableName(const std::filesystem::path& file);

/// What an import would do; changes nothing.
Result<ImportPreview> previewCsv(const std::filesystem::path& file, const CsvOptions& options,
                                 JobContext& job);

/// Reads a CSV file into a table. A column is typed when nearly all of its cells (98 %) read as that type;
/// blank cells and the usual marks of absence (NA, N/A, null, -, ?) in a typed column are missing; rows whose
/// cell does not read are rejected and kept with line, column, text and reason. Table, rejects and the record
/// of the import appear in one transaction. AlreadyExists when the table is there and may not be replaced.
Result<ImportReport> importCsv(Database& database, const std::filesystem::path& file,
                               const std::string& table, const CsvOptions& options, JobContext& job);

/// The rejected rows of a table's import, by line; at most limit of them.
Result<std::vector<Reject>> rejects(const Database& database, const TableName& table,
                                    std::int64_t limit = 100000);

}  // namespace lodestone::data
