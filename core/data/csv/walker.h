// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv/layout.h"
#include "core/data/csv/mending.h"
#include "core/data/csv/records.h"

namespace lodestone::data {

/// Where a row stands in its file.
struct RowPlace {
  std::int64_t offset = 0;  ///< of its first byte
  std::int64_t length = 0;  ///< bytes, the line end included
  std::int64_t line = 0;    ///< 1-based
};

/// What becomes of the records of a file.
struct WalkSink {
  std::function<void(const std::vector<CsvCell>& cells, const RowPlace& place)> row;
  std::function<void(const RowPlace& place, std::string_view text, const std::string& reason)> reject;
};

struct WalkCounts {
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  std::int64_t blank = 0;            ///< lines without anything in them, delimiters apart
  std::int64_t empty_records = 0;    ///< of them, those with delimiters
  std::int64_t footnotes = 0;        ///< lines
  std::int64_t second_table = 0;     ///< lines
  std::int64_t repeated_header = 0;  ///< lines
  std::int64_t page_lines = 0;       ///< such as "Page 2", before a header that comes again
  std::int64_t not_utf8 = 0;         ///< of those rejected
  std::int64_t mended = 0;           ///< rows that do not stand in the file as they are told

  /// Every record became a row just as it stands, or was a blank line.
  bool regular() const {
    return rejected + empty_records + footnotes + second_table + repeated_header + page_lines + mended == 0;
  }
};

/// Goes through the records of a file from its beginning and tells what each is: a row, mended where its
/// cells were in disorder, or no row, and why. The text comes in blocks, so that files of any size take
/// little memory.
class TableWalker {
 public:
  TableWalker(const CsvDialect& dialect, const CsvLayout& layout, RowMender mender, WalkSink sink);

  /// Takes the records that are whole in the text, which begins at a byte offset of the file. Returns how
  /// many bytes are done; the rest comes again with more behind it. An open quote that would make a record
  /// longer than kLongestRecord is taken for text.
  std::size_t walk(std::string_view text, std::int64_t offset, bool is_end);
  /// After the last text: decides what the last lines were.
  void finish();

  const WalkCounts& counts() const { return counts_; }

  static constexpr std::size_t kLongestRecord = std::size_t{512} << 20U;

 private:
  struct Held {
    CsvRecord record;
    RowPlace place;
    std::string text;
    bool behind_blank = false;
    bool remark = false;  // a footnote, if no rows follow; else a line of a page or of another table
  };

  bool settle(CsvRecord& record, std::string_view text, RecordReader& reader);
  void take(const CsvRecord& record, std::string_view text, const RowPlace& place);
  void takeOdd(const CsvRecord& record, std::string_view text, const RowPlace& place);
  void emit(const std::vector<CsvCell>& cells, const RowPlace& place, bool mended);
  void reject(const CsvRecord& record, std::string_view text, const RowPlace& place,
              const std::string& reason);
  void rejectBytes(const CsvRecord& record, std::string_view text, const RowPlace& place);
  void hold(const CsvRecord& record, std::string_view text, const RowPlace& place, bool remark);
  void flushHeld();
  void dropPageLines();
  bool repeatsHeader(const CsvRecord& record) const;
  bool startsSecondTable(const CsvRecord& record, std::string_view text) const;
  bool mayFollowOtherHeader(const CsvRecord& record, std::string_view text) const;
  bool looksLikeRemark(const CsvRecord& record) const;
  bool isNoFirstCell(const CsvCell& cell) const;
  bool isPageLine(const CsvRecord& record) const;
  bool mayBeOtherHeader(const CsvRecord& record, std::string_view text) const;
  bool isTypedBelowOtherHeader(const CsvRecord& record) const;
  bool isApart() const;
  bool amongRemarks() const;
  bool contradictsNumbers(const CsvRecord& record) const;
  void beginSecondTable();

  CsvDialect dialect_;
  CsvLayout layout_;
  RowMender mender_;
  WalkSink sink_;
  std::set<std::string> header_;
  WalkCounts counts_;
  std::size_t skip_;
  std::int64_t line_ = 1;
  bool behind_blank_ = false;
  bool in_second_table_ = false;
  std::optional<std::size_t> header_held_;  // which of those held may be the header of another table
  bool header_apart_ = false;               // it stands behind a blank line
  std::vector<Held> held_;  // lines that may be footnotes, until it is known whether rows follow
};

}  // namespace lodestone::data
