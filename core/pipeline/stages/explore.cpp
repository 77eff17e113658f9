// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/data/profile.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kExplored{"{0} rows, {1} columns; {2} findings, {3} of them problems",
                         "{0} 行、{1} 列；发现 {2} 条，其中问题 {3} 条"};
constexpr std::size_t kMostTold = 3;

std::string_view severityName(data::Severity severity) {
  switch (severity) {
    case data::Severity::Note:
      return "note";
    case data::Severity::Warning:
      return "warning";
    case data::Severity::Problem:
      return "problem";
  }
  return "note";
}

Json findingJson(const data::Finding& finding) {
  return {{"kind", finding.kind},
          {"severity", severityName(finding.severity)},
          {"column", finding.column},
          {"other", finding.other},
          {"text",
           {{"en", fill(finding.text, Language::English, finding.args)},
            {"zh_CN", fill(finding.text, Language::Chinese, finding.args)}}},
          {"step", finding.step}};
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  const TableValue value = tableValueFromJson(input.value("table"));
  data::ProfileOptions options{input.parameters.text("target")};
  if (const auto role = value.roles.find("target"); options.target.empty() && role != value.roles.end())
    options.target = role->second;
  auto profile = data::profile(**database, value.table, options, job);
  if (!profile) return forward(profile);
  std::stable_sort(profile->findings.begin(), profile->findings.end(),
                   [](const auto& a, const auto& b) { return a.severity > b.severity; });
  const auto problems =
      std::count_if(profile->findings.begin(), profile->findings.end(),
                    [](const auto& finding) { return finding.severity == data::Severity::Problem; });
  StageOutput output = tableOutput(value, profile->rows, profile->rows);
  std::vector<std::string> said = {
      fill(kExplored, job.language(),
           {grouped(profile->rows), std::to_string(profile->columns.size()),
            std::to_string(profile->findings.size()), std::to_string(problems)})};
  Json findings = Json::array();
  for (const data::Finding& finding : profile->findings) {
    if (findings.size() < kMostTold) said.push_back(fill(finding.text, job.language(), finding.args));
    findings.push_back(findingJson(finding));
  }
  output.message = shorten(join(said, job.language() == Language::Chinese ? "；" : "; "), 500);
  output.warning = problems > 0;
  output.artefacts.push_back(
      {PortKind::Evaluation,
       {{"rows", profile->rows}, {"columns", profile->columns.size()}, {"findings", std::move(findings)}},
       {}});
  return output;
}

}  // namespace

StageType explore() {
  return {
      .id = "explore",
      .title = {"Explore data", "数据探索"},
      .help =
          {"Profiles every column and says what is conspicuous, with the cleaning step that mends it. The "
           "rows go on unchanged.",
           "统计每一列并指出异常之处及相应的清洗步骤；数据行原样传给后面的节点。"},
      .group = StageGroup::Exploring,
      .inputs = {tablePort()},
      .outputs = {tablePort(), {"evaluation", PortKind::Evaluation, {"Findings", "发现"}}},
      .parameters = {{"target",
                      {"Target", "目标列"},
                      {"The column that is to be predicted: columns that give it away are found. Empty: the "
                       "one with the role target.",
                       "要预测的列：会找出泄露它的列。留空：角色为 target 的列。"},
                      ParameterKind::Column}},
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
