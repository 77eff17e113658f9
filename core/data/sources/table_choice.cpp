// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/table_choice.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kNone{"{0} has no tables to import.", "{0} 中没有可导入的表。"};
constexpr Text kChoose{"{0} has {1} tables: {2}. Choose one as the source table.",
                       "{0} 中有 {1} 个表：{2}。请选择要导入的源表。"};
constexpr Text kUnknown{"{0} has no table '{1}'. It has {2}.", "{0} 中没有表“{1}”。现有：{2}。"};

std::string listOf(const std::vector<std::string>& tables) {
  constexpr std::size_t kTold = 40;
  std::vector<std::string> told(tables.begin(),
                                tables.begin() + static_cast<std::ptrdiff_t>(std::min(tables.size(), kTold)));
  if (tables.size() > kTold) told.emplace_back("…");
  return toValidUtf8(join(told, ", "));
}

}  // namespace

Result<std::string> chooseTable(const std::vector<std::string>& tables, const std::string& wanted,
                                const std::string& source, WithoutChoice without) {
  if (tables.empty()) return fail(ErrorCode::InvalidArgument, kNone, {source}, {.file = source});
  if (wanted.empty()) {
    if (tables.size() == 1 || without == WithoutChoice::TakeFirst) return tables.front();
    return fail(ErrorCode::InvalidArgument, kChoose, {source, std::to_string(tables.size()), listOf(tables)},
                {.file = source});
  }
  if (std::find(tables.begin(), tables.end(), wanted) != tables.end()) return wanted;
  const auto same = [&wanted](const std::string& table) { return lowerAscii(table) == lowerAscii(wanted); };
  if (std::count_if(tables.begin(), tables.end(), same) == 1)
    return *std::find_if(tables.begin(), tables.end(), same);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (error == std::errc() && end == wanted.data() + wanted.size() && number >= 1 && number <= tables.size())
    return tables[number - 1];
  return fail(ErrorCode::NotFound, kUnknown, {source, wanted, listOf(tables)},
              {.file = source, .table = wanted});
}

}  // namespace lodestone::data
