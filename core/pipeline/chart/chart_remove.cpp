// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_remove.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/chart/chart_compare.h"
#include "core/pipeline/chart/chart_edit.h"
#include "core/pipeline/chart/node_statement.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

template <class Set>
bool has(const Set& set, const typename Set::value_type& value) {
  return set.count(value) > 0;
}

/// Makes the text without what goes.
class Remover {
 public:
  Remover(const EditDraft& draft, const Removal& removal, std::set<std::string> gone)
      : draft_(draft), removal_(removal), gone_(std::move(gone)), source_(draft.source()) {
    for (const Statement& statement : draft.syntax.statements)
      for (const auto& group : statement.groups)
        for (const VertexSyntax& vertex : group) ++mentions_[vertex.id];
  }

  /// With mentions that say nothing more left out where the node is mentioned elsewhere, or with all of them.
  std::string text(bool leave_out_mentions) {
    leave_out_ = leave_out_mentions;
    left_ = mentions_;
    TextEdit edit(source_);
    std::vector<std::string> open;  // subgraphs around the statement
    for (const Statement& statement : draft_.syntax.statements) {
      if (statement.kind == StatementKind::SubgraphBegin) open.push_back(statement.subgraph);
      const bool in_gone_frame = !open.empty() && has(removal_.frames, open.back());
      const bool frame_line = statement.kind == StatementKind::SubgraphBegin ||
                              statement.kind == StatementKind::SubgraphEnd ||
                              statement.kind == StatementKind::Direction;
      if (frame_line && in_gone_frame)
        cut(edit, statement);
      else
        change(edit, statement);
      if (statement.kind == StatementKind::SubgraphEnd) open.pop_back();
    }
    return edit.apply();
  }

 private:
  void change(TextEdit& edit, const Statement& statement) {
    switch (statement.kind) {
      case StatementKind::Node:
        changeNodes(edit, statement);
        break;
      case StatementKind::Style:
      case StatementKind::Class:
      case StatementKind::Click:
        changeIds(edit, statement,
                  [&](const std::string& id) { return has(gone_, id) ? std::nullopt : std::optional(id); });
        break;
      case StatementKind::LinkStyle:
        changeIds(edit, statement, [&](const std::string& id) { return newNumber(id); });
        break;
      default:
        break;
    }
  }

  // Only lists that change are written anew.
  template <class Kept>
  void changeIds(TextEdit& edit, const Statement& statement, Kept kept) {
    std::vector<std::string> left;
    for (const std::string& id : statement.ids)
      if (auto now = kept(id)) left.push_back(std::move(*now));
    if (left == statement.ids) return;
    if (left.empty())
      cut(edit, statement);
    else
      edit.replace(statement.ids_range, idText(join(left, ",")));
  }

  std::optional<std::string> newNumber(const std::string& number) const {
    std::size_t index = 0;
    for (const char c : number) index = index * 10 + static_cast<std::size_t>(c - '0');
    if (has(removal_.edges, index)) return std::nullopt;
    const auto before =
        static_cast<std::size_t>(std::distance(removal_.edges.begin(), removal_.edges.lower_bound(index)));
    return before == 0 ? number : std::to_string(index - before);
  }

  void changeNodes(TextEdit& edit, const Statement& statement) {
    if (!isTouched(statement)) return;
    const NodeStatementChange change{
        .keeps_vertex = [&](const VertexSyntax& vertex) { return !has(gone_, vertex.id); },
        .keeps_edge = [&](std::size_t edge) { return !has(removal_.edges, edge); },
        .has_name = [&](std::size_t edge) { return draft_.document.chart().edges[edge].user_id; }};
    std::vector<NodeStatementPiece> pieces = changedStatement(source_, statement, change);
    for (const auto& group : statement.groups)
      for (const VertexSyntax& vertex : group) --left_[vertex.id];
    for (const NodeStatementPiece& piece : pieces)
      for (const VertexSyntax* vertex : piece.vertices) ++left_[vertex->id];
    if (leave_out_) leaveOut(pieces);
    std::vector<std::string> texts;
    for (const NodeStatementPiece& piece : pieces) texts.push_back(piece.text);
    if (texts.empty()) {
      cut(edit, statement);
      return;
    }
    const std::string line = lineEndOf(source_) + indentAt(source_, statement.range.begin);
    const bool first = isFirstInLine(source_, statement.range.begin);
    edit.replace(statement.range,
                 commentsOf(statement.range, join(texts, "\n")) + join(texts, first ? line : "; "));
  }

