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

/// Imports texts into a table t of a fresh database.
class CsvFixture : public testing::Test {
 protected:
  CsvFixture() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {}

  ImportReport importText(const std::string& text, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    auto report = importFile(database_, folder_.write("in.csv", text), "t", options, job_);
    if (!report) throw std::runtime_error(report.error().message(Language::English));
    return *report;
  }
  std::string cells(const std::string& sql = "SELECT * FROM t") {
    auto rows = database_.rows(sql, job_);
    if (!rows) return rows.error().message(Language::English);
    return dumpJson(Json(rows->rows));
  }
  static std::string types(const ImportReport& report) {
    std::string out;
    for (const auto& column : report.columns)
      out += (out.empty() ? "" : " ") + column.name + ":" + column.type;
    return out;
  }
  static std::int64_t skipped(const ImportReport& report, const std::string& kind = {}) {
    std::int64_t lines = 0;
    for (const auto& one : report.skipped) lines += kind.empty() || one.kind == kind ? one.lines : 0;
    return lines;
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

}  // namespace lodestone::data
