// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>

#include "core/pipeline/chart/chart_edit.h"
#include "core/pipeline/chart/chart_text.h"
#include "core/pipeline/chart/edit_draft.h"
#include "core/pipeline/chart/label_text.h"
#include "core/pipeline/chart/node_statement.h"
#include "core/pipeline/chart/plain_text.h"
#include "core/pipeline/chart/shape_text.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchDirection{"\"{0}\" is no direction: write TB, BT, LR or RL.",
                                "“{0}”不是有效的方向：请使用 TB、BT、LR 或 RL。"};

const Statement* statementOfEdge(const ChartSyntax& syntax, std::size_t edge) {
  for (const Statement& statement : syntax.statements)
    for (std::size_t k = 0; k < statement.links.size(); ++k) {
      const std::size_t first = statement.links[k].first_edge;
      if (edge >= first && edge < first + statement.groups[k].size() * statement.groups[k + 1].size())
        return &statement;
    }
  return nullptr;
}

/// The ways to write another shape for a node, each with what it makes of the node.
class ShapeWriter {
 public:
  ShapeWriter(EditDraft& draft, std::string_view id, const ShapeText& shape, std::string_view name)
      : draft_(draft), source_(draft.source()), shape_(shape), name_(name) {
    const auto found = std::find_if(draft.expected.nodes.begin(), draft.expected.nodes.end(),
                                    [&](const ChartNode& node) { return node.id == id; });
    node_ = &*found;
    for (const Statement& statement : draft.syntax.statements)
      for (const auto& group : statement.groups)
        for (const VertexSyntax& vertex : group)
          if (vertex.id == id) note(vertex);
  }

  Result<> write() {
    const ChartNode before = *node_;
    if (shape_.data.empty()) {
      expect(before, shape_.type);
      if (bracketed_ != nullptr && tryBrackets(false)) return {};
      node_->label_type = LabelType::String;
      if (bracketed_ != nullptr && tryBrackets(true)) return {};
      if (bracketed_ == nullptr && data_ == nullptr && tryNewBrackets()) return {};
    }
    expect(before, std::string(name_));
    return accept(draft_, dataTexts());
  }

 private:
  void note(const VertexSyntax& vertex) {
    if (first_ == nullptr) first_ = &vertex;
    if (!vertex.open.empty()) bracketed_ = &vertex;
    if (!vertex.data.empty()) data_ = &vertex;
  }

  void expect(const ChartNode& before, const std::string& type) {
    *node_ = before;
    node_->type = type;
    node_->shape = shape_.shape;
  }

  bool tryBrackets(bool quoted) {
    TextEdit edit(source_);
    edit.replace(bracketed_->open, shape_.open);
    edit.replace(bracketed_->close, shape_.close);
    if (quoted) edit.replace({bracketed_->open.end, bracketed_->close.begin}, "\"" + node_->text + "\"");
    return takeFirst(draft_, {edit.apply()});
  }

  bool tryNewBrackets() {
    const std::string label = shape_.open + quotedLabel(node_->plain) + shape_.close;
    if (first_ == nullptr) return takeFirst(draft_, withStatement(draft_, "", idText(node_->id) + label));
    TextEdit edit(source_);
    edit.insert(first_->id_range.end, label);
    return takeFirst(draft_, {edit.apply()});
  }

  // The shape that is written between braces, or one that is added there, or braces that are added.
  std::vector<std::string> dataTexts() const {
    std::vector<std::string> texts;
    const std::string data = " shape: " + std::string(name_);
    if (data_ != nullptr) {
      const SourceRange inside{data_->data.begin + 2, data_->data.end - 1};
      const SourceRange value =
          findDataValue(source_.substr(inside.begin, inside.end - inside.begin), "shape");
      TextEdit edit(source_);
      if (value.empty())
        edit.insert(inside.begin, data + ",");
      else
        edit.replace({inside.begin + value.begin, inside.begin + value.end}, std::string(name_));
      texts.push_back(edit.apply());
    }
    if (const VertexSyntax* vertex = bracketed_ != nullptr ? bracketed_ : first_) {
      TextEdit edit(source_);
      edit.insert(vertex->range.end, "@{" + data + " }");
      texts.push_back(edit.apply());
    }
    for (std::string& text : withStatement(draft_, "", idText(node_->id) + "@{" + data + " }"))
      texts.push_back(std::move(text));
    return texts;
  }

  EditDraft& draft_;
  std::string_view source_;
  const ShapeText& shape_;
  std::string_view name_;
  ChartNode* node_ = nullptr;
  const VertexSyntax* first_ = nullptr;
  const VertexSyntax* bracketed_ = nullptr;  // the last one with brackets, and with data
  const VertexSyntax* data_ = nullptr;
};

std::string withChartDirection(const EditDraft& draft, const std::string& direction) {
  const Statement& header = draft.syntax.statements.front();
  TextEdit edit(draft.source());
  if (header.direction.empty())
    edit.insert(header.range.end, " " + direction);
  else
    edit.replace(header.direction, direction);
  return edit.apply();
}

