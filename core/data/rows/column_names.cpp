// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rows/column_names.h"

#include <unordered_map>
#include <unordered_set>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

std::string oneLine(const std::string& given) {
  std::string name = toValidUtf8(given);
  for (char& c : name)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return std::string(trim(name));
}

}  // namespace

std::vector<std::string> distinctNames(const std::vector<std::string>& given, std::size_t columns) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  std::unordered_map<std::string, int> next;  // so that thousands of equal names stay cheap
  for (std::size_t i = 0; i < columns; ++i) {
    std::string name = i < given.size() ? oneLine(given[i]) : std::string();
    if (name.empty()) name = "column_" + std::to_string(i + 1);
    std::string unique = name;
    for (int& n = next.try_emplace(lowerAscii(name), 2).first->second;
         !taken.insert(lowerAscii(unique)).second; ++n)
      unique = name + "_" + std::to_string(n);
    names.push_back(std::move(unique));
  }
  return names;
}

}  // namespace lodestone::data
