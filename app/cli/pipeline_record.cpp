// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "app/cli/pipeline_verbs.h"
#include "core/base/file.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart_status.h"
#include "core/pipeline/lineage.h"
#include "core/pipeline/stage_cache.h"

namespace lodestone::cli {
namespace {

constexpr Text kLog{"What the stages of a run said, with times and memory",
                    "一次运行中各阶段的日志、时间与内存"};
constexpr Text kStatus{"How each node of a flowchart stands: done, stale, waiting and the like",
                       "流程图各节点的状态：完成、已过期、等待应用等"};
constexpr Text kFile{"A flowchart in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kSet{
    "Judge as a run with this parameter set would: NODE.parameter=value (repeatable). Without it the chart "
    "counts as it is written, and what a run with --set made otherwise is stale",
    "按设有该参数的运行来判断：节点.参数=值（可重复）。不给出时以流程图所写为准，用 --set "
    "运行得到的不同结果视为已过期"};
constexpr Text kMessage{"Message", "说明"};
constexpr Text kRuns{"The runs of a project", "项目的运行记录"};
constexpr Text kLineage{"Where a table, model, strategy or exported file came from",
                        "查询表、模型、策略或导出文件的来源"};
constexpr Text kCache{"What stages left that a run would take instead of making it, and its disk space",
                      "查看可被运行沿用的阶段结果及其占用的磁盘空间"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kWhichRun{"The run by its number; the newest if not given", "运行编号；默认为最近一次"};
constexpr Text kWhichNode{"Only this node", "只显示此节点"};
constexpr Text kWhat{"A table, the id of a model or strategy, or an exported file",
                     "表名、模型或策略编号，或导出的文件"};
constexpr Text kMermaid{"Write the chart with the way lit, in Mermaid's language",
                        "将标出路径的流程图写为 Mermaid 文件"};
constexpr Text kClear{"Drop what stages left, save what strategies and models need",
                      "清除阶段结果，但保留策略和模型所需的部分"};

constexpr Text kNoRuns{"The project has no run yet. Run a flowchart first.",
                       "项目还没有运行记录。请先运行流程图。"};
constexpr Text kNoNode{"Run {0} has no node \"{1}\". It has: {2}.",
                       "第 {0} 次运行没有节点“{1}”。现有节点：{2}。"};
constexpr Text kRunHead{"Run {0}: {1}, from {2} to {3}, seed {4}, Lodestone {5}.",
                        "运行 {0}：{1}，{2} 至 {3}，种子 {4}，Lodestone {5}。"};
constexpr Text kStageHead{"{0} {1} – {2}: {3}; {4} s, memory {5}", "{0} {1} – {2}：{3}；{4} 秒，内存 {5}"};
constexpr Text kUnknown{"unknown", "未知"};
constexpr Text kMade{"{0} ({1}): run {2}, seed {3}, Lodestone {4}.",
                     "{0}（{1}）：第 {2} 次运行，种子 {3}，Lodestone {4}。"};
constexpr Text kNotRun{"{0} ({1}): no run made it.", "{0}（{1}）：并非由流程运行产生。"};
constexpr Text kDerived{"{0} ({1}): made by {2} at {3}, by program {4}.",
                        "{0}（{1}）：由 {2} 于 {3} 生成，程序 {4}。"};
constexpr Text kTable{"Table", "表"};
constexpr Text kOperation{"Operation", "操作"};
constexpr Text kProgram{"Program", "程序"};
constexpr Text kFromFile{"{0} rows of table {1} from {2}, imported at {3}",
                         "表 {1} 的 {0} 行来自 {2}，导入于 {3}"};
constexpr Text kCacheTotal{"{0} results known; {1} tables, {2} of the {3} of data.duckdb.",
                           "已知结果 {0} 个；{1} 个表占 data.duckdb {3} 中的 {2}。"};
constexpr Text kCleared{"{0} tables dropped, {1} free; {2} kept for strategies and models.",
                        "已删除 {0} 个表，释放 {1}；为策略和模型保留 {2} 个。"};
constexpr Text kRun{"Run", "运行"};
constexpr Text kNode{"Node", "节点"};
constexpr Text kStage{"Stage", "阶段"};
constexpr Text kParameters{"Parameters", "参数"};
constexpr Text kFrom{"From", "来自"};
constexpr Text kState{"State", "状态"};
constexpr Text kStarted{"Started", "开始"};
constexpr Text kEnded{"Ended", "结束"};
constexpr Text kSeed{"Seed", "种子"};
constexpr Text kSpace{"Space", "空间"};
constexpr Text kTables{"Tables", "表"};
constexpr Text kUsable{"Usable", "可用"};
constexpr Text kYes{"yes", "是"};
constexpr Text kNo{"no", "否"};

struct RecordArguments {
  std::string folder;
  std::optional<std::int64_t> run;
  std::string node;
  std::string what;
  std::string file;
  std::string out;
  std::vector<std::string> set;
  bool clear = false;
};

Json runJson(const project::RunRecord& run) {
  return {{"run", run.id},
          {"state", run.state},
          {"started_at", run.started_at},
          {"finished_at", run.finished_at},
          {"seed", run.seed},
          {"code", run.code},
          {"options", run.options}};
}

Result<project::RunRecord> chosenRun(project::Project& project, const std::optional<std::int64_t>& id) {
  if (id) return project.pipelines().run(*id);
  auto runs = project.pipelines().runs();
  if (!runs) return forward(runs);
  if (runs->empty()) return fail(ErrorCode::NotFound, kNoRuns);
  return std::move(runs->back());
}

Result<int> listRuns(const RecordArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto runs = project->pipelines().runs();
  if (!runs) return forward(runs);
  const Output& out = run.output;
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const project::RunRecord& each : *runs) {
    list.push_back(runJson(each));
    rows.push_back({std::to_string(each.id), stateWord(each.state, out.language()), each.started_at,
                    each.finished_at, std::to_string(each.seed), each.code});
  }
  out.object({{"runs", list}});
  out.table({{out.in(kRun), TableColumn::Align::Right},
             {out.in(kState)},
             {out.in(kStarted)},
             {out.in(kEnded)},
             {out.in(kSeed), TableColumn::Align::Right},
             {"Lodestone"}},
            rows);
  return kExitDone;
}

Result<int> tellStatus(const RecordArguments& arguments, Invocation& run) {
  std::vector<std::pair<std::string, std::string>> set;
  for (const std::string& word : arguments.set) {
    auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    set.push_back(std::move(*pair));
  }
  auto source = readFile(arguments.file);
  if (!source) return forward(source);
  const auto document = pipeline::ChartDocument::parse(std::move(*source), arguments.file);
  if (!document) return forward(document);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto tables = pipeline::knownTables(*project);
  if (!tables) return forward(tables);
  const auto outlook = pipeline::lookAhead(*document, *tables, run.general.seed, set);
  if (!outlook) return forward(outlook);
  if (outlook->problem) return tl::unexpected<Error>(*outlook->problem);
  const auto histories = pipeline::chartHistories(*project, *tables, run.job);
  if (!histories) return forward(histories);
  const auto newest = pipeline::historyOf(*outlook, *histories);
  const Output& out = run.output;
  Json nodes = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const pipeline::NodeStatus& status : pipeline::statusOf(*outlook, newest, out.language())) {
    const pipeline::NodeOutlook& node = *outlook->find(status.node);
    // Of a stage that is written nobody asks how sure it is.
    const pipeline::StageType* stage = node.type != nullptr ? node.type : node.suggestion.type;
    const Json confidence =
        node.suggestion.type != nullptr ? number(node.suggestion.confidence) : Json(nullptr);
    nodes.push_back({{"node", status.node},
                     {"stage", stage == nullptr ? Json(nullptr) : Json(stage->id)},
                     {"bound", node.type != nullptr},
                     {"confidence", confidence},
                     {"state", status.state},
                     {"message", status.message},
                     {"run", status.run == 0 ? Json(nullptr) : Json(status.run)}});
    const std::string sure =
        confidence.is_null() ? "" : " (" + formatGrouped(100 * confidence.get<double>(), 0) + " %)";
    rows.push_back({status.node,
                    (stage == nullptr ? "" : stage->id + (node.type == nullptr ? "?" : "")) + sure,
                    stateWord(status.state, out.language()),
                    status.run == 0 ? "" : std::to_string(status.run), status.message});
  }
  out.object({{"nodes", nodes}});
  out.table({{out.in(kNode)},
             {out.in(kStage)},
             {out.in(kState)},
             {out.in(kRun), TableColumn::Align::Right},
             {out.in(kMessage)}},
            rows);
  return kExitDone;
}

void showLog(const Output& out, const project::StageRecord& stage) {
  out.line(kStageHead, {stage.node + "@" + std::to_string(stage.cycle), stage.started_at, stage.type,
                        stateWord(stage.state, out.language()), formatGrouped(stage.seconds, 2),
                        stage.memory ? byteText(*stage.memory) : out.in(kUnknown)});
  for (const project::LogLine& line : stage.log) out.plain("  " + line.at + "  " + line.text);
}

Result<int> showRunLog(const RecordArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto record = chosenRun(*project, arguments.run);
  if (!record) return forward(record);
  const auto stages = project->pipelines().stages(record->id);
  if (!stages) return forward(stages);
  const Output& out = run.output;
  out.line(kRunHead, {std::to_string(record->id), stateWord(record->state, out.language()),
                      record->started_at, record->finished_at, std::to_string(record->seed),
                      record->code.empty() ? out.in(kUnknown) : record->code});
  Json answer = runJson(*record);
  answer["stages"] = Json::array();
  std::vector<std::string> nodes;
  for (const project::StageRecord& stage : *stages) {
    nodes.push_back(stage.node);
    if (!arguments.node.empty() && stage.node != arguments.node) continue;
    Json json = stageJson(stage);
    json["log"] = Json::array();
    for (const project::LogLine& line : stage.log)
      json["log"].push_back({{"at", line.at}, {"text", line.text}});
    answer["stages"].push_back(std::move(json));
    showLog(out, stage);
  }
  if (!arguments.node.empty() && answer["stages"].empty())
    return fail(ErrorCode::NotFound, kNoNode,
                {std::to_string(record->id), arguments.node, shorten(join(nodes, ", "), 300)},
                {.stage = arguments.node});
  out.object(answer);
  return kExitDone;
}

/// Parameters that say something: those that are set.
std::string parameterText(const Json& parameters) {
  std::vector<std::string> parts;
  if (parameters.is_object())
    for (const auto& [id, value] : parameters.items())
      if (!value.empty() && value != Json(""))
        parts.push_back(id + "=" +
                        shorten(value.is_string() ? value.get<std::string>() : dumpJson(value), 60));
  return join(parts, ", ");
}

/// What made tables of others, or wrote the file; imports and tables of unknown origin need no line.
void showOperations(const Output& out, const data::Origin& operations) {
  std::map<std::string, std::string> names;
  std::vector<std::vector<std::string>> rows;
  for (const data::OriginStep& step : operations) {
    names[step.id] = step.made;
    if (step.code.empty()) continue;
    std::vector<std::string> from;
    for (const std::string& id : step.from) from.push_back(names[id]);
    rows.push_back({step.made, step.operation, join(from, " "), parameterText(step.parameters), step.code});
  }
  if (!rows.empty())
    out.table(
        {{out.in(kTable)}, {out.in(kOperation)}, {out.in(kFrom)}, {out.in(kParameters)}, {out.in(kProgram)}},
        rows, LongCells::Wrap);
}

void showLineage(const Output& out, const pipeline::Lineage& lineage) {
  const std::string kind(pipeline::lineageKindName(lineage.kind));
  if (lineage.run)
    out.line(kMade, {lineage.what, kind, std::to_string(lineage.run->id), std::to_string(lineage.run->seed),
                     lineage.run->code.empty() ? out.in(kUnknown) : lineage.run->code});
  else if (const data::OriginStep* made = pipeline::madeBy(lineage); made != nullptr && !made->code.empty())
    out.line(kDerived, {lineage.what, kind, made->operation, made->made_at, made->code});
  else
    out.line(kNotRun, {lineage.what, kind});
  std::vector<std::vector<std::string>> rows;
  for (const pipeline::LineageStage& stage : lineage.stages) {
    std::vector<std::string> from;
    for (const auto& [source, target] : lineage.edges)
      if (target == stage.name()) from.push_back(source);
    rows.push_back(
        {stage.name(), stage.record.type, join(from, " "), parameterText(stage.record.parameters)});
  }
  if (!rows.empty())
    out.table({{out.in(kNode)}, {out.in(kStage)}, {out.in(kFrom)}, {out.in(kParameters)}}, rows,
              LongCells::Wrap);
  showOperations(out, lineage.operations);
  for (const pipeline::SourceFile& file : lineage.files)
    out.line(kFromFile,
             {formatGrouped(static_cast<double>(file.rows), 0), file.table, file.file, file.imported_at});
  for (const pipeline::Lineage& part : lineage.parts) showLineage(out, part);
}

Result<int> tellLineage(const RecordArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto lineage = pipeline::lineageOf(*project, arguments.what, run.job);
  if (!lineage) return forward(lineage);
  Json answer = pipeline::toJson(*lineage);
  if (!arguments.out.empty()) {
    if (auto written = writeFileAtomically(arguments.out, pipeline::lineageMermaid(*lineage)); !written)
      return forward(written);
    answer["file"] = absolutePath(arguments.out);
  }
  run.output.object(answer);
  showLineage(run.output, *lineage);
  return kExitDone;
}

void showCache(const Output& out, const pipeline::CacheReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const pipeline::CacheEntry& entry : report.entries)
    rows.push_back({std::to_string(entry.run), entry.node, entry.type, join(entry.tables, " "),
                    entry.tables.empty() ? "" : byteText(entry.bytes), out.in(entry.usable ? kYes : kNo)});
  out.table({{out.in(kRun), TableColumn::Align::Right},
             {out.in(kNode)},
             {out.in(kStage)},
             {out.in(kTables)},
             {out.in(kSpace), TableColumn::Align::Right},
             {out.in(kUsable)}},
            rows);
  out.line(kCacheTotal, {std::to_string(report.entries.size()), std::to_string(report.tables),
                         byteText(report.bytes), byteText(report.file_bytes)});
}

