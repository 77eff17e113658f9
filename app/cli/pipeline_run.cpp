// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <optional>

#include "app/cli/pipeline_verbs.h"
#include "core/base/file.h"
#include "core/base/parameter.h"
#include "core/pipeline/lineage.h"
#include "core/pipeline/runner.h"
#include "core/project/strategy_records.h"

namespace lodestone::cli {
namespace {

constexpr Text kRun{"Run a flowchart on a project", "在项目上运行流程图"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kSet{"A node's parameter: NODE.parameter=value (repeatable)",
                    "节点参数：节点.参数=值（可重复）"};
constexpr Text kTemplate{
    "Run a chart that ships with the program in place of FILE, bound to the demo shop's tables",
    "运行程序自带的流程图（代替 FILE），绑定演示商店的表"};
constexpr Text kWhichChart{"Which chart? Name a FILE, or a template with --template.",
                           "要运行哪个流程图？请给出 FILE，或用 --template 指定模板。"};
constexpr Text kTo{"Run up to this node", "运行到此节点为止"};
constexpr Text kFrom{"Run this node and what follows anew", "从此节点起重新运行"};
constexpr Text kCycles{"Times round a feedback edge", "反馈回路的运行次数"};
constexpr Text kResume{
    "Go on where the last run ended: finished stages come from the cache (they do so anyway)",
    "从上次结束处继续：已完成的阶段取自缓存（默认即如此）"};
constexpr Text kNoCache{"Run every stage anew", "不使用缓存，重新运行所有阶段"};
constexpr Text kRunMade{"Run {0}: {1}. New strategies: {2}.", "运行 {0}：{1}。新策略：{2}。"};
constexpr Text kRunEnded{"Run {0}: {1}. Strategies: {2}.", "运行 {0}：{1}。策略：{2}。"};
constexpr Text kNone{"none", "无"};
constexpr Text kNode{"Node", "节点"};
constexpr Text kType{"Stage", "阶段"};
constexpr Text kState{"State", "状态"};
constexpr Text kRowsIn{"Rows in", "输入行"};
constexpr Text kRowsOut{"Rows out", "输出行"};
constexpr Text kSeconds{"Seconds", "秒"};
constexpr Text kMessage{"Message", "说明"};
constexpr Text kCached{" (cached)", "（缓存）"};
constexpr Text kFile{"A flowchart in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kApply{"Apply this node, which waits for it otherwise (repeatable)",
                      "应用该手动节点，否则它会等待（可重复）"};
constexpr Text kParallel{"Stages at the same time; half the machine's threads if not given",
                         "同时运行的阶段数；默认为机器线程数的一半"};
constexpr Text kCycle{"Cycle", "轮次"};
constexpr Text kModel{"Model", "模型"};
constexpr Text kChange{"Change", "变化"};
constexpr Text kFigure{"Figure", "指标"};
constexpr Text kValidation{"{0} (validation rows)", "{0}（验证行）"};
constexpr Text kHeldOut{"{0} (held-out events)", "{0}（留出事件）"};
constexpr Text kRan{"Stages run", "运行的阶段"};
constexpr Text kRule{"Better than before", "较上一轮改进"};

struct RunArguments {
  std::string folder;
  std::string file;
  std::string chart_template;
  std::vector<std::string> set;
  std::string to;
  std::string from;
  std::vector<std::string> apply;
  int parallel = 0;
  std::optional<int> cycles;
  bool resume = false;
  bool no_cache = false;
};

std::string countText(const std::optional<std::int64_t>& rows) {
  return rows ? formatGrouped(static_cast<double>(*rows), 0) : "";
}

void showStages(const Output& out, const std::vector<project::StageRecord>& stages) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& stage : stages)
    rows.push_back({stage.cycle > 1 ? stage.node + "@" + std::to_string(stage.cycle) : stage.node, stage.type,
                    stateWord(stage.state, out.language()) + (stage.cached ? out.in(kCached) : ""),
                    countText(stage.rows_in), countText(stage.rows_out), formatGrouped(stage.seconds, 2),
                    stage.message});
  constexpr auto kRight = TableColumn::Align::Right;
  out.table({{out.in(kNode)},
             {out.in(kType)},
             {out.in(kState)},
             {out.in(kRowsIn), kRight},
             {out.in(kRowsOut), kRight},
             {out.in(kSeconds), kRight},
             {out.in(kMessage)}},
            rows);
}

/// The middle of an estimate, or the number itself.
Json middle(const Json& value) {
  return value.is_object() && value.contains("value") ? value["value"] : value;
}

/// A cycle without a model has no figures of one, and one without strategies no totals.
Json figureAt(const Json& figures, const std::string& path) {
  return figures.is_object() ? figures.value(Json::json_pointer(path), Json()) : Json();
}

/// Cycles side by side: a row for each figure, a column for each cycle, and how the last differs from the
/// first.
void showCycles(const Output& out, const std::vector<pipeline::CycleReport>& cycles) {
  constexpr auto kRight = TableColumn::Align::Right;
  std::vector<TableColumn> columns = {{out.in(kFigure)}};
  for (const auto& cycle : cycles)
    columns.push_back({out.in(kCycle) + " " + std::to_string(cycle.cycle), kRight});
  columns.push_back({out.in(kChange), kRight});
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& name, const auto& figure_of) {
    const bool known = std::any_of(cycles.begin(), cycles.end(),
                                   [&](const auto& cycle) { return !figure_of(cycle).is_null(); });
    if (!known) return;
    std::vector<std::string> row = {name};
    for (const auto& cycle : cycles) row.push_back(figure(figure_of(cycle)));
    const Json first = figure_of(cycles.front());
    const Json last = figure_of(cycles.back());
    const bool numbers = first.is_number() && last.is_number();
    row.push_back(numbers ? figure(number(last.get<double>() - first.get<double>())) : "");
    rows.push_back(std::move(row));
  };
  add(out.in(kModel), [](const auto& cycle) { return cycle.model.empty() ? Json() : Json(cycle.model); });
  for (const char* metric : {"roc_auc", "pr_auc", "log_loss", "brier"})
    add(out.in(kValidation, {metric}), [metric](const auto& cycle) {
      return figureAt(cycle.metrics, std::string("/validation/") + metric);
    });
  for (const char* metric : {"recall_at_10", "ndcg_at_10"})
    add(out.in(kHeldOut, {metric}),
        [metric](const auto& cycle) { return figureAt(cycle.recommender, std::string("/") + metric); });
  for (const char* total : {"strategies", "cost", "conversions", "incremental_conversions"})
    add(total,
        [total](const auto& cycle) { return middle(figureAt(cycle.totals, std::string("/") + total)); });
  add(out.in(kRule), [](const auto& cycle) { return cycle.better ? number(*cycle.better) : Json(); });
  std::vector<std::string> ran = {out.in(kRan)};
  for (const auto& cycle : cycles) ran.push_back(join(cycle.made, " "));
  ran.emplace_back();
  rows.push_back(std::move(ran));
  out.table(columns, rows);
}

