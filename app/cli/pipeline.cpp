// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <optional>

#include "app/cli/command_line.h"
#include "app/cli/pipeline_verbs.h"
#include "core/base/file.h"
#include "core/base/parameter.h"
#include "core/base/time.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "core/pipeline/runner.h"
#include "core/project/strategy_records.h"
#ifdef LODESTONE_PRINT
#include "ui/print/print.h"
#endif

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Read, draw and run flowcharts", "读取、绘制和运行流程图"};
constexpr Text kCheck{
    "Read flowcharts; one JSON object for each, in order; exit status 1 when one is refused",
    "解析流程图；按顺序每个文件输出一个 JSON 对象；有不合法的图时退出码为 1"};
constexpr Text kEdit{"Change labels; every other byte stays", "修改节点标签；其余内容逐字节不变"};
constexpr Text kLayout{"Draw a flowchart", "绘制流程图"};
constexpr Text kRun{"Run a flowchart on a project", "在项目上运行流程图"};
constexpr Text kFiles{"Flowcharts in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kFile{"A flowchart in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kRewrite{"Add the document, read and written back", "附上读取后再写出的全文"};
constexpr Text kLabel{"A node's new label (repeatable)", "节点的新标签（可重复）"};
constexpr Text kEditOut{"Where the changed chart goes", "修改后的流程图文件"};
constexpr Text kDrawOut{"The drawing: .svg, .png or .json", "输出图形：.svg、.png 或 .json"};
constexpr Text kSet{"A node's parameter: NODE.parameter=value (repeatable)",
                    "节点参数：节点.参数=值（可重复）"};
constexpr Text kTo{"Run up to this node", "运行到此节点为止"};
constexpr Text kFrom{"Run this node and what follows anew", "从此节点起重新运行"};
constexpr Text kCycles{"Times round a feedback edge", "反馈回路的运行次数"};
constexpr Text kResume{
    "Go on where the last run ended: finished stages come from the cache (they do so anyway)",
    "从上次结束处继续：已完成的阶段取自缓存（默认即如此）"};
constexpr Text kNoCache{"Run every stage anew", "不使用缓存，重新运行所有阶段"};

constexpr Text kReads{"{0}: {1} nodes, {2} edges.", "{0}：{1} 个节点，{2} 条边。"};
constexpr Text kRefused{"{0}, line {1}, column {2}: {3}", "{0}，第 {1} 行第 {2} 列：{3}"};
constexpr Text kDrawn{"{0}: {1} nodes, {2} edges, {3} x {4} points.",
                      "{0}：{1} 个节点，{2} 条边，{3} x {4} 点。"};
constexpr Text kNotADrawing{"A drawing is written as .svg, .png or .json, not '{0}'.",
                            "图形只能写为 .svg、.png 或 .json，而不是“{0}”。"};
#ifndef LODESTONE_PRINT
constexpr Text kNoPng{"This build has no PNG writer (it was built without Qt). Give --out with .svg instead.",
                      "此构建不含 PNG 输出（未使用 Qt 构建）。请改用 .svg 作为 --out。"};
#endif
constexpr Text kEdited{"{0} labels changed, written to {1}.", "已修改 {0} 个标签，写入 {1}。"};
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

struct ChartArguments {
  std::string folder;
  std::string file;
  std::vector<std::string> files;
  bool rewrite = false;
  std::vector<std::string> labels;
  std::string out;
  std::vector<std::string> set;
  std::string to;
  std::string from;
  std::optional<int> cycles;
  bool resume = false;
  bool no_cache = false;
};

/// One file's verdict; false when it is refused or cannot be read.
bool checkFile(const std::string& file, bool rewrite, const Output& out) {
  const auto source = readFile(file);
  if (!source) {
    out.object({{"valid", false}, {"error", toJson(source.error(), out.language())}});
    out.plain(source.error().message(out.language()));
    return false;
  }
  const auto chart = pipeline::readChart(*source);
  if (!chart) {
    const pipeline::ChartError& error = chart.error();
    out.object(pipeline::toJson(error, out.language()));
    out.line(kRefused,
             {file, std::to_string(error.line), std::to_string(error.column), error.message(out.language())});
    return false;
  }
  Json graph = pipeline::toJson(*chart);
  if (rewrite) {
    const auto document = pipeline::ChartDocument::parse(*source, file);
    if (document) graph["text"] = document->text();
  }
  out.object(graph);
  out.line(kReads, {file, std::to_string(chart->nodes.size()), std::to_string(chart->edges.size())});
  return true;
}

Result<int> check(const ChartArguments& arguments, Invocation& run) {
  bool all_valid = true;
  for (const std::string& file : arguments.files) {
    if (const auto go = run.job.checkpoint(); !go) return forward(go);
    all_valid = checkFile(file, arguments.rewrite, run.output) && all_valid;
  }
  return all_valid ? kExitDone : kExitFailed;
}

Result<int> edit(const ChartArguments& arguments, Invocation& run) {
  auto source = readFile(arguments.file);
  if (!source) return forward(source);
  auto document = pipeline::ChartDocument::parse(std::move(*source), arguments.file);
  if (!document) return forward(document);
  for (const std::string& word : arguments.labels) {
    const auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    if (const auto set = document->setLabel(pair->first, pair->second); !set) return forward(set);
  }
  if (const auto written = writeFileAtomically(arguments.out, document->text()); !written)
    return forward(written);
  run.output.object({{"changed", arguments.labels.size()}, {"file", absolutePath(arguments.out)}});
  run.output.line(kEdited, {std::to_string(arguments.labels.size()), absolutePath(arguments.out)});
  return kExitDone;
}

Result<> writeDrawing(const pipeline::Chart& chart, const pipeline::Layout& layout,
                      const std::filesystem::path& file) {
  const std::string extension = lowerAscii(file.extension().string());
  if (extension == ".json")
    return writeFileAtomically(file, dumpJson(pipeline::toJson(chart, layout), 2) + "\n");
  const std::string svg = pipeline::renderSvg(chart, layout);
  if (extension == ".svg") return writeFileAtomically(file, svg);
#ifdef LODESTONE_PRINT
  return print::writePng(svg, file, {.scale = 2});
#else
  return fail(ErrorCode::Unsupported, kNoPng, {}, {.file = file.string()});
#endif
}

Result<int> layout(const ChartArguments& arguments, Invocation& run) {
  const Stopwatch watch;
  const std::string extension = lowerAscii(std::filesystem::path(arguments.out).extension().string());
  if (extension != ".svg" && extension != ".png" && extension != ".json")
    return fail(ErrorCode::InvalidArgument, kNotADrawing, {arguments.out}, {.file = arguments.out});
  const auto source = readFile(arguments.file);
  if (!source) return forward(source);
  const auto chart = pipeline::parseChart(*source, arguments.file);
  if (!chart) return forward(chart);
  const auto placed = pipeline::layoutChart(*chart, run.job);
  if (!placed) return forward(placed);
  if (const auto written = writeDrawing(*chart, *placed, arguments.out); !written) return forward(written);
  run.output.object({{"nodes", placed->nodes.size()},
                     {"edges", placed->edges.size()},
                     {"width", number(placed->width)},
                     {"height", number(placed->height)},
                     {"seconds", number(watch.seconds())},
                     {"file", absolutePath(arguments.out)}});
  run.output.line(kDrawn, {absolutePath(arguments.out), std::to_string(placed->nodes.size()),
                           std::to_string(placed->edges.size()), formatGrouped(placed->width, 0),
                           formatGrouped(placed->height, 0)});
  return kExitDone;
}

template <class T>
Json orNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

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
          {"cycle", stage.cycle}};
}

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

