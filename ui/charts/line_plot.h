// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <limits>
#include <optional>
#include <vector>

#include "ui/charts/line_chart.h"
#include "ui/charts/plot_canvas.h"
#include "ui/charts/series_graph.h"
#include "ui/charts/smoothing.h"

namespace lodestone::charts {

/// The lines on a line chart's canvas: their points as they come, smoothing, ranges, marks and what the
/// pointer reads. The canvas outlives it.
class LinePlot {
  Q_DECLARE_TR_FUNCTIONS(lodestone::charts::LinePlot)
 public:
  LinePlot(PlotCanvas& canvas, Legend& legend);
  ~LinePlot();
  LinePlot(const LinePlot&) = delete;
  LinePlot& operator=(const LinePlot&) = delete;

  void setAxes(const Axis& x, const Axis& y);
  void setReference(Reference reference, double level, const QString& name);
  void setMark(std::optional<double> x, const QString& name);
  void setSeries(const std::vector<LineSeries>& series);
  /// Shows with the next refresh().
  void append(std::size_t series, double x, double y);
  void setSmoothing(double weight);
  void setLogarithmic(bool logarithmic);
  void refresh();
  void recolour();

  const std::vector<LineSeries>& series() const { return series_; }
  const Axis& xAxis() const { return x_axis_; }
  const Axis& yAxis() const { return y_axis_; }
  double smoothing() const { return smoothing_; }
  bool logarithmic() const { return logarithmic_; }
  bool empty() const;

 private:
  struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void add(double value);
    bool any() const { return low <= high; }
  };
  struct Line {
    SeriesGraph* low = nullptr;
    SeriesGraph* high = nullptr;
    SeriesGraph* raw = nullptr;
    SeriesGraph* smooth = nullptr;
    Smoother smoother;
    bool stale = true;  ///< its graphs are to be filled again
  };

  void makeLines();
  void fillLine(std::size_t index);
  void measure();
  void measurePoint(double x, double y);
  void applyTickers();
  View all() const;
  void placeMark();
  QPen penOf(std::size_t index) const;
  const SeriesGraph* shown(std::size_t index) const;
  std::optional<Readout> readAt(const QPointF& at) const;
  std::optional<Readout> step(int along, int across);
  std::optional<Readout> readout(std::size_t series, int point) const;
  double plotted(double y) const;

  PlotCanvas& canvas_;
  Legend& legend_;
  Axis x_axis_, y_axis_;
  std::vector<LineSeries> series_;  ///< each ascending in x
  std::vector<Line> lines_;
  double smoothing_ = 0;
  bool logarithmic_ = false;
  Reference reference_ = Reference::None;
  double level_ = 0;
  QString reference_name_;
  std::optional<double> mark_;
  QString mark_name_;
  QCPItemStraightLine* reference_line_ = nullptr;
  QCPItemStraightLine* mark_line_ = nullptr;
  QCPItemText* mark_text_ = nullptr;
  Extent x_extent_, y_extent_, y_positive_;
  std::size_t step_series_ = 0;
  int step_point_ = -1;
};

}  // namespace lodestone::charts
