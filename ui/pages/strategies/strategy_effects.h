// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/pages/strategies/strategy_words.h"

class QButtonGroup;

namespace lodestone::charts {
class IntervalChart;
}

namespace lodestone::pages {

/// What all strategies promise, by one metric at a time, on one axis.
class StrategyEffects : public QWidget {
  Q_OBJECT
 public:
  explicit StrategyEffects(QWidget* parent = nullptr);
  void setStrategies(const std::vector<project::StrategyVersion>& strategies, const SharedAxes& axes);
  const std::vector<project::StrategyVersion>& strategies() const { return strategies_; }
  void setMetric(Metric metric);
  Metric metric() const { return metric_; }
  void select(const QString& id);

 Q_SIGNALS:
  void pressed(const QString& id);
  void failed(const lodestone::Error& error);

 private:
  void showTexts();
  void showRows();

  std::vector<project::StrategyVersion> strategies_;
  SharedAxes axes_{};
  QStringList ids_;
  QString selected_;
  Metric metric_ = Metric::IncrementalConversions;
  QButtonGroup* metrics_;
  charts::IntervalChart* chart_ = nullptr;
};

}  // namespace lodestone::pages
