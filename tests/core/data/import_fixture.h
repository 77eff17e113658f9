// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/data/import.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {

/// A fresh database to import into.
class ImportFixture : public testing::Test {
 protected:
  ImportFixture() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {}

  static ImportReport must(const Result<ImportReport>& report) {
    if (!report) throw std::runtime_error(report.error().message(Language::English));
    return *report;
  }
  std::string cells(const std::string& sql = "SELECT * FROM t") {
    auto rows = database_.rows(sql, job_);
    if (!rows) return rows.error().message(Language::English);
    return dumpJson(Json(rows->rows));
  }
  static std::string types(const std::vector<ColumnInfo>& columns) {
    std::string out;
    for (const auto& column : columns) out += (out.empty() ? "" : " ") + column.name + ":" + column.type;
    return out;
  }
  static std::string types(const ImportReport& report) { return types(report.columns); }
  static std::int64_t skipped(const ImportReport& report, const std::string& kind = {}) {
    std::int64_t lines = 0;
    for (const auto& one : report.skipped) lines += kind.empty() || one.kind == kind ? one.lines : 0;
    return lines;
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

/// Imports texts into its table t.
class CsvFixture : public ImportFixture {
 protected:
  Result<ImportReport> import(const std::filesystem::path& file, const ImportOptions& options = {},
                              const std::string& table = "t") {
    return importFile(database_, file, table, options, job_);
  }
  ImportReport importText(const std::string& text, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    return must(import(folder_.write("in.csv", text), options));
  }
};

}  // namespace lodestone::data
