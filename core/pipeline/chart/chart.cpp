// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart.h"

#include <algorithm>

#include "core/pipeline/chart/chart_parser.h"
#include "core/pipeline/chart/chart_syntax.h"
#include "core/pipeline/chart/chart_text.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kChartTooLarge{"The text has more than 256 MiB: too much for a flowchart.",
                              "文本超过 256 MiB，对流程图而言过大。"};
constexpr std::size_t kLargestSource = std::size_t{256} << 20U;

Json orNull(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

Json clickJson(const ChartClick& click) {
  if (click.callback)
    return {{"kind", "callback"}, {"function", click.target_or_function}, {"args", orNull(click.detail)}};
  return {{"kind", "href"}, {"href", click.target_or_function}, {"target", orNull(click.detail)}};
}

Json nodeJson(const ChartNode& node) {
  Json json = {{"id", node.id},
               {"text", node.text},
               {"plain", node.plain},
               {"label_type", labelTypeName(node.label_type)},
               {"type", orNull(node.type)},
               {"shape", node.shape},
               {"classes", node.classes},
               {"styles", node.styles},
               {"parent", orNull(node.parent)},
               {"is_subgraph", node.is_subgraph},
               {"click", node.click ? clickJson(*node.click) : Json(nullptr)},
               {"tooltip", orNull(node.tooltip)}};
  if (node.property) json["props"] = {{node.property->first, node.property->second}};
  if (node.meta.is_object()) json["meta"] = node.meta;
  return json;
}

Json edgeJson(const ChartEdge& edge) {
  Json json = {{"id", edge.id},
               {"user_id", edge.user_id},
               {"start", edge.start},
               {"end", edge.end},
               {"text", edge.text},
               {"plain", edge.plain},
               {"label_type", labelTypeName(edge.label_type)},
               {"type", edge.type},
               {"stroke", strokeName(edge.stroke)},
               {"length", edge.length ? Json(*edge.length) : Json(nullptr)},
               {"arrow_start", arrowHeadName(edge.arrow_start)},
               {"arrow_end", arrowHeadName(edge.arrow_end)},
               {"style", edge.style},
               {"interpolate", orNull(edge.interpolate)},
               {"classes", edge.classes}};
  if (edge.animate) json["animate"] = *edge.animate;
  if (edge.animation) json["animation"] = *edge.animation;
  if (edge.step) json["step"] = *edge.step;
  return json;
}

Json subgraphJson(const ChartSubgraph& subgraph) {
  Json json = {{"id", subgraph.id},           {"title", subgraph.title},
               {"plain", subgraph.plain},     {"label_type", labelTypeName(subgraph.label_type)},
               {"nodes", subgraph.nodes},     {"dir", orNull(subgraph.direction)},
               {"classes", subgraph.classes}, {"parent", orNull(subgraph.parent)}};
  if (subgraph.metadata.is_object()) json["metadata"] = subgraph.metadata;
  return json;
}

}  // namespace

std::string_view labelTypeName(LabelType type) {
  switch (type) {
    case LabelType::Text:
      return "text";
    case LabelType::String:
      return "string";
    case LabelType::Markdown:
      return "markdown";
  }
  return "text";
}

std::string_view arrowHeadName(ArrowHead head) {
  switch (head) {
    case ArrowHead::None:
      return "none";
    case ArrowHead::Point:
      return "point";
    case ArrowHead::Circle:
      return "circle";
    case ArrowHead::Cross:
      return "cross";
  }
  return "none";
}

std::string_view strokeName(Stroke stroke) {
  switch (stroke) {
    case Stroke::Normal:
      return "normal";
    case Stroke::Thick:
      return "thick";
    case Stroke::Dotted:
      return "dotted";
    case Stroke::Invisible:
      return "invisible";
    case Stroke::Invalid:
      return "INVALID";
  }
  return "normal";
}

const ChartNode* Chart::findNode(std::string_view id) const {
  for (const ChartNode& node : nodes)
    if (node.id == id) return &node;
  return nullptr;
}