Result<pipeline::RunOptions> runOptions(const ChartArguments& arguments, const Invocation& run) {
  pipeline::RunOptions options;
  for (const std::string& word : arguments.set) {
    auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    options.set.push_back(std::move(*pair));
  }
  options.to = arguments.to;
  options.from = arguments.from;
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

Result<int> runFile(const ChartArguments& arguments, Invocation& run) {
  const auto options = runOptions(arguments, run);
  if (!options) return forward(options);
  const auto source = readFile(arguments.file);
  if (!source) return forward(source);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto before = project->strategies().list();
  if (!before) return forward(before);
  const auto report = pipeline::runChart(*project, *source, arguments.file, *options, run.job);
  if (!report) return forward(report);
  run.progress.clear();
  Json stages = Json::array();
  for (const auto& stage : report->stages) stages.push_back(stageJson(stage));
  const Json answer = {{"run", report->run},
                       {"state", report->state},
                       {"stages", stages},
                       {"strategies", report->strategies},
                       {"lineage", report->lineage}};
  showStages(run.output, report->stages);
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

void addRun(CommandLine& line, CLI::App& group, const std::shared_ptr<ChartArguments>& arguments) {
  CLI::App& running =
      line.verb(group, "run", kRun, [arguments](Invocation& run) { return runFile(*arguments, run); });
  line.argument(running, "DIR", arguments->folder, kFolder);
  line.argument(running, "FILE", arguments->file, kFile);
  keysAndValues(line, line.option(running, "--set", arguments->set, kSet, "NODE.param=v"));
  line.option(running, "--to", arguments->to, kTo, "NODE");
  line.option(running, "--from", arguments->from, kFrom, "NODE");
  line.option(running, "--cycles", arguments->cycles, kCycles, "N")
      ->check(CLI::Range(1, 100).description(""))
      ->type_name("N");
  CLI::Option* resume = line.flag(running, "--resume", arguments->resume, kResume);
  line.flag(running, "--no-cache", arguments->no_cache, kNoCache)->excludes(resume);
}

}  // namespace

void addPipelineVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "pipeline", kGroup);
  const auto arguments = std::make_shared<ChartArguments>();

  CLI::App& checking =
      line.verb(group, "check", kCheck, [arguments](Invocation& run) { return check(*arguments, run); });
  line.argument(checking, "FILE", arguments->files, kFiles);
  line.flag(checking, "--rewrite", arguments->rewrite, kRewrite);

  CLI::App& editing =
      line.verb(group, "edit", kEdit, [arguments](Invocation& run) { return edit(*arguments, run); });
  line.argument(editing, "FILE", arguments->file, kFile);
  keysAndValues(line, line.option(editing, "--label", arguments->labels, kLabel, "ID=TEXT")->required());
  line.option(editing, "--out", arguments->out, kEditOut, "F.mmd")->required();

  CLI::App& drawing =
      line.verb(group, "layout", kLayout, [arguments](Invocation& run) { return layout(*arguments, run); });
  line.argument(drawing, "FILE", arguments->file, kFile);
  line.option(drawing, "--out", arguments->out, kDrawOut, "F.svg")->required();

  addRun(line, group, arguments);
  addStageVerbs(line, group);
}

}  // namespace lodestone::cli
