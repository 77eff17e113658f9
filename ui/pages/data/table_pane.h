// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/import.h"
#include "core/data/profile.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace lodestone::tables {
class DataTable;
class ListTable;
}  // namespace lodestone::tables
namespace lodestone::widgets {
class EmptyState;
}

namespace lodestone::pages {

class SqlConsole;

/// The centre of the page: the selected table's rows, the profile of its columns, what its import rejected,
/// and queries over all tables.
class TablePane : public QTabWidget {
  Q_OBJECT
 public:
  enum Tab { RowsTab, ProfileTab, RejectsTab, SqlTab };
  explicit TablePane(jobs::Jobs& jobs, QWidget* parent = nullptr);

  /// Starts reading rows, and when they are in sight, rejects; the profile is the page's to bring after
  /// settled().
  void setTable(const std::shared_ptr<project::Project>& project, const QString& table);
  /// The table's first rows are still being read.
  bool settling() const { return settling_; }
  void clear();
  /// For the queries; again after its tables have changed. Null: none is open.
  void setProject(const std::shared_ptr<project::Project>& project);
  void setProfile(const data::TableProfile& profile);
  /// What the profile's place shows until it comes.
  void setProfiling(jobs::JobId job);
  void setNotProfiled();
  tables::DataTable& rows() { return *rows_; }
  void saveState(QSettings& settings) const;
  void restoreState(const QSettings& settings);

 Q_SIGNALS:
  void profileWanted();
  void settled();  ///< the table's first rows are in sight, or cannot be read: the machine is free for more
  void columnSelected(const QString& column);
  void exported(const QString& file, qint64 rows);
  void tableMade(const QString& table);  ///< of a query's answer
  void failed(const lodestone::Error& error);

 private:
  struct Rejects {
    std::vector<data::Reject> list;
    bool all = true;
  };
  void buildProfile();
  void buildRejects();
  void settle();
  void readRejects();
  void showRejects();
  void showProfile();
  void sayTitles();

  jobs::Jobs& jobs_;
  jobs::Latest reading_rejects_;
  std::shared_ptr<project::Project> project_;
  QString table_;
  std::optional<data::TableProfile> profile_;
  Rejects rejects_;
  jobs::JobId profiling_ = 0;
  bool settling_ = false;

  tables::DataTable* rows_;
  QStackedWidget* profile_stack_;
  tables::ListTable* columns_;
  widgets::EmptyState* not_profiled_;
  QPushButton* profile_now_;
  QLabel* profiling_label_;
  QProgressBar* profiling_bar_;
  QStackedWidget* rejects_stack_;
  tables::ListTable* rejected_;
  QLabel* rejected_note_;
  widgets::EmptyState* no_rejects_;
  SqlConsole* console_;
};

}  // namespace lodestone::pages
