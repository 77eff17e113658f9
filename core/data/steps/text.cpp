// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

/// White space of any script, and what cannot be seen: no-break and ideographic spaces, zero-width ones,
/// U+FEFF.
constexpr std::string_view kSpace = R"([\s\p{Z}\x{200B}\x{2060}\x{FEFF}])";

std::string replaced(const std::string& text, const std::string& pattern, const std::string& by) {
  return "regexp_replace(" + text + ", " + quoteLiteral(pattern) + ", " + quoteLiteral(by) + ", 'g')";
}

std::string changed(const std::string& operation, const std::string& text) {
  const std::string space(kSpace);
  const std::string trimmed = replaced(text, "^" + space + "+|" + space + "+$", "");
  if (operation == "trim") return trimmed;
  if (operation == "collapse") return replaced(trimmed, space + "+", " ");
  if (operation == "lower") return "lower(" + text + ")";
  if (operation == "upper") return "upper(" + text + ")";
  if (operation == "title") return "lodestone_title(" + text + ")";
  return "lodestone_nfkc(" + text + ")";
}

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("column");
  if (!columns) return forward(columns);
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns) {
    if (const auto text = run.text(column.name); !text) return forward(text);
    setCells(outcome, column.name, changed(run.parameters().text("operation"), cell(column.name)));
  }
  return outcome;
}

}  // namespace

StepType text() {
  return {
      .id = "text",
      .title = {"Tidy text", "整理文本"},
      .help = {"Writes texts in one way. Missing cells stay missing; a text of nothing but spaces becomes "
               "empty when it "
               "is trimmed.",
               "统一文本的写法。缺失的单元格仍缺失；仅含空格的文本去空格后成为空文本。"},
      .group = StepGroup::Values,
      .parameters =
          {{"column", {"Columns", "列"}, {"Columns of text.", "文本列。"}, ParameterKind::ColumnList},
           {"operation",
            {"Operation", "操作"},
            {"What is done to each text.", "对每个文本所做的处理。"},
            ParameterKind::Choice,
            "trim",
            {},
            {},
            {},
            {{"trim", {"without spaces at both ends", "去掉首尾空格"}},
             {"lower", {"small letters", "小写"}},
             {"upper", {"capital letters", "大写"}},
             {"title", {"Each Word Capitalised", "单词首字母大写"}},
             {"nfkc", {"one form of each character (Unicode NFKC)", "统一字符形式（Unicode NFKC）"}},
             {"collapse", {"single spaces, none at the ends", "合并连续空格并去掉首尾空格"}}}}},
      .required = {"column"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