std::vector<std::string> withFrameDirection(const EditDraft& draft, std::string_view subgraph,
                                            const std::string& direction) {
  const std::string line = "direction " + direction;
  const std::string_view source = draft.source();
  const std::string line_end = lineEndOf(source);
  const Statement* begin = nullptr;
  const Statement* last = nullptr;
  std::vector<const Statement*> open;
  for (const Statement& statement : draft.syntax.statements) {
    if (statement.kind == StatementKind::SubgraphBegin) {
      open.push_back(&statement);
      if (statement.subgraph == subgraph && begin == nullptr) begin = &statement;
    }
    if (statement.kind == StatementKind::Direction && begin != nullptr && !open.empty() &&
        open.back() == begin)
      last = &statement;
    if (statement.kind == StatementKind::SubgraphEnd) open.pop_back();
  }
  if (begin == nullptr) return {};
  TextEdit edit(source);
  if (last != nullptr) {
    edit.replace(last->range, line);
    return {edit.apply()};
  }
  const SourceRange end = lineEndAfter(source, begin->range.end);
  const std::size_t next = end.end;
  std::string indent = indentAt(source, next);
  if (indent.size() <= indentAt(source, begin->range.begin).size())
    indent = indentAt(source, begin->range.begin) + "  ";
  edit.insert(next, indent + line + line_end);
  TextEdit split(source);
  split.insert(begin->range.end, line_end + indent + line + line_end);
  return {edit.apply(), split.apply()};
}

}  // namespace

Result<> setEdgeLabel(ChartDocument& document, std::size_t edge, std::string_view label) {
  if (edge >= document.chart().edges.size()) return noSuchEdge(document, edge);
  EditDraft draft = draftOf(document);
  const std::string escaped = trim(label).empty() ? std::string() : escapeLabel(label);
  ChartEdge& expected = draft.expected.edges[edge];
  expected.text = std::string(trimSpace(escaped));
  expected.label_type = escaped.empty() ? LabelType::Text : LabelType::String;
  expected.plain = plainLabel(expected.text, expected.label_type);
  std::vector<std::string> texts;
  if (const Statement* statement = statementOfEdge(draft.syntax, edge)) {
    const NodeStatementChange change{
        .keeps_vertex = [](const VertexSyntax&) { return true; },
        .keeps_edge = [](std::size_t) { return true; },
        .label = [&](std::size_t of) { return of == edge ? std::optional(escaped) : std::nullopt; },
        .has_name = [&](std::size_t of) { return document.chart().edges[of].user_id; }};
    std::vector<std::string> pieces;
    for (const NodeStatementPiece& piece : changedStatement(draft.source(), *statement, change))
      pieces.push_back(piece.text);
    TextEdit edit(draft.source());
    edit.replace(statement->range,
                 join(pieces, lineEndOf(draft.source()) + indentAt(draft.source(), statement->range.begin)));
    texts.push_back(edit.apply());
  }
  return accept(draft, texts);
}

Result<> setSubgraphTitle(ChartDocument& document, std::string_view subgraph, std::string_view title) {
  EditDraft draft = draftOf(document);
  const auto group = std::find_if(draft.expected.subgraphs.begin(), draft.expected.subgraphs.end(),
                                  [&](const ChartSubgraph& known) { return known.id == subgraph; });
  if (group == draft.expected.subgraphs.end()) return noSuchSubgraph(document, subgraph);
  group->title = std::string(trim(escapeLabel(title)));
  group->label_type = LabelType::String;
  group->plain = plainLabel(group->title, group->label_type);
  group->made_id = false;
  const auto begin = std::find_if(
      draft.syntax.statements.begin(), draft.syntax.statements.end(), [&](const Statement& statement) {
        return statement.kind == StatementKind::SubgraphBegin && statement.subgraph == subgraph;
      });
  if (begin == draft.syntax.statements.end()) return accept(draft, {});
  const std::string quoted = quotedLabel(title);
  TextEdit edit(draft.source());
  if (begin->has_title)
    edit.replace({draft.source().find('[', begin->name.end), begin->range.end}, "[" + quoted + "]");
  else
    edit.replace(begin->name, idText(subgraph) + "[" + quoted + "]");
  return accept(draft, {edit.apply()});
}

Result<> setShape(ChartDocument& document, std::string_view node, std::string_view shape) {
  if (!isNode(document.chart(), node)) return noSuchNode(document, node);
  const auto written = shapeText(shape);
  if (!written) return noSuchShape(document, shape);
  if (document.chart().findNode(node)->shape == written->shape) return {};
  EditDraft draft = draftOf(document);
  return ShapeWriter(draft, node, *written, shape).write();
}

Result<> setDirection(ChartDocument& document, std::string_view direction, std::string_view subgraph) {
  static constexpr std::string_view kDirections[] = {"TB", "BT", "LR", "RL"};
  if (std::find(std::begin(kDirections), std::end(kDirections), direction) == std::end(kDirections))
    return fail(ErrorCode::InvalidArgument, kNoSuchDirection, {std::string(direction)},
                {.file = document.fileName()});
  EditDraft draft = draftOf(document);
  const std::string wanted(direction);
  if (!subgraph.empty()) {
    const auto found = std::find_if(draft.expected.subgraphs.begin(), draft.expected.subgraphs.end(),
                                    [&](const ChartSubgraph& group) { return group.id == subgraph; });
    if (found == draft.expected.subgraphs.end()) return noSuchSubgraph(document, subgraph);
    found->direction = wanted;
    return accept(draft, withFrameDirection(draft, subgraph, wanted));
  }
  const std::string before = std::exchange(draft.expected.direction, wanted);
  const std::string text = withChartDirection(draft, wanted);
  if (takeFirst(draft, {text})) return {};
  // With inheritDir the subgraphs follow.
  for (ChartSubgraph& group : draft.expected.subgraphs)
    if (group.direction == before) group.direction = wanted;
  return accept(draft, {text});
}

}  // namespace lodestone::pipeline
