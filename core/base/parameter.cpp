// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parameter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lodestone {

namespace {

constexpr Text kUnknown{"{0} has no parameter \"{1}\". It has: {2}.", "{0} 没有参数“{1}”。可用的参数：{2}。"};
constexpr Text kNotNumber{"{0}: the parameter \"{1}\" must be a number; \"{2}\" is not one.",
                          "{0}：参数“{1}”必须是数字，“{2}”不是数字。"};
constexpr Text kNotInteger{"{0}: the parameter \"{1}\" must be a whole number; \"{2}\" is not one.",
                           "{0}：参数“{1}”必须是整数，“{2}”不是整数。"};
constexpr Text kNotFlag{"{0}: the parameter \"{1}\" must be true or false, not \"{2}\".",
                        "{0}：参数“{1}”必须是 true 或 false，而不是“{2}”。"};
constexpr Text kNotChoice{"{0}: the parameter \"{1}\" must be one of {3}, not \"{2}\".",
                          "{0}：参数“{1}”必须是 {3} 之一，而不是“{2}”。"};
constexpr Text kTooSmall{"{0}: the parameter \"{1}\" must be at least {3}, not {2}.",
                         "{0}：参数“{1}”不能小于 {3}（现在是 {2}）。"};
constexpr Text kTooLarge{"{0}: the parameter \"{1}\" must be at most {3}, not {2}.",
                         "{0}：参数“{1}”不能大于 {3}（现在是 {2}）。"};

std::string_view kindName(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::Integer:
      return "integer";
    case ParameterKind::Number:
      return "number";
    case ParameterKind::Flag:
      return "flag";
    case ParameterKind::Choice:
      return "choice";
    case ParameterKind::String:
      return "string";
    case ParameterKind::Column:
      return "column";
    case ParameterKind::ColumnList:
      return "columns";
    case ParameterKind::Table:
      return "table";
    case ParameterKind::Sql:
      return "sql";
    case ParameterKind::List:
      return "list";
    case ParameterKind::Pairs:
      return "pairs";
  }
  return "string";
}

Result<> checkNumber(const Parameter& parameter, const std::string& value, const std::string& owner) {
  double parsed = 0;
  const bool whole = parameter.kind == ParameterKind::Integer;
  if (!parseNumber(value, parsed) || (whole && (parsed != std::floor(parsed) || std::fabs(parsed) > 9e15)))
    return fail(ErrorCode::InvalidArgument, whole ? kNotInteger : kNotNumber, {owner, parameter.id, value});
  if (parameter.minimum && parsed < *parameter.minimum)
    return fail(ErrorCode::InvalidArgument, kTooSmall,
                {owner, parameter.id, value, formatNumber(*parameter.minimum)});
  if (parameter.maximum && parsed > *parameter.maximum)
    return fail(ErrorCode::InvalidArgument, kTooLarge,
                {owner, parameter.id, value, formatNumber(*parameter.maximum)});
  return {};
}

Result<> checkValue(const Parameter& parameter, const std::string& value, const std::string& owner) {
  switch (parameter.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Number:
      return checkNumber(parameter, value, owner);
    case ParameterKind::Flag:
      if (value != "true" && value != "false")
        return fail(ErrorCode::InvalidArgument, kNotFlag, {owner, parameter.id, value});
      return {};
    case ParameterKind::Choice: {
      std::vector<std::string> ids;
      for (const ParameterChoice& choice : parameter.choices) ids.push_back(choice.id);
      if (std::find(ids.begin(), ids.end(), value) == ids.end())
        return fail(ErrorCode::InvalidArgument, kNotChoice, {owner, parameter.id, value, join(ids, ", ")});
      return {};
    }
    default:
      return {};
  }
}

const std::string kEmpty;

}  // namespace

const std::string& ParameterValues::text(std::string_view id) const {
  const auto found = values_.find(std::string(id));
  return found == values_.end() ? kEmpty : found->second;
}

double ParameterValues::number(std::string_view id) const {
  double value = 0;
  parseNumber(text(id), value);
  return value;
}

