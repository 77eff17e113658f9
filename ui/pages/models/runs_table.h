// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/project/model_records.h"
#include "ui/tables/list_table.h"

namespace lodestone::pages {

/// All trainings of a project, last first, whatever became of them.
class RunsTable : public tables::ListTable {
  Q_OBJECT
 public:
  explicit RunsTable(QWidget* parent = nullptr);
  void setRecords(const std::vector<project::ModelRecord>& records);
  /// The one that runs in this window is shown as paused while it is.
  void setPaused(const QString& id, bool paused);

 private:
  void showColumns();
  void showRows();

  std::vector<project::ModelRecord> records_;
  QString paused_;
};

}  // namespace lodestone::pages
