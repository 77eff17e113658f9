// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "core/campaign/export.h"
#include "core/project/strategy_records.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSettings;
class QVBoxLayout;

namespace lodestone::pages {

/// What shall be exported: which strategies, which files, personal columns, language, folder.
class ExportForm : public QWidget {
  Q_OBJECT
 public:
  explicit ExportForm(QWidget* parent = nullptr);
  /// current: the one that the page shows.
  void setStrategies(const std::vector<project::StrategyVersion>& strategies, const QString& current);
  void setFolder(const QString& folder);
  /// Ids in the order of the project; never "all" as nothing.
  std::vector<std::string> ids() const;
  /// All but the folder, by and write_pdf is what a preview needs as well.
  campaign::ExportOptions options() const;
  QString folder() const;
  /// Why nothing can be exported so; empty: it can.
  QString whyNot() const;
  void saveState(QSettings& settings) const;
  void restoreState(const QSettings& settings);

 Q_SIGNALS:
  void changed();        ///< what is exported
  void folderChanged();  ///< where to

 private:
  struct Format {
    const char* id;
    QCheckBox* box;
  };
  void addWhich(QVBoxLayout& column);
  void addFormats(QVBoxLayout& column);
  void addPersonal(QVBoxLayout& column);
  void addLanguageAndFolder(QVBoxLayout& column);
  QLabel* addTitle(QVBoxLayout& column);
  void showTexts();
  void showWhich();
  int approvedCount() const;

  std::vector<project::StrategyVersion> strategies_;
  QString current_;
  QLabel* which_title_ = nullptr;
  QRadioButton* this_ = nullptr;
  QRadioButton* approved_ = nullptr;
  QRadioButton* all_ = nullptr;
  QLabel* formats_title_ = nullptr;
  std::array<Format, 4> formats_{};
  QLabel* personal_title_ = nullptr;
  QRadioButton* mask_ = nullptr;
  QRadioButton* allow_ = nullptr;
  QLabel* personal_help_ = nullptr;
  QLabel* language_title_ = nullptr;
  bool language_chosen_ = false;  ///< until then the report has the language of the window
  QComboBox* language_ = nullptr;
  QLabel* folder_title_ = nullptr;
  QLineEdit* folder_ = nullptr;
  QPushButton* browse_ = nullptr;
};

}  // namespace lodestone::pages
