// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <optional>
#include <string>

#include "core/data/table_operation.h"
#include "core/project/project.h"
#include "ui/studio/studio.h"

class QLabel;
class QListWidget;
class QVBoxLayout;

namespace lodestone::forms {
class ParameterForm;
}
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

class TableMaker;

/// New tables out of the shown one and others: joins, appended and reshaped tables, features of customers.
/// What can be told beforehand (how many rows match) is told while the form is filled in.
class CombinePanel : public QWidget {
  Q_OBJECT
 public:
  explicit CombinePanel(studio::Studio& studio, QWidget* parent = nullptr);

  void setTable(const data::TableInfo& table);
  void setRoles(const project::Roles& roles) { roles_ = roles; }
  void setTables(const QStringList& tables);
  void clear();

 Q_SIGNALS:
  void made(const lodestone::data::OperationReport& report);

 private:
  void build();
  void say();
  void chooseOperation();
  const data::TableOperation& operation() const;
  Result<data::OperationInput> input() const;
  void look();
  void showReport(const Result<data::OperationReport>& report);
  void start();

  studio::Studio& studio_;
  jobs::Latest looking_;
  std::optional<data::TableInfo> table_;
  project::Roles roles_;
  QStringList tables_;
  std::map<std::string, std::map<std::string, std::string>> values_;  // by operation
  std::optional<Result<data::OperationReport>> report_;               // of the form as it is

  QListWidget* operations_;
  QLabel* title_;
  QLabel* help_;
  forms::ParameterForm* form_;
  widgets::Notice* notice_;
  QLabel* report_label_;
  QLabel* lines_;
  QVBoxLayout* warnings_;
  TableMaker* maker_;
};

}  // namespace lodestone::pages
