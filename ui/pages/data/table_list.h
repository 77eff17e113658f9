// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QString>
#include <optional>
#include <vector>

namespace lodestone::pages {

/// A table of the project as the list shows it.
struct TableEntry {
  QString name;
  qint64 rows = 0;
  int columns = 0;
  std::optional<int> findings;  ///< none: nobody has looked yet
};

/// The tables of a project: name, size, and a badge with the count of findings.
class TableList : public QListView {
  Q_OBJECT
 public:
  explicit TableList(QWidget* parent = nullptr);
  ~TableList() override;

  /// Keeps what is chosen by its name; says so only when that is gone.
  void setTables(const std::vector<TableEntry>& tables);
  void setFindings(const QString& table, int findings);
  QString current() const;
  void choose(const QString& table);

 Q_SIGNALS:
  void chosen(const QString& table);  ///< empty: none

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  class Tables;
  class Painter;
  Tables* tables_;
  bool replacing_ = false;
};

}  // namespace lodestone::pages
