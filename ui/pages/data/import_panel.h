// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/jobs/jobs.h"
#include "ui/pages/data/import_work.h"
#include "ui/studio/studio.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QTabWidget;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace lodestone::tables {
class ListTable;
class SampleTable;
}  // namespace lodestone::tables
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

class ImportColumns;
class ImportOptions;
class SavedMenu;

/// Importing files, in the page's place: what was found out about them, a sample of what they become, the
/// names of the tables. One file can be read otherwise than it was found out; several are read as each is
/// found out.
class ImportPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ImportPanel(studio::Studio& studio, QWidget* parent = nullptr);
  ~ImportPanel() override;

  /// Names that are taken are the project's.
  void setTakenNames(const QStringList& tables);
  void openFiles(const QStringList& files);
  /// Asks for files; nothing changes when the user gives up.
  bool chooseFiles();
  bool importing() const;
  QWidget* firstField() const;

 Q_SIGNALS:
  void closed();  ///< the user went back; an import that runs goes on
  void imported(const lodestone::pages::ImportOutcome& outcome);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void build();
  QWidget* buildHead();
  QWidget* buildForm();
  QWidget* buildSample();
  QWidget* buildFoot();
  void say();
  void showFiles();
  void chooseFile(int file);
  data::ImportOptions options() const;
  bool together() const;
  void showTogether();
  void useTemplate(const Json& value, const QString& name);
  void preview();
  void showPreview(const Result<data::ImportPreview>& preview);
  void check();
  QString leftOut() const;
  QString objection() const;
  bool taken(const QString& table) const;
  void start();
  void finish(const Result<ImportOutcome>& outcome);
  void showRunning(bool running);

  studio::Studio& studio_;
  jobs::Latest previewing_;
  jobs::JobId running_ = 0;
  QStringList taken_;
  std::vector<ImportFile> files_;
  int file_ = 0;
  std::optional<Error> preview_error_;
  bool preview_ready_ = false;
  data::Detected detected_;  // by the preview

  QToolButton* back_;
  QLabel* title_;
  widgets::Notice* notice_;
  QWidget* form_;
  tables::ListTable* file_list_;
  QCheckBox* together_;
  QPushButton* other_file_;
  QLabel* name_label_;
  QLineEdit* name_;
  QLabel* name_note_;
  QCheckBox* replace_;
  QLabel* options_label_;
  ImportOptions* options_;
  SavedMenu* templates_;
  QLabel* sample_label_;
  tables::SampleTable* sample_;
  QTabWidget* sample_tabs_;
  ImportColumns* columns_;
  QProgressBar* progress_;
  QLabel* progress_text_;
  QPushButton* cancel_;
  QPushButton* import_;
};

}  // namespace lodestone::pages
