// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "core/pipeline/chart/chart_edit.h"
#include "core/pipeline/chart/chart_remove.h"
#include "core/pipeline/chart/edit_draft.h"
#include "core/pipeline/chart/label_text.h"
#include "core/pipeline/chart/plain_text.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNothingToGroup{"Choose the nodes that are to be in the frame.", "请选择要放入框内的节点。"};
constexpr Text kNotTogether{
    "{0} and {1} are in different subgraphs; only what stands together can get a frame.",
    "{0} 与 {1} 位于不同的子图中；只有位于同一处的元素才能加框。"};

/// The subgraph around each id, by id; subgraphs before nodes of the same name.
std::unordered_map<std::string, std::optional<std::string>> parentsOf(const Chart& chart) {
  std::unordered_map<std::string, std::optional<std::string>> parents;
  for (const ChartSubgraph& group : chart.subgraphs) parents.emplace(group.id, group.parent);
  for (const ChartNode& node : chart.nodes) parents.emplace(node.id, node.parent);
  return parents;
}

void moveInto(Chart& chart, const ChartSubgraph& frame) {
  const std::set<std::string> ids(frame.nodes.begin(), frame.nodes.end());
  for (ChartSubgraph& group : chart.subgraphs) {
    if (ids.count(group.id) > 0) {
      group.parent = frame.id;
      // The frame names it, which makes a node of the name that is not drawn.
      if (chart.findNode(group.id) == nullptr)
        chart.nodes.push_back({.id = group.id,
                               .text = group.id,
                               .plain = plainLabel(group.id, LabelType::Text),
                               .is_subgraph = true});
    }
    std::erase_if(group.nodes, [&](const std::string& id) { return ids.count(id) > 0; });
    if (frame.parent == group.id) group.nodes.push_back(frame.id);
  }
  for (ChartNode& node : chart.nodes)
    if (ids.count(node.id) > 0) node.parent = frame.id;
  chart.subgraphs.push_back(frame);
}

}  // namespace

Result<std::string> group(ChartDocument& document, const std::vector<std::string>& ids,
                          std::string_view title) {
  if (ids.empty())
    return fail(ErrorCode::InvalidArgument, kNothingToGroup, {}, {.file = document.fileName()});
  const auto parents = parentsOf(document.chart());
  for (const std::string& id : ids) {
    const auto found = parents.find(id);
    if (found == parents.end()) return noSuchNode(document, id);
    if (found->second != parents.at(ids.front()))
      return fail(ErrorCode::InvalidArgument, kNotTogether, {ids.front(), id},
                  {.file = document.fileName(), .stage = id});
  }
  EditDraft draft = draftOf(document);
  auto taken = takenIds(draft.expected);
  ChartSubgraph frame{.id = newId(taken), .title = std::string(trim(escapeLabel(title)))};
  frame.label_type = LabelType::String;
  frame.plain = plainLabel(frame.title, frame.label_type);
  frame.parent = parents.at(ids.front());
  std::string statement = "subgraph " + frame.id + "[" + quotedLabel(title) + "]";
  for (const std::string& id : ids) {
    if (std::find(frame.nodes.begin(), frame.nodes.end(), id) != frame.nodes.end()) continue;
    frame.nodes.push_back(id);
    statement += "\n  " + idText(id);
  }
  statement += "\nend";
  moveInto(draft.expected, frame);
  const std::string parent = frame.parent.value_or("");
  if (auto done = accept(draft, withStatement(draft, parent, statement)); !done) return forward(done);
  return frame.id;
}

Result<> ungroup(ChartDocument& document, std::string_view subgraph) {
  if (!isSubgraph(document.chart(), subgraph)) return noSuchSubgraph(document, subgraph);
  return removeParts(document, {.nodes = {}, .frames = {std::string(subgraph)}, .edges = {}});
}

}  // namespace lodestone::pipeline
