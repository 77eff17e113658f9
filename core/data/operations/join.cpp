// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/join.h"

#include "core/base/text.h"
#include "core/data/operations/operations.h"

namespace lodestone::data::operations {

namespace {

constexpr Text kMatched{"{0} of {1} rows of this table match something; {2} match nothing.",
                        "本表 {1} 行中有 {0} 行匹配，{2} 行无匹配。"};
constexpr Text kMatchedRight{"{0} of {1} rows of {3} match something; {2} match nothing.",
                             "{3} 的 {1} 行中有 {0} 行匹配，{2} 行无匹配。"};
constexpr Text kFanOut{"A row that matches finds {0} rows on average, at most {1}.",
                       "匹配的行平均对应 {0} 行，最多 {1} 行。"};
constexpr Text kExamples{"Without a match here: {0}", "本表无匹配的键：{0}"};
constexpr Text kExamplesRight{"Without a match there: {0}", "对方表无匹配的键：{0}"};

std::string count(std::int64_t value) {
  return formatGrouped(static_cast<double>(value), 0);
}

std::string listOf(const std::vector<UnmatchedKey>& keys) {
  std::vector<std::string> words;
  for (const UnmatchedKey& key : keys)
    words.push_back(shorten(lodestone::join(key.values, " · "), 40) + " (" + count(key.rows) + ")");
  return lodestone::join(words, ", ");
}

JoinSpec specOf(const OperationInput& input) {
  JoinSpec spec;
  spec.left = input.table;
  spec.right = input.others.empty() ? TableName{input.parameters.text("right")} : input.others.front();
  for (const Pair& pair : input.parameters.pairs("keys"))
    spec.keys.push_back({pair.first, pair.second.value_or(pair.first)});
  const std::string& how = input.parameters.text("how");
  spec.kind = how == "inner"   ? JoinKind::Inner
              : how == "full"  ? JoinKind::Full
              : how == "right" ? JoinKind::Right
              : how == "semi"  ? JoinKind::Semi
              : how == "anti"  ? JoinKind::Anti
                               : JoinKind::Left;
  spec.key_text = input.parameters.flag("loose") ? KeyText::Loose : KeyText::Exact;
  return spec;
}

OperationReport told(const JoinReport& report, const JoinSpec& spec) {
  OperationReport out{report.table, report.rows, {}, report.warnings};
  out.lines.push_back({kMatched,
                       {count(report.matched_left), count(report.matched_left + report.unmatched_left),
                        count(report.unmatched_left)}});
  out.lines.push_back({kMatchedRight,
                       {count(report.matched_right), count(report.matched_right + report.unmatched_right),
                        count(report.unmatched_right), spec.right.name}});
  if (report.fan_out > 1)
    out.lines.push_back({kFanOut, {formatGrouped(report.mean_fan_out, 2), count(report.fan_out)}});
  if (!report.examples_left.empty()) out.lines.push_back({kExamples, {listOf(report.examples_left)}});
  if (!report.examples_right.empty()) out.lines.push_back({kExamplesRight, {listOf(report.examples_right)}});
  return out;
}

std::vector<Parameter> parameters() {
  return {
      {.id = "right",
       .title = {"With the table", "关联表"},
       .help = {"The table whose columns are put beside those of this one.", "其列将并入本表的表。"},
       .kind = ParameterKind::Table},
      {.id = "keys",
       .title = {"Equal columns", "键列"},
       .help =
           {"this=that: the column of this table and the one of the other table that must be equal; several "
            "pairs are separated by commas.",
            "本表列=关联表列：必须相等的列；多对用逗号分隔。"},
       .kind = ParameterKind::Pairs},
      {.id = "how",
       .title = {"Rows that stay", "保留的行"},
       .help = {"What becomes of rows that match nothing.", "无匹配的行如何处理。"},
       .kind = ParameterKind::Choice,
       .default_value = "left",
       .choices = {{"left", {"All of this table", "本表全部"}},
                   {"inner", {"Only what matches", "仅匹配的行"}},
                   {"full", {"All of both", "两表全部"}},
                   {"right", {"All of the other table", "关联表全部"}},
                   {"semi", {"Of this table, what matches", "本表中有匹配的行"}},
                   {"anti", {"Of this table, what does not match", "本表中无匹配的行"}}}},
      {.id = "loose",
       .title = {"Ignore case and spaces", "忽略大小写和空格"},
       .help = {"Keys that differ in upper and lower case or in spaces at their ends are equal.",
                "仅大小写或首尾空格不同的键视为相等。"},
       .kind = ParameterKind::Flag,
       .default_value = "false"}};
}

}  // namespace

TableOperation join() {
  return {.id = "join",
          .title = {"Join with a table", "关联另一张表"},
          .help = {"Puts the columns of another table beside those of this one, where key columns are equal.",
                   "按键列相等，将另一张表的列并入本表。"},
          .suffix = "_joined",
          .parameters = parameters(),
          .required = {"right", "keys"},
          .tables = "right",
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            const JoinSpec spec = specOf(input);
            const auto report = joinTables(database, spec, target, job);
            if (!report) return forward(report);
            return told(*report, spec);
          },
          .preview = [](const Database& database, const OperationInput& input,
                        JobContext& job) -> Result<OperationReport> {
            const JoinSpec spec = specOf(input);
            const auto report = previewJoin(database, spec, job);
            if (!report) return forward(report);
            return told(*report, spec);
          }};
}

}  // namespace lodestone::data::operations
