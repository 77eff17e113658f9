// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

#include "ui/charts/chart.h"

namespace lodestone::charts {

struct BarSeries {
  QString name;
  QVector<double> values;  ///< one a category; NaN: none
};

/// A few bars side by side, with their values written on them.
class BarChart : public Chart {
  Q_OBJECT
 public:
  explicit BarChart(QWidget* parent = nullptr);
  ~BarChart() override;
  void setBars(const QStringList& categories, const std::vector<BarSeries>& series, const Axis& y,
               int decimals);
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
