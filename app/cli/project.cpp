// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "core/base/file.h"
#include "core/pipeline/templates.h"
#include "core/project/audit_log.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/strategy_records.h"

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Make, look at and check projects", "创建、查看和校验项目"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kCreate{"Make a new project in a folder that does not exist yet", "在新文件夹中创建项目"};
constexpr Text kTemplate{"Chart to begin with", "起始流程图"};
constexpr Text kInfo{"What a project holds", "项目内容概览"};
constexpr Text kVerify{"Check databases, hashes and the audit chain; exit status 1 when something is wrong",
                       "检查数据库、哈希与审计链；有问题时退出码为 1"};
constexpr Text kReport{"An exported report to check against the audit chain as well (repeatable)",
                       "同时对照审计链检查的已导出报告（可重复）"};
constexpr Text kAudit{"The history of decisions, oldest first", "决策历史，从最早开始"};

constexpr Text kCreated{"Project made in {0}.", "已在 {0} 创建项目。"};
constexpr Text kChartWritten{"Chart to begin with: {0}", "起始流程图：{0}"};
constexpr Text kSummary{"Project {0}, schema version {1}: {2} tables, {3} models, {4} strategies, {5} runs.",
                        "项目 {0}，架构版本 {1}：{2} 个表，{3} 个模型，{4} 个策略，{5} 次运行。"};
constexpr Text kTable{"Table", "表"};
constexpr Text kRows{"Rows", "行数"};
constexpr Text kColumns{"Columns", "列数"};
constexpr Text kAllWell{"Everything holds together: databases, hashes, audit chain.",
                        "一切完好：数据库、哈希与审计链均无问题。"};
constexpr Text kProblems{"{0} problems:", "{0} 个问题："};
constexpr Text kTime{"Time (UTC)", "时间（UTC）"};
constexpr Text kActor{"Who", "人员"};
constexpr Text kActionTitle{"Action", "操作"};
constexpr Text kSubject{"Subject", "对象"};
constexpr Text kVersionTitle{"Version", "版本"};
constexpr Text kChainHolds{"The chain of {0} entries holds.", "审计链完好，共 {0} 条记录。"};

struct ProjectArguments {
  std::string folder;
  std::string chart_template = "blank";
  std::vector<std::string> reports;
};

Json tablesJson(const std::vector<data::TableInfo>& tables) {
  Json list = Json::array();
  for (const auto& table : tables)
    list.push_back({{"name", table.table.name}, {"rows", table.rows}, {"columns", table.columns.size()}});
  return list;
}

/// The answer of create and info.
Result<int> describe(project::Project& project, Invocation& run) {
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto tables = (*database)->tables();
  if (!tables) return forward(tables);
  const auto models = project.models().list();
  if (!models) return forward(models);
  const auto strategies = project.strategies().list();
  if (!strategies) return forward(strategies);
  const auto runs = project.pipelines().runs();
  if (!runs) return forward(runs);
  const std::string folder = absolutePath(project.folder());
  run.output.object({{"project", folder},
                     {"tables", tablesJson(*tables)},
                     {"models", models->size()},
                     {"strategies", strategies->size()},
                     {"runs", runs->size()},
                     {"schema_version", project.schemaVersion()}});
  run.output.line(kSummary, {folder, std::to_string(project.schemaVersion()), std::to_string(tables->size()),
                             std::to_string(models->size()), std::to_string(strategies->size()),
                             std::to_string(runs->size())});
  std::vector<std::vector<std::string>> rows;
  for (const auto& table : *tables)
    rows.push_back({table.table.name, formatGrouped(static_cast<double>(table.rows), 0),
                    std::to_string(table.columns.size())});
  if (!rows.empty())
    run.output.table({{run.output.in(kTable)},
                      {run.output.in(kRows), TableColumn::Align::Right},
                      {run.output.in(kColumns), TableColumn::Align::Right}},
                     rows);
  return kExitDone;
}

Result<int> create(const ProjectArguments& arguments, Invocation& run) {
  std::string chart;
  if (arguments.chart_template != "blank") {
    auto text = pipeline::chartTemplate(arguments.chart_template, run.general.language);
    if (!text) return forward(text);
    chart = std::move(*text);
  }
  auto project = project::Project::create(arguments.folder);
  if (!project) return forward(project);
  project->setDatabaseOptions(run.databaseOptions());
  run.output.line(kCreated, {absolutePath(project->folder())});
  if (!chart.empty()) {
    const auto file = project->folder() / "pipeline.mmd";
    if (const auto written = writeFileAtomically(file, chart); !written) return forward(written);
    run.output.line(kChartWritten, {absolutePath(file)});
  }
  return describe(*project, run);
}

