// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files as people really have them: every file of the public collections is loaded without a hint, or refused
// by a clear error. Lines, records and cells are counted here anew, by nothing of the importer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <stdexcept>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/import.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

namespace fs = std::filesystem;
using Table = std::vector<std::vector<std::string>>;

std::vector<fs::path> filesUnder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string parent = entry.path().parent_path().filename().string();
    const bool of_the_collection = parent == "clean" || parent == "parameters" || parent == "json";
    if (entry.is_regular_file() && !of_the_collection && entry.path().extension() != ".md")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What the bytes say about lines, whatever their encoding: of UTF-16 the low bytes of ASCII.
std::string asciiOf(std::string bytes) {
  if (!bytes.starts_with("\xFF\xFE")) return bytes;
  std::string text;
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) text += bytes[i + 1] == '\0' ? bytes[i] : '?';
  return text;
}

struct Lines {
  std::int64_t all = 0;
  std::int64_t odd_quotes = 0;  ///< lines with an odd number of quotes
  /// A line break in quotes makes the line before it and a later one odd.
  bool eachIsARecord() const { return odd_quotes < 2; }
};

Lines linesOf(const std::string& text) {
  Lines lines;
  std::size_t quotes = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    quotes += c == '"' ? 1 : 0;
    const bool ends = c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (!ends && i + 1 < text.size()) continue;
    ++lines.all;
    lines.odd_quotes += quotes % 2 == 1 ? 1 : 0;
    quotes = 0;
  }
  return lines;
}

/// A CSV that follows RFC 4180 to the letter.
Table readStrictly(const std::string& text) {
  Table rows{{}};
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      cell += c;
    } else if (c != '\r') {
      rows.back().push_back(std::exchange(cell, {}));
      if (c == '\n') rows.emplace_back();
    }
  }
  rows.back().push_back(cell);
  return rows;
}

/// Cells that mean the same look the same: no blanks around them, numbers in one form, no word for missing.
std::string comparable(std::string cell) {
  const std::size_t begin = cell.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  cell = cell.substr(begin, cell.find_last_not_of(" \t\r\n") - begin + 1);
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (*end != '\0') return cell;
  std::array<char, 40> number{};
  std::snprintf(number.data(), number.size(), "%.15g", value);
  return number.data();
}

std::multiset<std::vector<std::string>> comparableRows(const Table& rows) {
  std::multiset<std::vector<std::string>> out;
  for (std::vector<std::string> row : rows) {
    for (std::string& cell : row) cell = comparable(std::move(cell));
    while (!row.empty() && row.back().empty()) row.pop_back();
    if (!row.empty()) out.insert(std::move(row));
  }
  return out;
}

/// Of the rows of both, the share that both have.
double agreement(const Table& got, const Table& wanted) {
  const auto a = comparableRows(got);
  const auto b = comparableRows(wanted);
  if (a.empty() && b.empty()) return 1;
  std::vector<std::vector<std::string>> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return 2 * static_cast<double>(both.size()) / static_cast<double>(a.size() + b.size());
}

class CorpusTest : public testing::Test {
 protected:
  CorpusTest() : database_(std::move(*Database::open(folder_ / "data.duckdb"))) {}

