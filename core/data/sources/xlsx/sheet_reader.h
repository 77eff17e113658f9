// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/data/rows/row_reader.h"
#include "core/data/sources/xlsx/shared_texts.h"
#include "core/data/sources/xlsx/workbook.h"

namespace lodestone::data {

struct SheetCell {
  int column = 0;  ///< from 0
  Cell cell;       ///< never Missing
};

/// A row as the sheet has it.
struct SheetRow {
  std::int64_t line = 0;  ///< its number in the sheet, from 1
  std::vector<SheetCell> cells;
};

/// The rows of a sheet's XML in the order in which they stand; a number that is not above the one before it
/// counts as the next. Cells without content are left out, so a row
/// may be empty; rows that the XML does not have are not told of. A cell has its formula's last value, or
/// where none was saved the formula as a text; #N/A is missing, other errors are texts.
class SheetReader {
 public:
  /// book, texts: must outlive this. file, sheet: for messages.
  SheetReader(std::unique_ptr<ByteStream> stream, const Workbook& book, const SharedTexts& texts,
              std::string file, std::string sheet)
      : stream_(std::move(stream)),
        xml_(*stream_),
        book_(book),
        texts_(texts),
        file_(std::move(file)),
        sheet_(std::move(sheet)) {}

  /// The next row, or false at the end. Texts in it are valid until the next call. Corrupt naming the place.
  Result<bool> next(SheetRow& row);
  double fraction() const { return stream_->fraction(); }

 private:
  struct OwnText {
    std::size_t cell;
    std::size_t begin;
    std::size_t length;
  };

  Result<bool> damaged(std::string_view reason = {});
  bool readRow(SheetRow& row);
  bool readCell(SheetRow& row);
  bool readContent(std::string_view type);
  bool place(std::string_view reference);
  bool addCell(SheetRow& row, std::string_view type, std::string_view style);
  void addText(SheetRow& row, std::size_t begin);
  bool addShared(SheetRow& row);
  void addNumber(SheetRow& row, std::string_view style);

  std::unique_ptr<ByteStream> stream_;
  XmlPull xml_;
  const Workbook& book_;
  const SharedTexts& texts_;
  std::string file_;
  std::string sheet_;
  std::string value_;    // of the cell at hand
  std::string formula_;  // of the cell at hand
  bool has_value_ = false;
  bool has_formula_ = false;
  std::string own_bytes_;  // texts of the row that are not shared
  std::vector<OwnText> own_texts_;
  std::int64_t line_ = 0;
  int column_ = -1;
  std::string reason_;  // of a failure that is not the XML's
};

}  // namespace lodestone::data
