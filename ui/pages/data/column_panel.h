// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/data/database.h"
#include "core/data/profile.h"
#include "core/project/project.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace lodestone::charts {
class HistogramChart;
}

namespace lodestone::pages {

class TopValues;

/// The inspector of the page: what is known of the selected column, its role, and what is conspicuous.
class ColumnPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ColumnPanel(QWidget* parent = nullptr);

  void clear();
  void setColumn(const data::ColumnInfo& column, const project::Roles& roles);
  /// Figures follow when the table has been looked at; null: not yet.
  void setProfile(const data::TableProfile* profile);

 Q_SIGNALS:
  /// The user chose; "": none.
  void roleChosen(const QString& column, const QString& role);
  /// The cleaning step of a finding, as it stands in a recipe.
  void mendWanted(const lodestone::Json& step);

 private:
  void build();
  void fillRoles();
  void showRole();
  void showFigures();
  void showHistogram();
  void showFindings();
  void addFigure(const QString& name, const QString& value);
  void addFinding(const data::Finding& finding);
  const data::ColumnProfile* profileOfColumn() const;
  static QString roleWord(const QString& role);
  static QString roleHelp(const QString& role);

  std::optional<data::ColumnInfo> column_;
  project::Roles roles_;
  std::optional<data::TableProfile> profile_;

  QLabel* hint_;
  QWidget* content_;
  QLabel* name_;
  QLabel* type_;
  QLabel* role_label_;
  QComboBox* role_;
  QLabel* role_note_;
  QLabel* waiting_;
  QWidget* known_;
  QGridLayout* figures_;
  int figure_count_ = 0;
  charts::HistogramChart* histogram_;
  QLabel* top_label_;
  TopValues* top_;
  QLabel* findings_label_;
  QVBoxLayout* findings_;
};

}  // namespace lodestone::pages
