// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"
#include "core/data/part_file.h"
#include "core/data/row_window.h"

namespace lodestone::data {

enum class ExportFormat {
  Csv,      ///< UTF-8, RFC 4180 quoting, lines end with LF; missing is empty, an empty text is ""
  Parquet,  ///< zstd
  Xlsx,
  Json,    ///< an array of objects
  Ndjson,  ///< an object a line
};

/// By the name's extension: csv, tsv, txt, parquet, xlsx, json, ndjson, jsonl. InvalidArgument naming them.
Result<ExportFormat> exportFormatOf(const std::filesystem::path& file);

struct ExportOptions {
  std::optional<ExportFormat> format;  ///< none: by the file's extension
  OnExistingFile on_existing = OnExistingFile::Fail;
  // CSV
  std::optional<char> delimiter;  ///< none: a tab for .tsv, else a comma
  bool byte_order_mark = false;   ///< Excel takes a CSV file for UTF-8 only with it
  bool guard_formulas = true;     ///< an apostrophe before cells that a spreadsheet would run
  // XLSX
  bool several_sheets = false;  ///< goes on on another sheet where one is full; else Unsupported
  bool cut_long_texts = false;  ///< cuts texts of more than 32,767 characters; else Unsupported
};

struct ExportReport {
  std::filesystem::path file;
  ExportFormat format = ExportFormat::Csv;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  int sheets = 0;               ///< XLSX
  std::vector<Notice> notices;  ///< guarded, cut, digits_as_text, dates_as_text
};

/// Writes a table, or some of its columns, in its order or a given one. The file appears whole or not at
/// all; a full disk is Io naming the file. AlreadyExists where it is there and may not be replaced.
/// Types are kept as far as the format has them; what it has not is written as text. Moments with a time
/// zone are written in UTC. Numbers that are not finite are missing in JSON. In XLSX whole numbers and
/// decimals of more than 15 digits and dates before 1900-03-01 are text, because Excel would change them.
Result<ExportReport> exportTable(const Database& database, const TableName& table,
                                 const std::filesystem::path& file, const ExportOptions& options,
                                 JobContext& job, const std::vector<std::string>& columns = {},
                                 const std::optional<SortOrder>& sort = {});

/// The same of an analyst's SELECT; see query() for what it may be.
Result<ExportReport> exportQuery(const Database& database, const std::string& sql,
                                 const std::filesystem::path& file, const ExportOptions& options,
                                 JobContext& job);

}  // namespace lodestone::data
