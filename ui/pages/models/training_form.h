// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/model_workflow.h"
#include "ui/jobs/jobs.h"
#include "ui/studio/studio.h"

class QComboBox;
class QLabel;
class QSettings;

namespace lodestone::forms {
class ColumnListEdit;
class ParameterForm;
}  // namespace lodestone::forms
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

class Fold;

/// What is to be learned, from what, and how: a form that says what it lacks where it lacks it.
class TrainingForm : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingForm(studio::Studio& studio, QWidget* parent = nullptr);
  ~TrainingForm() override;

  /// Reads tables and roles again, keeping what is chosen.
  void refresh();
  bool isRead() const { return read_; }
  bool hasTables() const { return !tables_.empty(); }
  /// Another project: what was chosen for the last one holds no more.
  void projectChanged();
  /// What was learned last, taken over while nobody has chosen anything.
  void suggest(const QString& table, const QString& target, const QString& positive);
  /// Why nothing can be trained yet; empty when it can.
  QString problem() const;
  /// As the form stands; of use while problem() is empty.
  pipeline::TrainRequest request() const;
  /// Shown above the form until something is changed.
  void showError(const Error& error);
  QWidget* firstFocus() const;

  void saveState(QSettings& settings) const;
  void restoreState(const QSettings& settings);

 Q_SIGNALS:
  void changed();
  /// The tables are here, perhaps none.
  void tablesRead();

 private:
  struct Table {
    data::TableInfo info;
    project::Roles roles;
  };
  /// The target's values, most frequent first.
  struct Values {
    std::vector<std::pair<QString, std::int64_t>> counts;
    std::int64_t rows = 0;
    bool more = false;
  };

  void build();
  void showTexts();
  void showTables(std::vector<Table> tables);
  void tableChosen();
  void targetChosen();
  void readValues();
  void showValues();
  void typeChosen();
  void userChanged();
  void showNotes();
  QString tableNote() const;
  QString positiveNote() const;
  QString excludeNote() const;
  const Table* table() const;
  bool hasTable(const std::map<QString, QString>& plan) const;
  QString columnTip(const QString& column) const;

  studio::Studio& studio_;
  std::vector<Table> tables_;
  bool read_ = false;
  std::optional<Values> values_;
  QString values_of_;      // table and target whose values they are
  QString kept_positive_;  // what was chosen before the same column was counted again
  std::optional<Error> error_;
  std::map<QString, QString> wanted_;  // from the settings, until there is a table to fit them to
  std::map<QString, QString> suggested_;
  bool chosen_ = false;  // by the user or from the settings
  jobs::Latest reading_;
  jobs::Latest counting_;

  widgets::Notice* notice_;
  QLabel* title_;
  std::vector<std::pair<QLabel*, const char*>> labels_;
  QComboBox* table_;
  QLabel* table_note_;
  QComboBox* target_;
  QComboBox* positive_;
  QLabel* positive_note_;
  forms::ColumnListEdit* exclude_;
  QLabel* exclude_note_;
  QComboBox* type_;
  QLabel* type_note_;
  Fold* parameters_fold_;
  forms::ParameterForm* parameters_;
  Fold* advanced_fold_;
  forms::ParameterForm* advanced_;
};

}  // namespace lodestone::pages
