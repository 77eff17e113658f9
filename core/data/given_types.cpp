// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/given_types.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kNotInFile{"A type is given for the column {1}, but {0} has no such column. It has {2}.",
                          "为列 {1} 指定了类型，但 {0} 中没有该列。现有列：{2}。"};
constexpr Text kNotInAny{
    "A type is given for the column {0}, but none of the {1} files has such a column. They have {2}.",
    "为列 {0} 指定了类型，但 {1} 个文件中都没有该列。现有列：{2}。"};

constexpr std::size_t kNamesTold = 400;

std::vector<std::string>::const_iterator find(const std::vector<std::string>& names,
                                              const std::string& wanted) {
  const auto exact = std::find(names.begin(), names.end(), wanted);
  if (exact != names.end()) return exact;
  return std::find_if(names.begin(), names.end(),
                      [&](const std::string& name) { return lowerAscii(name) == lowerAscii(wanted); });
}

}  // namespace

Result<std::map<std::size_t, std::string>> givenTypes(const std::vector<std::string>& names,
                                                      const ImportOptions& options, const std::string& file) {
  std::map<std::size_t, std::string> types;
  for (const auto& [column, type] : options.column_types) {
    const auto found = find(names, column);
    if (found != names.end())
      types[static_cast<std::size_t>(found - names.begin())] = type;
    else if (options.stray_types == StrayTypes::Fail)
      return fail(ErrorCode::InvalidArgument, kNotInFile,
                  {file, column, shorten(join(names, ", "), kNamesTold)}, {.file = file, .column = column});
  }
  return types;
}

Result<> mustHaveGivenColumns(const std::vector<std::string>& names, const ImportOptions& options,
                              std::size_t files) {
  for (const auto& [column, type] : options.column_types)
    if (find(names, column) == names.end())
      return fail(ErrorCode::InvalidArgument, kNotInAny,
                  {column, std::to_string(files), shorten(join(names, ", "), kNamesTold)},
                  {.column = column});
  return {};
}

}  // namespace lodestone::data
