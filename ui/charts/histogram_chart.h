// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "ui/charts/chart.h"

namespace lodestone::charts {

/// Counts over equal bins of numbers or of days.
class HistogramChart : public Chart {
  Q_OBJECT
 public:
  enum class Values { Numbers, Times };  ///< times: seconds since 1970-01-01 UTC
  explicit HistogramChart(QWidget* parent = nullptr);
  ~HistogramChart() override;
  void setHistogram(double low, double high, const std::vector<std::int64_t>& counts, Values values,
                    const QString& x_label);
  /// A box over the bars: where the middle half lies and its median, whiskers at the outer figures. All in
  /// the unit of the bins; none: no box. Set it before the histogram.
  struct Box {
    double low = 0, lower = 0, median = 0, upper = 0, high = 0;
  };
  void setBox(const std::optional<Box>& box);
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
