// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

#include "ui/charts/chart.h"

namespace lodestone::charts {

enum class Scale { Linear, Logarithmic };

struct LineSeries {
  QString name;
  QVector<double> x, y;
  bool markers = false;       ///< points are few: show each
  QVector<double> low, high;  ///< a band of 20 % opacity; empty: none
};

enum class Reference { None, Diagonal, Level };

/// Lines over numbers: training curves as they come, ROC, precision and recall, calibration, gains. The wheel
/// zooms, a drag moves, Backspace undoes the zoom, a double click shows all.
class LineChart : public Chart {
  Q_OBJECT
 public:
  explicit LineChart(QWidget* parent = nullptr);
  ~LineChart() override;
  void setAxes(const Axis& x, const Axis& y);
  void setReference(Reference reference, double level = 0, const QString& name = {});
  /// A vertical line at x with a word, such as the threshold; none removes it.
  void setMark(std::optional<double> x, const QString& name = {});
  void setSeries(const std::vector<LineSeries>& series);
  /// One more point of a series; cheap, shown with the next frame.
  void append(std::size_t series, double x, double y);
  /// Offers a slider for smoothing (exponential moving average, the raw line stays, paler) and a switch for a
  /// logarithmic y axis.
  void offerSmoothing();
  void offerLogarithm();
  void setSmoothing(double weight);  ///< 0 to 0.99
  void setScale(Scale scale);
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
