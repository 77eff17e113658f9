// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNoSalt{
    "Without a salt, common values such as telephone numbers can be found by trying. Set one and keep it "
    "secret.",
    "没有盐值时，电话号码等常见取值可能被穷举猜出。请设置盐值并妥善保密。"};

Result<StepOutcome> apply(StepRun& run) {
  const auto columns = run.columns("columns");
  if (!columns) return forward(columns);
  const std::string& salt = run.parameters().text("salt");
  if (salt.empty()) run.note(kNoSalt);
  StepOutcome outcome = run.unchanged();
  for (const ColumnInfo& column : *columns)
    setCells(outcome, column.name,
             "sha256(" + quoteLiteral(salt) + " || CAST(" + cell(column.name) + " AS VARCHAR))");
  return outcome;
}

}  // namespace

StepType hash() {
  return {
      .id = "hash",
      .title = {"Hash personal columns", "个人信息列取哈希"},
      .help = {"Replaces each value by the SHA-256 of salt and value, in hexadecimal: equal values stay "
               "equal, so that "
               "tables can still be joined, but nobody reads them. Missing cells stay missing.",
               "将每个值替换为“盐值 + 值”的 "
               "SHA-256（十六进制）：相同的值仍然相同，表仍可连接，但无法读出原值。缺失的单元格仍缺失。"},
      .group = StepGroup::Privacy,
      .parameters = {{"columns",
                      {"Columns", "列"},
                      {"The columns to hash.", "要取哈希的列。"},
                      ParameterKind::ColumnList},
                     {"salt",
                      {"Salt", "盐值"},
                      {"A secret that is hashed with each value: the same for tables that are to be joined.",
                       "与每个值一同取哈希的保密文本；需要连接的表应使用相同的盐值。"}}},
      .required = {"columns"},
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