  void leaveOut(std::vector<NodeStatementPiece>& pieces) {
    pieces.erase(std::remove_if(pieces.begin(), pieces.end(),
                                [&](const NodeStatementPiece& piece) {
                                  if (piece.says_more) return false;
                                  const bool all_elsewhere =
                                      std::all_of(piece.vertices.begin(), piece.vertices.end(),
                                                  [&](const VertexSyntax* v) { return left_[v->id] > 1; });
                                  if (!all_elsewhere) return false;
                                  for (const VertexSyntax* vertex : piece.vertices) --left_[vertex->id];
                                  return true;
                                }),
                 pieces.end());
  }

  bool isTouched(const Statement& statement) const {
    for (const auto& group : statement.groups)
      for (const VertexSyntax& vertex : group)
        if (has(gone_, vertex.id)) return true;
    for (std::size_t k = 0; k < statement.links.size(); ++k) {
      const std::size_t first = statement.links[k].first_edge;
      const std::size_t count = statement.groups[k].size() * statement.groups[k + 1].size();
      const auto found = removal_.edges.lower_bound(first);
      if (found != removal_.edges.end() && *found < first + count) return true;
    }
    return false;
  }

  // The comments within a stretch that are not in its new text, each with the line it had.
  std::string commentsOf(const SourceRange& range, const std::string& kept) const {
    std::string lines;
    for (const SourceRange& comment : draft_.syntax.comments) {
      if (comment.begin < range.begin || comment.end > range.end) continue;
      const std::string text(source_.substr(comment.begin, comment.end - comment.begin));
      if (kept.find(text) == std::string::npos)
        lines += text + lineEndOf(source_) + indentAt(source_, range.begin);
    }
    return lines;
  }

  void cut(TextEdit& edit, const Statement& statement) {
    const SourceRange range = wholeStatement(source_, statement.range);
    std::string comments = commentsOf(range, "");
    edit.replace(
        range,
        comments.substr(0, comments.size() - (comments.empty() ? 0 : indentAt(source_, range.begin).size())));
  }

  const EditDraft& draft_;
  const Removal& removal_;
  std::set<std::string> gone_;
  std::string_view source_;
  std::unordered_map<std::string, int> mentions_ = {};
  std::unordered_map<std::string, int> left_ = {};
  bool leave_out_ = true;
};

template <class Rows, class Gone>
void eraseRows(Rows& rows, Gone gone) {
  rows.erase(std::remove_if(rows.begin(), rows.end(), gone), rows.end());
}

// The subgraph around a frame that stays, or none.
std::optional<std::string> keptParent(const Chart& chart, const Removal& removal,
                                      std::optional<std::string> parent) {
  for (std::size_t steps = 0; parent && has(removal.frames, *parent); ++steps) {
    const auto found = std::find_if(chart.subgraphs.begin(), chart.subgraphs.end(),
                                    [&](const ChartSubgraph& group) { return group.id == *parent; });
    if (found == chart.subgraphs.end() || steps > chart.subgraphs.size()) return std::nullopt;
    parent = found->parent;
  }
  return parent;
}

