// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/sources/xlsx/number_format.h"
#include "core/data/sources/xlsx/zip_archive.h"

namespace lodestone::data {

struct SheetEntry {
  std::string name;
  std::string part;  ///< of the archive
  bool hidden = false;
};

/// What a workbook says of itself: everything but the cells.
struct Workbook {
  std::vector<SheetEntry> sheets;  ///< in their order, those that are hidden last
  std::vector<NumberLook> styles;  ///< by a cell's style number
  bool from_1904 = false;          ///< days are counted from 1904
  std::string texts_part;          ///< the shared texts; empty: there are none
};

/// Corrupt or Unsupported naming the file.
Result<Workbook> readWorkbook(const ZipArchive& archive);

}  // namespace lodestone::data
