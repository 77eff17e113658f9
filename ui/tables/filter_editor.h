// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <optional>
#include <vector>

#include "core/data/database.h"
#include "core/data/profile.h"
#include "core/data/row_filter.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStringListModel;
class QToolButton;

namespace lodestone::tables {

/// A line above a table that makes one condition of its filter: column, test, values; or the filter's own
/// expression. Enter applies it, Escape closes it. Hidden until it is opened.
class FilterEditor : public QFrame {
  Q_OBJECT
 public:
  explicit FilterEditor(QWidget* parent = nullptr);

  void setColumns(const std::vector<data::ColumnInfo>& columns);
  /// For a new condition of that column.
  void openFor(const QString& column);
  void openFor(const data::Condition& condition);
  void openForExpression(const QString& expression);
  void close();
  /// The most frequent values of the column that is chosen: offered while one types, and in a list.
  void setValues(const QString& column, const std::vector<data::TopValue>& values);
  /// What is wrong with what was applied; gone with the next change.
  void showError(const QString& text);

 Q_SIGNALS:
  void applied(const lodestone::data::Condition& condition);
  void expressionApplied(const QString& expression);
  void valuesWanted(const QString& column);
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void build();
  void say();
  void fillTests();
  void chooseColumn();
  void arrange();
  void fillValueMenu();
  void apply();
  const data::ColumnInfo* column() const;  ///< null: the expression
  data::CellTest test() const;

  std::vector<data::ColumnInfo> columns_;
  std::vector<data::TopValue> values_;
  QString values_of_;
  QComboBox* column_;
  QComboBox* test_;
  QLineEdit* value_;
  QLabel* and_;
  QLineEdit* second_;
  QToolButton* pick_;
  QMenu* value_menu_;
  QStringListModel* offered_;
  QPushButton* apply_;
  QToolButton* close_;
  QLabel* error_;
};

}  // namespace lodestone::tables
