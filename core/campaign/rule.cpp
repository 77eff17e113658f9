// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/rule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/scored_tables.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr std::string_view kScoreWord = "score";
constexpr Text kBadRule{
    "The rule cannot be read at \"{0}\". Write conditions like: score >= 0.2 and value < 54.2",
    "规则在“{0}”处无法识别。请写成这样的条件：score >= 0.2 and value < 54.2"};
constexpr Text kNoColumn{"The rule names the column {0}, which the table does not have.",
                         "规则使用了列 {0}，但表中没有该列。"};
constexpr Text kNotANumber{"The rule compares the column {0}, which holds no numbers.",
                           "规则比较的列 {0} 不是数值列。"};

bool plainWord(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

std::string columnText(const std::string& column) {
  if (column == kScoreColumn) return std::string(kScoreWord);
  const bool reserved = column == kScoreWord || column == "and" || column == "or" || column == "missing";
  if (plainWord(column) && !reserved) return column;
  return '"' + replaceAll(column, "\"", "\"\"") + '"';
}

std::string_view comparisonText(Comparison comparison) {
  return comparison == Comparison::AtLeast ? ">=" : "<";
}

/// Reads a rule's words one after the other.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(trim(text)) {}

  bool done() const { return rest_.empty(); }
  std::string where() const { return shorten(rest_, 40); }

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    const bool letters = plainWord(word);
    if (letters && rest_.size() > word.size() && plainWord(rest_.substr(word.size(), 1))) return false;
    advance(word.size());
    return true;
  }

  bool name(std::string& column) {
    if (rest_.starts_with('"')) return quotedName(column);
    std::size_t end = 0;
    while (end < rest_.size() && (plainWord(rest_.substr(0, end + 1)))) ++end;
    if (end == 0) return false;
    const std::string_view word = rest_.substr(0, end);
    column = word == kScoreWord ? std::string(kScoreColumn) : std::string(word);
    advance(end);
    return true;
  }

  bool number(double& value) {
    const std::size_t end = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
    if (!parseNumber(rest_.substr(0, end), value)) return false;
    advance(end);
    return true;
  }

 private:
  bool quotedName(std::string& column) {
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] != '"') {
        column += rest_[i];
      } else if (i + 1 < rest_.size() && rest_[i + 1] == '"') {
        column += '"';
        ++i;
      } else {
        advance(i + 1);
        return !column.empty();
      }
    }
    return false;
  }
  void advance(std::size_t count) { rest_ = trim(rest_.substr(count)); }

  std::string_view rest_;
};

bool readCondition(Reader& reader, Condition& condition) {
  const bool bracket = reader.take("(");
  if (!reader.name(condition.column)) return false;
  if (reader.take(">="))
    condition.comparison = Comparison::AtLeast;
  else if (reader.take("<"))
    condition.comparison = Comparison::Below;
  else
    return false;
  if (!reader.number(condition.value)) return false;
  if (reader.take("or")) condition.or_missing = reader.take("missing");
  return !bracket || reader.take(")");
}

}  // namespace

std::string plainNumber(double value) {
  std::array<char, 400> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

double roundSignificant(double value, int digits) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, digits - 1);
  double out = value;
  std::from_chars(buffer.data(), end.ptr, out);
  return out;
}

std::string ruleText(const Rule& rule) {
  std::vector<std::string> parts;
  for (const Condition& condition : rule) {
    std::string part = columnText(condition.column) + " " +
                       std::string(comparisonText(condition.comparison)) + " " + plainNumber(condition.value);
    if (condition.or_missing) part = "(" + part + " or missing)";
    parts.push_back(std::move(part));
  }
  return join(parts, " and ");
}

std::string ruleWords(const Rule& rule, Language language) {
  const bool chinese = language == Language::Chinese;
  std::vector<std::string> parts;
  for (const Condition& condition : rule) {
    const std::string column =
        condition.column == kScoreColumn ? (chinese ? "得分" : "score") : condition.column;
    std::string part =
        column + (condition.comparison == Comparison::AtLeast ? " ≥ " : " < ") + plainNumber(condition.value);
    if (condition.or_missing) part += chinese ? "（或缺失）" : " (or missing)";
    parts.push_back(std::move(part));
  }
  return join(parts, chinese ? " 且 " : " and ");
}

Result<Rule> parseRule(std::string_view text) {
  Reader reader(text);
  Rule rule;
  while (!reader.done()) {
    if (!rule.empty() && !reader.take("and"))
      return fail(ErrorCode::InvalidArgument, kBadRule, {reader.where()}, {.item = "audience.rule"});
    Condition condition;
    const std::string before = reader.where();
    if (!readCondition(reader, condition))
      return fail(ErrorCode::InvalidArgument, kBadRule, {before}, {.item = "audience.rule"});
    rule.push_back(std::move(condition));
  }
  if (rule.empty()) return fail(ErrorCode::InvalidArgument, kBadRule, {""}, {.item = "audience.rule"});
  return rule;
}

void setLeastScore(Rule& rule, double score) {
  for (Condition& condition : rule)
    if (condition.column == kScoreColumn && condition.comparison == Comparison::AtLeast) {
      condition.value = score;
      return;
    }
  rule.insert(rule.begin(), {kScoreColumn, Comparison::AtLeast, score});
}

Json toJson(const Rule& rule) {
  Json out = Json::array();
  for (const Condition& condition : rule) {
    Json entry = {{"column", condition.column},
                  {"op", comparisonText(condition.comparison)},
                  {"value", condition.value}};
    if (condition.or_missing) entry["or_missing"] = true;
    out.push_back(std::move(entry));
  }
  return out;
}

Result<Rule> ruleFromJson(const Json& json) {
  Rule rule;
  if (json.is_array())
    for (const Json& entry : json) {
      Condition condition{textField(entry, "column")};
      const std::string op = textField(entry, "op");
      condition.comparison = op == "<" ? Comparison::Below : Comparison::AtLeast;
      condition.value = numberField(entry, "value");
      condition.or_missing = field(entry, "or_missing") == Json(true);
      if (condition.column.empty() || (op != "<" && op != ">=") || !std::isfinite(condition.value))
        return fail(ErrorCode::InvalidArgument, kBadRule, {dumpJson(entry)}, {.item = "audience.conditions"});
      rule.push_back(std::move(condition));
    }
  if (rule.empty())
    return fail(ErrorCode::InvalidArgument, kBadRule, {dumpJson(json)}, {.item = "audience.conditions"});
  return rule;
}

Result<std::vector<std::int64_t>> matchingRows(const Frame& frame, const Rule& rule) {
  std::vector<char> holds(static_cast<std::size_t>(frame.rows), 1);
  for (const Condition& condition : rule) {
    const FrameColumn* column = frame.find(condition.column);
    if (column == nullptr)
      return fail(ErrorCode::InvalidArgument, kNoColumn, {condition.column}, {.column = condition.column});
    if (column->kind == ColumnKind::Text)
      return fail(ErrorCode::InvalidArgument, kNotANumber, {condition.column}, {.column = condition.column});
    for (std::size_t i = 0; i < holds.size(); ++i) {
      const double cell = column->numbers[i];
      const bool here = std::isnan(cell)                              ? condition.or_missing
                        : condition.comparison == Comparison::AtLeast ? cell >= condition.value
                                                                      : cell < condition.value;
      if (!here) holds[i] = 0;
    }
  }
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < holds.size(); ++i)
    if (holds[i] != 0) rows.push_back(static_cast<std::int64_t>(i));
  return rows;
}

}  // namespace lodestone::campaign
