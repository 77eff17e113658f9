// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv/shapes.h"

namespace lodestone::data {

/// Puts the cells of records of the wrong width where they belong, if there is only one way to do it.
class RowMender {
 public:
  RowMender(CsvDialect dialect, std::vector<ColumnShape> shapes)
      : dialect_(std::move(dialect)), shapes_(std::move(shapes)) {}

  /// The record's cells where the shapes of the columns leave only one way to place them.
  std::optional<std::vector<CsvCell>> place(const CsvRecord& record, std::string_view text) const;
  /// As many cells as there are columns; nothing when the record is too long and it is not certain which
  /// cells it should have. Short records that no certain change completes end in missing cells.
  std::optional<std::vector<CsvCell>> mend(const CsvRecord& record, std::string_view text) const;
  /// The first line alone, read with some quotes taken for text or with a delimiter that got lost beside a
  /// quote, when that gives it the right width.
  std::optional<CsvRecord> firstLine(std::string_view text, std::size_t begin) const;

  const std::vector<ColumnShape>& shapes() const { return shapes_; }

 private:
  std::optional<std::vector<CsvCell>> byShapes(const std::vector<CsvCell>& cells,
                                               const std::string& delimiter) const;
  std::optional<std::vector<CsvCell>> inOtherDialect(const CsvRecord& record, std::string_view text) const;
  /// All of a record in quotes, as if it were a single cell.
  std::optional<std::vector<CsvCell>> inQuotes(const CsvRecord& record) const;

  std::optional<CsvRecord> readLine(std::string_view line, const CsvDialect& dialect, std::size_t literal,
                                    bool every) const;
  std::optional<CsvRecord> quotesAsText(const std::string& line) const;
  std::optional<CsvRecord> delimiterAtQuote(const std::string& line) const;

  CsvDialect dialect_;
  std::vector<ColumnShape> shapes_;
};

}  // namespace lodestone::data
