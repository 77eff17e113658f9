// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/outlier_bounds.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kBounds{"{0}: bounds {1} and {2}", "{0}：界限为 {1} 和 {2}"};
constexpr Text kNoSpread{
    "{0}: more than half of the cells are equal, so the MAD is 0 and gives no bounds. The method iqr or "
    "quantile may "
    "do.",
    "{0}：超过一半的值相同，MAD 为 0，无法给出界限。可改用 iqr 或 quantile 方法。"};
constexpr Text kNothing{"{0}: every cell is missing, so there are no bounds",
                        "{0}：所有单元格均缺失，没有界限"};
constexpr Text kNotAShare{
    "{0}: with the method quantile the parameter \"factor\" is a share below 0.5, not {1}.",
    "{0}：使用 quantile 方法时，参数“factor”是小于 0.5 的比例，而不是 {1}。"};

/// One standard deviation of a normal distribution is its MAD divided by this.
constexpr double kMadOfNormal = 0.6745;

double factorOf(const ParameterValues& values) {
  if (!values.text("factor").empty()) return values.number("factor");
  const std::string& method = values.text("method");
  return method == "iqr" ? 1.5 : method == "robust_z" ? 3.5 : 0.01;
}

}  // namespace

std::vector<Parameter> outlierParameters() {
  return {{"column", {"Column", "列"}, {"A column of numbers.", "数字列。"}, ParameterKind::Column},
          {"method",
           {"Outliers are", "离群值判定"},
           {"What counts as an outlier.", "哪些值视为离群值。"},
           ParameterKind::Choice,
           "iqr",
           {},
           {},
           {},
           {{"iqr", {"beyond the quartiles by so many interquartile ranges", "超出四分位数若干倍四分位距"}},
            {"robust_z", {"away from the median by so many robust deviations", "偏离中位数若干倍稳健标准差"}},
            {"quantile", {"the lowest and highest share", "最低和最高的一部分"}}}},
          {"factor",
           {"Factor", "系数"},
           {"How many, or the share at each end. Empty: 1.5 interquartile ranges, 3.5 robust deviations, a "
            "share of "
            "0.01.",
            "倍数，或两端各自的比例。留空：1.5 倍四分位距、3.5 倍稳健标准差、0.01 的比例。"},
           ParameterKind::Number,
           "",
           0.0,
           1e6}};
}

Result<> checkOutliers(const ParameterValues& values, const std::string& owner) {
  if (values.text("method") != "quantile" || factorOf(values) < 0.5) return {};
  return fail(ErrorCode::InvalidArgument, kNotAShare, {owner, values.text("factor")});
}

Result<Bounds> outlierBounds(StepRun& run, const ColumnInfo& column) {
  const std::string& method = run.parameters().text("method");
  const double factor = factorOf(run.parameters());
  const std::string value = cell(column.name) + "::DOUBLE";
  std::string figures = "median(" + value + "), mad(" + value + ")";
  if (method == "iqr") figures = "quantile_cont(" + value + ", 0.25), quantile_cont(" + value + ", 0.75)";
  if (method == "quantile")
    figures = "quantile_cont(" + value + ", " + realLiteral(factor) + "), quantile_cont(" + value + ", " +
              realLiteral(1 - factor) + ")";
  const auto answer = run.numbers("SELECT " + figures + " FROM " + run.source());
  if (!answer) return forward(answer);
  const double first = (*answer)[0].at(0);
  const double second = (*answer)[1].at(0);
  if (std::isnan(first) || std::isnan(second)) {
    run.note(kNothing, {column.name});
    return Bounds{};
  }
  Bounds bounds{first, second};
  if (method == "iqr") bounds = {first - factor * (second - first), second + factor * (second - first)};
  if (method == "robust_z") {
    if (second == 0) {
      run.note(kNoSpread, {column.name});
      return Bounds{};
    }
    bounds = {first - factor * second / kMadOfNormal, first + factor * second / kMadOfNormal};
  }
  run.note(kBounds, {column.name, formatNumber(*bounds.low), formatNumber(*bounds.high)});
  return bounds;
}

}  // namespace lodestone::data::steps
