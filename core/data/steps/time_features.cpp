// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNoSuchFeature{"{0}: the parameter \"features\" may list {1}, not \"{2}\".",
                              "{0}：参数“features”可取 {1}，而不是“{2}”。"};
constexpr Text kNeedsHolidays{
    "{0}: for holidays the parameter \"holidays\" must name a table of their dates.",
    "{0}：要标记节假日，必须用参数“holidays”指定节假日日期表。"};
constexpr Text kNoDates{"The table {0} has no column of dates. Its columns are: {1}.",
                        "表 {0} 没有日期列。现有的列：{1}。"};

struct Feature {
  std::string_view id;
  std::string_view before;  ///< SQL around the moment
  std::string_view after;
};

constexpr std::array<Feature, 8> kFeatures{{
    {"weekday", "isodow(", ")"},
    {"weekend", "(isodow(", ") >= 6)"},
    {"day", "day(", ")"},
    {"week", "week(", ")"},
    {"month", "month(", ")"},
    {"quarter", "quarter(", ")"},
    {"year", "year(", ")"},
    {"hour", "hour(", ")"},
}};

/// The dates of the table of holidays, as a condition on a date.
Result<std::string> holidayDates(StepRun& run) {
  const TableName table{run.parameters().text("holidays")};
  auto prepared = run.session().prepare("SELECT * FROM " + quoted(table));
  if (!prepared) return forward(prepared);
  const std::vector<ColumnInfo> columns = columnsOf(*prepared);
  const auto dates = std::find_if(columns.begin(), columns.end(), isMoment);
  if (dates != columns.end())
    return "SELECT CAST(h." + quoteIdentifier(dates->name) + " AS DATE) FROM " + quoted(table) +
           " AS h WHERE h." + quoteIdentifier(dates->name) + " IS NOT NULL";
  std::vector<std::string> names;
  for (const ColumnInfo& column : columns) names.push_back(column.name);
  return fail(ErrorCode::InvalidArgument, kNoDates, {table.name, join(names, ", ")}, {.table = table.name});
}

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.moment(run.parameters().text("column"));
  if (!column) return forward(column);
  StepOutcome outcome = run.unchanged();
  const std::string moment = cell(column->name);
  for (const std::string& id : run.parameters().list("features")) {
    const auto feature =
        std::find_if(kFeatures.begin(), kFeatures.end(), [&](const Feature& f) { return f.id == id; });
    if (feature != kFeatures.end()) {
      const std::string value = classOf(column->type) == ColumnClass::Date && id == "hour"
                                    ? "CAST(" + moment + " AS TIMESTAMP)"
                                    : moment;
      putColumn(outcome, column->name + "_" + id,
                std::string(feature->before) + value + std::string(feature->after));
      continue;
    }
    const auto dates = holidayDates(run);
    if (!dates) return forward(dates);
    putColumn(outcome, column->name + "_" + id, "(CAST(" + moment + " AS DATE) IN (" + *dates + "))");
    outcome.ordered = false;
  }
  return outcome;
}

Result<> check(const ParameterValues& values, const std::string& owner) {
  std::vector<std::string> ids;
  for (const Feature& feature : kFeatures) ids.emplace_back(feature.id);
  ids.emplace_back("holiday");
  for (const std::string& id : values.list("features")) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      return fail(ErrorCode::InvalidArgument, kNoSuchFeature, {owner, join(ids, ", "), shorten(id, 60)},
                  {.item = "time_features"});
    if (id == "holiday" && values.text("holidays").empty())
      return fail(ErrorCode::InvalidArgument, kNeedsHolidays, {owner}, {.item = "time_features"});
  }
  return {};
}

}  // namespace

StepType timeFeatures() {
  return {
      .id = "time_features",
      .title = {"Time features", "时间特征"},
      .help =
          {"Adds columns that say what kind of moment a date or time is, named after the column: day_weekday "
           "(Monday "
           "is 1), day_weekend, day_week (ISO 8601), day_hour, day_holiday.",
           "新增说明日期或时间特征的列，以原列名命名：day_weekday（星期一为 1）、day_weekend、day_week（ISO "
           "8601）、day_hour、day_holiday。"},
      .group = StepGroup::Columns,
      .parameters = {{"column",
                      {"Column", "列"},
                      {"A column of dates or times.", "日期或时间列。"},
                      ParameterKind::Column},
                     {"features",
                      {"Features", "特征"},
                      {"weekday, weekend, day, week, month, quarter, year, hour, holiday.",
                       "weekday、weekend、day、week、month、quarter、year、hour、holiday。"},
                      ParameterKind::List,
                      "weekday,weekend,day,week,month,quarter,hour"},
                     {"holidays",
                      {"Table of holidays", "节假日表"},
                      {"A table whose first column of dates lists the holidays.",
                       "其第一个日期列列出节假日的表。"},
                      ParameterKind::Table}},
      .required = {"column", "features"},
      .check = check,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