Result<int> info(const ProjectArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  return describe(*project, run);
}

/// Everything that is wrong with a project. An error only where it could not be looked at.
Result<std::vector<Error>> problemsOf(const ProjectArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) {
    if (project.error().code == ErrorCode::Corrupt) return std::vector{project.error()};
    return forward(project);
  }
  auto problems = project->verify({arguments.reports.begin(), arguments.reports.end()});
  if (!problems) return forward(problems);
  const auto database = project->tables();
  Result<> tables = {};
  if (!database)
    tables = forward(database);
  else
    tables = (*database)->checkIntegrity(run.job);
  if (!tables && tables.error().code != ErrorCode::Corrupt && tables.error().code != ErrorCode::Io)
    return forward(tables);
  if (!tables) problems->push_back(tables.error());
  return problems;
}

Result<int> verify(const ProjectArguments& arguments, Invocation& run) {
  const auto problems = problemsOf(arguments, run);
  if (!problems) return forward(problems);
  Json list = Json::array();
  for (const Error& problem : *problems) list.push_back(toJson(problem, run.output.language()));
  run.output.object({{"ok", problems->empty()}, {"problems", list}});
  if (problems->empty()) {
    run.output.line(kAllWell);
    return kExitDone;
  }
  run.output.line(kProblems, {std::to_string(problems->size())});
  for (const Error& problem : *problems) run.output.plain("  " + problem.message(run.output.language()));
  return kExitFailed;
}

Json entryJson(const project::AuditEntry& entry) {
  const auto detail = parseJson(entry.detail, "detail");
  return {{"sequence", entry.sequence},
          {"at", entry.at},
          {"actor", entry.actor},
          {"action", entry.action},
          {"subject", entry.subject},
          {"version", entry.version},
          {"content_hash", entry.content_hash},
          {"detail", detail ? *detail : Json(entry.detail)},
          {"previous_hash", entry.previous_hash},
          {"hash", entry.hash}};
}

Result<int> audit(const ProjectArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto entries = project->audit().entries();
  if (!entries) return forward(entries);
  const auto problems = project->audit().verify();
  if (!problems) return forward(problems);
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& entry : *entries) {
    list.push_back(entryJson(entry));
    rows.push_back({std::to_string(entry.sequence), entry.at, entry.actor, entry.action, entry.subject,
                    entry.version > 0 ? std::to_string(entry.version) : ""});
  }
  Json wrong = Json::array();
  for (const Error& problem : *problems) wrong.push_back(toJson(problem, run.output.language()));
  run.output.object({{"entries", list},
                     {"ok", problems->empty()},
                     {"head", entries->empty() ? "" : entries->back().hash},
                     {"problems", wrong}});
  const Output& out = run.output;
  out.table({{"#", TableColumn::Align::Right},
             {out.in(kTime)},
             {out.in(kActor)},
             {out.in(kActionTitle)},
             {out.in(kSubject)},
             {out.in(kVersionTitle), TableColumn::Align::Right}},
            rows);
  for (const Error& problem : *problems) out.plain(problem.message(out.language()));
  if (!problems->empty()) return kExitFailed;
  out.line(kChainHolds, {std::to_string(entries->size())});
  return kExitDone;
}

}  // namespace

void addProjectVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "project", kGroup);
  const auto arguments = std::make_shared<ProjectArguments>();

  CLI::App& making =
      line.verb(group, "create", kCreate, [arguments](Invocation& run) { return create(*arguments, run); });
  line.argument(making, "DIR", arguments->folder, kFolder);
  std::vector<std::string> templates = pipeline::chartTemplateNames();
  templates.emplace_back("blank");
  oneOf(line.option(making, "--template", arguments->chart_template, kTemplate, ""), templates);

  CLI::App& looking =
      line.verb(group, "info", kInfo, [arguments](Invocation& run) { return info(*arguments, run); });
  line.argument(looking, "DIR", arguments->folder, kFolder);

  CLI::App& checking =
      line.verb(group, "verify", kVerify, [arguments](Invocation& run) { return verify(*arguments, run); });
  line.argument(checking, "DIR", arguments->folder, kFolder);
  line.option(checking, "--report", arguments->reports, kReport, "FILE");

  CLI::App& history =
      line.verb(line.app(), "audit", kAudit, [arguments](Invocation& run) { return audit(*arguments, run); });
  line.argument(history, "DIR", arguments->folder, kFolder);
}

}  // namespace lodestone::cli
