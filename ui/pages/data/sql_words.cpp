// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_words.h"

#include <QRegularExpression>
#include <algorithm>

namespace lodestone::pages {
namespace {

bool beginsName(QChar c) {
  return c.isLetter() || c == '_';
}
bool isInName(QChar c) {
  return c.isLetterOrNumber() || c == '_' || c == '$';
}

/// Behind the end of what is inside, or the end of the text with 'inside' as it was.
qsizetype closing(const QString& text, qsizetype from, SqlInside& inside) {
  const QString end = inside == SqlInside::Remark ? "*/" : inside == SqlInside::Text ? "'" : "\"";
  qsizetype at = from;
  while (true) {
    at = text.indexOf(end, at);
    if (at < 0) return text.size();
    at += end.size();
    // A doubled quote stands for one.
    if (end.size() == 1 && at < text.size() && text[at] == end[0]) {
      ++at;
      continue;
    }
    inside = SqlInside::Nothing;
    return at;
  }
}

SqlToken::Kind kindOf(SqlInside inside) {
  if (inside == SqlInside::Remark) return SqlToken::Kind::Remark;
  return inside == SqlInside::Text ? SqlToken::Kind::Text : SqlToken::Kind::QuotedName;
}

SqlInside opens(const QString& text, qsizetype at) {
  if (text[at] == '\'') return SqlInside::Text;
  if (text[at] == '"') return SqlInside::QuotedName;
  return text[at] == '/' && at + 1 < text.size() && text[at + 1] == '*' ? SqlInside::Remark
                                                                        : SqlInside::Nothing;
}

}  // namespace

std::vector<SqlToken> sqlTokens(const QString& text, SqlInside& inside) {
  std::vector<SqlToken> tokens;
  qsizetype at = 0;
  const auto add = [&](SqlToken::Kind kind, qsizetype end) {
    tokens.push_back({kind, at, end - at});
    at = end;
  };
  if (inside != SqlInside::Nothing && !text.isEmpty()) {
    const auto kind = kindOf(inside);
    add(kind, closing(text, 0, inside));
  }
  while (at < text.size()) {
    const QChar c = text[at];
    if (c.isSpace()) {
      ++at;
    } else if (const SqlInside opened = opens(text, at); opened != SqlInside::Nothing) {
      inside = opened;
      add(kindOf(opened), closing(text, at + (opened == SqlInside::Remark ? 2 : 1), inside));
    } else if (c == '-' && at + 1 < text.size() && text[at + 1] == '-') {
      const qsizetype end = text.indexOf('\n', at);
      add(SqlToken::Kind::Remark, end < 0 ? text.size() : end);
    } else if (beginsName(c)) {
      qsizetype end = at;
      while (end < text.size() && isInName(text[end])) ++end;
      add(isSqlKeyword(text.mid(at, end - at)) ? SqlToken::Kind::Keyword : SqlToken::Kind::Name, end);
    } else if (c.isDigit()) {
      qsizetype end = at;
      while (end < text.size() &&
             (text[end].isDigit() || text[end] == '.' || text[end].toLower() == 'e' || text[end] == '_'))
        ++end;
      add(SqlToken::Kind::Number, end);
    } else {
      add(SqlToken::Kind::Sign, at + 1);
    }
  }
  return tokens;
}

const QStringList& sqlKeywords() {
  static const QStringList words =
      QStringLiteral(
          "ALL AND ANTI ANY AS ASC ASOF BETWEEN BY CASE CAST COLLATE CROSS CURRENT DATE DESC DISTINCT ELSE "
          "END EXCEPT "
          "EXCLUDE EXISTS FALSE FILTER FIRST FOLLOWING FROM FULL GROUP HAVING ILIKE IN INNER INTERSECT "
          "INTERVAL INTO IS "
          "JOIN LAST LATERAL LEFT LIKE LIMIT NATURAL NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION "
          "PIVOT "
          "PRECEDING QUALIFY RANGE RECURSIVE REPLACE RIGHT ROLLUP ROW ROWS SAMPLE SELECT SEMI SIMILAR SOME "
          "THEN TIMESTAMP "
          "TO TRUE TRY_CAST UNBOUNDED UNION UNPIVOT USING VALUES WHEN WHERE WINDOW WITH")
          .split(' ');
  return words;
}

bool isSqlKeyword(const QString& word) {
  return std::binary_search(sqlKeywords().begin(), sqlKeywords().end(), word.toUpper());
}

QString sqlName(const QString& name) {
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
  if (plain.match(name).hasMatch() && !isSqlKeyword(name)) return name;
  return '"' + QString(name).replace('"', "\"\"") + '"';
}

SqlStatement sqlStatementAt(const QString& text, qsizetype cursor) {
  SqlInside inside = SqlInside::Nothing;
  std::vector<SqlStatement> all;
  qsizetype begin = 0;
  qsizetype words = 0;
  const auto end_at = [&](qsizetype end) {
    if (words > 0) all.push_back({text.mid(begin, end - begin), begin});
    begin = end;
    words = 0;
  };
  for (const SqlToken& token : sqlTokens(text, inside)) {
    if (token.kind == SqlToken::Kind::Sign && text[token.begin] == ';')
      end_at(token.begin + 1);
    else if (token.kind != SqlToken::Kind::Remark)
      ++words;
  }
  end_at(text.size());
  for (const SqlStatement& one : all)
    if (cursor <= one.begin + one.text.size()) return one;
  return all.empty() ? SqlStatement{} : all.back();
}

}  // namespace lodestone::pages
