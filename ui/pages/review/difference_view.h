// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/project/strategy_records.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace lodestone::widgets {
class EmptyState;
}

namespace lodestone::pages {

class BlockView;

/// Two versions of a strategy side by side; at first the newest against the one last decided on, else the one
/// before.
class DifferenceView : public QWidget {
  Q_OBJECT
 public:
  explicit DifferenceView(QWidget* parent = nullptr);
  /// Keeps the chosen versions while the strategy and its newest version stay.
  void setVersions(const std::vector<project::StrategyVersion>& versions);
  bool onlyChanges() const;
  void setOnlyChanges(bool only);

 private:
  QString versionText(const project::StrategyVersion& version) const;
  QString authorText(const project::StrategyVersion& version) const;
  const project::StrategyVersion* chosen(const QComboBox& box) const;
  void fillBoxes(int before, int after);
  void showDifference();

  std::vector<project::StrategyVersion> versions_;
  QComboBox* before_;
  QComboBox* after_;
  QCheckBox* only_;
  QLabel* before_label_;
  QLabel* after_label_;
  QLabel* summary_;
  BlockView* table_;
  QStackedWidget* stack_;
  widgets::EmptyState* single_;
};

}  // namespace lodestone::pages
