// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/run_cycles.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QStackedWidget;

namespace lodestone::charts {
class LineChart;
}
namespace lodestone::tables {
class ListTable;
}

namespace lodestone::pages {

/// How often a loop goes round, and what each time round came to.
struct CycleRule {
  std::optional<std::int64_t> cycles = {};
  std::optional<pipeline::StopRule> until = {};
  bool operator==(const CycleRule&) const = default;
};

/// The rule of a chart's loop, to be edited, over the cycles of a run side by side: figures of the model,
/// totals of the strategies, and what changed from the first to the last.
class CyclesView : public QWidget {
  Q_OBJECT
 public:
  explicit CyclesView(QWidget* parent = nullptr);
  /// loops: the chart has an edge that leads back. read_only: why the rule cannot be changed now.
  void setRule(const CycleRule& rule, bool loops, const QString& read_only);
  void setCycles(const std::vector<pipeline::CycleReport>& cycles);
  /// That a rule may name; also for the text's completion.
  static QStringList metrics();

 Q_SIGNALS:
  void ruleEdited(const lodestone::pages::CycleRule& rule);

 private:
  void build();
  QWidget* buildRule();
  void showTexts();
  void showRule();
  void showCycles();
  void showChart(const QStringList& keys);
  void edited();

  CycleRule rule_;
  bool loops_ = false;
  QString read_only_;
  std::vector<pipeline::CycleReport> cycles_;
  bool showing_ = false;

  QWidget* rule_row_ = nullptr;
  QLabel* at_most_ = nullptr;
  QSpinBox* limit_ = nullptr;
  QCheckBox* stops_ = nullptr;
  QComboBox* metric_ = nullptr;
  QLabel* by_ = nullptr;
  QDoubleSpinBox* better_ = nullptr;
  QStackedWidget* places_ = nullptr;
  QLabel* empty_ = nullptr;
  tables::ListTable* table_ = nullptr;
  charts::LineChart* chart_ = nullptr;
};

}  // namespace lodestone::pages
