// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <optional>
#include <vector>

#include "core/pipeline/outlook.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/pages/pipeline/stage_output.h"
#include "ui/studio/studio.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace lodestone::charts {
class BarChart;
class HistogramChart;
class IntervalChart;
}  // namespace lodestone::charts
namespace lodestone::tables {
class DataTable;
class ListTable;
}  // namespace lodestone::tables

namespace lodestone::pages {

class CyclesView;
class LineageView;
class RunList;
class RunLog;

/// What the chosen node left, as table and as charts, where that came from, the log of a run, all runs, and
/// the rounds of a loop side by side. The newest run is shown unless another one is chosen.
class RunOutput : public QWidget {
  Q_OBJECT
 public:
  explicit RunOutput(studio::Studio& studio, QWidget* parent = nullptr);
  ~RunOutput() override;

  void setHistory(const RunHistory& history);
  void setNode(const QString& node, const QString& label);
  /// The stages of the run that goes on, as they come.
  void setLive(const std::vector<project::StageRecord>& stages);
  void clear();
  /// The run that was chosen among the older ones; 0: the newest is shown.
  std::int64_t run() const { return run_; }
  void showNewestRun();
  /// Its stages.
  const std::vector<project::StageRecord>& stages() const { return stages_; }
  CyclesView& cycles() { return *cycles_; }
  /// Where what the chosen node left came from.
  void showLineage();

 Q_SIGNALS:
  void nodePicked(const QString& node);
  void runShown();  ///< run() or stages() are others

 private:
  void build();
  void showRuns();
  void readRun();
  void showLog();
  void chooseRun(std::int64_t run);
  void followNode();
  void readNode();
  void showNode();
  void showTable();
  void showCharts();
  void chartScores();
  void chartMetrics();
  void chartStrategies();
  void chartParts();
  void showMetrics();
  void showStrategies();
  void showEvaluation();
  void showEmpty(const QString& table, const QString& chart);
  const project::StageRecord* record() const;
  std::int64_t runOfRecord() const;

  studio::Studio& studio_;
  jobs::Latest run_job_;
  jobs::Latest node_job_;
  RunHistory history_;
  std::int64_t run_ = 0;  ///< chosen; 0: the newest
  std::vector<project::StageRecord> stages_;
  bool live_ = false;
  QString node_;
  QString label_;
  std::optional<StageOutputs> outputs_;

  QTabWidget* tabs_;
  QComboBox* runs_;
  QStackedWidget* table_places_;
  QLabel* table_empty_;
  tables::DataTable* table_;
  QWidget* figures_;
  QLabel* figures_title_;
  tables::ListTable* figures_list_;
  QPushButton* link_;
  QString link_page_;
  QVariant link_what_;
  QStackedWidget* chart_places_;
  QLabel* chart_empty_;
  charts::BarChart* bars_;
  charts::HistogramChart* histogram_;
  charts::IntervalChart* intervals_;
  RunLog* log_;
  RunList* list_;
  CyclesView* cycles_;
  LineageView* lineage_;
};

}  // namespace lodestone::pages