std::int64_t ParameterValues::integer(std::string_view id) const {
  return std::llround(number(id));
}
bool ParameterValues::flag(std::string_view id) const {
  return text(id) == "true";
}
std::vector<std::string> ParameterValues::list(std::string_view id) const {
  return splitList(text(id));
}

std::vector<Pair> ParameterValues::pairs(std::string_view id) const {
  return splitPairs(text(id));
}

Result<ParameterValues> checkParameters(const std::vector<Parameter>& parameters,
                                        const std::map<std::string, std::string>& given,
                                        const std::string& owner) {
  std::map<std::string, std::string> values;
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) {
    values[parameter.id] = parameter.default_value;
    names.push_back(parameter.id);
  }
  for (const auto& [id, value] : given) {
    const auto parameter = std::find_if(parameters.begin(), parameters.end(),
                                        [&wanted = id](const Parameter& p) { return p.id == wanted; });
    if (parameter == parameters.end())
      return fail(ErrorCode::InvalidArgument, kUnknown, {owner, id, join(names, ", ")});
    if (auto ok = checkValue(*parameter, value, owner); !ok) return forward(ok);
    values[id] = value;
  }
  return ParameterValues(std::move(values));
}

std::string joinList(const std::vector<std::string>& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) {
    const bool plain = item.find_first_of(",\"") == std::string::npos && trim(item) == item && !item.empty();
    quoted.push_back(plain ? item : "\"" + replaceAll(item, "\"", "\"\"") + "\"");
  }
  return join(quoted, ",");
}

std::vector<std::string> splitList(std::string_view text) {
  std::vector<std::string> items;
  std::size_t i = 0;
  while (i < text.size()) {
    while (i < text.size() && text[i] == ' ') ++i;
    std::string item;
    if (i < text.size() && text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"') {
          if (i + 1 >= text.size() || text[i + 1] != '"') break;
          ++i;
        }
        item += text[i];
      }
      i = std::min(text.find(',', i), text.size());
      items.push_back(item);
    } else {
      const std::size_t end = std::min(text.find(',', i), text.size());
      item = trim(text.substr(i, end - i));
      if (!item.empty()) items.push_back(item);
      i = end;
    }
    ++i;
  }
  return items;
}

std::string joinPairs(const std::vector<Pair>& pairs) {
  std::vector<std::string> items;
  for (const auto& [from, to] : pairs) {
    std::string item = replaceAll(replaceAll(from, "\\", "\\\\"), "=", "\\=");
    if (to) item += "=" + *to;
    items.push_back(std::move(item));
  }
  return joinList(items);
}

std::vector<Pair> splitPairs(std::string_view text) {
  std::vector<Pair> pairs;
  for (const std::string& item : splitList(text)) {
    Pair pair;
    std::size_t i = 0;
    for (; i < item.size() && item[i] != '='; ++i) {
      if (item[i] == '\\' && i + 1 < item.size()) ++i;
      pair.first += item[i];
    }
    if (i < item.size()) pair.second = item.substr(i + 1);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

Json toJson(const Text& text) {
  return {{"en", text.in(Language::English)}, {"zh_CN", text.in(Language::Chinese)}};
}

Json toJson(const Parameter& parameter) {
  Json json = {{"id", parameter.id},
               {"title", toJson(parameter.title)},
               {"help", toJson(parameter.help)},
               {"kind", kindName(parameter.kind)},
               {"default", parameter.default_value}};
  if (parameter.minimum) json["minimum"] = number(*parameter.minimum);
  if (parameter.maximum) json["maximum"] = number(*parameter.maximum);
  if (!parameter.unit.empty()) json["unit"] = parameter.unit;
  if (!parameter.choices.empty()) {
    json["choices"] = Json::array();
    for (const ParameterChoice& choice : parameter.choices)
      json["choices"].push_back({{"id", choice.id}, {"title", toJson(choice.title)}});
  }
  return json;
}

}  // namespace lodestone
