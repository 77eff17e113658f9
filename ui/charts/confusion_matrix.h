// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "ui/charts/chart.h"

namespace lodestone::charts {

/// Two by two: what was predicted against what happened, counts and shares of each row, shaded by share.
class ConfusionMatrix : public Chart {
  Q_OBJECT
 public:
  explicit ConfusionMatrix(QWidget* parent = nullptr);
  ~ConfusionMatrix() override;
  struct Counts {
    std::int64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
  };
  void setCounts(const Counts& counts, const QString& positive, const QString& negative);
  ChartTable table() const override;

 protected:
  bool empty() const override;
  void paintPlot(QPainter& painter, const QSize& size) override;
  ChartTable plainTable() const override;
  void recolour() override;

 private:
  struct Plot;
  std::unique_ptr<Plot> plot_;
};

}  // namespace lodestone::charts
