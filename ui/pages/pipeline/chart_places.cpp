// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_places.h"

#include <QSet>
#include <algorithm>

#include "ui/pages/pipeline/chart_scan.h"
#include "ui/words/words.h"

namespace lodestone::pages {

ChartPlaces::ChartPlaces(const pipeline::ChartDocument& document, const QString& text) {
  QSet<QString> nodes;
  for (const pipeline::ChartNode& node : document.chart().nodes)
    if (!node.is_subgraph) nodes.insert(words::toQt(node.id));
  scan(text, nodes);
  const auto binding = document.binding();
  if (!binding) return;
  for (const pipeline::NodeBinding& bound : binding->nodes)
    if (bound.line > 0) bound_.push_back({static_cast<int>(bound.line), words::toQt(bound.node)});
  std::sort(bound_.begin(), bound_.end(), [](const Bound& a, const Bound& b) { return a.line < b.line; });
}

void ChartPlaces::scan(const QString& text, const QSet<QString>& nodes) {
  int state = scan_state::kStart;
  int line = 1;
  bool label_open = false;  // of the last mention
  for (qsizetype begin = 0; begin <= text.size(); ++line) {
    qsizetype end = text.indexOf(u'\n', begin);
    if (end < 0) end = text.size();
    const QStringView words = QStringView(text).mid(begin, end - begin);
    const bool in_front_matter = state == scan_state::kFrontMatter;
    const ScannedLine scanned = scanLine(words, state);
    const int at = static_cast<int>(begin);
    bool first = true;
    for (const ScanSpan& span : scanned.spans) {
      const bool shape = span.kind == ScanKind::Bracket || span.kind == ScanKind::Label;
      const bool joins =
          !mentions_.empty() && (mentions_.back().end == at + span.begin || (label_open && first));
      if (shape && joins) mentions_.back().end = at + span.end();
      first = false;
      if (span.kind != ScanKind::Id && span.kind != ScanKind::Reference) continue;
      const QString id = words.mid(span.begin, span.length).toString();
      if (!nodes.contains(id)) continue;
      mentions_.push_back({at + span.begin, at + span.end(), line, id});
      if (span.kind == ScanKind::Id && !first_.contains(id)) first_.insert(id, at + span.begin);
    }
    state = scanned.state;
    const int open = scan_state::place(state);
    label_open = (open == scan_state::kLabel || open == scan_state::kQuoted) && !mentions_.empty() &&
                 (label_open || mentions_.back().line == line);
    if (in_front_matter && state != scan_state::kFrontMatter && front_matter_ends_ == 0)
      front_matter_ends_ = line;
    begin = end + 1;
  }
}

QString ChartPlaces::nodeAt(int position, int line) const {
  const auto after =
      std::upper_bound(mentions_.begin(), mentions_.end(), position,
                       [](int place, const Mention& mention) { return place < mention.begin; });
  if (after != mentions_.begin()) {
    const Mention& before = *(after - 1);
    // Between two that touch, as in "A&B", the one that ends here is meant only if nothing begins here.
    if (position <= before.end || before.line == line) return before.node;
  }
  if (line >= front_matter_ends_) return {};
  const auto next = std::upper_bound(bound_.begin(), bound_.end(), line,
                                     [](int at, const Bound& bound) { return at < bound.line; });
  return next == bound_.begin() ? QString() : (next - 1)->node;
}

int ChartPlaces::positionOf(const QString& node) const {
  return first_.value(node, -1);
}

int ChartPlaces::bindingLine(const QString& node) const {
  const auto found =
      std::find_if(bound_.begin(), bound_.end(), [&](const Bound& bound) { return bound.node == node; });
  return found == bound_.end() ? 0 : found->line;
}

}  // namespace lodestone::pages