  Result<ImportReport> import(const fs::path& file, Types types = Types::Detect) {
    ImportOptions options;
    options.types = types;
    options.on_existing = OnExisting::Replace;
    return importFile(database_, file, "t", options, job_);
  }
  Table tableAsText() {
    auto answer = database_.rows("SELECT * FROM t", job_);
    if (!answer) throw std::runtime_error(answer.error().message(Language::English));
    Table rows;
    for (const auto& row : answer->rows) {
      rows.emplace_back();
      for (const Json& cell : row) rows.back().push_back(cell.is_null() ? "" : cell.get<std::string>());
    }
    return rows;
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

TEST_F(CorpusTest, EveryFileLoadsOrIsRefusedByAClearError) {
  const auto messy = test::sharedFile("data/messy-csv");
  const auto formats = test::sharedFile("data/formats");
  LODESTONE_NEEDS(messy);
  LODESTONE_NEEDS(formats);
  std::size_t loaded = 0;
  for (const fs::path& folder : {messy, formats})
    for (const fs::path& file : filesUnder(folder)) {
      const auto report = import(file);
      if (!report) {
        const Error& error = report.error();
        // An empty file, a database or archive of which something must be chosen, a format that is not read.
        EXPECT_TRUE(error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::Unsupported) << file;
        EXPECT_THAT(error.message(Language::English), testing::HasSubstr(file.filename().string()));
        EXPECT_THAT(error.message(Language::Chinese), testing::HasSubstr(file.filename().string()));
        continue;
      }
      ++loaded;
      const auto count = database_.rows("SELECT count(*) FROM t", job_);
      ASSERT_TRUE(count) << file;
      EXPECT_EQ(count->rows[0][0].get<std::int64_t>(), report->rows) << file;
      EXPECT_EQ(static_cast<std::int64_t>(rejects(database_, {"t"})->size()), report->rejected) << file;
      EXPECT_LE(50 * report->rejected, report->rows + report->rejected) << file << ": more than 2 %";
    }
  EXPECT_GT(loaded, 80U);
}

TEST_F(CorpusTest, HeaderRowsRejectedAndSkippedLinesAreAllLines) {
  const auto messy = test::sharedFile("data/messy-csv");
  LODESTONE_NEEDS(messy);
  std::size_t counted = 0;
  for (const fs::path& file : filesUnder(messy)) {
    if (file.extension() != ".csv" && file.extension() != ".CSV" && file.extension() != ".txt") continue;
    const std::string text = asciiOf(*readFile(file));
    const Lines lines = linesOf(text);
    const auto report = import(file);
    if (!report) {
      EXPECT_TRUE(text.empty()) << file << report.error().message(Language::English);
      continue;
    }
    std::int64_t told = report->detected.header_lines + report->rows + report->rejected;
    for (const Skipped& skipped : report->skipped) told += skipped.lines;
    if (lines.eachIsARecord()) {
      ++counted;
      EXPECT_EQ(told, lines.all) << file;
    } else {
      EXPECT_LE(told, lines.all) << file;
      EXPECT_GE(told + lines.odd_quotes, lines.all / 2) << file;
    }
  }
  EXPECT_GT(counted, 60U);
}

TEST_F(CorpusTest, CellsAreThoseOfTheSpectrum) {
  const auto folder = test::sharedFile("data/messy-csv/csv-spectrum");
  LODESTONE_NEEDS(folder);
  for (const fs::path& file : filesUnder(folder / "csvs")) {
    const auto wanted = parseJson(*readFile(folder / "json" / file.stem().concat(".json")), file.string());
    ASSERT_TRUE(wanted) << file;
    if (!wanted->is_array()) continue;  // the answer to another file
    const auto report = import(file, Types::AllText);
    ASSERT_TRUE(report) << file;
    const Table rows = tableAsText();
    ASSERT_EQ(rows.size(), wanted->size()) << file;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Json row = Json::object();
      for (std::size_t column = 0; column < report->columns.size(); ++column)
        row[report->columns[column].name] = rows[i][column];
      EXPECT_EQ(row, (*wanted)[i]) << file << " row " << i;
    }
  }
}

TEST_F(CorpusTest, RowsAreThoseOfTheCleanFiles) {
  for (const auto& [name, least] : {std::pair{"survey_sample", 0.99}, std::pair{"polluted_files", 0.999}}) {
    const auto folder = test::sharedFile(std::string("data/messy-csv/pollock/") + name);
    LODESTONE_NEEDS(folder);
    double sum = 0;
    double files = 0;
    for (const fs::path& file : filesUnder(folder / "csv")) {
      if (fs::file_size(file) == 0) continue;
      Table wanted = readStrictly(*readFile(folder / "clean" / file.filename()));
      wanted.erase(wanted.begin());
      const auto report = import(file, Types::AllText);
      ASSERT_TRUE(report) << file << report.error().message(Language::English);
      const double agree = agreement(tableAsText(), wanted);
      EXPECT_GT(agree, 0.9) << file;
      sum += agree;
      ++files;
    }
    EXPECT_GT(sum / files, least) << name;
  }
}

}  // namespace
}  // namespace lodestone::data
