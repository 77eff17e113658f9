// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/demo/demo_shop.h"
#include "core/demo/sampler.h"

namespace lodestone::demo {

/// Dates and moments of a history as text, each day formatted once.
class Calendar {
 public:
  Calendar(std::int64_t first_day, int days);
  /// Days before the first one too.
  std::string date(int day) const;
  std::string moment(std::int64_t seconds) const;
  std::int64_t firstDay() const { return first_day_; }

 private:
  std::int64_t first_day_;
  std::vector<std::string> days_;
};

/// What dirt may do to a column's cells.
enum class Flaw {
  Missing,  ///< at random; more often in rows marked by missMore
  TrailingSpaces,
  MixedDates,      ///< a date or timestamp written in another way
  ImpossibleYear,  ///< a year of birth long ago or still to come
};
inline constexpr std::size_t kFlaws = 4;

struct ColumnPlan {
  std::string_view name;
  std::vector<Flaw> flaws = {};
  bool follows = false;  ///< from other files: a missing cell is not lost
  bool leak = false;     ///< only dirty files have it: no column of the clean table
};

/// How a file is written.
struct Dialect {
  char separator = ',';
  char decimal = '.';
  bool day_first = false;  ///< dates as 31.12.2025
  std::string_view encoding = "UTF-8";
};

/// Numbers are summed in units of their last decimal, dates in days and moments in seconds since 1970.
enum class CellKind { Text, Number, Date, Moment };

struct ColumnRecord {
  std::string_view name;
  CellKind kind = CellKind::Text;
  int decimals = 0;
  bool leak = false;
  std::int64_t missing = 0;  ///< empty in the clean table
  std::int64_t sum = 0;      ///< of the clean table
  std::int64_t lost = 0;     ///< cells whose value dirt destroyed, and no other file has
  std::int64_t lost_sum = 0;
  std::array<std::vector<std::int64_t>, kFlaws> spoiled = {};  ///< rows, by flaw
};

/// The clean table's counts and sums, and what dirt did to it. Rows count from 1, the first below the header.
struct TableRecord {
  std::string name;
  std::int64_t rows = 0;     ///< of the clean table
  std::int64_t written = 0;  ///< of the file
  Dialect dialect;
  std::vector<ColumnRecord> columns;
  std::vector<std::int64_t> duplicates;     ///< the second of two equal rows
  std::vector<std::int64_t> test_accounts;  ///< doubles included
};

/// Writes one CSV file, cell by cell: UTF-8, line feeds, quotes where RFC 4180 asks for them.
/// Under dirt some cells are spoiled and some rows written twice, out of a stream of the table's own.
/// Failures to write are kept and come out of finish().
class TableWriter {
 public:
  TableWriter(const std::filesystem::path& folder, std::string_view table, std::vector<ColumnPlan> columns,
              const DemoShopOptions& options, Dialect dialect = {});

  TableWriter& cell(std::string_view text);
  TableWriter& empty() { return cell({}); }
  TableWriter& whole(std::int64_t value) { return decimal(value, 0); }
  TableWriter& flag(bool value) { return whole(value ? 1 : 0); }
  /// "12.34" of 1234 cents.
  TableWriter& money(std::int64_t cents) { return decimal(cents, 2); }
  /// "1.234" of 1234 and 3 decimals; not negative.
  TableWriter& decimal(std::int64_t value, int decimals);
  TableWriter& date(const Calendar& calendar, int day);
  TableWriter& moment(const Calendar& calendar, std::int64_t seconds);
  /// Cells of this row go missing four times as often: not at random.
  void missMore() { miss_more_ = true; }
  /// This row is no customer's: it belongs to dirt, not to the clean table.
  void testAccount() { test_account_ = true; }
  void endRow();
  const std::filesystem::path& path() const { return path_; }
  Result<> finish();
  const TableRecord& record() const { return record_; }

 private:
  void count();
  void spoil();
  void spoilCell(std::size_t column, Flaw flaw);
  void countLost(const std::vector<bool>& was_there);
  bool lost(std::size_t column) const;
  void append();
  void flush();
  ColumnRecord& typed(CellKind kind, std::int64_t value);

  std::filesystem::path path_;
  std::vector<ColumnPlan> columns_;
  Dirt dirt_;
  double share_;
  Sampler sampler_;
  std::ofstream file_;
  std::string buffer_;
  std::vector<std::string> cells_;
  std::vector<std::int64_t> values_;
  std::size_t at_ = 0;
  bool miss_more_ = false;
  bool test_account_ = false;
  TableRecord record_;
};

/// "C000042": a letter and at least six digits, counted from 1.
std::string idOf(char letter, std::int64_t index);
/// A fixed count of decimals, rounded to the nearest: the same on every machine.
void appendFixed(std::string& out, double value, int decimals);

}  // namespace lodestone::demo
