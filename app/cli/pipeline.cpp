// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/pipeline_verbs.h"
#include "core/base/file.h"
#include "core/base/parameter.h"
#include "core/base/time.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "core/pipeline/outlook.h"
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
constexpr Text kLayered{"Placed in plain layers: Graphviz' dot is not installed or took too long.",
                        "已使用简单分层布局：未安装 Graphviz 的 dot，或其耗时过长。"};
constexpr Text kLayout{"Draw a flowchart", "绘制流程图"};
constexpr Text kFiles{"Flowcharts in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kFile{"A flowchart in Mermaid's language", "Mermaid 流程图文件"};
constexpr Text kRewrite{"Add the document, read and written back", "附上读取后再写出的全文"};
constexpr Text kLabel{"A node's new label (repeatable)", "节点的新标签（可重复）"};
constexpr Text kEditOut{"Where the changed chart goes", "修改后的流程图文件"};
constexpr Text kDrawOut{"The drawing: .svg, .png or .json", "输出图形：.svg、.png 或 .json"};

constexpr Text kReads{"{0}: {1} nodes, {2} edges.", "{0}：{1} 个节点，{2} 条边。"};
constexpr Text kRefused{"{0}, line {1}, column {2}: {3}", "{0}，第 {1} 行第 {2} 列：{3}"};
constexpr Text kRefusedLine{"{0}, line {1}: {2}", "{0}，第 {1} 行：{2}"};
constexpr Text kDrawn{"{0}: {1} nodes, {2} edges, {3} x {4} points.",
                      "{0}：{1} 个节点，{2} 条边，{3} x {4} 点。"};
constexpr Text kNotADrawing{"A drawing is written as .svg, .png or .json, not '{0}'.",
                            "图形只能写为 .svg、.png 或 .json，而不是“{0}”。"};
#ifndef LODESTONE_PRINT
constexpr Text kNoPng{"This build has no PNG writer (it was built without Qt). Give --out with .svg instead.",
                      "此构建不含 PNG 输出（未使用 Qt 构建）。请改用 .svg 作为 --out。"};
#endif
constexpr Text kEdited{"{0} labels changed, written to {1}.", "已修改 {0} 个标签，写入 {1}。"};

struct ChartArguments {
  std::string file;
  std::vector<std::string> files;
  bool rewrite = false;
  std::vector<std::string> labels;
  std::string out;
};

/// One file's verdict; false when it is refused or cannot be read.
bool checkFile(const std::string& file, bool rewrite, const Output& out) {
  const auto refused = [&](const Error& error) {
    out.object({{"valid", false}, {"error", toJson(error, out.language())}});
    if (error.where.line)
      out.line(kRefusedLine, {file, std::to_string(*error.where.line), error.message(out.language())});
    else
      out.plain(error.message(out.language()));
    return false;
  };
  const auto source = readFile(file);
  if (!source) return refused(source.error());
  const auto document = pipeline::ChartDocument::parse(*source, file);
  if (!document) {
    const auto chart = pipeline::readChart(*source);
    if (chart) return refused(document.error());
    const pipeline::ChartError& error = chart.error();
    out.object(pipeline::toJson(error, out.language()));
    out.line(kRefused,
             {file, std::to_string(error.line), std::to_string(error.column), error.message(out.language())});
    return false;
  }
  const auto binding = document->binding();
  if (!binding) return refused(binding.error());
  if (binding->until) {
    const auto outlook = pipeline::lookAhead(*document, {});
    if (!outlook) return refused(outlook.error());
    if (outlook->problem) return refused(*outlook->problem);
  }
  const pipeline::Chart& chart = document->chart();
  Json graph = pipeline::toJson(chart);
  if (rewrite) graph["text"] = document->text();
  out.object(graph);
  out.line(kReads, {file, std::to_string(chart.nodes.size()), std::to_string(chart.edges.size())});
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
                     {"engine", placed->by},
                     {"seconds", number(watch.seconds())},
                     {"file", absolutePath(arguments.out)}});
  if (placed->by != "dot") run.progress.note(run.output.in(kLayered));
  run.output.line(kDrawn, {absolutePath(arguments.out), std::to_string(placed->nodes.size()),
                           std::to_string(placed->edges.size()), formatGrouped(placed->width, 0),
                           formatGrouped(placed->height, 0)});
  return kExitDone;
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

  addRunVerbs(line, group);
  addStageVerbs(line, group);
  addRecordVerbs(line, group);
}

}  // namespace lodestone::cli
