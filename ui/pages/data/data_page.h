// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <map>
#include <vector>

#include "core/data/profile.h"
#include "core/data/recipe.h"
#include "core/data/table_operation.h"
#include "ui/pages/data/import_work.h"
#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QAction;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QUndoStack;
class QVBoxLayout;

namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class ColumnPanel;
class CombinePanel;
class DropOverlay;
class ImportPanel;
class RecipePanel;
class RecipeStore;
class RoleStore;
class TableList;
class TablePane;

/// The tables of the project: importing them, looking at them, saying what their columns mean.
class DataPage : public studio::Page {
  Q_OBJECT
 public:
  explicit DataPage(studio::Studio& studio, QWidget* parent = nullptr);
  ~DataPage() override;

  QString id() const override { return "data"; }
  QString icon() const override { return "data"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  QWidget* inspector() override;
  /// A table's name shows that table; "import" asks for files to import.
  void opened(const QVariant& what) override;
  QUndoStack* undoStack() override { return undo_; }
  QWidget* firstFocus() override;
  void saveState(QSettings& settings) const override;
  void restoreState(const QSettings& settings) override;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Listing {
    std::vector<data::TableInfo> tables;
    std::map<std::string, project::Roles> roles;
  };
  void build();
  void buildTables();
  void buildActions();
  void buildInspector();
  void say();
  void projectChanged();
  void tablesChanged();
  void list();
  void showListing(Listing listing);
  void showPlace();
  void chooseTable(const QString& table);
  void showColumn(const QString& column);
  void profile(const QString& table);
  void profileOthers();
  void takeProfile(const QString& table, data::TableProfile profile);
  void enableActions();
  void importFiles(const QStringList& files);
  void importDatabase();
  void closeImport();
  void takeImport(const ImportOutcome& outcome);
  static QString importedWords(const std::vector<data::ImportReport>& reports);
  void deleteTable();
  void mend(const Json& step);
  void takeCleaning(const data::CleanReport& report);
  void takeNewTable(const data::OperationReport& report);
  void exportTable();
  const data::TableInfo* info(const QString& table) const;

  studio::Studio& studio_;
  QUndoStack* undo_;
  RoleStore* roles_;
  RecipeStore* recipes_;
  jobs::Latest listing_;
  jobs::Latest profiling_;
  jobs::Latest profiling_others_;
  std::vector<data::TableInfo> tables_;
  std::map<QString, data::TableProfile> profiles_;  // of the tables as they are now
  QString table_;                                   // shown now
  QString wanted_table_;                            // to be shown when it is listed
  QString wanted_column_;
  bool listed_ = false;      // the project's tables are known
  bool importing_ = false;   // the panel is shown
  bool own_change_ = false;  // what is sent now is about roles alone

  QStackedWidget* places_;
  widgets::Notice* notice_;
  QVBoxLayout* above_;  // the notice and the room round it
  QWidget* blank_;
  widgets::EmptyState* no_tables_;
  QPushButton* first_import_;
  QSplitter* splitter_;
  QPushButton* import_button_;
  TableList* list_;
  TablePane* pane_;
  RecipePanel* recipe_panel_;
  CombinePanel* combine_panel_;
  ImportPanel* import_panel_;
  DropOverlay* overlay_;
  ColumnPanel* column_panel_;
  QPointer<QWidget> inspector_;  // the shell owns it once it has asked for it
  QAction* import_action_;
  QAction* database_action_;
  QAction* export_action_;
  QAction* delete_action_;
  QAction* lineage_action_;
  QAction* copy_action_;
  QAction* refresh_action_;
};

}  // namespace lodestone::pages
