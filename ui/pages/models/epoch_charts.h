// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/learn/engine.h"

namespace lodestone::charts {
class LineChart;
}

namespace lodestone::pages {

/// Two charts over the epochs of a training: the loss of training and validation rows, and how good the model
/// is on the validation rows. For a training as it runs, and for a kept one.
class EpochCharts : public QWidget {
  Q_OBJECT
 public:
  explicit EpochCharts(QWidget* parent = nullptr);

  void setEpochs(const std::vector<learn::Epoch>& epochs);
  void append(const learn::Epoch& epoch);
  int count() const { return static_cast<int>(epochs_.size()); }
  /// What stands in the charts' place while there is no epoch.
  void setEmptyText(const QString& text);

 private:
  void show();
  void summarise();

  std::vector<learn::Epoch> epochs_;
  charts::LineChart* loss_;
  charts::LineChart* quality_;
};

/// As the record keeps it.
learn::Epoch epochOf(const Json& json);

}  // namespace lodestone::pages
