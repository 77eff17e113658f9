// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lodestone::test {

/// A workbook by its raw parts, so that a test can write what no program would.
struct MadeWorkbook {
  struct Sheet {
    std::string name;
    std::string rows;        ///< inside <sheetData>
    std::string state = {};  ///< "hidden"
  };
  std::vector<Sheet> sheets;
  std::vector<std::string> shared = {};   ///< each inside <si>
  std::vector<std::string> formats = {};  ///< format codes; the cell style i + 1 has the i-th
  std::vector<int> built_in = {};         ///< ids; the styles behind those
  bool from_1904 = false;
  std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string prefix = {};                         ///< of all elements, with its colon
  std::map<std::string, std::string> others = {};  ///< further parts, or others in place of the made ones
};

/// Writes it as a zip.
void writeWorkbook(const std::filesystem::path& file, const MadeWorkbook& book);

}  // namespace lodestone::test