Result<pipeline::RunOptions> runOptions(const RunArguments& arguments, const Invocation& run) {
  pipeline::RunOptions options;
  for (const std::string& word : arguments.set) {
    auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    options.set.push_back(std::move(*pair));
  }
  options.to = arguments.to;
  options.from = arguments.from;
  options.apply = arguments.apply;
  options.parallel = arguments.parallel;
  options.cycles = arguments.cycles;
  options.cache = arguments.no_cache ? pipeline::Cache::Ignore : pipeline::Cache::Use;
  options.seed = run.general.seed;
  options.device = run.general.device;
  options.by = loginName();
  return options;
}

/// Whether every strategy of a run was kept by an earlier one: its stage came from the cache.
bool allKnown(const std::vector<std::string>& strategies,
              const std::vector<project::StrategyVersion>& before) {
  return !strategies.empty() && std::all_of(strategies.begin(), strategies.end(), [&before](const auto& id) {
    return std::any_of(before.begin(), before.end(), [&id](const auto& known) { return known.id == id; });
  });
}

/// The chart's text and the name by which errors call it.
Result<std::pair<std::string, std::string>> chartToRun(const RunArguments& arguments, Language language) {
  if (!arguments.chart_template.empty()) {
    auto text = pipeline::boundTemplate(arguments.chart_template, language);
    if (!text) return forward(text);
    return std::pair(std::move(*text), arguments.chart_template);
  }
  if (arguments.file.empty()) return fail(ErrorCode::InvalidArgument, kWhichChart);
  auto text = readFile(arguments.file);
  if (!text) return forward(text);
  return std::pair(std::move(*text), arguments.file);
}

