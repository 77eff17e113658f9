// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/yaml_place.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <algorithm>
#include <vector>

namespace lodestone::pages {

namespace {

struct Level {
  int indent;
  QString key;
};

int indentOf(const QString& line) {
  int indent = 0;
  while (indent < line.size() && line[indent] == u' ') ++indent;
  return indent;
}

QString bare(const QString& word) {
  const QString trimmed = word.trimmed();
  const bool quoted = trimmed.size() >= 2 && (trimmed.front() == u'"' || trimmed.front() == u'\'') &&
                      trimmed.back() == trimmed.front();
  return quoted ? trimmed.mid(1, trimmed.size() - 2) : trimmed;
}

/// "key: value" of a line in block style; false for lines that are none.
bool splitLine(const QString& line, QString& key, QString& value) {
  static const QRegularExpression pattern(
      QStringLiteral("^\\s*(\"[^\"]*\"|'[^']*'|[^\\s:#{}\\[\\],][^:{}\\[\\],]*?)\\s*:(?:\\s+(.*))?$"));
  const auto match = pattern.match(line);
  if (!match.hasMatch()) return false;
  key = bare(match.captured(1));
  value = match.captured(2);
  return true;
}

/// Everything within braces up to the cursor: what is open there.
struct Flow {
  std::vector<QString> keys;                   ///< one for each open brace, but for the last
  std::vector<QMap<QString, QString>> beside;  ///< one for each open brace
  QString key;                                 ///< whose value is written; null: a key is
  QString typed;
};

Flow readFlow(const QString& text) {
  Flow flow;
  QString word;
  int lists = 0;
  QChar quote;
  const auto close = [&] {
    if (!flow.beside.empty() && !flow.key.isEmpty()) flow.beside.back()[flow.key] = bare(word);
    flow.key.clear();
    word.clear();
  };
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    if (!quote.isNull()) {
      if (c == quote) quote = QChar();
      word += c;
    } else if ((c == u'"' || c == u'\'') && word.trimmed().isEmpty()) {
      quote = c;
      word += c;
    } else if (c == u'{') {
      if (!flow.beside.empty()) flow.keys.push_back(flow.key);
      flow.beside.emplace_back();
      flow.key.clear();
      word.clear();
    } else if (c == u'}') {
      close();
      if (!flow.beside.empty()) flow.beside.pop_back();
      if (!flow.keys.empty()) flow.keys.pop_back();
    } else if (c == u'[') {
      ++lists;
      word.clear();
    } else if (c == u']') {
      lists = std::max(0, lists - 1);
    } else if (c == u',' && lists == 0) {
      close();
    } else if (c == u':' && flow.key.isEmpty() && (i + 1 == text.size() || text[i + 1].isSpace())) {
      flow.key = bare(word);
      word.clear();
    } else {
      word += c;
    }
  }
  flow.typed = word;
  return flow;
}

/// What stands in braces or in brackets or quotes is completed by its last item.
QString lastItem(const QString& value) {
  qsizetype begin = 0;
  for (qsizetype i = 0; i < value.size(); ++i)
    if (QStringView(u",[\"'").contains(value[i])) begin = i + 1;
  while (begin < value.size() && value[begin].isSpace()) ++begin;
  return value.mid(begin);
}

QTextBlock firstBlock(const QTextCursor& cursor) {
  return cursor.document()->begin();
}

/// The keys at an indent under one parent, above and below a line.
QMap<QString, QString> neighbours(const QTextBlock& block, int indent) {
  QMap<QString, QString> found;
  const auto walk = [&](bool down) {
    for (QTextBlock at = down ? block.next() : block.previous(); at.isValid();
         at = down ? at.next() : at.previous()) {
      const QString line = at.text();
      if (line.trimmed() == u"---") return;
      if (line.trimmed().isEmpty() || line.trimmed().startsWith(u'#')) continue;
      const int depth = indentOf(line);
      if (depth < indent) return;
      QString key;
      QString value;
      if (depth == indent && splitLine(line, key, value)) found[key] = bare(value);
    }
  };
  walk(false);
  walk(true);
  return found;
}

QStringList pathAbove(const QTextCursor& cursor, int indent) {
  std::vector<Level> levels;
  for (QTextBlock at = firstBlock(cursor).next(); at.isValid() && at != cursor.block(); at = at.next()) {
    const QString line = at.text();
    QString key;
    QString value;
    if (!splitLine(line, key, value)) continue;
    const int depth = indentOf(line);
    while (!levels.empty() && levels.back().indent >= depth) levels.pop_back();
    levels.push_back({depth, key});
  }
  while (!levels.empty() && levels.back().indent >= indent) levels.pop_back();
  QStringList path;
  for (const Level& level : levels) path << level.key;
  return path;
}

/// The rest of the line after the cursor, so that keys to the right count as well.
void addAfter(const QString& rest, QMap<QString, QString>& beside) {
  static const QRegularExpression pair(QStringLiteral("(?:^|,)\\s*([\\w.-]+)\\s*:\\s*([^,{}\\[\\]]*)"));
  const qsizetype end = rest.indexOf(u'}');
  for (auto it = pair.globalMatch(end < 0 ? rest : rest.left(end)); it.hasNext();) {
    const auto match = it.next();
    beside[match.captured(1)] = bare(match.captured(2));
  }
}

}  // namespace

YamlPlace yamlPlaceAt(const QTextCursor& cursor) {
  const QString line = cursor.block().text();
  const QString before = line.left(cursor.positionInBlock());
  YamlPlace place;
  static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#[^\"']*$"));
  place.comment = comment.match(before).hasMatch();
  const int indent = before.trimmed().isEmpty() ? static_cast<int>(before.size()) : indentOf(before);
  place.path = pathAbove(cursor, indent);
  QString key;
  QString value;
  const qsizetype brace = before.indexOf(u'{');
  const bool has_key = splitLine(brace < 0 ? before : before.left(brace), key, value);
  if (brace < 0) {
    place.value = has_key && (before.endsWith(u' ') || !value.isEmpty());
    place.typed = place.value ? lastItem(value) : before.trimmed();
    place.beside = neighbours(cursor.block(), indent);
    if (place.value) place.path << key;
    return place;
  }
  if (has_key) place.path << key;
  const Flow flow = readFlow(before.mid(brace));
  for (const QString& outer : flow.keys) place.path << outer;
  if (flow.beside.empty()) {  // closed again
    place.comment = true;
    return place;
  }
  place.beside = flow.beside.back();
  addAfter(line.mid(cursor.positionInBlock()), place.beside);
  place.value = !flow.key.isEmpty();
  if (place.value) place.path << flow.key;
  place.typed = place.value ? lastItem(flow.typed) : flow.typed.trimmed();
  return place;
}

QString yamlScalar(const QString& text) {
  static const QRegularExpression plain(
      QStringLiteral("^[\\p{L}_][\\p{L}\\p{N}_.-]*(?: [\\p{L}\\p{N}_.-]+)*$|^-?[0-9]+(?:\\.[0-9]+)?$"));
  static const QRegularExpression word(QStringLiteral("^(?:true|false|yes|no|on|off|null|~)$"),
                                       QRegularExpression::CaseInsensitiveOption);
  if (plain.match(text).hasMatch() && !word.match(text).hasMatch()) return text;
  QString quoted = text;
  quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
  return u'"' + quoted + u'"';
}

}  // namespace lodestone::pages
