// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <memory>
#include <optional>

#include "ui/tables/data_delegate.h"
#include "ui/tables/data_table.h"
#include "ui/tables/table_look.h"
#include "ui/tables/window_model.h"

class QLabel;
class QLineEdit;
class QMenu;
class QTimer;

namespace lodestone::tables {

class ColumnHeader;
class FilterBar;
class FilterEditor;
class FindBar;
class WindowView;

struct DataTable::Opened {
  std::shared_ptr<const data::RowWindow> window;
  CellRows first_rows;
};

/// What DataTable is made of; its functions stand in several files, by what they are about.
struct DataTable::Parts {
  explicit Parts(jobs::Jobs& all)
      : jobs(all),
        opening(all),
        copying(all),
        exporting(all),
        finding(all),
        counting(all),
        reading_values(all) {}

  jobs::Jobs& jobs;
  jobs::Latest opening;
  jobs::Latest copying;
  jobs::Latest exporting;
  jobs::Latest finding;
  jobs::Latest counting;
  jobs::Latest reading_values;
  std::shared_ptr<project::Project> project;
  data::TableName table;   // shown now
  QString current_column;  // by name: it stays over a sort
  data::TableProfile profile;
  TableLooks looks;
  TableLook look;                         // of the table shown now
  int edited = -1;                        // condition that the filter line changes; -1: it makes a new one
  QHash<QString, ColumnColours> colours;  // of the table shown now, by column
  data::CellText sought;                  // what is looked for now
  std::shared_ptr<const data::RowSearch> search;         // all rows with it, once they are known
  std::shared_ptr<const data::RowWindow> search_window;  // that they belong to

  WindowModel* model = nullptr;
  WindowView* view = nullptr;
  ColumnHeader* header = nullptr;
  DataDelegate* delegate = nullptr;
  FilterBar* filter_bar = nullptr;
  FilterEditor* filter_editor = nullptr;
  FindBar* find_bar = nullptr;
  QLabel* rows = nullptr;
  QLabel* busy = nullptr;
  QLabel* go_label = nullptr;
  QLineEdit* go = nullptr;
  QTimer* busy_timer = nullptr;
  QMenu* column_menu = nullptr;
  QMenu* hidden_menu = nullptr;
  QAction* sort_up = nullptr;
  QAction* sort_down = nullptr;
  QAction* sort_none = nullptr;
  QAction* go_to = nullptr;
  QAction* export_rows = nullptr;
  QAction* find = nullptr;
  QAction* find_next = nullptr;
  QAction* find_previous = nullptr;
  QAction* filter_column = nullptr;
  QAction* filter_expression = nullptr;
  QAction* filter_only = nullptr;
  QAction* filter_without = nullptr;
  QAction* filter_clear = nullptr;
  QAction* hide_column = nullptr;
  QAction* freeze = nullptr;
  QAction* freeze_none = nullptr;
  QAction* colour = nullptr;
  QAction* copy_name = nullptr;
  QAction* statistics = nullptr;
  bool fitting = false;
};

}  // namespace lodestone::tables