void removeFrom(Chart& chart, const Removal& removal, const std::set<std::string>& gone) {
  const Chart before = chart;
  std::size_t index = 0;
  eraseRows(chart.edges, [&](const ChartEdge&) { return has(removal.edges, index++); });
  renumberEdges(chart);
  eraseRows(chart.nodes, [&](const ChartNode& node) { return has(gone, node.id); });
  eraseRows(chart.subgraphs, [&](const ChartSubgraph& group) { return has(removal.frames, group.id); });
  eraseRows(chart.ignored_clicks, [&](const auto& click) { return has(gone, click.first); });
  for (ChartNode& node : chart.nodes) node.parent = keptParent(before, removal, node.parent);
  for (ChartSubgraph& group : chart.subgraphs) {
    group.parent = keptParent(before, removal, group.parent);
    group.nodes.clear();
  }
  std::unordered_map<std::string, ChartSubgraph*> groups;
  for (ChartSubgraph& group : chart.subgraphs) groups.emplace(group.id, &group);
  // Members of a frame that goes are those of the frame around it.
  for (const ChartSubgraph& group : before.subgraphs) {
    const auto owner =
        has(removal.frames, group.id) ? keptParent(before, removal, group.id) : std::optional(group.id);
    if (!owner || groups.count(*owner) == 0) continue;
    for (const std::string& member : group.nodes)
      if (!has(gone, member) && !has(removal.frames, member)) groups[*owner]->nodes.push_back(member);
  }
}

}  // namespace

Result<> removeParts(ChartDocument& document, Removal removal) {
  const Chart& chart = document.chart();
  std::set<std::string> gone = removal.nodes;
  gone.insert(removal.frames.begin(), removal.frames.end());
  for (std::size_t i = 0; i < chart.edges.size(); ++i)
    if (has(gone, chart.edges[i].start) || has(gone, chart.edges[i].end)) removal.edges.insert(i);
  if (gone.empty() && removal.edges.empty()) return {};
  ChartDocument changed = document;
  std::map<std::string, std::string> names;
  for (const std::string& id : gone) names[id] = "";
  if (auto unbound = changed.renameInSection(names); !unbound) return unbound;
  EditDraft draft = draftOf(changed);
  removeFrom(draft.expected, removal, gone);
  // What is said of an edge goes with it, unless its made name is now that of another.
  std::unordered_set<std::string> left;
  for (const ChartEdge& edge : draft.expected.edges) left.insert(edge.id);
  for (const std::size_t edge : removal.edges)
    if (!has(left, chart.edges[edge].id)) gone.insert(chart.edges[edge].id);
  Remover remover(draft, removal, std::move(gone));
  if (auto done = accept(draft, {remover.text(true), remover.text(false)}); !done) return done;
  document = std::move(changed);
  return {};
}

Result<> removeEdges(ChartDocument& document, const std::vector<std::size_t>& edges) {
  for (const std::size_t edge : edges)
    if (edge >= document.chart().edges.size()) return noSuchEdge(document, edge);
  return removeParts(document, {.nodes = {}, .frames = {}, .edges = {edges.begin(), edges.end()}});
}

Result<> removeNodes(ChartDocument& document, const std::vector<std::string>& ids) {
  const Chart& chart = document.chart();
  Removal removal;
  std::vector<std::string> open;
  for (const std::string& id : ids) {
    if (chart.findNode(id) == nullptr && !isSubgraph(chart, id)) return noSuchNode(document, id);
    open.push_back(id);
  }
  std::unordered_map<std::string, const ChartSubgraph*> groups;
  for (const ChartSubgraph& group : chart.subgraphs) groups.emplace(group.id, &group);
  while (!open.empty()) {
    const std::string id = std::move(open.back());
    open.pop_back();
    const auto found = groups.find(id);
    const bool is_new =
        found == groups.end() ? removal.nodes.insert(id).second : removal.frames.insert(id).second;
    if (is_new && found != groups.end())
      open.insert(open.end(), found->second->nodes.begin(), found->second->nodes.end());
  }
  return removeParts(document, std::move(removal));
}

}  // namespace lodestone::pipeline
