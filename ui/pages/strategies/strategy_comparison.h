// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/pages/strategies/strategy_words.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace lodestone::pages {

/// Two strategies side by side: what was decided, what they promise on shared axes, and how they differ.
class StrategyComparison : public QWidget {
  Q_OBJECT
 public:
  explicit StrategyComparison(QWidget* parent = nullptr);
  void setStrategies(const std::vector<project::StrategyVersion>& strategies, const SharedAxes& axes);
  /// An empty second id takes the first other one.
  void setPair(const QString& first, const QString& second);
  void focusFirst();

 Q_SIGNALS:
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  using Version = project::StrategyVersion;
  void showTexts();
  void showChoices();
  void showRows();
  const Version* find(const QString& id) const;
  void addWords(const QString& name, const QString& first, const QString& second);
  void addNumbers(const QString& name, double first, double second, int decimals, const QString& currency);
  void addMetric(Metric metric, const Version& first, const Version& second);
  void addChecks(const Version& first, const Version& second);
  void addLabel(int column, const QString& text, bool differs);
  QWidget* metricCell(Metric metric, const Version& strategy);

  std::vector<Version> strategies_;
  SharedAxes axes_{};
  QLabel* title_;
  QPushButton* close_;
  QComboBox* first_;
  QComboBox* second_;
  QWidget* table_;
  QGridLayout* grid_;
  int row_ = 0;
};

}  // namespace lodestone::pages
