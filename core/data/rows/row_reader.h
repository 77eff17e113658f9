// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/result.h"
#include "core/data/import.h"

namespace lodestone::data {

enum class CellKind : std::uint8_t { Missing, Boolean, Integer, Real, Date, Time, Timestamp, Text, Decimal };

/// A cell that knows what it is, as spreadsheets and databases have them.
struct Cell {
  CellKind kind = CellKind::Missing;
  /// Boolean: 0 or 1. Integer. Date: days since 1970. Time: microseconds since midnight. Timestamp:
  /// microseconds since 1970, UTC where the source has zones.
  std::int64_t whole = 0;
  double real = 0;  ///< Real
  /// Text. Decimal: a number with all of its digits, "-12.50", for columns whose numbers may be longer than
  /// DOUBLE holds.
  std::string_view text;
};

struct Row {
  std::int64_t line = 0;    ///< row of the sheet, or of the answer; 1-based
  std::vector<Cell> cells;  ///< one a name of the reader
};

/// What a column is stored as.
struct ColumnStore {
  CellKind kind = CellKind::Text;  ///< never Missing, never Decimal
  int width = 0;                   ///< above 0: DECIMAL(width, scale), and kind is Real
  int scale = 0;
  std::string format = {};  ///< dates as text: strptime's; empty: ISO
  bool operator==(const ColumnStore&) const = default;
};

/// What the source itself says of a column.
struct DeclaredColumn {
  std::optional<ColumnStore> store = {};  ///< for a column without cells, or for certain
  bool certain = false;                   ///< no cell of it is of another type
  bool likely = false;  ///< worth a first pass without a look at the beginning; the cells have the last word
};

/// A source that hands over rows one by one and can begin again: sheets, tables of databases. A new one
/// stands before the first row.
class RowReader {
 public:
  virtual ~RowReader() = default;
  /// Distinct also by DuckDB's rules. May grow while rows are read, by columns that the sheet's header does
  /// not name; then the rows want another pass.
  virtual const std::vector<std::string>& names() const = 0;
  /// One a name, or empty where the source declares nothing.
  virtual std::vector<DeclaredColumn> declared() const { return {}; }
  /// The next row, or false at the end. Texts in it are valid until the next call.
  virtual Result<bool> next(Row& row, JobContext& job) = 0;
  virtual Result<> rewind(JobContext& job) = 0;
  /// The share of the source that has been read, 0 to 1.
  virtual double fraction() const = 0;
  /// Rows of the source passed over so far.
  virtual std::vector<Skipped> skipped() const { return {}; }
  /// What was found out; complete after the last row.
  virtual Detected detected() const = 0;
};

}  // namespace lodestone::data
