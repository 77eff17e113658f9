// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

enum class OnBadRows { Reject, Fail };
enum class OnExisting { Fail, Replace };
enum class Header { Auto, Yes, No };
enum class Types { Detect, AllText };
enum class StrayTypes { Fail, Ignore };

/// What the user may say about what is imported; what is left open is detected. An import template keeps it.
struct ImportOptions {
  std::string format = {};  ///< id of a source type: csv, json, ndjson, parquet, xlsx, ...; "": by its looks
  std::optional<std::string> encoding = {};   ///< "utf-8", "gb18030", "latin-1", ...; text formats
  std::optional<std::string> delimiter = {};  ///< CSV: one character, or a few
  std::optional<char> quote = {};             ///< CSV: '\0' for none
  std::optional<char> escape = {};            ///< CSV: what stands before a quote inside quotes
  Header header = Header::Auto;
  std::optional<std::int64_t> header_lines = {};            ///< rows that together name the columns
  std::optional<std::int64_t> skip_lines = {};              ///< lines in front of the table: its preamble
  std::optional<char> decimal = {};                         ///< '.' or ','
  std::optional<std::vector<std::string>> null_words = {};  ///< cells that mean missing, besides blanks
  /// By column: a DuckDB type (VARCHAR, BIGINT, DOUBLE, DATE, TIMESTAMP, BOOLEAN), with a strptime format
  /// behind a blank where a date has one ("DATE %d.%m.%Y").
  std::map<std::string, std::string> column_types = {};
  /// Of a type for a column that a file has not. An import of several files sees to it that one of them has
  /// it. Not kept in templates.
  StrayTypes stray_types = StrayTypes::Fail;
  Types types = Types::Detect;
  OnBadRows on_bad_rows = OnBadRows::Reject;
  OnExisting on_existing = OnExisting::Fail;
  std::string source_table =
      {};                        ///< sheet of a workbook, table of a database; "": the first, or the only one
  std::string query = {};        ///< SQL (one SELECT) for a database, in place of a table
  std::string file_column = {};  ///< several files: a column that says which; "": none
};

/// For templates and the record of an import: what is said, and nothing else.
Json toJson(const ImportOptions& options);
/// InvalidArgument naming a key that is unknown or does not read.
Result<ImportOptions> importOptionsFrom(const Json& json);

/// What was found out about a source.
struct Detected {
  std::string format = "csv";
  std::string encoding = {};
  std::string delimiter = {};
  std::string quote = {};   ///< empty: none
  std::string escape = {};  ///< empty: as the quote
  bool header = true;
  std::int64_t header_lines = 1;
  std::int64_t preamble_lines = 0;
  std::int64_t footnote_lines = 0;
  std::string decimal = ".";
  std::vector<std::string> null_words = {};     ///< those that were met
  std::string source_table = {};                ///< sheet or table that was read
  std::vector<std::string> source_tables = {};  ///< all that there are in the file
};
Json toJson(const Detected& detected);

/// A row of a source that did not become a row of the table.
struct Reject {
  std::string file;
  std::int64_t line = 0;  ///< 1-based line of the file, or row of the sheet, where the row begins
  std::string column;     ///< empty where the whole row is at fault
  std::string text;       ///< the row as it stands in the file, at most 4,000 characters
  std::string reason;     ///< in English, for the record: what is wrong with it
};

/// Lines that are no data. kind: preamble, footnote, blank, repeated header, page line, second table;
/// "unknown format" for files beside others in a zip that were not read, of which nobody counts the lines.
/// Rows in the file = rows + rejected + skipped (+ the lines of the header).
struct Skipped {
  std::string kind;
  std::int64_t lines = 0;
  std::vector<std::string> names = {};  ///< of files
};

Json toJson(const Skipped& skipped);

/// What one of the files of an import gave.
struct ImportedFile {
  std::string file;  ///< "2026-03.csv", "export.zip/shop.csv"
  std::int64_t size = 0;
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  std::vector<Skipped> skipped;
  Detected detected;
};

struct ImportReport {
  TableName table;
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  std::vector<Skipped> skipped;
  std::vector<ColumnInfo> columns;
  Detected detected;                ///< of the first file
  std::vector<ImportedFile> files;  ///< at least one; rows, rejected and skipped add up over them
  /// What the owner of the data should know. kind: "unknown format" (files of a zip were not read), "digits"
  /// (a column of numbers is text, because no type of number holds them all exactly).
  std::vector<Notice> notices;
  double seconds = 0;
};

struct ImportPreview {
  Detected detected;
  std::vector<ColumnInfo> columns;
  std::vector<std::vector<Json>> sample;  ///< the first rows, at most 20
};

/// The table's name for a file or address when none is given: its stem, without .gz and .zip too; of an
/// address the last part of its path.
std::string defaultTableName(const std::filesystem::path& file);

/// What an import of a file would do; changes nothing.
Result<ImportPreview> previewFile(const std::filesystem::path& file, const ImportOptions& options,
                                  JobContext& job);

/// Reads a file into a table; of a zip with several files all, when they have the same columns. A column is
/// typed when nearly all of its cells (98 %) read as that type; blank cells and the usual marks of absence
/// (NA, N/A, null, missing, -, ?) in a typed column are missing; rows whose cell does not read are rejected
/// and kept with line, column, text and reason; where they would be more than 2 % of all rows, the columns
/// with the most such cells stay text. Table, rejects and the record of the import appear in one transaction.
/// AlreadyExists when the table is there and may not be replaced.
Result<ImportReport> importFile(Database& database, const std::filesystem::path& file,
                                const std::string& table, const ImportOptions& options, JobContext& job);

/// The files that names stand for, in the order given and by name within a pattern: *, ? and [] stand for
/// characters, a folder for the files right in it; a name that is a file, and an address, for itself.
/// NotFound naming the pattern that fits nothing.
Result<std::vector<std::string>> expandFiles(const std::vector<std::string>& names);

/// What an import of the files into one table would do; the sample is of the first. Changes nothing.
Result<ImportPreview> previewFiles(const std::vector<std::string>& files, const ImportOptions& options,
                                   JobContext& job);

/// Reads several files (or addresses) into one table, in one transaction: the union of their columns by name,
/// each of the type that holds the values of all; cells of columns that a file has not are missing. With
/// options.file_column a column says which file a row is from. Each file is read as importFile() does.
Result<ImportReport> importFiles(Database& database, const std::vector<std::string>& files,
                                 const std::string& table, const ImportOptions& options, JobContext& job);

/// The same into a table of any schema.
Result<ImportReport> importFiles(Database& database, const std::vector<std::string>& files,
                                 const TableName& table, const ImportOptions& options, JobContext& job);

/// The rejected rows of a table's import, by file and line; at most limit of them.
Result<std::vector<Reject>> rejects(const Database& database, const TableName& table,
                                    std::int64_t limit = 100000);

}  // namespace lodestone::data
