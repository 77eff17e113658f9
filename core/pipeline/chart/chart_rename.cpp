// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_rename.h"

#include <algorithm>

#include "core/pipeline/chart/chart_compare.h"
#include "core/pipeline/chart/chart_edit.h"
#include "core/pipeline/chart/edit_draft.h"
#include "core/pipeline/chart/plain_text.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kTaken{"{0} is the id of something else in this chart already.",
                      "{0} 已是此流程图中其他元素的标识。"};
constexpr Text kNoId{"\"{0}\" cannot be an id: use letters, digits and _.",
                     "“{0}”不能用作标识：请使用字母、数字和下划线。"};

std::string renamed(const std::string& id, const NewIds& names) {
  const auto found = names.find(id);
  return found == names.end() ? id : found->second;
}

void renameIn(Chart& chart, const NewIds& names) {
  const auto rename = [&](std::string& id) { id = renamed(id, names); };
  for (ChartNode& node : chart.nodes) {
    // A node without a label is called by its id.
    const bool unlabelled = node.text == node.id && node.label.empty() && !node.label_from_data;
    rename(node.id);
    if (node.parent) rename(*node.parent);
    if (!unlabelled) continue;
    node.text = node.id;
    node.plain = plainLabel(node.text, node.label_type);
  }
  for (ChartEdge& edge : chart.edges) {
    rename(edge.start);
    rename(edge.end);
    if (edge.user_id) rename(edge.id);
  }
  renumberEdges(chart);
  for (ChartSubgraph& group : chart.subgraphs) {
    rename(group.id);
    if (group.parent) rename(*group.parent);
    for (std::string& member : group.nodes) rename(member);
  }
  for (auto& [id, click] : chart.ignored_clicks) rename(id);
}

void renameFrame(TextEdit& edit, const EditDraft& draft, const Statement& statement, const NewIds& names) {
  const auto found = names.find(statement.subgraph);
  if (found == names.end()) return;
  const std::string name(
      draft.source().substr(statement.name.begin, statement.name.end - statement.name.begin));
  // Without a title the old id is one.
  edit.replace(statement.name, statement.has_title ? found->second : found->second + "[" + name + "]");
}

std::string textWith(const EditDraft& draft, const NewIds& names) {
  TextEdit edit(draft.source());
  for (const Statement& statement : draft.syntax.statements) {
    for (const auto& group : statement.groups)
      for (const VertexSyntax& vertex : group)
        if (names.count(vertex.id) > 0) edit.replace(vertex.id_range, names.at(vertex.id));
    for (const LinkSyntax& link : statement.links) {
      if (link.id_range.empty()) continue;
      const std::string name(
          draft.source().substr(link.id_range.begin, link.id_range.end - link.id_range.begin - 1));
      if (names.count(name) > 0) edit.replace(link.id_range, names.at(name) + "@");
    }
    if (statement.kind == StatementKind::SubgraphBegin) renameFrame(edit, draft, statement, names);
    const bool lists_nodes = statement.kind == StatementKind::Style ||
                             statement.kind == StatementKind::Class || statement.kind == StatementKind::Click;
    if (!lists_nodes) continue;
    std::vector<std::string> ids = statement.ids;
    for (std::string& id : ids) id = renamed(id, names);
    if (ids != statement.ids) edit.replace(statement.ids_range, idText(join(ids, ",")));
  }
  return edit.apply();
}

}  // namespace

Result<> renameIds(ChartDocument& document, const NewIds& names) {
  ChartDocument changed = document;
  std::map<std::string, std::string> in_section;
  for (const auto& [from, to] : names) in_section[from] = idText(to);
  if (auto done = changed.renameInSection(in_section); !done) return done;
  EditDraft draft = draftOf(changed);
  renameIn(draft.expected, names);
  const std::string text = textWith(draft, names);
  if (auto done = accept(draft, {text}); !done) return done;
  document = std::move(changed);
  return {};
}

Result<> renameId(ChartDocument& document, std::string_view from, const std::string& to) {
  const Chart& chart = document.chart();
  const bool made =
      std::any_of(chart.subgraphs.begin(), chart.subgraphs.end(),
                  [&](const ChartSubgraph& group) { return group.id == from && group.made_id; });
  if ((chart.findNode(from) == nullptr && !isSubgraph(chart, from)) || made)
    return noSuchNode(document, from);
  if (from == to) return {};
  if (takenIds(chart).count(to) > 0)
    return fail(ErrorCode::InvalidArgument, kTaken, {to}, {.file = document.fileName(), .stage = to});
  auto probe = readChart("graph TD\n" + to + " --> " + to + "\n");
  if (!probe || probe->nodes.size() != 1 || probe->nodes[0].id != to || probe->edges.size() != 1)
    return fail(ErrorCode::InvalidArgument, kNoId, {to}, {.file = document.fileName(), .stage = to});
  return renameIds(document, {{std::string(from), to}});
}

}  // namespace lodestone::pipeline
