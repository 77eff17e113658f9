// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_highlighter.h"

#include <QTextCharFormat>
#include <algorithm>

#include "ui/pages/data/sql_words.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {
namespace {

QTextCharFormat formatOf(SqlToken::Kind kind) {
  const theme::Tokens& tokens = theme::tokens();
  QTextCharFormat format;
  switch (kind) {
    case SqlToken::Kind::Keyword:
      format.setForeground(tokens.accent);
      format.setFontWeight(QFont::DemiBold);
      break;
    case SqlToken::Kind::Text:
      format.setForeground(tokens.ok);
      break;
    case SqlToken::Kind::Number:
      format.setForeground(tokens.warn);
      break;
    case SqlToken::Kind::Remark:
      format.setForeground(tokens.text2);
      format.setFontItalic(true);
      break;
    case SqlToken::Kind::Name:
    case SqlToken::Kind::QuotedName:
    case SqlToken::Kind::Sign:
      format.setForeground(tokens.text);
      break;
  }
  return format;
}

}  // namespace

SqlHighlighter::SqlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {
  connect(&theme::notifier(), &theme::Notifier::changed, this, &QSyntaxHighlighter::rehighlight);
}

void SqlHighlighter::highlightBlock(const QString& text) {
  auto inside = static_cast<SqlInside>(std::max(0, previousBlockState()));
  for (const SqlToken& token : sqlTokens(text, inside))
    setFormat(static_cast<int>(token.begin), static_cast<int>(token.length), formatOf(token.kind));
  setCurrentBlockState(static_cast<int>(inside));
}

}  // namespace lodestone::pages
