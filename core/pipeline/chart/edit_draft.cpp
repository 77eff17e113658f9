// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/edit_draft.h"

#include <algorithm>

#include "core/pipeline/chart/chart_compare.h"
#include "core/pipeline/chart/chart_text.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchNode{"The chart has no node {0}.", "流程图中没有节点 {0}。"};
constexpr Text kNoSuchEdge{"The chart has no edge number {0}; it has {1}, counted from 0.",
                           "流程图中没有编号为 {0} 的连线；共有 {1} 条，从 0 开始计数。"};
constexpr Text kNoSuchSubgraph{"The chart has no subgraph {0}.", "流程图中没有子图 {0}。"};
constexpr Text kDoesNotFit{
    "This change cannot be written into the text without changing something else, so nothing was changed. "
    "Please "
    "make it in the text.",
    "无法在不影响其他内容的情况下将此更改写入文本，因此未作任何更改。请直接在文本中修改。"};
constexpr std::string_view kDefaultIndent = "  ";

const Statement* endOf(const EditDraft& draft, std::string_view subgraph) {
  const auto found = std::find_if(
      draft.syntax.statements.rbegin(), draft.syntax.statements.rend(), [&](const Statement& statement) {
        return statement.kind == StatementKind::SubgraphEnd && statement.subgraph == subgraph;
      });
  return found == draft.syntax.statements.rend() ? nullptr : &*found;
}

// The statement at this depth that stands last before a place and says something of the graph.
const Statement* lastBefore(const EditDraft& draft, std::size_t depth, std::size_t place) {
  const Statement* last = nullptr;
  for (const Statement& statement : draft.syntax.statements) {
    const bool counts = statement.kind == StatementKind::Node ||
                        statement.kind == StatementKind::SubgraphEnd ||
                        statement.kind == StatementKind::SubgraphBegin;
    if (counts && statement.depth == depth && statement.range.begin < place) last = &statement;
  }
  return last;
}

std::string afterLineOf(std::string_view source, std::size_t place, const std::string& line) {
  const std::string line_end = lineEndOf(source);
  const SourceRange end = lineEndAfter(source, place);
  const bool open = end.empty();
  TextEdit edit(source);
  edit.insert(end.end, open ? line_end + line : line + line_end);
  return edit.apply();
}

}  // namespace

EditDraft draftOf(ChartDocument& document) {
  auto parsed = readSyntax(document.text());
  return {document, parsed ? std::move(parsed->syntax) : ChartSyntax{}, document.chart()};
}

bool takeFirst(EditDraft& draft, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    auto changed = ChartDocument::parse(text, draft.document.fileName());
    if (!changed || !saysTheSame(changed->chart(), draft.expected)) continue;
    draft.document = std::move(*changed);
    return true;
  }
  return false;
}

Result<> accept(EditDraft& draft, const std::vector<std::string>& texts) {
  if (takeFirst(draft, texts)) return {};
  return fail(ErrorCode::Unsupported, kDoesNotFit, {}, {.file = draft.document.fileName()});
}

tl::unexpected<Error> noSuchNode(const ChartDocument& document, std::string_view id) {
  return fail(ErrorCode::NotFound, kNoSuchNode, {std::string(id)},
              {.file = document.fileName(), .stage = std::string(id)});
}

tl::unexpected<Error> noSuchEdge(const ChartDocument& document, std::size_t edge) {
  return fail(ErrorCode::NotFound, kNoSuchEdge,
              {std::to_string(edge), std::to_string(document.chart().edges.size())},
              {.file = document.fileName()});
}

tl::unexpected<Error> noSuchSubgraph(const ChartDocument& document, std::string_view id) {
  return fail(ErrorCode::NotFound, kNoSuchSubgraph, {std::string(id)}, {.file = document.fileName()});
}

bool isNode(const Chart& chart, std::string_view id) {
  const ChartNode* node = chart.findNode(id);
  return node != nullptr && !node->is_subgraph;
}

bool isSubgraph(const Chart& chart, std::string_view id) {
  return std::any_of(chart.subgraphs.begin(), chart.subgraphs.end(),
                     [&](const ChartSubgraph& group) { return group.id == id; });
}

std::set<std::string, std::less<>> takenIds(const Chart& chart) {
  std::set<std::string, std::less<>> taken;
  for (const ChartNode& node : chart.nodes) taken.insert(node.id);
  for (const ChartSubgraph& group : chart.subgraphs) taken.insert(group.id);
  for (const ChartEdge& edge : chart.edges) taken.insert(edge.id);
  for (const auto& [id, click] : chart.ignored_clicks) taken.insert(id);
  return taken;
}

std::string newId(std::set<std::string, std::less<>>& taken) {
  for (std::size_t number = 0;; ++number) {
    std::string id;
    for (std::size_t rest = number + 1; rest > 0; rest = (rest - 1) / 26)
      id.insert(0, 1, static_cast<char>('A' + (rest - 1) % 26));
    if (taken.insert(id).second) return id;
  }
}

std::vector<std::string> withStatement(const EditDraft& draft, std::string_view subgraph,
                                       const std::string& given, Indents indents) {
  const std::string_view source = draft.source();
  const std::string line_end = lineEndOf(source);
  const auto lines = [&](const std::string& indent) {
    return replaceAll((indents == Indents::Own ? "" : indent) + given, "\n",
                      indents == Indents::Own ? line_end : line_end + indent);
  };
  std::vector<std::string> texts;
  if (!subgraph.empty()) {
    const Statement* const end = endOf(draft, subgraph);
    if (end == nullptr) return texts;
    const Statement* const last = lastBefore(draft, end->depth + 1, end->range.begin);
    const std::string indent = last != nullptr && isFirstInLine(source, last->range.begin)
                                   ? indentAt(source, last->range.begin)
                                   : indentAt(source, end->range.begin) + std::string(kDefaultIndent);
    const std::string statement = lines(indent);
    TextEdit edit(source);
    if (isFirstInLine(source, end->range.begin))
      edit.insert(lineBegin(source, end->range.begin), statement + line_end);
    else
      edit.insert(end->range.begin, line_end + statement + line_end + indentAt(source, end->range.begin));
    texts.push_back(edit.apply());
    return texts;
  }
  const Statement* const last = lastBefore(draft, 0, source.size());
  const std::string indent = last != nullptr && isFirstInLine(source, last->range.begin)
                                 ? indentAt(source, last->range.begin)
                                 : std::string(kDefaultIndent);
  const Statement& anchor = last != nullptr ? *last : draft.syntax.statements.front();
  texts.push_back(afterLineOf(source, anchor.range.end, lines(indent)));
  texts.push_back(afterLineOf(source, source.size(), lines(indent)));
  return texts;
}

std::string idText(std::string_view id) {
  return restoreEntities(id);
}

}  // namespace lodestone::pipeline
