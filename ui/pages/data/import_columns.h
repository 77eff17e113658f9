// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <map>
#include <string>
#include <vector>

#include "core/data/database.h"

namespace lodestone::pages {

/// The columns of a file that is about to be imported, each with its type: as it was found out, or as the
/// user chooses (a list in the second column).
class ImportColumns : public QTableView {
  Q_OBJECT
 public:
  explicit ImportColumns(QWidget* parent = nullptr);
  ~ImportColumns() override;

  /// As they were found out; choices of columns that are still there stay.
  void setColumns(const std::vector<data::ColumnInfo>& columns);
  void setChosen(const std::map<std::string, std::string>& types);
  /// See data::ImportOptions::column_types.
  std::map<std::string, std::string> chosen() const;

 Q_SIGNALS:
  void changed();

 private:
  class Columns;
  Columns* columns_;
};

}  // namespace lodestone::pages
