// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNeedsExpression{"The figure {0} needs an expression such as sum(price).",
                                "统计量 {0} 需要表达式，例如 sum(price)。"};
constexpr Text kTwoOfAName{"Two columns would be called {0}. Choose another name.",
                           "将有两列同名：{0}。请换一个名称。"};

Result<StepOutcome> apply(StepRun& run) {
  const auto by = run.columns("by");
  if (!by) return forward(by);
  const std::string& row = run.row();
  // By the first appearance of each group; a table without rows has the row 0.
  std::string list = "coalesce(min(s." + row + "), 0) AS " + row;
  std::vector<std::string> keys;
  std::vector<std::string> names{row};
  const auto take = [&](const std::string& name, const std::string& expression) -> Result<> {
    for (const std::string& other : names)
      if (sameName(other, quoteIdentifier(name)))
        return fail(ErrorCode::InvalidArgument, kTwoOfAName, {name}, {.column = name});
    names.push_back(quoteIdentifier(name));
    list += ", " + expression + " AS " + names.back();
    return {};
  };
  for (const ColumnInfo& column : *by) {
    keys.push_back(cell(column.name));
    if (auto taken = take(column.name, cell(column.name)); !taken) return forward(taken);
  }
  const std::string group_by = keys.empty() ? "" : " GROUP BY " + join(keys, ", ");
  for (const auto& [name, text] : run.parameters().pairs("values")) {
    if (!text) return fail(ErrorCode::InvalidArgument, kNeedsExpression, {name});
    const auto expression = run.expression(*text, group_by);
    if (!expression) return forward(expression);
    if (auto taken = take(std::string(trim(name)), expression->sql); !taken) return forward(taken);
  }
  StepOutcome outcome;
  outcome.grouped =
      "SELECT " + list + " FROM " + run.source() + (keys.empty() ? " HAVING true" : group_by) + " ORDER BY 1";
  return outcome;
}

}  // namespace

StepType aggregate() {
  return {
      .id = "aggregate",
      .title = {"Group and aggregate", "分组汇总"},
      .help = {"Makes one row of all rows that are equal in the columns given, in the order in which they "
               "first appear. "
               "Without columns: one row of the whole table.",
               "将指定列相同的行汇总为一行，按首次出现的顺序排列。未指定列时将整个表汇总为一行。"},
      .group = StepGroup::Shape,
      .parameters =
          {{"by",
            {"Group by", "分组列"},
            {"Columns whose equal rows become one.", "取值相同的行将合为一行的列。"},
            ParameterKind::ColumnList},
           {"values",
            {"Figures", "统计量"},
            {"New columns and what they hold: revenue=sum(price), orders=count(*), first=min(day), "
             "cities=count(DISTINCT city).",
             "新列及其内容：revenue=sum(price)、orders=count(*)、first=min(day)、cities=count(DISTINCT "
             "city)。"},
            ParameterKind::Pairs}},
      .required = {"values"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
