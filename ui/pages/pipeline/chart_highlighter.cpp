// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_highlighter.h"

#include <QElapsedTimer>
#include <QFont>
#include <QTextBlock>
#include <QTextCharFormat>
#include <QTextDocument>
#include <QTextLayout>
#include <algorithm>

#include "ui/pages/pipeline/chart_scan.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr int kAtOnceMs = 3;
constexpr int kSliceMs = 5;

QTextCharFormat formatOf(ScanKind kind) {
  const theme::Tokens& tokens = theme::tokens();
  QTextCharFormat format;
  const auto colour = [&](const QColor& with) { format.setForeground(with); };
  switch (kind) {
    case ScanKind::Fence:
    case ScanKind::Arrow:
    case ScanKind::Style:
      colour(tokens.text2);
      break;
    case ScanKind::Comment:
      colour(tokens.text2);
      format.setFontItalic(true);
      break;
    case ScanKind::Key:
    case ScanKind::Direction:
      colour(tokens.accent);
      break;
    case ScanKind::Keyword:
      colour(tokens.accent);
      format.setFontWeight(QFont::DemiBold);
      break;
    case ScanKind::ClassName:
    case ScanKind::EdgeId:
      colour(tokens.accent);
      format.setFontItalic(true);
      break;
    case ScanKind::Id:
    case ScanKind::Reference:
      colour(tokens.text);
      format.setFontWeight(QFont::DemiBold);
      break;
    case ScanKind::Bracket:
      colour(tokens.text2);
      format.setFontWeight(QFont::DemiBold);
      break;
    case ScanKind::Value:
    case ScanKind::Label:
      colour(tokens.ok);
      break;
    case ScanKind::EdgeLabel:
      colour(tokens.warn);
      break;
  }
  return format;
}

}  // namespace

ChartHighlighter::ChartHighlighter(QTextDocument* document) : QObject(document), document_(*document) {
  timer_.setInterval(0);
  connect(&timer_, &QTimer::timeout, this, [this] { step(kSliceMs); });
  connect(document, &QTextDocument::contentsChange, this, &ChartHighlighter::changed);
  connect(&theme::notifier(), &theme::Notifier::changed, this, &ChartHighlighter::again);
  again();
}

int ChartHighlighter::stateBefore(const QTextBlock& block) {
  const QTextBlock before = block.previous();
  return before.isValid() ? std::max(before.userState(), scan_state::kChart) : scan_state::kStart;
}

void ChartHighlighter::again() {
  from_ = 0;
  to_ = document_.blockCount();
  timer_.start();
}

void ChartHighlighter::changed(int position, int, int added) {
  const int first = document_.findBlock(position).blockNumber();
  const QTextBlock end = document_.findBlock(position + added);
  const int last = end.isValid() ? end.blockNumber() : document_.blockCount() - 1;
  const bool busy = timer_.isActive();
  from_ = busy ? std::min(from_, first) : first;
  to_ = busy ? document_.blockCount() : last;
  timer_.start();
  step(kAtOnceMs);
}

void ChartHighlighter::step(int budget_ms) {
  QElapsedTimer clock;
  clock.start();
  QTextBlock block = document_.findBlockByNumber(std::max(from_, 0));
  const int begin = block.position();
  int end = begin;
  bool more = block.isValid();
  while (more && clock.elapsed() < budget_ms) {
    const bool passes_on = colour(block);
    end = block.position() + block.length();
    from_ = block.blockNumber() + 1;
    block = block.next();
    more = block.isValid() && (passes_on || from_ <= to_);
  }
  if (!more) timer_.stop();
  if (end > begin) document_.markContentsDirty(begin, end - begin);
}

/// Whether the next block begins in another state than it was coloured for.
bool ChartHighlighter::colour(const QTextBlock& block) {
  const QString text = block.text();
  const ScannedLine line = scanLine(text, stateBefore(block));
  QList<QTextLayout::FormatRange> ranges;
  ranges.reserve(static_cast<qsizetype>(line.spans.size()));
  for (const ScanSpan& span : line.spans)
    ranges << QTextLayout::FormatRange{span.begin, span.length, formatOf(span.kind)};
  block.layout()->setFormats(ranges);
  const bool passes_on = block.userState() != line.state;
  QTextBlock own = block;
  own.setUserState(line.state);
  return passes_on;
}

}  // namespace lodestone::pages
