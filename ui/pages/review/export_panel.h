// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/campaign/export.h"
#include "core/project/strategy_records.h"
#include "ui/jobs/jobs.h"
#include "ui/studio/studio.h"

class QAction;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSettings;
class QTabWidget;
class QTimer;

namespace lodestone::tables {
class ListTable;
struct ListRow;
}  // namespace lodestone::tables
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

class BlockView;
class ExportForm;

/// Exporting with a preview of what will be written: the report, the beginning of each audience, the files.
/// Nothing is written before the button is pressed.
class ExportPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ExportPanel(studio::Studio& studio, QWidget* parent = nullptr);
  void setStrategies(const std::vector<project::StrategyVersion>& strategies, const QString& current);
  /// To be called when it is shown and when it is hidden: previews are made only in between.
  void setActive(bool active);
  void saveState(QSettings& settings) const;
  void restoreState(const QSettings& settings);

 Q_SIGNALS:
  void closed();

 private:
  QWidget* previewPart();
  void showTexts();
  void showRules();
  void askPreview();
  void readPreview();
  void showPreview(campaign::ExportPreview preview);
  void showAudience();
  void showFiles();
  void exportNow();
  struct WrittenFile {
    campaign::ExportedFile file;
    std::uintmax_t bytes = 0;
  };
  void showWritten(const std::vector<WrittenFile>& files);
  static tables::ListRow fileRow(const QString& id, const QString& name, const std::string& strategy,
                                 std::uintmax_t bytes, bool draft);

  studio::Studio& studio_;
  jobs::Latest reading_;
  jobs::JobId writing_ = 0;
  bool active_ = false;
  campaign::ExportPreview preview_;
  QString written_to_;  ///< the folder, while the list shows what was written
  QTimer* wait_;
  ExportForm* form_;
  widgets::Notice* notice_;
  QLabel* title_;
  QLabel* hint_;
  QProgressBar* busy_;
  QTabWidget* tabs_;
  BlockView* report_;
  QLabel* no_report_;
  QComboBox* audience_choice_;
  QLabel* audience_line_;
  tables::ListTable* audience_;
  QLabel* files_line_;
  tables::ListTable* files_;
  QPushButton* export_;
  QPushButton* close_;
  QLabel* why_;
  QAction* leave_ = nullptr;
};

}  // namespace lodestone::pages
