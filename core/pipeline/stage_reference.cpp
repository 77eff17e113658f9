// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stage_reference.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/givers.h"
#include "core/pipeline/outlook.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kTitle{"Stages", "阶段"};
constexpr Text kPreamble{
    "What the nodes of a flowchart can do. Made from the program by `lodestone-cli pipeline stages "
    "--markdown`; do not edit.\n\nA node is bound by `stage:` in the flowchart's front matter, else by its "
    "label. An input takes from the nearest node before it that gives the kind; of several inputs of one "
    "kind "
    "each takes an edge, in the order of the text; an edge whose label is an input's name feeds that input.",
    "流程图节点能做什么。本文由程序通过 `lodestone-cli pipeline stages --markdown` 生成，请勿手工修改。"
    "\n\n节点由流程图 front matter 中的 `stage:` 绑定，否则按标签识别。"
    "输入取自其前面最近的、给出该类内容的节点；同类的多个输入按边在文本中的顺序各取一条边；"
    "标签为某输入名称的边只供给该输入。"};
constexpr Text kTakes{"Takes", "输入"};
constexpr Text kGives{"Gives", "输出"};
constexpr Text kNothing{"nothing", "无"};
constexpr Text kOptional{"optional", "可选"};
constexpr Text kMany{"several", "可多个"};
constexpr Text kLabels{"Recognised by", "识别标签"};
constexpr Text kParameter{"Parameter", "参数"};
constexpr Text kDefault{"Default", "默认值"};
constexpr Text kValues{"Values", "取值"};
constexpr Text kMeaning{"Meaning", "含义"};
constexpr Text kNeeded{"required", "必填"};
constexpr Text kTemplates{"Templates", "模板"};
constexpr Text kNode{"Node", "节点"};
constexpr Text kStage{"Stage", "阶段类型"};
constexpr Text kFrom{"from", "来自"};
constexpr Text kSet{"Set for the demo shop", "为演示商店设置"};
constexpr std::size_t kLongestValue = 60;

/// Text inside a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string flat = replaceAll(std::string(text), "\n", " ");
  return replaceAll(replaceAll(std::move(flat), "|", "\\|"), "<", "&lt;");
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::string ports(const std::vector<Port>& all, Language language) {
  std::vector<std::string> words;
  for (const Port& port : all) {
    std::string word = code(port.name) + " (" + std::string(portKindTitle(port.kind).in(language));
    if (port.optional) word += ", " + std::string(kOptional.in(language));
    if (port.many) word += ", " + std::string(kMany.in(language));
    words.push_back(word + ")");
  }
  return words.empty() ? std::string(kNothing.in(language)) : join(words, ", ");
}

std::string valuesOf(const Parameter& parameter) {
  std::vector<std::string> words;
  for (const ParameterChoice& choice : parameter.choices) words.push_back(code(choice.id));
  if (!words.empty()) return join(words, ", ");
  std::string range;
  if (parameter.minimum) range += formatNumber(*parameter.minimum);
  if (parameter.minimum || parameter.maximum) range += " … ";
  if (parameter.maximum) range += formatNumber(*parameter.maximum);
  return std::string(trim(range));
}

std::string typeText(const StageType& type, Language language) {
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  std::string out = "### " + code(type.id) + " " + in(type.title) + "\n\n" + in(type.help) + "\n\n";
  out += "- " + in(kTakes) + ": " + ports(type.inputs, language) + "\n";
  out += "- " + in(kGives) + ": " + ports(type.outputs, language) + "\n";
  out += "- " + in(kLabels) + ": " + join(type.labels, ", ") + "\n\n";
  if (type.parameters.empty()) return out;
  out += "| " + in(kParameter) + " | " + in(kDefault) + " | " + in(kValues) + " | " + in(kMeaning) +
         " |\n|---|---|---|---|\n";
  for (const Parameter& parameter : type.parameters) {
    const bool needed =
        std::find(type.required.begin(), type.required.end(), parameter.id) != type.required.end();
    out += "| " + code(parameter.id) + (needed ? " (" + in(kNeeded) + ")" : "") + " | " +
           code(parameter.default_value) + " | " + valuesOf(parameter) + " | " + cell(in(parameter.title)) +
           ": " + cell(in(parameter.help)) + " |\n";
  }
  return out + "\n";
}

