// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/data/profile.h"
#include "core/data/row_window.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"

namespace lodestone::tables {

enum class Headings { Without, With };

/// A table of a project, of any length: the rows in sight and some around them are fetched in a worker
/// thread, newest request first; what is not there yet shows as "…". Sorting is DuckDB's, over an order made
/// once. The header says name, type, missing share and a small histogram; cells copy as tab-separated text;
/// keyboard as in any table. The profile for the header may come later.
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
  /// 1-based, cut to those that there are.
  void goToRow(qint64 row);
  /// Rows that are not in memory are read first; up to two million cells.
  void copySelection(Headings headings = Headings::Without);

 Q_SIGNALS:
  void columnSelected(const QString& column);
  void shown(qint64 rows);  ///< the first rows are in sight
  void failed(const lodestone::Error& error);

 private:
  struct Opened;
  struct Parts;
  void build();
  void buildFooter();
  void buildActions();
  void open(const data::TableName& table, const std::optional<data::SortOrder>& sort);
  void showOpened(const data::TableName& table, Opened opened);
  void fitColumns();
  void growColumns();
  void setCurrentColumn(int column);
  void cycleSort(int column);
  void sayRows();
  std::unique_ptr<Parts> parts_;
};

}  // namespace lodestone::tables
