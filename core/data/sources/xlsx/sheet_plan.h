// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/sources/xlsx/sheet_reader.h"

namespace lodestone::data {

/// A row that owns its texts; may be moved.
struct KeptRow {
  SheetRow row;
  std::vector<char> bytes;
};
KeptRow keep(const SheetRow& row);

/// Where the table stands in a sheet, as its beginning shows it.
struct SheetPlan {
  std::int64_t first_header = 0;  ///< row of the sheet; 0: there is no header
  std::int64_t last_header = 0;
  std::int64_t first_data = 1;     ///< rows in front of it are preamble, header or blank
  std::vector<int> columns;        ///< of the sheet, ascending: named ones and those with cells
  std::vector<std::string> given;  ///< their names as they stand
  std::vector<CellKind> kinds;     ///< what their cells are
};

/// rows: the sheet's first ones that are not blank. What the options leave open is found out: rows above the
/// table are those with less than half as many cells as its rows; the header is text above other kinds, or
/// all of distinct texts, or a run of years or days; it goes on while rows of texts alone stand above columns
/// of another kind. Names of several rows are joined by a blank; a label that spans columns counts for each.
SheetPlan planSheet(const std::vector<KeptRow>& rows, const ImportOptions& options);

/// Might the row be a note rather than data: one text and nothing else?
bool isNote(const SheetRow& row);

/// Does the row look like the header of another table: texts alone, at least two, different ones, also where
/// the plan's columns hold no texts?
bool startsAnotherTable(const SheetRow& row, const SheetPlan& plan);

}  // namespace lodestone::data
