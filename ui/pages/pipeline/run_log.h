// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "core/project/pipeline_records.h"

class QLabel;
class QSplitter;

namespace lodestone::tables {
class ListTable;
}

namespace lodestone::pages {

/// The stages of a run, and beside them what the chosen node said while it ran, line by line.
class RunLog : public QWidget {
  Q_OBJECT
 public:
  explicit RunLog(QWidget* parent = nullptr);
  void setStages(const std::vector<project::StageRecord>& stages);
  void setNode(const QString& node);

 Q_SIGNALS:
  void nodePicked(const QString& node);

 private:
  void showTexts();
  void showStages();
  void showLines();

  std::vector<project::StageRecord> stages_;
  QString node_;
  QSplitter* splitter_;
  tables::ListTable* list_;
  QLabel* title_;
  tables::ListTable* lines_;
};

}  // namespace lodestone::pages
