// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/chart/binding_text.h"
#include "core/pipeline/chart/chart_compare.h"
#include "core/pipeline/chart/chart_edit.h"
#include "core/pipeline/chart/chart_rename.h"
#include "core/pipeline/chart/edit_draft.h"
#include "core/pipeline/chart/node_statement.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

/// Writes the chosen part of a chart, each thing in the words that it has.
class PartWriter {
 public:
  PartWriter(const ChartDocument& document, const std::vector<std::string>& ids)
      : document_(document), chart_(document.chart()), source_(document.text()) {
    if (auto parsed = readSyntax(document.text())) syntax_ = std::move(parsed->syntax);
    for (const ChartSubgraph& group : chart_.subgraphs) groups_.emplace(group.id, &group);
    std::vector<std::string> open = ids;
    while (!open.empty()) {
      const std::string id = std::move(open.back());
      open.pop_back();
      if (!chosen_.insert(id).second) continue;
      if (const auto found = groups_.find(id); found != groups_.end())
        open.insert(open.end(), found->second->nodes.begin(), found->second->nodes.end());
    }
    noteStatements();
  }

  std::string write() {
    text_ = "flowchart " + (chart_.direction == "BR" ? "TB" : chart_.direction) + "\n";
    for (const ChartNode& node : chart_.nodes)
      if (isChosen(node.id) && !node.is_subgraph && !inChosenFrame(node.parent)) writeNode(node.id, 1);
    for (const ChartSubgraph& group : chart_.subgraphs)
      if (isChosen(group.id) && !inChosenFrame(group.parent)) writeFrames(group);
    writeEdges();
    writeLooks();
    return bindingText() + text_;
  }

 private:
  bool isChosen(const std::string& id) const { return chosen_.count(id) > 0; }
  bool inChosenFrame(const std::optional<std::string>& parent) const { return parent && isChosen(*parent); }
  std::string slice(const SourceRange& range) const {
    return std::string(source_.substr(range.begin, range.end - range.begin));
  }
  void line(std::size_t depth, const std::string& statement) {
    // At the beginning of a line %% would be a comment.
    text_ += std::string(depth * 2, ' ') + (statement.substr(0, 2) == "%%" ? ";" : "") + statement + "\n";
  }

  void noteStatements() {
    for (const Statement& statement : syntax_.statements) {
      if (statement.kind == StatementKind::SubgraphBegin) frames_.emplace(statement.subgraph, &statement);
      for (const auto& group : statement.groups)
        for (const VertexSyntax& vertex : group)
          if (!vertex.open.empty() || !vertex.data.empty()) mentions_[vertex.id].push_back(&vertex);
      for (const LinkSyntax& link : statement.links) {
        const auto k = static_cast<std::size_t>(&link - statement.links.data());
        const std::size_t count = statement.groups[k].size() * statement.groups[k + 1].size();
        for (std::size_t i = 0; i < count; ++i) links_.emplace(link.first_edge + i, &link);
      }
    }
  }

  // Without its classes, which follow by their own statement.
  void writeMentions(const std::string& id, std::size_t depth) {
    for (const VertexSyntax* vertex : mentions_[id]) {
      std::string words =
          slice({vertex->id_range.begin,
                 vertex->class_range.empty() ? vertex->range.end : vertex->class_range.begin});
      if (!vertex->class_range.empty()) words += slice({vertex->class_range.end, vertex->range.end});
      line(depth, words);
    }
  }

  void writeNode(const std::string& id, std::size_t depth) {
    if (mentions_[id].empty())
      line(depth, idText(id));
    else
      writeMentions(id, depth);
  }

  // With a stack, because charts may nest deeply.
  void writeFrames(const ChartSubgraph& root) {
    struct Open {
      const ChartSubgraph* group;
      std::size_t next = 0;
    };
    std::vector<Open> stack = {{&root}};
    beginFrame(root, 1);
    std::unordered_set<std::string> seen = {root.id};
    while (!stack.empty()) {
      Open& top = stack.back();
      const std::size_t depth = stack.size();
      if (top.next == top.group->nodes.size()) {
        line(depth, "end");
        stack.pop_back();
        continue;
      }
      const std::string& member = top.group->nodes[top.next++];
      const auto found = groups_.find(member);
      if (found == groups_.end()) {
        writeNode(member, depth + 1);
      } else if (seen.insert(member).second) {
        beginFrame(*found->second, depth + 1);
        stack.push_back({found->second});
      }
    }
  }

