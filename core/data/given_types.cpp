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

constexpr Text kNoPattern{
    "The pattern {1} for column {0} has {2}, which stands for nothing. Use %Y, %m, %d, %H, %M and %S for "
    "year, month, day, "
    "hour, minute and second, such as %d.%m.%Y.",
    "列 {0} 的格式 {1} 中的 {2} 无法识别。请用 %Y、%m、%d、%H、%M、%S 表示年、月、日、时、分、秒，如 "
    "%d.%m.%Y。"};

constexpr std::size_t kNamesTold = 400;

/// What DuckDB's strptime does not know in a type's pattern: "%Q"; empty where it knows all.
std::string_view unknownField(std::string_view type) {
  constexpr std::string_view kKnown = "aAwdbBhmyYHIpMSfgnjUWuVGcxXTzZ%";
  constexpr std::string_view kKnownBare = "dmyHIMSj";  // behind "-": without zeros in front
  for (std::size_t at = type.find('%'); at != std::string_view::npos; at = type.find('%', at + 1)) {
    const std::size_t begin = at++;
    const bool bare = at < type.size() && type[at] == '-';
    if (bare) ++at;
    const std::string_view known = bare ? kKnownBare : kKnown;
    if (at >= type.size() || known.find(type[at]) == std::string_view::npos)
      return type.substr(begin, at + 1 - begin);
  }
  return {};
}

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
    if (const std::string_view unknown = unknownField(type); !unknown.empty())
      return fail(ErrorCode::InvalidArgument, kNoPattern,
                  {column, type.substr(type.find(' ') + 1), std::string(unknown)},
                  {.file = file, .column = column});
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