Result<std::string> templateText(const ChartTemplate& about, Language language) {
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  const auto nodes = describeTemplate(about.name, language);
  if (!nodes) return forward(nodes);
  std::string out = "### " + code(about.name) + " " + in(about.title) + "\n\n" + in(about.help) + "\n\n| " +
                    in(kNode) + " | " + in(kStage) + " | " + in(kTakes) + " | " + in(kSet) +
                    " |\n|---|---|---|---|\n";
  for (const NodeDescription& node : *nodes) {
    std::vector<std::string> takes;
    for (const auto& [port, from] : node.takes)
      takes.push_back(std::string(portKindTitle(port->kind).in(language)) + " " + in(kFrom) + " " +
                      join(from, ", "));
    std::vector<std::string> given;
    for (const auto& [id, value] : node.given) given.push_back(id + "=" + shorten(value, kLongestValue));
    std::vector<std::string> quoted;
    for (const std::string& one : given) quoted.push_back(code(one));
    out += "| " + node.node + ": " + cell(node.label) + " | " +
           (node.type == nullptr ? "" : code(node.type->id)) + " | " + cell(join(takes, "; ")) + " | " +
           join(quoted, ", ") + " |\n";
  }
  return out + "\n";
}

}  // namespace

Result<std::vector<NodeDescription>> describeTemplate(const std::string& name, Language language) {
  const auto text = boundTemplate(name, language);
  if (!text) return forward(text);
  const auto document = ChartDocument::parse(*text, name);
  if (!document) return forward(document);
  const auto outlook = lookAhead(*document, {});
  if (!outlook) return forward(outlook);
  std::vector<const StageType*> types;
  for (const NodeOutlook& node : outlook->nodes) types.push_back(node.type);
  std::set<std::size_t> returned;
  for (const auto& [source, target] : outlook->graph.feedback) returned.insert(source);
  std::vector<NodeDescription> nodes;
  for (const std::size_t at : outlook->graph.order()) {
    const NodeOutlook& node = outlook->nodes[at];
    NodeDescription description{node.node, node.label, node.type, {}, node.given};
    for (const auto& ways : {feeds(outlook->graph, types, at), feeds(outlook->graph, types, at, returned)})
      for (const PortFeed& feed : ways) {
        std::vector<std::string> from;
        for (const std::size_t giver : feed.nodes) from.push_back(outlook->graph.ids[giver]);
        const bool told = std::find(description.takes.begin(), description.takes.end(),
                                    std::pair(feed.port, from)) != description.takes.end();
        if (!from.empty() && !told) description.takes.emplace_back(feed.port, std::move(from));
      }
    nodes.push_back(std::move(description));
  }
  return nodes;
}

Result<std::string> stageReference(Language language) {
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  std::string out = "# " + in(kTitle) + "\n\n" + in(kPreamble) + "\n\n";
  std::optional<StageGroup> group;
  std::vector<const StageType*> types;
  for (const StageType& type : stageTypes()) types.push_back(&type);
  std::stable_sort(types.begin(), types.end(),
                   [](const StageType* a, const StageType* b) { return a->group < b->group; });
  for (const StageType* type : types) {
    if (group != type->group) out += "## " + in(stageGroupTitle(type->group)) + "\n\n";
    group = type->group;
    out += typeText(*type, language);
  }
  out += "## " + in(kTemplates) + "\n\n";
  for (const ChartTemplate& about : chartTemplates()) {
    const auto text = templateText(about, language);
    if (!text) return forward(text);
    out += *text;
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace lodestone::pipeline
