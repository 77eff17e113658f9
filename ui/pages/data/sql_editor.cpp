// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_editor.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QStandardItemModel>
#include <QTextBlock>

#include "ui/pages/data/sql_highlighter.h"
#include "ui/pages/data/sql_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr qsizetype kOfferedFrom = 2;  // characters typed
constexpr int kOfferedRows = 10;

}  // namespace

SqlEditor::SqlEditor(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName("sqlEditor");
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::NoWrap);
  QFont font = theme::font(theme::Role::Body);
  font.setFamilies({"DejaVu Sans Mono", "Noto Sans Mono CJK SC", "monospace"});
  font.setStyleHint(QFont::Monospace);
  setFont(font);
  new SqlHighlighter(document());
  offered_ = new QStandardItemModel(this);
  completer_ = new QCompleter(offered_, this);
  completer_->setWidget(this);
  completer_->setCompletionMode(QCompleter::PopupCompletion);
  completer_->setCaseSensitivity(Qt::CaseInsensitive);
  completer_->setMaxVisibleItems(kOfferedRows);
  completer_->popup()->setObjectName("sqlOffers");
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &SqlEditor::insert);
  connect(this, &QPlainTextEdit::textChanged, this, &SqlEditor::clearMark);
}

void SqlEditor::setNames(const SqlNames& names) {
  names_ = names;
}

QString SqlEditor::statement(qsizetype* begin) const {
  const QTextCursor cursor = textCursor();
  SqlStatement found;
  if (cursor.hasSelection())
    found = {cursor.selectedText().replace(QChar::ParagraphSeparator, '\n'), cursor.selectionStart()};
  else
    found = sqlStatementAt(toPlainText(), cursor.position());
  if (begin != nullptr) *begin = found.begin;
  return found.text;
}

void SqlEditor::replaceAll(const QString& text) {
  QTextCursor cursor(document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(text);
  setTextCursor(cursor);
}

void SqlEditor::markMistake(qsizetype position) {
  QTextCursor cursor(document());
  cursor.setPosition(static_cast<int>(std::clamp<qsizetype>(position, 0, toPlainText().size())));
  setTextCursor(cursor);
  cursor.movePosition(QTextCursor::EndOfWord, QTextCursor::KeepAnchor);
  if (!cursor.hasSelection()) cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
  QTextEdit::ExtraSelection mark;
  mark.cursor = cursor;
  mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
  mark.format.setUnderlineColor(theme::tokens().fail);
  QColor back = theme::tokens().fail;
  back.setAlphaF(0.15F);
  mark.format.setBackground(back);
  setExtraSelections({mark});
}

void SqlEditor::clearMark() {
  if (!extraSelections().isEmpty()) setExtraSelections({});
}

SqlEditor::Word SqlEditor::wordHere() const {
  static const QRegularExpression tail(
      QStringLiteral(
          R"re((?:("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_]*)\s*\.\s*)?([\p{L}_"][\p{L}\p{N}_]*)?$)re"),
      QRegularExpression::UseUnicodePropertiesOption);
  const QTextCursor cursor = textCursor();
  const auto match = tail.match(cursor.block().text().left(cursor.positionInBlock()));
  QString table = match.captured(1);
  if (table.startsWith('"')) table = table.mid(1, table.size() - 2).replace("\"\"", "\"");
  return {match.captured(2), table};
}

const data::TableInfo* SqlEditor::tableNamed(const QString& name) const {
  for (const data::TableInfo& table : names_.tables)
    if (words::toQt(table.table.name).compare(name, Qt::CaseInsensitive) == 0) return &table;
  return nullptr;
}

