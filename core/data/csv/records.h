// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv/dialect.h"

namespace lodestone::data {

struct CsvCell {
  std::string text;  ///< without its quotes
  bool quoted = false;

  bool blank() const { return text.find_first_not_of(" \t\r\n") == std::string::npos; }
};

struct CsvRecord {
  std::size_t begin = 0;  ///< offset of its first byte in the text
  std::size_t end = 0;    ///< behind its line end
  std::vector<CsvCell> cells;
  std::size_t lines = 1;   ///< line ends in it, its own included
  bool blank = false;      ///< a line with nothing but spaces
  bool closed = true;      ///< false: a quote is still open at the end of the text
  bool irregular = false;  ///< a quote inside quotes without its escape
  bool spaced = false;     ///< blanks between a quote and its delimiter
  bool whole = true;       ///< false: the text ended before a line end did

  /// No cell has anything in it.
  bool empty() const;
};

/// Reads the records of a text one after the other, whatever their quotes are like. A quote opens a cell only
/// at its beginning, and closes it only where a delimiter or the end of the line follows; any other one
/// inside is text.
class RecordReader {
 public:
  RecordReader(std::string_view text, const CsvDialect& dialect, std::size_t at = 0)
      : text_(text), dialect_(dialect), at_(at) {}

  bool atEnd() const { return at_ >= text_.size(); }
  std::size_t position() const { return at_; }
  void moveTo(std::size_t position) { at_ = position; }
  /// Cells of 'record' are used again, so that reading on allocates little.
  void next(CsvRecord& record);
  /// Cells (from 0) whose quote at the beginning is taken for text; none by default, all with 'every'.
  void takeQuotesAsText(std::size_t cell, bool every = false) {
    literal_cell_ = cell;
    literal_everywhere_ = every;
  }

 private:
  /// Length of the delimiter at a position, 0 where there is none.
  std::size_t delimiterAt(std::size_t at) const;
  bool lineEndAt(std::size_t at) const;
  void skipLineEnd();
  void quotedPart(CsvCell& cell, CsvRecord& record);
  void plainPart(CsvCell& cell);
  bool closesAt(std::size_t behind, CsvRecord& record);

  std::string_view text_;
  CsvDialect dialect_;
  std::size_t at_;
  std::size_t literal_cell_ = static_cast<std::size_t>(-1);
  bool literal_everywhere_ = false;
};

/// At most so many records from the beginning of a text.
std::vector<CsvRecord> readRecords(std::string_view text, const CsvDialect& dialect,
                                   std::size_t most = static_cast<std::size_t>(-1));

}  // namespace lodestone::data