tl::expected<Chart, ChartError> readChart(std::string_view source) {
  if (source.size() > kLargestSource) return tl::unexpected(ChartError{.text = kChartTooLarge});
  const auto prepared = prepareText(source);
  if (!prepared) return tl::unexpected(prepared.error());
  return ChartParser(source, *prepared).run();
}

namespace {

// What the preparation took away: the gaps in the mapping, but for white space and single signs.
std::vector<SourceRange> findComments(std::string_view source, const MappedText& body) {
  std::vector<SourceRange> comments;
  std::size_t next = 0;
  for (const std::uint32_t origin : body.origin) {
    if (origin > next) {
      const std::string_view gap = source.substr(next, origin - next);
      const std::size_t begin = next + skipSpace(gap, 0);
      const std::string_view kept = trimSpace(gap);
      if (kept.substr(0, 2) == "%%") comments.push_back({begin, begin + kept.size()});
    }
    next = std::max(next, std::size_t{origin} + 1);
  }
  return comments;
}

}  // namespace

tl::expected<ChartWithSyntax, ChartError> readSyntax(std::string_view source) {
  if (source.size() > kLargestSource) return tl::unexpected(ChartError{.text = kChartTooLarge});
  const auto prepared = prepareText(source);
  if (!prepared) return tl::unexpected(prepared.error());
  ChartSyntax syntax;
  syntax.comments = findComments(source, prepared->body);
  auto chart = ChartParser(source, *prepared, &syntax).run();
  if (!chart) return tl::unexpected(chart.error());
  return ChartWithSyntax{std::move(*chart), std::move(syntax)};
}

Error toError(const ChartError& error, const std::string& file_name) {
  return {ErrorCode::InvalidArgument,
          error.text,
          error.args,
          {.file = file_name, .line = error.line, .column = std::to_string(error.column)}};
}

Result<Chart> parseChart(std::string_view source, const std::string& file_name) {
  auto chart = readChart(source);
  if (!chart) return tl::unexpected(toError(chart.error(), file_name));
  return std::move(*chart);
}

Json toJson(const Chart& chart) {
  Json json = {{"valid", true},
               {"schema", 1},
               {"diagram_type", chart.diagram_type},
               {"direction", chart.direction},
               {"title", orNull(chart.title)},
               {"acc_title", orNull(chart.accessible_title)},
               {"acc_descr", orNull(chart.accessible_description)}};
  json["vertices"] = Json::array();
  for (const ChartNode& node : chart.nodes) json["vertices"].push_back(nodeJson(node));
  json["edges"] = Json::array();
  for (const ChartEdge& edge : chart.edges) json["edges"].push_back(edgeJson(edge));
  json["subgraphs"] = Json::array();
  for (const ChartSubgraph& subgraph : chart.subgraphs) json["subgraphs"].push_back(subgraphJson(subgraph));
  json["class_defs"] = Json::array();
  for (const ChartClass& definition : chart.classes)
    json["class_defs"].push_back(
        {{"id", definition.id}, {"styles", definition.styles}, {"text_styles", definition.text_styles}});
  json["edge_defaults"] = {
      {"style", chart.default_edge_style ? Json(*chart.default_edge_style) : Json(nullptr)},
      {"interpolate", orNull(chart.default_edge_interpolate)}};
  json["config"] = chart.config;
  if (!chart.ignored_clicks.empty()) {
    json["ignored_clicks"] = Json::array();
    for (const auto& [id, click] : chart.ignored_clicks) {
      Json entry = {{"id", id}};
      entry.update(clickJson(click));
      json["ignored_clicks"].push_back(std::move(entry));
    }
  }
  return json;
}

Json toJson(const ChartError& error, Language language) {
  return {{"valid", false},
          {"error",
           {{"message", error.message(language)},
            {"line", error.line},
            {"column", error.column},
            {"expected", error.expected},
            {"got", error.got}}}};
}

}  // namespace lodestone::pipeline
