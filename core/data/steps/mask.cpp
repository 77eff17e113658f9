// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

std::string stars(const std::string& text, const std::string& pattern) {
  return "regexp_replace(" + text + ", " + quoteLiteral(pattern) + ", '*', 'g')";
}

/// ann.lee@example.com: a***@example.com. The count of stars says nothing of the name's length.
std::string maskedEmail(const std::string& text) {
  return "CASE WHEN regexp_matches(" + text + ", '^[^@]+@[^@]+$') THEN " + text +
         "[1] || '***@' || split_part(" + text + ", '@', 2) ELSE " + stars(text, "(?s).") + " END";
}

/// +49 170 1234567: +** *** ***4567. Where there are no more digits than are to stay, none stays.
std::string maskedPhone(const std::string& text, const std::string& keep) {
  const std::string tail = "((?:[0-9][^0-9]*){" + keep + "})$";
  const auto group = [&](const std::string& number) {
    return "regexp_extract(" + text + ", " + quoteLiteral("(?s)^(.*?[0-9].*?)" + tail) + ", " + number + ")";
  };
  return "CASE WHEN " + group("0") + " <> '' THEN " + stars(group("1"), "[0-9]") + " || " + group("2") +
         " ELSE " + stars(text, "[0-9]") + " END";
}

/// The last characters stay, of a text that has more of them.
std::string maskedButLast(const std::string& text, const std::string& keep) {
  return "CASE WHEN length(" + text + ") > " + keep + " THEN repeat('*', length(" + text + ") - " + keep +
         ") || right(" + text + ", " + keep + ") ELSE repeat('*', length(" + text + ")) END";
}

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("columns");
  if (!columns) return forward(columns);
  const std::string& method = run.parameters().text("method");
  const std::string keep = std::to_string(run.parameters().integer("keep"));
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns) {
    const std::string text = "CAST(" + cell(column.name) + " AS VARCHAR)";
    const std::string masked = method == "email"   ? maskedEmail(text)
                               : method == "phone" ? maskedPhone(text, keep)
                                                   : maskedButLast(text, keep);
    setCells(outcome, column.name, "CASE WHEN " + cell(column.name) + " IS NOT NULL THEN " + masked + " END");
  }
  return outcome;
}

}  // namespace

StepType mask() {
  return {
      .id = "mask",
      .title = {"Mask personal columns", "个人信息列脱敏"},
      .help = {"Replaces most of each value by stars; the column becomes text. Equal values stay "
               "recognisable only in "
               "part: hash them where tables are to be joined.",
               "用星号遮盖每个值的大部分内容；列变为文本。相同的值只能部分辨认：若需连接表，请改用哈希。"},
      .group = StepGroup::Privacy,
      .parameters = {{"columns",
                      {"Columns", "列"},
                      {"The columns to mask.", "要脱敏的列。"},
                      ParameterKind::ColumnList},
                     {"method",
                      {"Keep", "保留"},
                      {"What of a value stays readable.", "值中仍可读的部分。"},
                      ParameterKind::Choice,
                      "keep_last",
                      {},
                      {},
                      {},
                      {{"email", {"first letter and domain of an e-mail address", "电子邮箱的首字母和域名"}},
                       {"phone", {"the last digits of a telephone number", "电话号码的末几位数字"}},
                       {"keep_last", {"the last characters", "末几个字符"}}}},
                     {"keep",
                      {"How many", "保留个数"},
                      {"How many digits or characters stay.", "保留的数字或字符个数。"},
                      ParameterKind::Integer,
                      "4",
                      0.0,
                      100.0}},
      .required = {"columns"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
