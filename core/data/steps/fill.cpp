// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/fill_methods.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNeedsValue{"{0}: with the method constant the parameter \"value\" must be given.",
                           "{0}：使用 constant 方法时必须给出参数“value”。"};
constexpr Text kNoGroups{"{0}: the method {1} takes no groups; leave \"by\" out.",
                         "{0}：{1} 方法不支持分组，请去掉“by”。"};
constexpr Text kNoTime{"{0}: the method {1} takes no time; leave \"time\" out.",
                       "{0}：{1} 方法不使用时间，请去掉“time”。"};

bool usesOrder(const std::string& method) {
  return method == "ffill" || method == "linear" || method == "gaussian";
}

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("column");
  if (!columns) return forward(columns);
  const std::string& method = run.parameters().text("method");
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns) {
    Result<> filled;
    if (method == "constant")
      filled = fillConstant(run, column, outcome);
    else if (method == "predicted")
      filled = fillPredicted(run, column, outcome);
    else if (method == "gaussian")
      filled = fillGaussian(run, column, outcome);
    else if (usesOrder(method))
      filled = fillInOrder(run, column, outcome);
    else
      filled = fillTypical(run, column, outcome);
    if (!filled) return forward(filled);
  }
  return outcome;
}

Result<> check(const ParameterValues& values, const std::string& owner) {
  const std::string& method = values.text("method");
  if (method == "constant" && values.text("value").empty())
    return fail(ErrorCode::InvalidArgument, kNeedsValue, {owner}, {.item = "fill"});
  if ((method == "constant" || method == "predicted") && !values.list("by").empty())
    return fail(ErrorCode::InvalidArgument, kNoGroups, {owner, method}, {.item = "fill"});
  if (!usesOrder(method) && !values.text("time").empty())
    return fail(ErrorCode::InvalidArgument, kNoTime, {owner, method}, {.item = "fill"});
  return {};
}

std::vector<Parameter> parameters() {
  return {
      {"column",
       {"Columns", "列"},
       {"The columns whose missing cells to fill.", "要填充缺失值的列。"},
       ParameterKind::ColumnList},
      {"method",
       {"Method", "方法"},
       {"What a missing cell becomes. Mean, median, linear, gaussian and predicted make whole-number columns "
        "numbers with "
        "fractions.",
        "缺失单元格填成什么。mean、median、linear、gaussian 和 predicted 会把整数列变为小数列。"},
       ParameterKind::Choice,
       "median",
       {},
       {},
       {},
       {{"mean", {"the mean", "均值"}},
        {"median", {"the median", "中位数"}},
        {"mode", {"the most frequent value; of equally frequent ones the smallest", "众数；并列时取最小值"}},
        {"constant", {"a value of your own", "指定的值"}},
        {"ffill", {"the last known value before", "前一个已知值"}},
        {"linear",
         {"a straight line between known values; nothing outside them", "已知值之间线性插值；两端以外不填"}},
        {"gaussian",
         {"a mean of known values, weighted by nearness (Gaussian kernel)",
          "按距离加权的已知值均值（高斯核）"}},
        {"predicted",
         {"what a model of the other columns predicts (ridge regression)",
          "由其他列训练的模型预测（岭回归）"}}}},
      {"value", {"Value", "值"}, {"For the method constant.", "用于 constant 方法。"}},
      {"time",
       {"Order by", "时间列"},
       {"For ffill, linear and gaussian: a column of dates, times or numbers that says where a row lies. "
        "Rows without it "
        "are left alone. Empty: the rows as they stand.",
        "用于 ffill、linear 和 "
        "gaussian：说明各行位置的日期、时间或数字列；该列缺失的行不处理。留空：按现有行序。"},
       ParameterKind::Column},
      {"bandwidth",
       {"Bandwidth", "带宽"},
       {"For gaussian: the kernel's standard deviation, in days over dates and times, in the column's own "
        "unit over "
        "numbers, else in rows. 0: three times the median distance between neighbouring known cells.",
        "用于 "
        "gaussian：核的标准差；对日期和时间以天为单位，对数字以该列自身的单位，否则以行为单位。0：相邻已知单"
        "元格间距中位数的三倍。"},
       ParameterKind::Number,
       "0",
       0.0},
      {"by",
       {"Within groups of", "分组列"},
       {"Fills each group of equal rows from its own cells: a median by city. A group without known cells "
        "stays missing.",
        "在取值相同的每一组内分别填充，例如按城市取中位数。没有已知值的组保持缺失。"},
       ParameterKind::ColumnList}};
}

}  // namespace

StepType fill() {
  return {
      .id = "fill",
      .title = {"Fill missing cells", "填充缺失值"},
      .help = {"Gives missing cells a value learned from the table, or one of your own.",
               "用从表中学得的值或指定的值填充缺失单元格。"},
      .group = StepGroup::Missing,
      .parameters = parameters(),
      .required = {"column"},
      .check = check,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
