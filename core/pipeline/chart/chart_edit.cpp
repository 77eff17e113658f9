// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_edit.h"

#include <algorithm>

#include "core/pipeline/chart/chart_compare.h"
#include "core/pipeline/chart/chart_shapes.h"
#include "core/pipeline/chart/edit_draft.h"
#include "core/pipeline/chart/label_text.h"
#include "core/pipeline/chart/plain_text.h"
#include "core/pipeline/chart/shape_text.h"

namespace lodestone::pipeline {

Result<std::string> addNode(ChartDocument& document, const NewNode& node) {
  const auto shape = shapeText(node.shape);
  if (!shape) return noSuchShape(document, node.shape);
  if (!node.subgraph.empty() && !isSubgraph(document.chart(), node.subgraph))
    return noSuchSubgraph(document, node.subgraph);
  EditDraft draft = draftOf(document);
  auto taken = takenIds(draft.expected);
  const std::string id = newId(taken);
  ChartNode added{.id = id, .text = std::string(trim(escapeLabel(node.label)))};
  added.label_type = LabelType::String;
  added.plain = plainLabel(added.text, added.label_type);
  added.type = shape->type;
  added.shape = shape->shape;
  if (!node.subgraph.empty()) {
    added.parent = node.subgraph;
    for (ChartSubgraph& group : draft.expected.subgraphs)
      if (group.id == node.subgraph) group.nodes.push_back(id);
  }
  draft.expected.nodes.push_back(std::move(added));
  const std::string statement = id + shape->open + quotedLabel(node.label) + shape->close + shape->data;
  if (auto done = accept(draft, withStatement(draft, node.subgraph, statement)); !done) return forward(done);
  return id;
}

Result<> connect(ChartDocument& document, std::string_view from, std::string_view to,
                 std::string_view label) {
  for (const std::string_view end : {from, to})
    if (document.chart().findNode(end) == nullptr && !isSubgraph(document.chart(), end))
      return noSuchNode(document, end);
  EditDraft draft = draftOf(document);
  ChartEdge added{.id = {}, .start = std::string(from), .end = std::string(to)};
  added.type = "arrow_point";
  added.interpolate = draft.expected.default_edge_interpolate;
  const std::string escaped = escapeLabel(label);
  if (!escaped.empty()) {
    added.text = std::string(trim(escaped));
    added.label_type = LabelType::String;
    added.plain = plainLabel(added.text, added.label_type);
  }
  // A frame that is named by an edge counts as a node too, though none is drawn.
  for (const std::string& end : {added.start, added.end})
    if (draft.expected.findNode(end) == nullptr) {
      ChartNode named{.id = end, .text = end, .plain = plainLabel(end, LabelType::Text)};
      named.is_subgraph = true;
      for (const ChartSubgraph& group : draft.expected.subgraphs)
        if (group.id == end) named.parent = group.parent;
      draft.expected.nodes.push_back(std::move(named));
    }
  draft.expected.edges.push_back(std::move(added));
  renumberEdges(draft.expected);
  const std::string arrow = escaped.empty() ? " --> " : " -->|\"" + escaped + "\"| ";
  return accept(draft, withStatement(draft, "", idText(from) + arrow + idText(to)));
}

}  // namespace lodestone::pipeline
