// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// What dirt may do to a column's cells.
enum class Flaw {
  None,
  Missing,  ///< at random; more often in rows marked by missMore
  TrailingSpaces,
  MixedDates,      ///< a date or timestamp written in another way
  ImpossibleYear,  ///< a year of birth long ago or still to come
};

struct ColumnPlan {
  std::string_view name;
  std::vector<Flaw> flaws = {};
};

/// Writes one CSV file, cell by cell: UTF-8, line feeds, quotes where RFC 4180 asks for them.
/// Under dirt some cells are spoiled and some rows written twice, out of a stream of the table's own.
/// Failures to write are kept and come out of finish().
class TableWriter {
 public:
  TableWriter(const std::filesystem::path& folder, std::string_view table, std::vector<ColumnPlan> columns,
              const DemoShopOptions& options);

  TableWriter& cell(std::string_view text);
  TableWriter& whole(std::int64_t value);
  TableWriter& flag(bool value) { return cell(value ? "1" : "0"); }
  /// "12.34" of 1234 cents.
  TableWriter& money(std::int64_t cents);
  /// Cells of this row go missing four times as often: not at random.
  void missMore() { miss_more_ = true; }
  void endRow();
  /// Written, doubles included.
  std::int64_t rows() const { return rows_; }
  const std::filesystem::path& path() const { return path_; }
  Result<> finish();

 private:
  void spoil();
  void spoilCell(std::string& cell, Flaw flaw);
  void append();
  void flush();

  std::filesystem::path path_;
  std::vector<ColumnPlan> columns_;
  Dirt dirt_;
  double share_;
  Sampler sampler_;
  std::ofstream file_;
  std::string buffer_;
  std::vector<std::string> cells_;
  std::size_t at_ = 0;
  bool miss_more_ = false;
  std::int64_t rows_ = 0;
};

/// "C000042": a letter and at least six digits, counted from 1.
std::string idOf(char letter, std::int64_t index);
/// A fixed count of decimals, rounded to the nearest: the same on every machine.
void appendFixed(std::string& out, double value, int decimals);

/// Dates and moments of a history as text, each day formatted once.
class Calendar {
 public:
  Calendar(std::int64_t first_day, int days);
  /// Days before the first one too.
  std::string date(int day) const;
  std::string moment(std::int64_t seconds) const;

 private:
  std::int64_t first_day_;
  std::vector<std::string> days_;
};

}  // namespace lodestone::demo
