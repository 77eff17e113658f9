// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_places.h"

#include <algorithm>

#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

bool isWord(QChar c) {
  return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

QString wordAt(const QString& text, int position) {
  qsizetype begin = position;
  qsizetype end = position;
  while (begin > 0 && isWord(text[begin - 1])) --begin;
  while (end < text.size() && isWord(text[end])) ++end;
  return text.mid(begin, end - begin);
}

/// The node whose lines of the front matter hold that line (from 1).
std::string boundAtLine(const pipeline::ChartDocument& document, const QString& text, int line) {
  const auto binding = document.binding();
  if (!binding) return {};
  const pipeline::NodeBinding* best = nullptr;
  for (const pipeline::NodeBinding& bound : binding->nodes)
    if (bound.line <= line && bound.line > 0 && (best == nullptr || bound.line > best->line)) best = &bound;
  if (best == nullptr) return {};
  const QStringList lines = text.split(u'\n');
  for (qsizetype at = static_cast<qsizetype>(best->line); at <= line - 1 && at < lines.size(); ++at)
    if (lines[at].trimmed() == "---") return {};
  return best->node;
}

/// The last node that is mentioned on the line before the byte.
std::string lastBefore(const pipeline::ChartDocument& document, std::size_t byte) {
  const std::string_view text = document.text();
  const pipeline::ChartNode* last = nullptr;
  for (const pipeline::ChartNode& node : document.chart().nodes) {
    if (node.is_subgraph || node.mention.empty() || node.mention.begin > byte) continue;
    if (text.substr(node.mention.begin, byte - node.mention.begin).find('\n') != std::string_view::npos)
      continue;
    if (last == nullptr || node.mention.begin > last->mention.begin) last = &node;
  }
  return last != nullptr ? last->id : std::string();
}

}  // namespace

std::string nodeAtPosition(const pipeline::ChartDocument& document, const QString& text, int position) {
  const auto byte = static_cast<std::size_t>(QStringView(text).left(position).toUtf8().size());
  for (const pipeline::ChartNode& node : document.chart().nodes) {
    if (node.mention.empty() || node.is_subgraph) continue;
    const std::size_t end =
        node.label.begin >= node.mention.end ? std::max(node.mention.end, node.label.end) : node.mention.end;
    if (byte >= node.mention.begin && byte <= end) return node.id;
  }
  const int line = 1 + static_cast<int>(QStringView(text).left(position).count(u'\n'));
  if (std::string bound = boundAtLine(document, text, line); !bound.empty()) return bound;
  const std::string word = words::toUtf8(wordAt(text, position));
  const pipeline::ChartNode* named = word.empty() ? nullptr : document.chart().findNode(word);
  if (named != nullptr && !named->is_subgraph) return named->id;
  return lastBefore(document, byte);
}

int positionOfNode(const pipeline::ChartDocument& document, const std::string& node) {
  const pipeline::ChartNode* found = document.chart().findNode(node);
  if (found == nullptr || found->mention.empty()) return -1;
  return static_cast<int>(
      words::toQt(std::string_view(document.text()).substr(0, found->mention.begin)).size());
}

}  // namespace lodestone::pages