  void beginFrame(const ChartSubgraph& group, std::size_t depth) {
    line(depth, slice(frames_.at(group.id)->range));
    if (group.direction) line(depth + 1, "direction " + *group.direction);
  }

  void writeEdges() {
    for (std::size_t i = 0; i < chart_.edges.size(); ++i) {
      const ChartEdge& edge = chart_.edges[i];
      if (!isChosen(edge.start) || !isChosen(edge.end) || links_.count(i) == 0) continue;
      numbers_.emplace(i, numbers_.size());
      line(1, idText(edge.start) + " " + linkWithLabel(source_, *links_[i], std::nullopt, edge.user_id) +
                  " " + idText(edge.end));
      if (edge.user_id) writeMentions(edge.id, 1);
    }
  }

  void writeLooks() {
    std::unordered_set<std::string> classes;
    const auto useClasses = [&](const std::string& id, const std::vector<std::string>& names) {
      for (const std::string& name : names) {
        if (name == "clickable") continue;
        line(1, "class " + idText(id) + " " + idText(name));
        classes.insert(name);
      }
    };
    for (const ChartNode& node : chart_.nodes)
      if (isChosen(node.id) && !node.is_subgraph) useClasses(node.id, node.classes);
    for (const ChartSubgraph& group : chart_.subgraphs)
      if (isChosen(group.id) && !group.made_id) useClasses(group.id, group.classes);
    for (const auto& [edge, number] : numbers_)
      if (chart_.edges[edge].user_id) useClasses(chart_.edges[edge].id, chart_.edges[edge].classes);
    for (const Statement& statement : syntax_.statements) {
      const std::string before = slice({statement.range.begin, statement.ids_range.begin});
      const std::string after = slice({statement.ids_range.end, statement.range.end});
      std::vector<std::string> ids;
      for (const std::string& id : statement.ids) {
        const bool by_node = statement.kind == StatementKind::Style || statement.kind == StatementKind::Click;
        if (by_node && isChosen(id)) ids.push_back(id);
        if (statement.kind == StatementKind::ClassDefinition && classes.count(id) > 0) ids.push_back(id);
        if (statement.kind != StatementKind::LinkStyle || id.size() > 18) continue;
        if (const auto found = numbers_.find(std::stoul(id)); found != numbers_.end())
          ids.push_back(std::to_string(found->second));
      }
      if (!ids.empty()) line(1, before + idText(join(ids, ",")) + after);
    }
  }

  std::string bindingText() const {
    const auto binding = document_.binding();
    if (!binding) return "";
    Binding part;
    for (const NodeBinding& bound : binding->nodes)
      if (isChosen(bound.node)) part.nodes.push_back(bound);
    if (part.nodes.empty()) return "";
    std::string text = "---\nlodestone:\n";
    for (const std::string& row : split(sectionYaml(part), '\n'))
      if (!row.empty()) text += "  " + row + "\n";
    return text + "---\n";
  }

  const ChartDocument& document_;
  const Chart& chart_;
  std::string_view source_;
  ChartSyntax syntax_ = {};
  std::unordered_set<std::string> chosen_ = {};
  std::unordered_map<std::string, const ChartSubgraph*> groups_ = {};
  std::unordered_map<std::string, const Statement*> frames_ = {};
  std::unordered_map<std::string, std::vector<const VertexSyntax*>> mentions_ = {};
  std::unordered_map<std::size_t, const LinkSyntax*> links_ = {};
  std::map<std::size_t, std::size_t> numbers_ = {};  // of the edges that go along: old to new
  std::string text_ = {};
};

/// New ids for what is named in the fragment and taken in the chart.
NewIds freshIds(const Chart& chart, const Chart& fragment) {
  auto taken = takenIds(chart);
  auto all = taken;
  all.merge(takenIds(fragment));
  NewIds names;
  const auto note = [&](const std::string& id) {
    if (taken.count(id) > 0 && names.count(id) == 0) names.emplace(id, newId(all));
  };
  for (const ChartNode& node : fragment.nodes) note(node.id);
  for (const ChartSubgraph& group : fragment.subgraphs)
    if (!group.made_id) note(group.id);
  for (const ChartEdge& edge : fragment.edges)
    if (edge.user_id) note(edge.id);
  return names;
}