Result<int> cache(const RecordArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (arguments.clear) {
    const auto cleared = pipeline::clearCache(*project, run.job);
    if (!cleared) return forward(cleared);
    run.output.object({{"dropped", cleared->dropped}, {"bytes", cleared->bytes}, {"kept", cleared->kept}});
    run.output.line(kCleared, {std::to_string(cleared->dropped), byteText(cleared->bytes),
                               std::to_string(cleared->kept)});
    return kExitDone;
  }
  const auto report = pipeline::cacheOf(*project, run.job);
  if (!report) return forward(report);
  Json entries = Json::array();
  for (const pipeline::CacheEntry& entry : report->entries)
    entries.push_back({{"run", entry.run},
                       {"node", entry.node},
                       {"label", entry.label},
                       {"type", entry.type},
                       {"cache_key", entry.cache_key},
                       {"tables", entry.tables},
                       {"models", entry.models},
                       {"bytes", entry.bytes},
                       {"usable", entry.usable}});
  run.output.object({{"entries", entries},
                     {"tables", report->tables},
                     {"bytes", report->bytes},
                     {"file_bytes", report->file_bytes}});
  showCache(run.output, *report);
  return kExitDone;
}

}  // namespace

std::string byteText(std::int64_t bytes) {
  constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1000 && unit + 1 < std::size(kUnits); ++unit) value /= 1000;
  return formatGrouped(value, unit == 0 ? 0 : 1) + " " + kUnits[unit];
}

void addRecordVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<RecordArguments>();
  const auto add = [&](const char* name, const Text& help, auto&& act) -> CLI::App& {
    CLI::App& verb =
        line.verb(group, name, help, [arguments, act](Invocation& run) { return act(*arguments, run); });
    line.argument(verb, "DIR", arguments->folder, kFolder);
    return verb;
  };
  add("runs", kRuns, listRuns);
  CLI::App& status = add("status", kStatus, tellStatus);
  line.argument(status, "FILE", arguments->file, kFile);
  keysAndValues(line, line.option(status, "--set", arguments->set, kSet, "NODE.param=v"));
  CLI::App& log = add("log", kLog, showRunLog);
  line.option(log, "--run", arguments->run, kWhichRun, "N");
  line.option(log, "--node", arguments->node, kWhichNode, "NODE");
  CLI::App& lineage = add("lineage", kLineage, tellLineage);
  line.argument(lineage, "WHAT", arguments->what, kWhat);
  line.option(lineage, "--out", arguments->out, kMermaid, "F.mmd");
  CLI::App& caching = add("cache", kCache, cache);
  line.flag(caching, "--clear", arguments->clear, kClear);
}

}  // namespace lodestone::cli
