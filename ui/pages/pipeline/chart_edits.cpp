// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_edits.h"

#include <algorithm>
#include <cmath>

#include "core/pipeline/chart/chart_edit.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr Text kNewNode{"New step", "新步骤"};
constexpr Text kNoEdge{"The chart has no edge {0} any more.", "流程图中已没有边 {0}。"};

/// In what frame the new one stands: that of the node before it.
std::string subgraphOf(const pipeline::Chart& chart, const std::string& node) {
  const pipeline::ChartNode* found = node.empty() ? nullptr : chart.findNode(node);
  return found != nullptr ? found->parent.value_or(std::string()) : std::string();
}

}  // namespace

Result<std::size_t> edgeIndex(const pipeline::Chart& chart, std::string_view id) {
  const auto found = std::find_if(chart.edges.begin(), chart.edges.end(),
                                  [&](const pipeline::ChartEdge& edge) { return edge.id == id; });
  if (found == chart.edges.end()) return fail(ErrorCode::NotFound, kNoEdge, {std::string(id)});
  return static_cast<std::size_t>(found - chart.edges.begin());
}

Result<std::string> addStage(pipeline::ChartDocument& document, const NodeToAdd& wanted, Language language) {
  std::string before = wanted.after;
  std::string behind;
  std::string label;
  std::optional<std::size_t> edge;
  if (!wanted.edge.empty()) {
    const auto index = edgeIndex(document.chart(), wanted.edge);
    if (!index) return forward(index);
    edge = *index;
    before = document.chart().edges[*edge].start;
    behind = document.chart().edges[*edge].end;
    label = document.chart().edges[*edge].plain;
  }
  pipeline::NewNode node;
  node.label = (wanted.type != nullptr ? wanted.type->title : kNewNode).in(language);
  node.subgraph = subgraphOf(document.chart(), before);
  if (edge && node.subgraph != subgraphOf(document.chart(), behind)) node.subgraph.clear();
  if (edge)
    if (const auto removed = pipeline::removeEdges(document, {*edge}); !removed) return forward(removed);
  auto id = pipeline::addNode(document, node);
  if (!id) return forward(id);
  if (edge || wanted.connect)
    if (const auto joined = pipeline::connect(document, before, *id, label); !joined) return forward(joined);
  if (edge)
    if (const auto joined = pipeline::connect(document, *id, behind); !joined) return forward(joined);
  if (wanted.type != nullptr && pipeline::stageTypeForLabel(node.label).bound() != wanted.type)
    if (const auto bound = document.setBinding({.node = *id, .stage = wanted.type->id}); !bound)
      return forward(bound);
  if (wanted.place)
    if (const auto put = setPlaces(document, {{words::toQt(*id), *wanted.place}}); !put) return forward(put);
  return id;
}

Result<> removeParts(pipeline::ChartDocument& document, const std::vector<std::string>& nodes,
                     const std::vector<std::string>& edges) {
  std::vector<std::size_t> indexes;
  for (const std::string& id : edges) {
    const auto index = edgeIndex(document.chart(), id);
    if (!index) return forward(index);
    indexes.push_back(*index);
  }
  if (!indexes.empty())
    if (const auto removed = pipeline::removeEdges(document, indexes); !removed) return forward(removed);
  return nodes.empty() ? Result<>() : pipeline::removeNodes(document, nodes);
}

Result<> setPlaces(pipeline::ChartDocument& document, const NodePlaces& places) {
  auto binding = document.binding();
  if (!binding) return forward(binding);
  std::vector<pipeline::NodePosition>& positions = binding->positions;
  for (const auto& [id, place] : places) {
    const std::string node = words::toUtf8(id);
    auto known = std::find_if(positions.begin(), positions.end(),
                              [&](const pipeline::NodePosition& position) { return position.node == node; });
    if (known == positions.end()) known = positions.insert(positions.end(), {.node = node});
    known->x = std::round(place.x());
    known->y = std::round(place.y());
  }
  return document.setPositions(positions);
}

Result<> forgetPlaces(pipeline::ChartDocument& document, const std::vector<std::string>& nodes) {
  auto binding = document.binding();
  if (!binding) return forward(binding);
  std::erase_if(binding->positions, [&](const pipeline::NodePosition& position) {
    return nodes.empty() || std::find(nodes.begin(), nodes.end(), position.node) != nodes.end();
  });
  return document.setPositions(binding->positions);
}

}  // namespace lodestone::pages