Result<int> runFile(const RunArguments& arguments, Invocation& run) {
  const auto options = runOptions(arguments, run);
  if (!options) return forward(options);
  const auto source = chartToRun(arguments, run.output.language());
  if (!source) return forward(source);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto before = project->strategies().list();
  if (!before) return forward(before);
  const auto report = pipeline::runChart(*project, source->first, source->second, *options, run.job);
  if (!report) return forward(report);
  run.progress.clear();
  Json stages = Json::array();
  for (const auto& stage : report->stages) stages.push_back(stageJson(stage));
  Json cycles = Json::array();
  for (const auto& cycle : report->cycles) cycles.push_back(pipeline::toJson(cycle));
  Json answer = {{"run", report->run},        {"state", report->state},
                 {"stages", stages},          {"strategies", report->strategies},
                 {"cycles", cycles},          {"code", report->code},
                 {"lineage", report->lineage}};
  JobContext telling;  // a run that was stopped still tells where things came from
  const auto sources = pipeline::lineageOfRun(*project, report->run, telling);
  if (!sources) return forward(sources);
  answer["seed"] = sources->run->seed;
  answer["files"] = Json::array();
  for (const auto& file : sources->files) answer["files"].push_back(pipeline::toJson(file));
  answer["operations"] = Json::array();
  for (const auto& step : sources->operations) answer["operations"].push_back(data::toJson(step));
  showStages(run.output, report->stages);
  if (report->cycles.size() > 1) showCycles(run.output, report->cycles);
  if (report->error) {
    run.output.failure(*report->error, answer);
    return exitStatus(report->error->code);
  }
  run.output.object(answer);
  run.output.line(allKnown(report->strategies, *before) ? kRunEnded : kRunMade,
                  {std::to_string(report->run), stateWord(report->state, run.output.language()),
                   report->strategies.empty() ? run.output.in(kNone) : join(report->strategies, ", ")});
  return kExitDone;
}

}  // namespace

Json stageJson(const project::StageRecord& stage) {
  return {{"node", stage.node},
          {"type", stage.type},
          {"state", stage.state},
          {"rows_in", orNull(stage.rows_in)},
          {"rows_out", orNull(stage.rows_out)},
          {"seconds", number(stage.seconds)},
          {"cached", stage.cached},
          {"message", stage.message},
          {"label", stage.label},
          {"cycle", stage.cycle},
          {"memory", orNull(stage.memory)},
          {"started_at", stage.started_at},
          {"made_run", stage.made_run}};
}

void addRunVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<RunArguments>();
  CLI::App& running =
      line.verb(group, "run", kRun, [arguments](Invocation& run) { return runFile(*arguments, run); });
  line.argument(running, "DIR", arguments->folder, kFolder);
  CLI::Option* file = line.argument(running, "FILE", arguments->file, kFile)->required(false);
  line.option(running, "--template", arguments->chart_template, kTemplate, "NAME")->excludes(file);
  keysAndValues(line, line.option(running, "--set", arguments->set, kSet, "NODE.param=v"));
  line.option(running, "--to", arguments->to, kTo, "NODE");
  line.option(running, "--from", arguments->from, kFrom, "NODE");
  line.option(running, "--apply", arguments->apply, kApply, "NODE");
  line.option(running, "--parallel", arguments->parallel, kParallel, "N")
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
  line.option(running, "--cycles", arguments->cycles, kCycles, "N")
      ->check(CLI::Range(1, 100).description(""))
      ->type_name("N");
  CLI::Option* resume = line.flag(running, "--resume", arguments->resume, kResume);
  line.flag(running, "--no-cache", arguments->no_cache, kNoCache)->excludes(resume);
}

}  // namespace lodestone::cli
