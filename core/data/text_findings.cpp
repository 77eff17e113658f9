// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_findings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/base/text.h"
#include "core/data/cell_format.h"
#include "core/data/cell_types.h"

namespace lodestone::data {

namespace {

constexpr Text kSpaces{"Column {0} has spaces around the text in {1} of the rows ({2}).",
                       "列 {0} 有 {1} 行（{2}）的文本首尾带有空格。"};
constexpr Text kMixedCase{
    "Column {0} has {1} values, but {2} when case, width and spaces are ignored: {3} and {4} are the same.",
    "列 {0} 有 {1} 个不同的值；忽略大小写、全半角和空格后只有 {2} 个：{3} 与 {4} 相同。"};
constexpr Text kMarks{"Column {0} has a word for a missing value in {1} of the rows ({2}): {3}.",
                      "列 {0} 有 {1} 行（{2}）是表示缺失的标记：{3}。"};
constexpr Text kNumbersAsText{"Column {0} is text, but all of its cells are numbers.",
                              "列 {0} 是文本，但所有单元格都是数字。"};
constexpr Text kDatesAsText{"Column {0} is text, but all of its cells are dates.",
                            "列 {0} 是文本，但所有单元格都是日期。"};
constexpr Text kMostlyNumbers{
    "Column {0} is text, but {1} of its cells are numbers; others are not, such as {2}.",
    "列 {0} 是文本，但 {1} 的单元格是数字；其余不是，例如 {2}。"};
constexpr Text kMostlyDates{
    "Column {0} is text, but {1} of its cells are dates; others are not, such as {2}.",
    "列 {0} 是文本，但 {1} 的单元格是日期；其余不是，例如 {2}。"};
constexpr Text kYesNo{"Column {0} says yes or no in words: {1} and {2}.",
                      "列 {0} 用文字表示是或否：{1} 和 {2}。"};

constexpr double kMostCells = 0.8;  // of a type in a text column
constexpr std::size_t kMostMapped = 100;
constexpr std::size_t kShownCharacters = 40;
constexpr std::size_t kLongestDate = 40;

std::string shown(std::string_view text) {
  return '"' + shorten(text, kShownCharacters) + '"';
}

/// Cells and different values of one kind.
struct Tally {
  double cells = 0;
  std::size_t values = 0;

  void add(const Value& value) {
    cells += static_cast<double>(value.count);
    ++values;
  }
};

class TextFinder {
 public:
  TextFinder(const ColumnState& column, const ColumnValues& values, std::int64_t rows,
             std::vector<Finding>& findings)
      : column_(column), values_(values), counts_(column, values, rows), findings_(findings) {}

  void findSpaces() {
    Tally padded;
    for (const Value& value : values_.values)
      if (isWhole(value) && trim(value.text).size() != value.text.size()) padded.add(value);
    if (padded.values > 0)
      tell("spaces", kSpaces, {counts_.told(padded.cells), counts_.share(padded.cells)}, Severity::Warning,
           {{"step", "text"}, {"column", name()}, {"operation", "trim"}});
  }

  /// The most frequent spelling stands for the others.
  void findVariants() {
    if (!column_.profile.exact || values_.values.size() < 2) return;
    std::unordered_map<std::uint64_t, const Value*> best;
    for (const Value& value : values_.values) {
      if (!isWhole(value)) return;
      const Value*& place = best[value.folded];
      if (place == nullptr || value.count > place->count ||
          (value.count == place->count && value.text < place->text))
        place = &value;
    }
    std::map<std::string, std::string> variants;
    for (const Value& value : values_.values) {
      const std::string_view right = trim(best[value.folded]->text);
      if (trim(value.text) != right) variants.emplace(value.text, right);
    }
    if (variants.empty()) return;
    Json step{{"step", "text"}, {"column", name()}, {"operation", "lower"}};
    if (variants.size() <= kMostMapped) {
      step = {{"step", "map"}, {"column", name()}, {"values", Json::object()}};
      for (const auto& [from, to] : variants) step["values"][from] = to;
    }
    tell("mixed_case", kMixedCase,
         {toldCount(static_cast<double>(values_.values.size()), true),
          toldCount(static_cast<double>(best.size()), true), shown(variants.begin()->first),
          shown(variants.begin()->second)},
         Severity::Warning, std::move(step));
  }

