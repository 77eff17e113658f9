// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile_findings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/text.h"
#include "core/data/personal_findings.h"
#include "core/data/text_findings.h"

namespace lodestone::data {

namespace {

constexpr Text kEmpty{"Column {0} is empty.", "列 {0} 为空。"};
constexpr Text kMissing{"Column {0} lacks a value in {1} of the rows ({2}).",
                        "列 {0} 有 {1} 行（{2}）缺失。"};
constexpr Text kConstant{"Column {0} has one value only, {1}: it tells nothing.",
                         "列 {0} 只有一个值 {1}：不含信息。"};
constexpr Text kNearConstant{"{2} of the cells of column {0} are {1}: it tells little.",
                             "列 {0} 有 {2} 的单元格都是 {1}：所含信息很少。"};
constexpr Text kIdentifier{
    "Column {0} has another value in every row: it looks like an identifier. Leave it out when "
    "a model learns.",
    "列 {0} 每行的值都不同：看起来是标识符。训练模型时请排除它。"};
constexpr Text kOutliers{
    "Column {0} lies far outside the rest in {1} of the rows ({2}), below {3} or above {4}; by the robust "
    "z-score in "
    "{5}.",
    "列 {0} 有 {1} 行（{2}）远离其余数据：低于 {3} 或高于 {4}；按稳健 z 分数则有 {5} 行。"};
constexpr Text kNotFinite{"Column {0} is infinite or not a number in {1} of the rows ({2}).",
                          "列 {0} 有 {1} 行（{2}）为无穷大或非数值。"};

constexpr std::int64_t kRowsToTell = 20;
constexpr std::int64_t kRowsForShares = 100;
constexpr double kManyMissing = 0.4;
constexpr double kFewMissing = 0.05;
constexpr double kNearlyAll = 0.99;
constexpr double kFewOutliers = 0.05;
constexpr std::size_t kShownCharacters = 40;

/// Adds what is found in one column, of any type.
class ColumnFinder {
 public:
  ColumnFinder(const ColumnState& column, std::int64_t rows, std::vector<Finding>& findings)
      : column_(column), profile_(column.profile), rows_(rows), findings_(findings) {}

  void findMissing() {
    if (profile_.missing == 0) return;
    if (profile_.missing == rows_)
      return tell("missing", kEmpty, {}, Severity::Warning, dropColumnStep(profile_.name));
    const double share = static_cast<double>(profile_.missing) / static_cast<double>(rows_);
    const Severity severity = share < kFewMissing ? Severity::Note : Severity::Warning;
    tell("missing", kMissing,
         {exactly(profile_.missing), toldShare(static_cast<double>(profile_.missing), rows_)}, severity,
         share > kManyMissing && !column_.is_target ? dropColumnStep(profile_.name) : fillStep());
  }

  void findSameness() {
    const std::int64_t there = rows_ - profile_.missing;
    if (there < 2 || profile_.top.empty()) return;
    const TopValue& most = profile_.top.front();
    const std::string shown = '"' + shorten(most.value, kShownCharacters) + '"';
    if (profile_.distinct == 1)
      return tell("constant", kConstant, {shown}, Severity::Warning, dropColumnStep(profile_.name));
    const double share = static_cast<double>(most.count) / static_cast<double>(there);
    if (there >= kRowsForShares && share >= kNearlyAll && !column_.is_target)
      tell("near_constant", kNearConstant, {shown, toldShare(static_cast<double>(most.count), there)},
           Severity::Note, dropColumnStep(profile_.name));
  }

  void findIdentifier() {
    const bool may_name =
        column_.nature == Nature::Text || profile_.type == "UUID" || isWholeNumber(profile_.type);
    if (column_.unique && may_name && rows_ >= kRowsToTell)
      tell("identifier", kIdentifier, {}, Severity::Note, nullptr);
  }