/// Words with the names of their icons, the likeliest first: columns of tables that the text names, tables,
/// other columns, keywords, functions.
std::vector<std::pair<QString, QString>> SqlEditor::wordsFor(const Word& word) const {
  std::vector<std::pair<QString, QString>> found;
  QSet<QString> seen;
  const QString typed = word.text.startsWith('"') ? word.text.mid(1) : word.text;
  const auto add = [&](const QString& name, const QString& icon) {
    if (!name.startsWith(typed, Qt::CaseInsensitive) || seen.contains(name)) return;
    seen.insert(name);
    found.emplace_back(name, icon);
  };
  const auto add_columns = [&](const data::TableInfo& table) {
    for (const data::ColumnInfo& column : table.columns) add(words::toQt(column.name), "list");
  };
  if (!word.table.isEmpty()) {
    QString name = word.table;
    // "o" of "orders o": the name before it is the table's.
    if (tableNamed(name) == nullptr) {
      const QRegularExpression alias(
          "([\\p{L}_][\\p{L}\\p{N}_]*)\\s+(?:as\\s+)?" + QRegularExpression::escape(name) + "\\b",
          QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
      for (auto each = alias.globalMatch(toPlainText()); each.hasNext();)
        if (const QString candidate = each.next().captured(1); tableNamed(candidate) != nullptr)
          name = candidate;
    }
    if (const data::TableInfo* table = tableNamed(name)) add_columns(*table);
    return found;
  }
  const QString all = toPlainText();
  for (const data::TableInfo& table : names_.tables)
    if (all.contains(words::toQt(table.table.name), Qt::CaseInsensitive)) add_columns(table);
  for (const data::TableInfo& table : names_.tables) add(words::toQt(table.table.name), "table");
  for (const data::TableInfo& table : names_.tables) add_columns(table);
  for (const QString& keyword : sqlKeywords()) add(keyword, "text");
  for (const QString& function : names_.functions) add(function, "run");
  return found;
}

QStringList SqlEditor::offers() const {
  QStringList list;
  for (const auto& [name, icon] : wordsFor(wordHere())) list.push_back(name);
  return list;
}

void SqlEditor::complete() {
  offer(true);
}

void SqlEditor::offer(bool always) {
  const Word word = wordHere();
  if (!always && word.table.isEmpty() && word.text.size() < kOfferedFrom) {
    completer_->popup()->hide();
    return;
  }
  const auto found = wordsFor(word);
  const bool complete = found.size() == 1 && found.front().first.compare(word.text, Qt::CaseInsensitive) == 0;
  if (found.empty() || (complete && !always)) {
    completer_->popup()->hide();
    return;
  }
  offered_->clear();
  for (const auto& [name, icon] : found) offered_->appendRow(new QStandardItem(theme::icon(icon), name));
  completer_->setCompletionPrefix({});
  QRect place = cursorRect();
  place.setWidth(completer_->popup()->sizeHintForColumn(0) +
                 completer_->popup()->verticalScrollBar()->sizeHint().width() + 2 * theme::kSpace5);
  completer_->popup()->setCurrentIndex(completer_->completionModel()->index(0, 0));
  completer_->complete(place);
}

void SqlEditor::insert(const QString& word) {
  const Word here = wordHere();
  QTextCursor cursor = textCursor();
  cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(here.text.size()));
  const bool known_word = names_.functions.contains(word) || isSqlKeyword(word);
  const bool named =
      tableNamed(word) != nullptr ||
      std::any_of(names_.tables.begin(), names_.tables.end(), [&](const data::TableInfo& table) {
        return std::any_of(table.columns.begin(), table.columns.end(),
                           [&](const auto& column) { return words::toQt(column.name) == word; });
      });
  if (named)
    cursor.insertText(sqlName(word));
  else if (known_word && names_.functions.contains(word))
    cursor.insertText(word + "(");
  else
    cursor.insertText(word + " ");
  setTextCursor(cursor);
}

void SqlEditor::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (completer_->popup()->isVisible() &&
      (key == Qt::Key_Enter || key == Qt::Key_Return || key == Qt::Key_Escape || key == Qt::Key_Tab ||
       key == Qt::Key_Backtab)) {
    event->ignore();  // the list's own keys
    return;
  }
  const bool control = (event->modifiers() & Qt::ControlModifier) != 0;
  if (control && key == Qt::Key_Space) {
    complete();
    return;
  }
  if (control && key == Qt::Key_Up) {
    Q_EMIT previousWanted();
    return;
  }
  if (control && key == Qt::Key_Down) {
    Q_EMIT nextWanted();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
  const QString typed = event->text();
  const bool word = !typed.isEmpty() && (typed[0].isLetterOrNumber() || typed[0] == '_' || typed[0] == '.');
  if (word && !control)
    offer(false);
  else if (completer_->popup()->isVisible() && (key == Qt::Key_Backspace || word))
    offer(false);
  else if (!typed.isEmpty() || key == Qt::Key_Left || key == Qt::Key_Right)
    completer_->popup()->hide();
}

}  // namespace lodestone::pages
