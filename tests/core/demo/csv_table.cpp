// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/csv_table.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/base/file.h"
#include "core/base/time.h"

namespace lodestone::demo {

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::out_of_range("no column " + std::string(name));
  return static_cast<std::size_t>(found - names.begin());
}

CsvTable readCsv(const std::filesystem::path& path, char separator) {
  const std::string bytes = readFile(path).value();
  CsvTable table;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (const char c : bytes) {
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != separator && c != '\n')) {
      row.back() += c;
    } else if (c == separator) {
      row.emplace_back();
    } else if (table.names.empty()) {
      table.names = std::exchange(row, std::vector<std::string>(1));
    } else {
      if (row.size() != table.names.size()) throw std::runtime_error("a row of another width");
      table.rows.push_back(std::exchange(row, std::vector<std::string>(1)));
    }
  }
  return table;
}

std::size_t indexOf(std::string_view id) {
  return std::stoul(std::string(id.substr(1))) - 1;
}

std::int64_t dayOf(std::string_view text) {
  std::int64_t day = 0;
  if (!parseDate(text.substr(0, 10), day)) throw std::runtime_error("no date: " + std::string(text));
  return day;
}

}  // namespace lodestone::demo
