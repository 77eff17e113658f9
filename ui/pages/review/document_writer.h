// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QTextCursor>
#include <vector>

#include "core/campaign/report.h"

class QTextDocument;
class QTextTable;
class QTextTableCell;

namespace lodestone::pages {

/// A field in two versions, for a table that stands them side by side.
struct ComparedRow {
  QString name;
  QString before;
  QString after;
  QString word;  ///< what happened to it: "changed", "added"; empty: nothing
};

/// Writes a report's blocks into a document in the type and the colours of the theme as it is now. Figures
/// stay vectors and never grow wider than the document.
class DocumentWriter {
 public:
  /// Clears the document.
  explicit DocumentWriter(QTextDocument& document);

  void add(const campaign::Block& block);
  void heading(int level, const QString& text);
  void paragraph(const QString& text);
  void notice(campaign::Notice::Kind kind, const QString& text);
  void table(const campaign::Table& table);
  void figure(const campaign::Figure& figure);
  /// Rows with a word are tinted, and where both texts stand the part that differs is underlined.
  void comparison(const QString& before_title, const QString& after_title, const QString& field_title,
                  const std::vector<ComparedRow>& rows);

 private:
  void nextBlock(double space_above, double space_below);
  void writeCell(const QTextTableCell& cell, const QString& text, const QTextCharFormat& format,
                 Qt::Alignment alignment);
  QTextTable* insertTable(int rows, int columns);

  QTextDocument& document_;
  QTextCursor cursor_;
  bool begun_ = false;
};

}  // namespace lodestone::pages
