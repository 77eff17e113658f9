// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_highlighter.h"

#include <QFont>
#include <QRegularExpression>
#include <QTextCharFormat>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

QTextCharFormat inColour(const QColor& colour, int weight = QFont::Normal) {
  QTextCharFormat format;
  format.setForeground(colour);
  format.setFontWeight(weight);
  return format;
}

}  // namespace

ChartHighlighter::ChartHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {
  connect(&theme::notifier(), &theme::Notifier::changed, this, &QSyntaxHighlighter::rehighlight);
}

void ChartHighlighter::highlightBlock(const QString& text) {
  static const QRegularExpression fence(QStringLiteral("^\\s*---\\s*$"));
  const bool is_fence = fence.match(text).hasMatch();
  const bool first = currentBlock().blockNumber() == 0;
  const bool inside = previousBlockState() == FrontMatter;
  if (is_fence && (first || inside)) {
    setFormat(0, static_cast<int>(text.size()), inColour(theme::tokens().text2));
    setCurrentBlockState(first ? FrontMatter : Chart);
    return;
  }
  setCurrentBlockState(inside ? FrontMatter : Chart);
  if (inside)
    frontMatter(text);
  else
    chart(text);
}

void ChartHighlighter::frontMatter(const QString& text) {
  static const QRegularExpression key(QStringLiteral("(^\\s*(?:- )?|[{,]\\s*)([\\w.\"-]+)(?=\\s*:(?:\\s|$))"),
                                      QRegularExpression::UseUnicodePropertiesOption);
  static const QRegularExpression quoted(QStringLiteral("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'"));
  static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#.*$"));
  const theme::Tokens& tokens = theme::tokens();
  for (auto found = quoted.globalMatch(text); found.hasNext();) {
    const auto match = found.next();
    setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()),
              inColour(tokens.ok));
  }
  for (auto found = key.globalMatch(text); found.hasNext();) {
    const auto match = found.next();
    setFormat(static_cast<int>(match.capturedStart(2)), static_cast<int>(match.capturedLength(2)),
              inColour(tokens.accent));
  }
  if (const auto match = comment.match(text);
      match.hasMatch() && format(static_cast<int>(match.capturedStart())).foreground().color() != tokens.ok)
    setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()),
              inColour(tokens.text2));
}

void ChartHighlighter::chart(const QString& text) {
  static const QRegularExpression comment(QStringLiteral("^\\s*%%.*$"));
  static const QRegularExpression keyword(QStringLiteral(
      "^\\s*(graph|flowchart(?:-elk)?|subgraph|end|direction|style|classDef|class|click|linkStyle)\\b"));
  static const QRegularExpression way(QStringLiteral("\\b(TB|TD|BT|LR|RL)\\s*;?\\s*$"));
  static const QRegularExpression arrow(QStringLiteral("(?:[<xo]?(?:--+|==+|-\\.+-?)[>xo]?|~~~+)"));
  static const QRegularExpression label(QStringLiteral("[\\[({]+[^\\[\\](){}]*[\\])}]+"));
  static const QRegularExpression edge_label(QStringLiteral("\\|[^|]*\\|"));
  const theme::Tokens& tokens = theme::tokens();
  if (comment.match(text).hasMatch()) {
    setFormat(0, static_cast<int>(text.size()), inColour(tokens.text2));
    return;
  }
  const auto paint = [&](const QRegularExpression& pattern, const QTextCharFormat& format, int group = 0) {
    for (auto found = pattern.globalMatch(text); found.hasNext();) {
      const auto match = found.next();
      setFormat(static_cast<int>(match.capturedStart(group)), static_cast<int>(match.capturedLength(group)),
                format);
    }
  };
  paint(arrow, inColour(tokens.text2));
  paint(label, inColour(tokens.ok));
  paint(edge_label, inColour(tokens.warn));
  paint(keyword, inColour(tokens.accent, QFont::DemiBold), 1);
  if (keyword.match(text).hasMatch()) paint(way, inColour(tokens.accent), 1);
}

}  // namespace lodestone::pages
