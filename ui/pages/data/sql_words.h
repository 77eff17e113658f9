// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/data/database.h"

// SQL as text: what is a keyword, a text, a remark; where a statement begins and ends.
namespace lodestone::pages {

/// A piece of SQL that is coloured alike.
struct SqlToken {
  enum class Kind { Keyword, Name, QuotedName, Text, Number, Remark, Sign };
  Kind kind = Kind::Sign;
  qsizetype begin = 0;
  qsizetype length = 0;
};

/// What a line of SQL begins inside of.
enum class SqlInside { Nothing, Text, QuotedName, Remark };

/// The tokens of a line (or of more, with line ends in it), spaces left out. inside: what it begins in, and
/// afterwards what it ends in.
std::vector<SqlToken> sqlTokens(const QString& text, SqlInside& inside);

const QStringList& sqlKeywords();  ///< in upper case, sorted
bool isSqlKeyword(const QString& word);
/// A name as it must stand in SQL: in double quotes where it needs them.
QString sqlName(const QString& name);
/// The statement in which the cursor is, with its place: several are separated by semicolons.
struct SqlStatement {
  QString text;
  qsizetype begin = 0;
};
SqlStatement sqlStatementAt(const QString& text, qsizetype cursor);

}  // namespace lodestone::pages
