// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <vector>

#include "core/data/database.h"

class QCompleter;
class QStandardItemModel;

namespace lodestone::pages {

/// What can be named in a query.
struct SqlNames {
  std::vector<data::TableInfo> tables;
  QStringList functions;
};

/// A place to write SQL: coloured, and names are offered while one types (Ctrl+Space at any time). What runs
/// is the selection, or the statement with the cursor.
class SqlEditor : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit SqlEditor(QWidget* parent = nullptr);
  void setNames(const SqlNames& names);
  /// Its text, and where it begins.
  QString statement(qsizetype* begin = nullptr) const;
  /// Replaces all, so that it can be undone.
  void replaceAll(const QString& text);
  /// Underlines the word there, line and column from 1, and goes there; the mark goes with the next change.
  void markMistake(qsizetype position);
  void clearMark();
  /// What would be offered for the word before the cursor; for tests too.
  QStringList offers() const;
  void complete();

 Q_SIGNALS:
  void previousWanted();
  void nextWanted();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void offer(bool always);
  void insert(const QString& word);
  /// The word before the cursor, and the table that is named before its point.
  struct Word {
    QString text;
    QString table;
  };
  Word wordHere() const;
  std::vector<std::pair<QString, QString>> wordsFor(const Word& word) const;
  const data::TableInfo* tableNamed(const QString& name) const;

  SqlNames names_;
  QCompleter* completer_;
  QStandardItemModel* offered_;
};

}  // namespace lodestone::pages
