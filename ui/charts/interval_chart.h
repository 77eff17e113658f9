// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart.h"

namespace lodestone::charts {

struct IntervalRow {
  QString label;
  std::optional<double> value;  ///< none: text alone
  double low = 0, high = 0;
  QString text;  ///< beside it: "12.3 (4.5 to 20.1)", or why there is none
};

/// Dots with intervals on one shared axis, one row each, a line at zero. Rows can be selected.
class IntervalChart : public Chart {
  Q_OBJECT
 public:
  explicit IntervalChart(QWidget* parent = nullptr);
  ~IntervalChart() override;
  void setRows(const std::vector<IntervalRow>& rows, const Axis& x);
  void select(int row);  ///< -1: none
  ChartTable table() const override;

 Q_SIGNALS:
  void rowPressed(int row);

 protected:
  bool empty() const override;
  void paintPlot(QPainter& painter, const QSize& size) override;
  ChartTable plainTable() const override;
  QSize pictureSize() const override;
  void recolour() override;

 private:
  struct Plot;
  std::unique_ptr<Plot> plot_;
};

}  // namespace lodestone::charts
