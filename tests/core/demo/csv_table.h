// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::demo {

/// A CSV file in memory, as the demo shop writes them.
struct CsvTable {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;

  /// Throws std::out_of_range when there is none of that name.
  std::size_t column(std::string_view name) const;
  const std::string& at(std::size_t row, std::string_view name) const {
    return rows.at(row).at(column(name));
  }
};

/// Throws when the file is missing or a row has another count of cells than the header.
CsvTable readCsv(const std::filesystem::path& path, char separator = ',');

/// 0-based place of "C000042".
std::size_t indexOf(std::string_view id);
/// Days since 1970-01-01 of "2025-12-31" and of "2025-12-31 10:00:00".
std::int64_t dayOf(std::string_view text);

}  // namespace lodestone::demo
