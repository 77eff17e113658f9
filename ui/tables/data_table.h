// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QVariantMap>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>

#include "core/data/profile.h"
#include "core/data/row_search.h"
#include "core/data/row_window.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"

class QAction;

namespace lodestone::tables {

struct ColumnColours;

enum class Headings { Without, With };

/// A table of a project, of any length: the rows in sight and some around them are fetched in a worker
/// thread, newest request first; what is not there yet shows as "…". Sorting and filtering are DuckDB's, over
/// a list of rows made once. The header says name, type, missing share and a small histogram, and has a menu
/// for each column; cells copy as tab-separated text; keyboard as in any table. The profile for the header
/// may come later.
class DataTable : public QWidget {
  Q_OBJECT
 public:
  explicit DataTable(jobs::Jobs& jobs, QWidget* parent = nullptr);
  ~DataTable() override;

  /// Shows it from the top; keeps showing the old one until the first rows are here. The same table again,
  /// such as after an import into it: its sort, widths and current column stay where the columns are still
  /// there.
  void setTable(const std::shared_ptr<project::Project>& project, const data::TableName& table);
  void clear();
  void setProfile(const data::TableProfile& profile);
  /// False: no profile will come, and its room in the header is the rows'.
  void expectProfile(bool expected);
  std::int64_t rows() const;
  QString currentColumn() const;
  void selectColumn(const QString& column);
  /// None: as the rows stand in the table. What is shown stays until the sorted rows are here.
  void sortBy(const std::optional<data::SortOrder>& sort);
  std::optional<data::SortOrder> sort() const;
  /// Which rows are shown; an empty filter: all. What is shown stays until they are here; where the filter
  /// does not fit the table it stays for good, and the line above the table says why.
  void setFilter(const data::RowFilter& filter);
  data::RowFilter filter() const;
  std::int64_t tableRows() const;  ///< without the filter
  /// 1-based, cut to those that there are.
  void goToRow(qint64 row);
  /// Rows that are not in memory are read first; up to two million cells.
  void copySelection(Headings headings = Headings::Without);

  /// Asks for a file and writes the rows that are shown into it, as they are sorted, of the columns that are
  /// shown.
  void exportRows();

  void openFind();
  void findNext();
  void findPrevious();
  /// Columns are kept by their names, and for each table on its own.
  void hideColumn(const QString& column, bool hidden = true);
  QStringList hiddenColumns() const;
  /// The columns up to this one do not scroll sideways; none: all do.
  void freezeUpTo(const QString& column);
  void colourByValue(const QString& column, bool coloured);
  /// What the user chose for the columns of all tables seen so far, for the settings.
  QVariantMap saveState() const;
  void restoreState(const QVariantMap& state);
  /// What can be done with the table as a whole, for a page's commands.
  QList<QAction*> commands() const;

 Q_SIGNALS:
  void columnSelected(const QString& column);
  void shown(qint64 rows);  ///< the first rows are in sight
  void failed(const lodestone::Error& error);
  void statisticsWanted(const QString& column);
  void exported(const QString& file, qint64 rows);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Opened;
  struct Parts;
  void build();
  void buildFooter();
  void connectView();
  void connectFilter();
  void connectFind();
  void say();
  QAction* addCommand(const char* name, const QKeySequence& keys, const std::function<void()>& run);
  void buildActions();
  void buildFilterActions();
  void buildColumnActions();
  void open(const data::TableName& table, const std::optional<data::SortOrder>& sort,
            const data::RowFilter& filter);
  void openFailed(const Error& error, bool filter_changed);
  void showOpened(const data::TableName& table, Opened opened);
  void restoreCurrent(const std::vector<data::ColumnInfo>& columns);
  void setCurrentColumn(int column);
  void cycleSort(int column);
  void sortCurrent(std::optional<data::Direction> direction);
  void sayRows();

  void editFilter(const QString& column);
  void changeCondition(int at);
  void removeCondition(int at);
  void addCondition(const data::Condition& condition);
  void filterByCell(data::CellTest test);
  void readValues(const QString& column);

  void startFind(data::Way way);
  void goToPlace(const data::CellPlace& place);
  void countFound();
  void endFind();

  void fitColumns();
  void growColumns();
  QString lookKey() const;
  void applyLook();
  void keepLook();
  void showColumnMenu(int column, const QPoint& global);
  void fillColumnMenu();
  void fillHiddenMenu();
  QString columnName(int column) const;
  int columnPlace(const QString& name) const;
  void updateColours();
  void readRange(const QString& column);
  void takeColours(const QString& column, const ColumnColours& colours);

  std::unique_ptr<Parts> parts_;
};

}  // namespace lodestone::tables
