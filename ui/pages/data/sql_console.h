// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QVariantMap>
#include <QWidget>
#include <memory>

#include "core/data/query.h"
#include "core/project/project.h"
#include "ui/jobs/jobs.h"
#include "ui/pages/data/sql_history.h"

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace lodestone::tables {
class SampleTable;
}
namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class SqlEditor;
struct SqlNames;

/// A place to ask the project's tables in SQL: it reads and never changes anything. The answer stands below
/// as a table, its first rows at least; all of it can become a file or a table of the project.
class SqlConsole : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::size_t kShownRows = 10'000;

  explicit SqlConsole(jobs::Jobs& jobs, QWidget* parent = nullptr);
  ~SqlConsole() override;

  /// Reads its names for completion once it is in sight; null: none is open. Again after its tables have
  /// changed.
  void setProject(const std::shared_ptr<project::Project>& project);
  void run();
  void stop();
  QVariantMap saveState() const;
  void restoreState(const QVariantMap& state);

 Q_SIGNALS:
  void tableMade(const QString& table);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  enum Place { Nothing, Answer };
  void build();
  QWidget* buildEditor();
  QWidget* buildBar();
  void buildHistory(QWidget* parent);
  void connectParts();
  void say();
  void readNames();
  void showAnswer(const data::FirstRows& first);
  void showFailure(const Error& error);
  void sayAnswer();
  void enableActions();
  void fillHistory();
  void useHistory();
  void saveAsTable(bool replace);
  void makeTable(const QString& name, bool replace);
  void exportAll();

  jobs::Jobs& jobs_;
  jobs::Latest reading_names_;
  bool names_read_ = false;
  jobs::Latest running_;
  jobs::Latest saving_;
  std::shared_ptr<project::Project> project_;
  SqlHistory history_;
  QString asked_;        // the query of the answer that is shown
  qsizetype begin_ = 0;  // of it in the editor
  QElapsedTimer clock_;
  double seconds_ = 0;
  std::int64_t rows_ = 0;
  bool all_ = true;

  QSplitter* splitter_;
  SqlEditor* editor_;
  QWidget* history_panel_;
  QLineEdit* history_search_;
  QListWidget* history_list_;
  QPushButton* run_;
  QPushButton* stop_;
  QPushButton* save_;
  QPushButton* export_;
  QToolButton* show_history_;
  QLabel* told_;
  QProgressBar* progress_;
  widgets::Notice* notice_;
  QStackedWidget* places_;
  widgets::EmptyState* nothing_;
  tables::SampleTable* answer_;
  QAction* run_action_;
  QAction* history_action_;
};

}  // namespace lodestone::pages