/// The fragment's statements as they go into the chart: without its header and what speaks of the whole
/// chart, and edges numbered on.
std::string bodyOf(const ChartDocument& fragment, const Chart& chart) {
  auto parsed = readSyntax(fragment.text());
  if (!parsed) return "";
  const std::string_view source = fragment.text();
  TextEdit edit(source);
  std::size_t begin = parsed->syntax.statements.front().range.end;
  if (begin < source.size() && source[begin] == ';') ++begin;
  edit.cut({0, begin});
  for (const SourceRange& comment : parsed->syntax.comments)
    if (source.substr(comment.begin, 3) == "%%{" && comment.begin >= begin) edit.cut(comment);
  for (const Statement& statement : parsed->syntax.statements) {
    const bool whole_chart = statement.kind == StatementKind::Accessible ||
                             (statement.kind == StatementKind::Direction && statement.depth == 0) ||
                             (statement.kind == StatementKind::LinkStyle && statement.ids.empty());
    std::vector<std::string> ids;
    for (const std::string& id : statement.ids) {
      const bool known = std::any_of(chart.classes.begin(), chart.classes.end(),
                                     [&](const ChartClass& other) { return other.id == id; });
      if (statement.kind == StatementKind::LinkStyle)
        ids.push_back(std::to_string(std::stoul(id) + chart.edges.size()));
      else if (statement.kind != StatementKind::ClassDefinition || (!known && id != "default"))
        ids.push_back(id);
    }
    if (whole_chart || (ids.empty() && !statement.ids.empty()))
      edit.cut(wholeStatement(source, statement.range));
    else if (ids != statement.ids)
      edit.replace(statement.ids_range, idText(join(ids, ",")));
  }
  std::string text = replaceAll(replaceAll(edit.apply(), "\r\n", "\n"), "\r", "\n");
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  std::size_t first = 0;
  for (std::size_t i = 0; i < text.size() && (text[i] == ' ' || text[i] == '\n'); ++i)
    if (text[i] == '\n') first = i + 1;
  return text.substr(first);
}

void appendTo(Chart& chart, const Chart& fragment) {
  const bool has_default = fragment.default_edge_interpolate.has_value();
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(chart.nodes, fragment.nodes);
  append(chart.subgraphs, fragment.subgraphs);
  append(chart.ignored_clicks, fragment.ignored_clicks);
  for (ChartEdge edge : fragment.edges) {
    if (has_default && edge.interpolate == fragment.default_edge_interpolate) edge.interpolate.reset();
    if (!edge.interpolate) edge.interpolate = chart.default_edge_interpolate;
    chart.edges.push_back(std::move(edge));
  }
  renumberEdges(chart);
  for (const ChartClass& definition : fragment.classes) {
    const bool known = std::any_of(chart.classes.begin(), chart.classes.end(),
                                   [&](const ChartClass& other) { return other.id == definition.id; });
    if (!known && definition.id != "default") chart.classes.push_back(definition);
  }
}

}  // namespace

std::string copyNodes(const ChartDocument& document, const std::vector<std::string>& ids) {
  return PartWriter(document, ids).write();
}

Result<std::vector<std::string>> pasteNodes(ChartDocument& document, std::string_view fragment) {
  auto part = ChartDocument::parse(std::string(fragment), {});
  if (!part) return forward(part);
  if (auto renamed = renameIds(*part, freshIds(document.chart(), part->chart())); !renamed)
    return forward(renamed);
  const auto binding = part->binding();
  ChartDocument changed = document;
  EditDraft draft = draftOf(changed);
  appendTo(draft.expected, part->chart());
  const std::string body = bodyOf(*part, changed.chart());
  if (!body.empty())
    if (auto done = accept(draft, withStatement(draft, "", body, Indents::Own)); !done) return forward(done);
  if (binding)
    for (const NodeBinding& bound : binding->nodes)
      if (auto done = changed.setBinding(bound); !done) return forward(done);
  std::vector<std::string> added;
  for (const ChartNode& node : part->chart().nodes)
    if (!node.is_subgraph) added.push_back(node.id);
  for (const ChartSubgraph& group : part->chart().subgraphs)
    if (!group.parent && !group.made_id) added.push_back(group.id);
  document = std::move(changed);
  return added;
}

}  // namespace lodestone::pipeline
