// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <QVariant>
#include <vector>

namespace lodestone::tables {

/// How a column of a short list looks and sorts.
struct ListColumn {
  enum class Kind { Text, Number, State };  ///< State: the cell's word drawn as a badge
  QString title;
  Kind kind = Kind::Text;
};

/// A cell: what is shown and what it is sorted by (empty: the text).
struct ListCell {
  QString text;
  QVariant sort = {};
  QString tooltip = {};
  int state = -1;  ///< a widgets::State for columns of that kind
};

struct ListRow {
  QString id;
  std::vector<ListCell> cells;
};

/// A short list held in memory (runs, strategies, files): sorts by its header, copies as tab-separated text,
/// selects whole rows, keeps selection, sort and scroll over setRows. Not for tables of data: see DataTable.
class ListTable : public QTableView {
  Q_OBJECT
 public:
  explicit ListTable(QWidget* parent = nullptr);
  ~ListTable() override;
  /// As many columns as before: only the titles change, and widths, sort and rows stay; so it may be called
  /// again when the language changes.
  void setColumns(const std::vector<ListColumn>& columns);
  /// Rows with ids seen before stay selected. Ids must differ from each other. A row may have fewer cells
  /// than columns.
  void setRows(const std::vector<ListRow>& rows);
  QString currentId() const;        ///< empty: no row is current
  QStringList selectedIds() const;  ///< from top to bottom
  /// An id that is not there, such as "", clears the selection.
  void selectId(const QString& id);
  /// The selected rows, and the titles above them, as tab-separated text.
  void copySelection() const;

 Q_SIGNALS:
  void currentIdChanged(const QString& id);
  void opened(const QString& id);  ///< Enter or double click

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  int sizeHintForColumn(int column) const override;

 private:
  class Rows;
  void tellCurrent();
  void restore(const QStringList& selected, const QString& current);

  Rows* rows_;
  QString told_;             // the id last told with currentIdChanged
  bool restoring_ = false;   // rows are being replaced: the selection is about to come back
  bool widths_fit_ = false;  // to the first rows that came
};

}  // namespace lodestone::tables
