// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("columns");
  if (!columns) return forward(columns);
  std::vector<std::string> texts;
  std::vector<std::string> any;
  for (const ColumnInfo& column : *columns) {
    texts.push_back(cell(column.name) + "::VARCHAR");
    any.push_back(cell(column.name) + " IS NOT NULL");
  }
  const std::string merged = "CASE WHEN " + join(any, " OR ") + " THEN concat_ws(" +
                             quoteLiteral(run.parameters().text("separator")) + ", " + join(texts, ", ") +
                             ") END";
  StepOutcome outcome = run.unchanged();
  const std::string to(trim(run.parameters().text("to")));
  // The new column stands where the first of the old ones stood.
  std::vector<OutputColumn> merged_columns;
  for (OutputColumn& output : outcome.columns) {
    const bool first = output.name == columns->front().name;
    bool source = false;
    for (const ColumnInfo& column : *columns) source = source || column.name == output.name;
    const bool keep = run.parameters().flag("keep") && !sameName(output.name, to);
    if (first) merged_columns.push_back({to, merged, {}});
    if (!source || keep) merged_columns.push_back(std::move(output));
  }
  outcome.columns = std::move(merged_columns);
  return outcome;
}

}  // namespace

StepType merge() {
  return {
      .id = "merge",
      .title = {"Merge columns", "合并列"},
      .help = {"Writes the cells of several columns one after another into one of text. Missing cells are "
               "left out; "
               "where all are missing, so is the result.",
               "将多列的内容依次连接为一列文本。缺失的单元格会被跳过；全部缺失时结果也缺失。"},
      .group = StepGroup::Columns,
      .parameters = {{"columns",
                      {"Columns", "列"},
                      {"In the order of the result.", "按结果中的顺序。"},
                      ParameterKind::ColumnList},
                     {"separator",
                      {"Between them", "分隔符"},
                      {"What stands between two cells.", "两个单元格之间的内容。"},
                      ParameterKind::String,
                      " "},
                     {"to", {"New column", "新列"}, {"Name of the merged column.", "合并后的列名。"}},
                     {"keep",
                      {"Keep the columns", "保留原列"},
                      {"Keep the columns that were merged.", "保留被合并的列。"},
                      ParameterKind::Flag,
                      "false"}},
      .required = {"columns", "to"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
