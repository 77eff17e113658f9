// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/fill_methods.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kLearned{"{0}: missing cells become {1}", "{0}：缺失单元格填为 {1}"};
constexpr Text kNothingKnown{"{0}: every cell is missing, so nothing is filled",
                             "{0}：所有单元格均缺失，未填充"};
constexpr Text kByGroup{"{0}: filled within {1} groups", "{0}：在 {1} 个组内分别填充"};
constexpr Text kValueDoesNotFit{"The value \"{0}\" does not fit the column {1} of {2}.",
                                "值“{0}”不符合列 {1} 的类型 {2}。"};

std::string filled(const ColumnInfo& column, const std::string& type, const std::string& value) {
  const std::string old = cell(column.name);
  return "coalesce(" + (type == column.type ? old : "CAST(" + old + " AS " + type + ")") + ", " + value + ")";
}

/// The typical value of the whole column, as a SELECT of one row.
std::string typical(const std::string& method, const ColumnInfo& column, const std::string& from) {
  const std::string value = cell(column.name);
  // favg adds up by Kahan: the same mean, to the last digits, however the rows fall to threads.
  if (method == "mean") return "SELECT favg(" + value + "::DOUBLE) AS v FROM " + from;
  if (method == "median") return "SELECT median(" + value + "::DOUBLE) AS v FROM " + from;
  return "SELECT v FROM (SELECT " + value + " AS v, count(*) AS n FROM " + from + " WHERE " + value +
         " IS NOT NULL GROUP BY 1) ORDER BY n DESC, v LIMIT 1";
}

/// The same for each group: its columns g0, g1, ... and v.
std::string typicalByGroup(const std::string& method, const ColumnInfo& column,
                           const std::vector<ColumnInfo>& by, const std::string& from) {
  const std::string value = cell(column.name);
  std::string keys;
  std::string names;
  for (std::size_t i = 0; i < by.size(); ++i) {
    const std::string name = "g" + std::to_string(i);
    keys += cell(by[i].name) + " AS " + name + ", ";
    names += name + ", ";
  }
  if (method == "mean" || method == "median")
    return "SELECT " + keys + (method == "mean" ? "favg(" : "median(") + value + "::DOUBLE) AS v FROM " +
           from + " GROUP BY ALL";
  return "SELECT " + names + "first(v ORDER BY n DESC, v) AS v FROM (SELECT " + keys + value +
         " AS v, count(*) AS n FROM " + from + " WHERE " + value + " IS NOT NULL GROUP BY ALL) GROUP BY ALL";
}

Result<> fillByGroup(StepRun& run, const ColumnInfo& column, const std::vector<ColumnInfo>& by,
                     const std::string& type, StepOutcome& outcome) {
  const std::string table = run.newTable();
  if (auto made =
          run.makeTable(table, typicalByGroup(run.parameters().text("method"), column, by, run.source()));
      !made)
    return made;
  auto groups = run.session().count("SELECT count(*) FROM " + table, run.job());
  if (!groups) return forward(groups);
  run.note(kByGroup, {column.name, std::to_string(*groups)});
  const std::string alias = quoteIdentifier("lodestone fill " + column.name);
  std::vector<std::string> same;
  for (std::size_t i = 0; i < by.size(); ++i)
    same.push_back(alias + ".g" + std::to_string(i) + " IS NOT DISTINCT FROM " + cell(by[i].name));
  outcome.join += " LEFT JOIN " + table + " AS " + alias + " ON " + join(same, " AND ");
  setCells(outcome, column.name, filled(column, type, alias + ".v"));
  return {};
}

}  // namespace

Result<> fillTypical(StepRun& run, const ColumnInfo& column, StepOutcome& outcome) {
  const std::string& method = run.parameters().text("method");
  if (method != "mode")
    if (const auto number = run.number(column.name); !number) return forward(number);
  const std::string type = method == "mode" ? column.type : "DOUBLE";
  const auto by = run.columns("by");
  if (!by) return forward(by);
  if (!by->empty()) return fillByGroup(run, column, *by, type, outcome);
  auto answer =
      run.session().rows("SELECT v::VARCHAR FROM (" + typical(method, column, run.source()) + ")", run.job());
  if (!answer) return forward(answer);
  if (answer->rows.empty() || answer->rows[0][0].is_null()) {
    run.note(kNothingKnown, {column.name});
    setCells(outcome, column.name, filled(column, type, "NULL"));
    return {};
  }
  const auto value = answer->rows[0][0].get<std::string>();
  run.note(kLearned, {column.name, shorten(value, 60)});
  setCells(outcome, column.name, filled(column, type, "CAST(" + quoteLiteral(value) + " AS " + type + ")"));
  return {};
}

Result<> fillConstant(StepRun& run, const ColumnInfo& column, StepOutcome& outcome) {
  const std::string& value = run.parameters().text("value");
  const std::string text = quoteLiteral(value);
  // 1.5 would be rounded on its way into whole numbers.
  const std::string loss =
      classOf(column.type) == ColumnClass::Integer
          ? " AND TRY_CAST(" + text + " AS DOUBLE) = trunc(TRY_CAST(" + text + " AS DOUBLE))"
          : "";
  auto fits = run.session().rows("SELECT TRY_CAST(" + text + " AS " + column.type + ") IS NOT NULL" + loss,
                                 run.job());
  if (!fits) return forward(fits);
  if (fits->rows.at(0).at(0) != Json(true))
    return fail(ErrorCode::InvalidArgument, kValueDoesNotFit, {shorten(value, 60), column.name, column.type},
                {.column = column.name});
  setCells(outcome, column.name, filled(column, column.type, "CAST(" + text + " AS " + column.type + ")"));
  return {};
}

}  // namespace lodestone::data::steps
