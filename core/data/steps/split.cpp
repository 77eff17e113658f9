// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

/// The i-th part, 1-based; the last one has all the rest.
std::string part(const std::string& text, const std::string& separator, std::size_t i, std::size_t count) {
  const std::string all = "string_split(" + text + ", " + separator + ")";
  const std::string place = std::to_string(i);
  const std::string one = i < count ? all + "[" + place + "]"
                                    : "CASE WHEN len(" + all + ") >= " + place + " THEN array_to_string(" +
                                          all + "[" + place + ":], " + separator + ") END";
  return "nullif(trim(" + one + "), '')";
}

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.text(run.parameters().text("column"));
  if (!column) return forward(column);
  const std::vector<std::string> into = run.parameters().list("into");
  const std::string separator = quoteLiteral(run.parameters().text("separator"));
  StepOutcome outcome = run.unchanged();
  std::vector<OutputColumn> columns;
  for (OutputColumn& output : outcome.columns) {
    const bool source = output.name == column->name;
    if (!source || run.parameters().flag("keep")) columns.push_back(std::move(output));
    if (!source) continue;
    for (std::size_t i = 0; i < into.size(); ++i)
      columns.push_back(
          {std::string(trim(into[i])), part(cell(column->name), separator, i + 1, into.size()), {}});
  }
  outcome.columns = std::move(columns);
  return outcome;
}

}  // namespace

StepType split() {
  return {
      .id = "split",
      .title = {"Split a column", "拆分列"},
      .help = {"Cuts a text column into several at a separator, in order. The last one gets all the rest; a "
               "part that is "
               "not there or empty is missing. Spaces around a part go.",
               "按分隔符将文本列依次拆分为多列。最后一列包含余下的全部内容；不存在或为空的部分视为缺失。各部"
               "分首尾的空格会去掉。"},
      .group = StepGroup::Columns,
      .parameters =
          {{"column",
            {"Column", "列"},
            {"The text column to cut.", "要拆分的文本列。"},
            ParameterKind::Column},
           {"separator",
            {"Separator", "分隔符"},
            {"The text at which to cut.", "用于拆分的文本。"},
            ParameterKind::String,
            " "},
           {"into", {"New columns", "新列"}, {"Names of the parts.", "各部分的列名。"}, ParameterKind::List},
           {"keep",
            {"Keep the column", "保留原列"},
            {"Keep the column that was cut.", "保留被拆分的列。"},
            ParameterKind::Flag,
            "false"}},
      .required = {"column", "separator", "into"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