  void findOutliers() {
    if (profile_.not_finite > 0 && isFloating(profile_.type))
      tell("not_finite", kNotFinite,
           {exactly(profile_.not_finite), toldShare(static_cast<double>(profile_.not_finite), rows_)},
           Severity::Problem,
           {{"step", "filter"},
            {"condition", quoteIdentifier(profile_.name) + " IS NULL OR isfinite(" +
                              quoteIdentifier(profile_.name) + ")"}});
    // What both rules find: the first alone tells of skewed columns, the second of peaked ones.
    if (!column_.outliers || column_.unique || profile_.distinct <= 2) return;
    const Outliers& outliers = *column_.outliers;
    if (outliers.far == 0 || outliers.robust == 0) return;
    const auto there = static_cast<double>(rows_ - profile_.missing);
    const double share = static_cast<double>(outliers.far) / there;
    tell("outliers", kOutliers,
         {exactly(outliers.far), toldShare(static_cast<double>(outliers.far), rows_ - profile_.missing),
          toldNumber(outliers.fences.low), toldNumber(outliers.fences.high), exactly(outliers.robust)},
         share > kFewOutliers ? Severity::Note : Severity::Warning,
         {{"step", "clip_outliers"}, {"column", profile_.name}, {"method", "iqr"}, {"factor", 3}});
  }

 private:
  static std::string exactly(std::int64_t count) { return toldCount(static_cast<double>(count), true); }

  void tell(const char* kind, const Text& text, std::vector<std::string> args, Severity severity, Json step) {
    args.insert(args.begin(), profile_.name);
    findings_.push_back({.kind = kind,
                         .column = profile_.name,
                         .text = text,
                         .args = std::move(args),
                         .step = std::move(step),
                         .severity = severity,
                         .other = {}});
  }

  /// Nothing is made up for what is to be predicted or tells rows apart: such rows go.
  Json fillStep() const {
    const bool is_key = profile_.distinct == rows_ - profile_.missing && rows_ >= kRowsToTell &&
                        column_.nature != Nature::Number && column_.nature != Nature::Time;
    if (column_.is_target || is_key || column_.nature == Nature::Other)
      return {{"step", "drop_missing_rows"}, {"columns", Json::array({profile_.name})}};
    const char* method = "mode";
    if (column_.nature == Nature::Time) method = "ffill";
    if (column_.nature == Nature::Number)
      method = column_.outliers && column_.outliers->robust > 0 ? "median" : "mean";
    return {{"step", "fill"}, {"column", profile_.name}, {"method", method}};
  }

  const ColumnState& column_;
  const ColumnProfile& profile_;
  std::int64_t rows_;
  std::vector<Finding>& findings_;
};

}  // namespace

CellCounts::CellCounts(const ColumnState& column, const ColumnValues& values, std::int64_t rows)
    : exact_(column.profile.exact), rows_(rows) {
  if (!exact_ && values.cells > 0)
    scale_ = static_cast<double>(rows - column.profile.missing) / static_cast<double>(values.cells);
}

std::string CellCounts::told(double cells) const {
  return toldCount(cells * scale_, exact_);
}

std::string CellCounts::share(double cells) const {
  return toldShare(cells * scale_, rows_);
}

Json dropColumnStep(const std::string& column) {
  return {{"step", "drop_columns"}, {"columns", Json::array({column})}};
}

std::string toldCount(double count, bool exact) {
  if (exact) return formatGrouped(count, 0);
  const double unit = count < 10 ? 1 : std::pow(10.0, std::floor(std::log10(count)) - 1);
  return "≈ " + formatGrouped(std::round(count / unit) * unit, 0);
}

std::string toldNumber(double value) {
  constexpr int kDigits = 10;
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, kDigits)
          .ptr;
  double rounded = value;
  std::from_chars(digits.data(), end, rounded);
  return formatNumber(rounded);
}

std::string toldShare(double count, std::int64_t rows) {
  const double share = count / static_cast<double>(std::max<std::int64_t>(rows, 1));
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  if (share < 1 && share > 0.9995) return "> 99.9 %";
  return formatPercent(share);
}

std::vector<Finding> findInColumn(const ColumnState& column, const ColumnValues& values, std::int64_t rows) {
  std::vector<Finding> findings;
  if (rows == 0) return findings;
  ColumnFinder finder(column, rows, findings);
  finder.findMissing();
  finder.findSameness();
  finder.findIdentifier();
  finder.findOutliers();
  findInTexts(column, values, rows, findings);
  findPersonalData(column, values, rows, findings);
  return findings;
}

}  // namespace lodestone::data
