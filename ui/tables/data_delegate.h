// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QString>
#include <optional>
#include <utility>

#include "ui/tables/cells.h"
#include "ui/tables/table_parts.h"

namespace lodestone::tables {

class WindowModel;

/// How the cells of a column are coloured by their values.
struct ColumnColours {
  /// Numbers: what most values lie between. They get stronger from low to high, in two colours where they are
  /// on both sides of zero; those beyond look like the nearest end.
  std::optional<std::pair<double, double>> range;
  /// Words: the most frequent ones, each with a colour of its own; the others have none.
  QHash<QString, int> categories;
};

/// Paints the cells of a table of data: coloured by value where that is wanted, and marked where they contain
/// a text that is looked for.
class DataDelegate : public CellDelegate {
  Q_OBJECT
 public:
  DataDelegate(const WindowModel& model, QObject* parent);
  /// Of columns by their place; an empty one colours nothing.
  void setColours(const QHash<int, ColumnColours>& colours) { colours_ = colours; }
  /// Empty: none. in_numbers: the same as numbers are stored; column: -1 for all.
  void setMarked(const QString& text, const QString& in_numbers, int column);
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  /// What lies behind a cell; invalid: nothing.
  QColor background(const QModelIndex& index) const;
  bool marked(const QModelIndex& index) const;

 private:
  const Json* cell(const QModelIndex& index) const;
  static QColor scaled(double value, const std::pair<double, double>& range);

  const WindowModel& model_;
  QHash<int, ColumnColours> colours_;
  QString marked_;
  QString marked_in_numbers_;
  int marked_column_ = -1;
};

}  // namespace lodestone::tables
