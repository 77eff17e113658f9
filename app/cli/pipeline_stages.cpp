// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/pipeline_verbs.h"
#include "core/base/file.h"
#include "core/base/parameter.h"
#include "core/pipeline/stage_reference.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::cli {
namespace {

constexpr Text kStages{"What a chart's nodes can do, with their parameters",
                       "流程图节点可用的阶段类型及参数"};
constexpr Text kMarkdown{"As a Markdown document", "输出为 Markdown 文档"};
constexpr Text kTemplate{"The flowcharts that ship with the program", "程序自带的流程图模板"};
constexpr Text kName{"s0, s1, s2, s3 or demo; without a name they are listed",
                     "s0、s1、s2、s3 或 demo；不给名称则列出全部"};
constexpr Text kDescribe{"What every node does and needs", "说明每个节点做什么、需要什么"};
constexpr Text kBound{"With what its nodes need on the demo shop", "附上节点在演示商店上所需的设置"};
constexpr Text kOut{"Where the chart is written; default: to the output", "流程图的输出文件；默认输出到终端"};
constexpr Text kWritten{"{0} written to {1}.", "{0} 已写入 {1}。"};
constexpr Text kParameter{"Parameter", "参数"};
constexpr Text kDefault{"Default", "默认值"};
constexpr Text kMeaning{"Meaning", "含义"};
constexpr Text kNode{"Node", "节点"};
constexpr Text kLabel{"Label", "标签"};
constexpr Text kStage{"Stage", "阶段类型"};
constexpr Text kTakes{"Takes", "输入"};
constexpr Text kDoes{"Does", "作用"};
constexpr std::size_t kLongestHelp = 70;

struct StageArguments {
  bool markdown = false;
  std::string name;
  bool describe = false;
  bool bound = false;
  std::string out;
};

Json portsJson(const std::vector<pipeline::Port>& ports) {
  Json json = Json::array();
  for (const pipeline::Port& port : ports)
    json.push_back({{"name", port.name},
                    {"kind", pipeline::portKindName(port.kind)},
                    {"title", toJson(port.title)},
                    {"optional", port.optional},
                    {"many", port.many}});
  return json;
}

Result<int> listStages(const StageArguments& arguments, Invocation& run) {
  const Output& out = run.output;
  if (arguments.markdown) {
    const auto text = pipeline::stageReference(out.language());
    if (!text) return forward(text);
    out.object({{"markdown", *text}});
    out.plain(text->substr(0, text->size() - 1));
    return kExitDone;
  }
  Json list = Json::array();
  for (const pipeline::StageType& type : pipeline::stageTypes()) {
    Json parameters = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Parameter& parameter : type.parameters) {
      parameters.push_back(toJson(parameter));
      rows.push_back({parameter.id, parameter.default_value, out.in(parameter.title)});
    }
    list.push_back({{"id", type.id},
                    {"title", toJson(type.title)},
                    {"help", toJson(type.help)},
                    {"group", toJson(pipeline::stageGroupTitle(type.group))},
                    {"labels", type.labels},
                    {"inputs", portsJson(type.inputs)},
                    {"outputs", portsJson(type.outputs)},
                    {"required", type.required},
                    {"parameters", parameters}});
    out.plain(type.id + " – " + out.in(type.title) + "\n" + out.in(type.help));
    if (!rows.empty()) out.table({{out.in(kParameter)}, {out.in(kDefault)}, {out.in(kMeaning)}}, rows);
    out.plain("");
  }
  out.object({{"stages", list}});
  return kExitDone;
}

Result<int> listTemplates(const Output& out) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const pipeline::ChartTemplate& about : pipeline::chartTemplates()) {
    list.push_back({{"name", about.name}, {"title", toJson(about.title)}, {"help", toJson(about.help)}});
    rows.push_back({about.name, out.in(about.title), shorten(out.in(about.help), kLongestHelp)});
  }
  out.object({{"templates", list}});
  out.table({{out.in(kTemplate)}, {out.in(kLabel)}, {out.in(kDoes)}}, rows);
  return kExitDone;
}

Result<int> describe(const std::string& name, const Output& out) {
  const auto nodes = pipeline::describeTemplate(name, out.language());
  if (!nodes) return forward(nodes);
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const pipeline::NodeDescription& node : *nodes) {
    Json takes = Json::array();
    std::vector<std::string> words;
    for (const auto& [port, from] : node.takes) {
      takes.push_back({{"port", port->name}, {"kind", pipeline::portKindName(port->kind)}, {"from", from}});
      words.push_back(out.in(pipeline::portKindTitle(port->kind)) + ": " + join(from, ", "));
    }
    list.push_back({{"node", node.node},
                    {"label", node.label},
                    {"stage", node.type->id},
                    {"does", toJson(node.type->help)},
                    {"takes", takes},
                    {"gives", portsJson(node.type->outputs)},
                    {"parameters", node.given}});
    rows.push_back({node.node, node.label, node.type->id, join(words, "; "),
                    shorten(out.in(node.type->help), kLongestHelp)});
  }
  out.object({{"template", name}, {"nodes", list}});
  out.table({{out.in(kNode)}, {out.in(kLabel)}, {out.in(kStage)}, {out.in(kTakes)}, {out.in(kDoes)}}, rows);
  return kExitDone;
}

Result<int> showTemplate(const StageArguments& arguments, Invocation& run) {
  const Output& out = run.output;
  if (arguments.name.empty()) return listTemplates(out);
  if (arguments.describe) return describe(arguments.name, out);
  const auto text = arguments.bound ? pipeline::boundTemplate(arguments.name, out.language())
                                    : pipeline::chartTemplate(arguments.name, out.language());
  if (!text) return forward(text);
  if (arguments.out.empty()) {
    out.object({{"template", arguments.name}, {"chart", *text}});
    out.plain(text->ends_with("\n") ? text->substr(0, text->size() - 1) : *text);
    return kExitDone;
  }
  if (const auto written = writeFileAtomically(arguments.out, *text); !written) return forward(written);
  out.object({{"template", arguments.name}, {"file", absolutePath(arguments.out)}});
  out.line(kWritten, {arguments.name, absolutePath(arguments.out)});
  return kExitDone;
}

}  // namespace

void addStageVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<StageArguments>();
  CLI::App& stages = line.verb(group, "stages", kStages,
                               [arguments](Invocation& run) { return listStages(*arguments, run); });
  line.flag(stages, "--markdown", arguments->markdown, kMarkdown);
  CLI::App& shown = line.verb(group, "template", kTemplate,
                              [arguments](Invocation& run) { return showTemplate(*arguments, run); });
  line.argument(shown, "NAME", arguments->name, kName)->required(false);
  line.flag(shown, "--describe", arguments->describe, kDescribe);
  line.flag(shown, "--bound", arguments->bound, kBound);
  line.option(shown, "--out", arguments->out, kOut, "F.mmd");
}

}  // namespace lodestone::cli
