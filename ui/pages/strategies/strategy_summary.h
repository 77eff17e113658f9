// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "core/project/strategy_records.h"

class QLabel;

namespace lodestone::pages {

/// The strategies of a project in four figures. Rejected ones take no part in sums.
class StrategySummary : public QWidget {
  Q_OBJECT
 public:
  explicit StrategySummary(QWidget* parent = nullptr);
  void setStrategies(const std::vector<project::StrategyVersion>& strategies);

 private:
  void showTexts();
  void showProfit();

  struct Figure {
    QLabel* value;
    QLabel* caption;
  };
  std::vector<project::StrategyVersion> strategies_;
  std::array<Figure, 4> figures_{};
};

}  // namespace lodestone::pages
