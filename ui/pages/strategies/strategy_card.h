// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "ui/pages/strategies/strategy_words.h"
#include "ui/widgets/widgets.h"

class QGridLayout;

namespace lodestone::charts {
class IntervalDot;
}

namespace lodestone::pages {

/// A strategy at a glance: who, what, when, what it costs, what it promises on axes that all cards share, and
/// how its checks came out.
class StrategyCard : public widgets::Card {
  Q_OBJECT
 public:
  explicit StrategyCard(QWidget* parent = nullptr);
  void setStrategy(const project::StrategyVersion& strategy, const SharedAxes& axes);
  /// Just made: says "New".
  void setFresh(bool fresh);
  QString id() const { return id_; }
  const SharedAxes& axes() const { return axes_; }

 private:
  void addFacts();
  void addMetrics();
  void addChecks();
  void showTexts();
  void showMetric(std::size_t index);

  struct MetricRow {
    QLabel* name;
    charts::IntervalDot* dot;
    QLabel* value;
    QLabel* interval;
  };

  QString id_;
  project::StrategyVersion strategy_;
  SharedAxes axes_{};
  QLabel* number_;
  QLabel* fresh_;
  widgets::StateBadge* state_;
  QLabel* title_;
  QLabel* audience_;
  QLabel* offer_;
  QLabel* timing_;
  QLabel* cost_;
  std::array<MetricRow, 3> metrics_{};
  QLabel* no_evidence_;
  std::array<VerdictMark*, 3> checks_{};
};

}  // namespace lodestone::pages
