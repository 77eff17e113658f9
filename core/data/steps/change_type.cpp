// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/data/steps/conversion.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kDoNotFit{
    "{0}: {1} of {2} cells do not read as {3}, such as {4}. Name their format, mend them before, or let them "
    "become "
    "missing with \"on_error\": \"missing\".",
    "{0}：{2} 个单元格中有 {1} 个无法转换为 {3}，例如 {4}。请指定其格式、先行修正，或用“on_error”: "
    "“missing”将其变为缺失。"};
constexpr Text kBecameMissing{"{0}: {1} of {2} cells do not read as {3} and become missing, such as {4}",
                              "{0}：{2} 个单元格中有 {1} 个无法转换为 {3}，已变为缺失，例如 {4}"};
constexpr Text kNoWay{"The column {0} holds {1}; that does not become {2}.",
                      "列 {0} 的类型是 {1}，无法转换为 {2}。"};
constexpr Text kNoSuchWord{"{0}: for numbers the parameter \"format\" may hold {1}, not \"{2}\".",
                           "{0}：转换为数字时，参数“format”可包含 {1}，而不是“{2}”。"};

std::string examples(const Rows& rows) {
  std::vector<std::string> texts;
  for (const auto& row : rows.rows) texts.push_back("\"" + shorten(row.at(0).get<std::string>(), 40) + "\"");
  return join(texts, ", ");
}

/// Counts the cells that are there and do not convert; an error unless they may become missing.
Result<> checkCells(StepRun& run, const ColumnInfo& column, const std::string& converted) {
  const std::string value = cell(column.name);
  const std::string there = classOf(column.type) == ColumnClass::Text
                                ? "coalesce(regexp_matches(" + value + ", '[^\\s\\p{Z}]'), false)"
                                : "(" + value + " IS NOT NULL)";
  const std::string bad = there + " AND (" + converted + ") IS NULL";
  auto counts = run.session().rows("SELECT count(*) FILTER (WHERE " + bad + "), count(*) FILTER (WHERE " +
                                       there + ") FROM " + run.source(),
                                   run.job());
  if (!counts) return forward(counts);
  const auto failed = counts->rows.at(0).at(0).get<std::int64_t>();
  if (failed == 0) return {};
  auto some = run.session().rows("SELECT DISTINCT " + value + "::VARCHAR AS t FROM " + run.source() +
                                     " WHERE " + bad + " ORDER BY 1 LIMIT 3",
                                 run.job());
  if (!some) return forward(some);
  const std::vector<std::string> args{column.name, std::to_string(failed),
                                      std::to_string(counts->rows[0][1].get<std::int64_t>()),
                                      run.parameters().text("type"), examples(*some)};
  if (run.parameters().text("on_error") == "fail")
    return fail(ErrorCode::InvalidArgument, kDoNotFit, args, {.column = column.name});
  run.note(kBecameMissing, args);
  return {};
}

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("column");
  if (!columns) return forward(columns);
  const std::string& type = run.parameters().text("type");
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns) {
    const std::string converted = conversion(column, type, run.parameters().text("format"));
    if (converted.empty())
      return fail(ErrorCode::InvalidArgument, kNoWay, {column.name, column.type, type},
                  {.column = column.name});
    if (auto fine = checkCells(run, column, converted); !fine) return forward(fine);
    setCells(outcome, column.name, converted);
  }
  return outcome;
}

Result<> check(const ParameterValues& values, const std::string& owner) {
  const std::string& type = values.text("type");
  if (type != "number" && type != "integer") return {};
  const auto unknown = unknownFormatWord(values.text("format"));
  if (!unknown) return {};
  return fail(ErrorCode::InvalidArgument, kNoSuchWord,
              {owner, join(numberFormatWords(), ", "), shorten(*unknown, 60)}, {.item = "change_type"});
}

}  // namespace

StepType changeType() {
  return {
      .id = "change_type",
      .title = {"Change type", "转换类型"},
      .help = {"Reads the cells of a column as another type. Blank texts become missing. Cells that do not "
               "read as it "
               "are counted, and the step fails unless they may become missing.",
               "将列的内容按另一种类型读取。空白文本变为缺失。无法转换的单元格会被计数；除非允许变为缺失，否"
               "则该步骤失败。"},
      .group = StepGroup::Values,
      .parameters =
          {{"column",
            {"Columns", "列"},
            {"The columns to convert.", "要转换的列。"},
            ParameterKind::ColumnList},
           {"type",
            {"To", "目标类型"},
            {"The new type.", "转换后的类型。"},
            ParameterKind::Choice,
            "number",
            {},
            {},
            {},
            {{"text", {"text", "文本"}},
             {"integer", {"whole number", "整数"}},
             {"number", {"number", "数字"}},
             {"date", {"date", "日期"}},
             {"timestamp", {"date and time", "日期时间"}},
             {"boolean", {"yes or no", "是或否"}}}},
           {"format",
            {"Format", "格式"},
            {"Numbers: decimal_comma (1,5), thousands (1,234), currency (€ 5), percent (5 % is 0.05), "
             "several with spaces "
             "between. Dates: a pattern such as %d.%m.%Y %H:%M, several with | between; empty is ISO; "
             "numbers as dates: "
             "excel or unix. To text: the pattern to write dates with.",
             "数字：decimal_comma（1,5）、thousands（1,234）、currency（€ 5）、percent（5 % 即 "
             "0.05），多个之间用空格。日期：如 "
             "%d.%m.%Y %H:%M 的格式，多个之间用 |，留空为 ISO；数字转日期：excel 或 "
             "unix。转为文本：写日期所用的格式。"}},
           {"on_error",
            {"Cells that do not fit", "无法转换的单元格"},
            {"What becomes of a cell that does not read as the type.", "无法按该类型读取的单元格如何处理。"},
            ParameterKind::Choice,
            "fail",
            {},
            {},
            {},
            {{"fail", {"stop and name them", "停止并列出"}}, {"missing", {"become missing", "变为缺失"}}}}},
      .required = {"column", "type"},
      .check = check,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
