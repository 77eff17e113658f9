// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/lineage.h"

namespace lodestone::pipeline {

namespace {

constexpr std::size_t kLongestLabel = 160;
constexpr const char* kLit = "lodestoneLineage";
constexpr const char* kLitNodes = "fill:#fff3c4,stroke:#b45309,stroke-width:3px,color:#1f2937";
constexpr const char* kLitEdges = "stroke:#b45309,stroke-width:3px";

std::string quotedLabel(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"')
      out += "#quot;";
    else if (c == '#')
      out += "#35;";
    else
      out += c == '\n' ? ' ' : c;
  }
  return "\"" + out + "\"";
}

std::string plainText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : dumpJson(value);
}

/// "join: left = a, right = b".
std::string operationText(const data::OriginStep& step) {
  std::vector<std::string> words;
  for (const auto& [name, value] : step.parameters.items())
    if (!value.empty()) words.push_back(name + " = " + plainText(value));
  return shorten(step.operation + (words.empty() ? "" : ": " + join(words, ", ")), kLongestLabel);
}

/// Files, tables, what was done to them and what came of it, for what no run made.
std::string chartOfSources(const Lineage& lineage) {
  std::string text = "flowchart LR\n  what[" + quotedLabel(lineage.what) + "]\n";
  const data::OriginStep* made = madeBy(lineage);
  std::map<std::string, std::string> nodes;
  std::map<std::string, std::string> newest;  // table -> node
  for (std::size_t i = 0; i < lineage.operations.size(); ++i) {
    const data::OriginStep& step = lineage.operations[i];
    const std::string number = std::to_string(i + 1);
    const bool last = &step == made;
    const std::string node = last ? "what" : "table" + number;
    nodes[step.id] = newest[lowerAscii(step.made)] = node;
    if (!last) text += "  " + node + "[(" + quotedLabel(step.made) + ")]\n";
    if (step.operation == "import") {
      for (std::size_t j = 0; j < step.parameters.at("files").size(); ++j)
        text += "  file" + number + "_" + std::to_string(j + 1) + "[/" +
                quotedLabel(plainText(step.parameters["files"][j].at("file"))) + "/] --> " + node + "\n";
    } else if (!step.operation.empty()) {
      text += "  operation" + number + "[" + quotedLabel(operationText(step)) + "] --> " + node + "\n";
      for (const std::string& from : step.from) text += "  " + nodes[from] + " --> operation" + number + "\n";
      if (last && step.from.empty())  // a picture of what was made of them
        for (const std::string& table : lineage.tables)
          text += "  " + newest[lowerAscii(table)] + " --> operation" + number + "\n";
    }
  }
  if (made == nullptr)
    for (const std::string& table : lineage.tables) text += "  " + newest[lowerAscii(table)] + " --> what\n";
  return text;
}

/// Edges of the chart between nodes on the way, by their number. A stage takes its input from the nearest
/// node that gives it, so what lies between two stages of the way is on it too.
std::vector<std::string> litEdges(const Chart& chart, const std::set<std::string>& lit) {
  std::vector<std::string> edges;
  for (std::size_t i = 0; i < chart.edges.size(); ++i)
    if (lit.contains(chart.edges[i].start) && lit.contains(chart.edges[i].end))
      edges.push_back(std::to_string(i));
  return edges;
}

Json stageJson(const LineageStage& stage) {
  return {{"node", stage.record.node},
          {"cycle", stage.record.cycle},
          {"label", stage.record.label},
          {"type", stage.record.type},
          {"state", stage.record.state},
          {"parameters", stage.record.parameters},
          {"inputs", stage.record.inputs},
          {"outputs", stage.record.outputs},
          {"cache_key", stage.record.cache_key},
          {"made_run", stage.record.made_run},
          {"code", stage.code},
          {"started_at", stage.record.started_at},
          {"seconds", number(stage.record.seconds)}};
}

}  // namespace

std::string lineageMermaid(const Lineage& lineage) {
  if (!lineage.run) return chartOfSources(lineage);
  const auto document = ChartDocument::parse(lineage.run->chart, {});
  if (!document) return chartOfSources(lineage);
  std::set<std::string> lit;
  for (const LineageStage& stage : lineage.stages) lit.insert(stage.record.node);
  std::string text = lineage.run->chart;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += std::string("classDef ") + kLit + " " + kLitNodes + "\n";
  text += "class " + join({lit.begin(), lit.end()}, ",") + " " + kLit + "\n";
  const std::vector<std::string> edges = litEdges(document->chart(), lit);
  if (!edges.empty()) text += "linkStyle " + join(edges, ",") + " " + kLitEdges + "\n";
  return text;
}

Json toJson(const SourceFile& file) {
  return {{"table", file.table},
          {"file", file.file},
          {"bytes", file.bytes},
          {"imported_at", file.imported_at},
          {"rows", file.rows}};
}

Json toJson(const Lineage& lineage) {
  Json stages = Json::array();
  for (const LineageStage& stage : lineage.stages) stages.push_back(stageJson(stage));
  Json edges = Json::array();
  for (const auto& [from, to] : lineage.edges) edges.push_back({from, to});
  Json files = Json::array();
  for (const SourceFile& file : lineage.files) files.push_back(toJson(file));
  Json operations = Json::array();
  for (const data::OriginStep& step : lineage.operations) operations.push_back(data::toJson(step));
  Json parts = Json::array();
  for (const Lineage& part : lineage.parts) parts.push_back(toJson(part));
  Json json = {{"what", lineage.what},     {"kind", lineageKindName(lineage.kind)},
               {"stages", stages},         {"edges", edges},
               {"tables", lineage.tables}, {"operations", operations},
               {"files", files},           {"training", lineage.training},
               {"parts", parts},           {"mermaid", lineageMermaid(lineage)}};
  json["strategy"] = lineage.strategy.empty() ? Json(nullptr) : Json(lineage.strategy);
  json["version"] = lineage.version == 0 ? Json(nullptr) : Json(lineage.version);
  json["model"] = lineage.model.empty() ? Json(nullptr) : Json(lineage.model);
  json["run"] = Json(nullptr);
  if (lineage.run)
    json["run"] = {{"id", lineage.run->id},           {"started_at", lineage.run->started_at},
                   {"seed", lineage.run->seed},       {"code", lineage.run->code},
                   {"options", lineage.run->options}, {"state", lineage.run->state}};
  return json;
}

}  // namespace lodestone::pipeline
