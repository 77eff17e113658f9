// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

/// Do all of these texts read as the type without loss?
Result<bool> allFit(StepRun& run, const std::vector<std::string>& texts, const std::string& type) {
  if (texts.empty()) return true;
  std::vector<std::string> rows;
  for (const std::string& text : texts) rows.push_back("(" + quoteLiteral(text) + ")");
  // 1.5 would be rounded on its way into whole numbers.
  const std::string loss = classOf(type) == ColumnClass::Integer
                               ? " OR TRY_CAST(t AS DOUBLE) IS DISTINCT FROM trunc(TRY_CAST(t AS DOUBLE))"
                               : "";
  auto bad = run.session().count("SELECT count(*) FROM (VALUES " + join(rows, ", ") +
                                     ") v(t) WHERE TRY_CAST(t AS " + type + ") IS NULL" + loss,
                                 run.job());
  if (!bad) return forward(bad);
  return *bad == 0;
}

/// The values found by a look-up, which is one step whatever their number. Texts that only differ in how a
/// number is written (1 and 1.0) are one value.
std::string lookUp(const std::vector<Pair>& pairs, const ColumnInfo& column, const std::string& result_type) {
  std::string cases;
  const bool typed = classOf(column.type) != ColumnClass::Text;
  for (const auto& [from, to] : pairs) {
    const std::string key =
        typed ? "TRY_CAST(" + quoteLiteral(from) + " AS " + column.type + ")" : quoteLiteral(from);
    cases += " WHEN " + cell(column.name) + " = " + key + " THEN " +
             (to ? "CAST(" + quoteLiteral(*to) + " AS " + result_type + ")" : "NULL");
  }
  return cases;
}

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.column(run.parameters().text("column"));
  if (!column) return forward(column);
  const std::vector<Pair> pairs = run.parameters().pairs("values");
  const std::string& other = run.parameters().text("other");
  std::vector<std::string> texts;
  for (const auto& [from, to] : pairs)
    if (to) texts.push_back(*to);
  if (!other.empty()) texts.push_back(other);
  const auto fits = allFit(run, texts, column->type);
  if (!fits) return forward(fits);
  const std::string type = *fits ? column->type : "VARCHAR";
  std::string rest = "CAST(" + cell(column->name) + " AS " + type + ")";
  if (run.parameters().flag("other_missing")) rest = "NULL";
  if (!other.empty())
    rest = "CASE WHEN " + cell(column->name) + " IS NOT NULL THEN CAST(" + quoteLiteral(other) + " AS " +
           type + ") END";
  StepOutcome outcome = run.unchanged();
  setCells(outcome, column->name,
           "CAST(CASE" + lookUp(pairs, *column, type) + " ELSE " + rest + " END AS " + type + ")");
  return outcome;
}

constexpr Text kBoth{"{0}: \"other\" and \"other_missing\" cannot both be given.",
                     "{0}：不能同时给出“other”和“other_missing”。"};

}  // namespace

StepType map() {
  return {
      .id = "map",
      .title = {"Map values", "替换取值"},
      .help = {"Replaces values by others, exactly as they are written. The column keeps its type where all "
               "new values "
               "fit it, else it becomes text. Missing cells stay missing.",
               "按原样逐一替换取值。若新值都符合列的类型则类型不变，否则该列变为文本。缺失的单元格仍缺失。"},
      .group = StepGroup::Values,
      .parameters = {{"column",
                      {"Column", "列"},
                      {"Whose values to replace.", "要替换取值的列。"},
                      ParameterKind::Column},
                     {"values",
                      {"Replacements", "替换表"},
                      {"old=new pairs; an old value without = becomes missing.",
                       "旧值=新值；没有 = 的旧值变为缺失。"},
                      ParameterKind::Pairs},
                     {"other",
                      {"All others", "其他取值"},
                      {"What every other value becomes. Empty: they stay.",
                       "其余取值统一改成的内容。留空：保持不变。"}},
                     {"other_missing",
                      {"All others missing", "其他取值变为缺失"},
                      {"Every other value becomes missing.", "其余取值全部变为缺失。"},
                      ParameterKind::Flag,
                      "false"}},
      .required = {"column", "values"},
      .check = [](const ParameterValues& values, const std::string& owner) -> Result<> {
        if (values.text("other").empty() || !values.flag("other_missing")) return {};
        return fail(ErrorCode::InvalidArgument, kBoth, {owner}, {.item = "map"});
      },
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