  void findMarks() {
    Tally marked;
    std::vector<std::string> words;
    Json step{{"step", "map"}, {"column", name()}, {"values", Json::object()}};
    for (const Value& value : values_.values) {
      if (!isMark(value)) continue;
      marked.add(value);
      words.push_back(shown(value.text));
      step["values"][value.text] = nullptr;
    }
    // A lone mark may be a word: NA is Namibia's code.
    if (words.empty() || values_.values.size() == marked.values) return;
    std::sort(words.begin(), words.end());
    tell("missing_marks", kMarks,
         {counts_.told(marked.cells), counts_.share(marked.cells), join(words, ", ")}, Severity::Warning,
         std::move(step));
  }

  void findTypes() {
    Tally numbers;
    Tally fractions;
    Tally dates;
    Tally others;
    TypeVote vote;
    std::string odd;
    for (const Value& value : values_.values) {
      const std::string_view cell = trim(value.text);
      if (cell.empty() || isMark(value)) continue;
      if (isNumber(cell)) {
        numbers.add(value);
        if (cell.find_first_of(".eE") != std::string_view::npos) fractions.add(value);
      } else if (couldBeDate(cell)) {
        dates.add(value);
        vote.add(cell);
      } else {
        others.add(value);
        if (odd.empty() || value.text < odd) odd = value.text;
      }
    }
    const double all = numbers.cells + dates.cells + others.cells;
    if (all == 0) return;
    if (numbers.cells >= kMostCells * all) {
      tellType(kNumbersAsText, kMostlyNumbers, numbers.cells / all,
               odd.empty() && dates.values > 0 ? firstDate() : odd,
               {{"step", "change_type"},
                {"column", name()},
                {"type", fractions.values > 0 ? "number" : "integer"}});
    } else if (dates.cells >= kMostCells * all) {
      const ColumnType type = vote.decide();
      if (type.type != CellType::Date && type.type != CellType::Timestamp) return;
      Json step{{"step", "change_type"},
                {"column", name()},
                {"type", type.type == CellType::Date ? "date" : "timestamp"}};
      if (!type.format.pattern.empty()) step["format"] = type.format.pattern;
      tellType(kDatesAsText, kMostlyDates, dates.cells / all, odd, std::move(step));
    }
  }

  /// The words stay where they say more to a reader; a model takes either.
  void findYesNo() {
    if (!column_.profile.exact) return;
    std::string yes;
    std::string no;
    for (const Value& value : values_.values) {
      const std::string_view cell = trim(value.text);
      if (cell.empty() || isMark(value)) continue;
      const std::optional<bool> said = booleanOf(cell);
      if (!said || isNumber(cell)) return;
      std::string& word = *said ? yes : no;
      if (word.empty() || cell < word) word = cell;
    }
    if (!yes.empty() && !no.empty())
      tell("yes_no", kYesNo, {shown(yes), shown(no)}, Severity::Note,
           {{"step", "change_type"}, {"column", name()}, {"type", "boolean"}});
  }

 private:
  const std::string& name() const { return column_.info.name; }
  static bool isWhole(const Value& value) { return value.length <= kValueCharacters; }
  static bool isMark(const Value& value) {
    const auto& marks = missingMarks();
    return value.text.size() <= 8 && std::find(marks.begin(), marks.end(), trim(value.text)) != marks.end();
  }
  static bool couldBeDate(std::string_view cell) {
    return cell.size() >= 6 && cell.size() <= kLongestDate && cell[0] >= '0' && cell[0] <= '9' &&
           cell.find_first_of("-/.") != std::string_view::npos;
  }
  std::string firstDate() const {
    for (const Value& value : values_.values)
      if (couldBeDate(trim(value.text))) return value.text;
    return {};
  }

  void tellType(const Text& all, const Text& most, double part, const std::string& odd, Json step) {
    if (odd.empty()) return tell("mixed_types", all, {}, Severity::Warning, std::move(step));
    step["on_error"] = "missing";
    tell("mixed_types", most, {formatPercent(part), shown(odd)}, Severity::Warning, std::move(step));
  }

  void tell(const char* kind, const Text& text, std::vector<std::string> args, Severity severity, Json step) {
    args.insert(args.begin(), name());
    findings_.push_back({.kind = kind,
                         .column = name(),
                         .text = text,
                         .args = std::move(args),
                         .step = std::move(step),
                         .severity = severity,
                         .other = {}});
  }

  const ColumnState& column_;
  const ColumnValues& values_;
  CellCounts counts_;
  std::vector<Finding>& findings_;
};

}  // namespace

void findInTexts(const ColumnState& column, const ColumnValues& values, std::int64_t rows,
                 std::vector<Finding>& findings) {
  if (column.nature != Nature::Text) return;
  TextFinder finder(column, values, rows, findings);
  finder.findSpaces();
  finder.findVariants();
  finder.findMarks();
  finder.findTypes();
  finder.findYesNo();
}

}  // namespace lodestone::data
