// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lodestone::data {

enum class CellType { Text, Boolean, Integer, Real, Date, Timestamp };

/// "VARCHAR", "BOOLEAN", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP".
std::string_view sqlTypeName(CellType type);

/// How the cells of a typed column are written.
struct CellFormat {
  std::string pattern = {};  ///< dates: strptime's, empty for ISO
  char decimal = '.';        ///< numbers: '.' or ','
  char group = '\0';         ///< numbers: thousands: ',', '.', ' ', '\'', or none
  bool percent = false;      ///< numbers: "12.5 %" is 0.125
  bool currency = false;     ///< numbers: a currency's sign or code before or behind
  bool zoned = false;        ///< ISO timestamps: some have their distance from UTC behind them
  bool operator==(const CellFormat&) const = default;
  /// ISO dates and numbers such as -1234.5: what DuckDB reads by itself.
  bool plain() const { return *this == CellFormat{}; }
};

struct ColumnType {
  CellType type = CellType::Text;
  CellFormat format = {};
  bool verified = false;  ///< every cell of the file was looked at and fits: nothing need be checked any more
  bool given = false;     ///< by the user: it stays, and cells that do not fit it are rejects
  bool doubtful = false;  ///< given, and not what the cells that were looked at show
};

/// The codes (ISO 4217) that are taken for a currency beside a number; other letters are a name such as
/// SKU-1000.
const std::vector<std::string>& currencyCodes();
/// How the usual marks of absence are written (NA, n/a, null, -, ?); blanks are missing everywhere.
const std::vector<std::string>& missingMarks();
/// A cell that counts as missing in a typed column.
bool isMissing(std::string_view cell);
/// A whole number of at most 15 digits without a leading zero, or a number with a fraction or exponent.
bool isNumber(std::string_view cell);

/// The share of cells of a typed column that may fail to read.
inline constexpr double kBadCellsAllowed = 0.02;

/// What else is known of a column, for cells such as 1,234 that do not tell by themselves.
struct VoteHints {
  char decimal = '\0';  ///< '.' or ',' where it is certain for the file
  double bad_allowed = kBadCellsAllowed;
};

/// Counts what the cells of one column could be, and then says what the column is.
class TypeVote {
 public:
  TypeVote() : TypeVote(missingMarks()) {}
  /// marks: cells that mean missing, besides blanks.
  explicit TypeVote(const std::vector<std::string>& marks);

  void add(std::string_view cell);
  /// Text unless at most 2 % (or what the hints say) of the cells that are there do not fit. Dates whose day
  /// and month cannot be told apart are text, and so are whole numbers that are identifiers (leading zeros,
  /// 16 and more digits).
  ColumnType decide(const VoteHints& hints = {}) const;
  /// '.' or ',' where some cell can be read with that decimal mark alone; '\0' where none tells.
  char certainDecimal() const;
  /// Does every cell seen fit the decision as it stands? A text column with blank cells does not.
  bool unanimous() const;
  /// Blank cells longer than the usual ones, as they stand.
  const std::set<std::string>& longBlanks() const { return long_blanks_; }
  /// The marks of absence among the cells.
  const std::set<std::string>& marks() const { return marks_; }
  /// Cells that are there.
  std::int64_t there() const { return there_; }
  /// Dates, although it may not be certain which part is the month.
  bool onlyDates() const;
  /// Is the cell of no other kind than text?
  static bool isPlainText(std::string_view cell);

 private:
  static constexpr std::size_t kNumberFormats = 7;

  bool addNumber(std::string_view cell);
  void addDate(std::string_view cell);
  bool fits(std::int64_t good, double bad_allowed = kBadCellsAllowed) const;
  ColumnType decideNumber(const VoteHints& hints) const;
  ColumnType decideDate(const VoteHints& hints) const;

  const std::vector<std::string>* known_marks_;
  std::size_t longest_mark_ = 0;
  std::int64_t there_ = 0;
  std::int64_t blanks_ = 0;
  std::set<std::string> long_blanks_;
  std::set<std::string> marks_;
  std::int64_t booleans_ = 0;
  std::int64_t identifiers_ = 0;
  std::int64_t percents_ = 0;
  std::set<std::string> currencies_;
  std::array<std::int64_t, kNumberFormats> numbers_{};   // that read in each format
  std::array<std::int64_t, kNumberFormats> integers_{};  // of them, those without a fraction
  std::int64_t points_ = 0;                              // numbers that can only have a decimal point
  std::int64_t commas_ = 0;                              // numbers that can only have a decimal comma
  std::int64_t compact_dates_ = 0;                       // 20260301
  std::int64_t dates_ = 0;                               // ISO, without a time
  std::int64_t timestamps_ = 0;                          // ISO, with or without a time
  std::int64_t zoned_ = 0;                               // of these, with a distance from UTC
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t>
      by_pattern_;  // dates in other patterns: day, clock
};

}  // namespace lodestone::data
