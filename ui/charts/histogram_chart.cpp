// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/histogram_chart.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/charts/figures.h"
#include "ui/charts/plot_canvas.h"
#include "ui/charts/tickers.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::charts {

struct HistogramChart::Plot {
  PlotCanvas* canvas = nullptr;
  QCPBars* bars = nullptr;
  QCPStatisticalBox* box = nullptr;
  std::optional<Box> box_figures;
  double low = 0, high = 0;
  std::vector<std::int64_t> counts;
  Values values = Values::Numbers;
  QString x_label;
  int read_bin = -1;

  double binWidth() const;
  double edge(std::size_t bin) const { return low + binWidth() * static_cast<double>(bin); }
  std::int64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }
  QString edgeText(std::size_t bin, Figures figures) const;
  void fill();
  void colour();
  std::optional<Readout> readout(int bin) const;
  ChartTable table(Figures figures) const;
};

double HistogramChart::Plot::binWidth() const {
  return counts.empty() ? 0 : (high - low) / static_cast<double>(counts.size());
}

QString HistogramChart::Plot::edgeText(std::size_t bin, Figures figures) const {
  const double at = bin == counts.size() ? high : edge(bin);
  if (values == Values::Times)
    return figures == Figures::Plain
               ? QDateTime::fromMSecsSinceEpoch(std::llround(at * 1000), Qt::UTC).toString(Qt::ISODate)
               : momentWithin(at, high > low ? binWidth() : 86400);
  QVector<double> edges;
  for (std::size_t i = 0; i < counts.size(); ++i) edges.append(edge(i));
  edges.append(high);
  return figure(at, decimalsOfColumn(edges), false, figures);
}

void HistogramChart::Plot::fill() {
  // All in one value: a bar round it.
  const bool point = !(high > low);
  const double width =
      point ? (values == Values::Times ? 86400 : std::max(std::abs(low) * 0.02, 1.0)) : binWidth();
  QVector<double> keys, heights;
  double highest = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    keys.append(point ? low : low + width * (static_cast<double>(i) + 0.5));
    heights.append(static_cast<double>(counts[i]));
    highest = std::max(highest, heights.back());
  }
  bars->setWidthType(QCPBars::wtPlotCoords);
  // A thin gap between bars that are wide enough to spare it.
  bars->setWidth(counts.size() <= 80 ? 0.96 * width : width);
  bars->setData(keys, heights, true);
  canvas->xAxis->setLabel(x_label);
  if (values == Values::Times)
    canvas->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new TimeTicker));
  else
    canvas->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new NumberTicker(false)));
  canvas->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new NumberTicker(false, 1)));
  canvas->setLabelLetters(values == Values::Times ? 20 : 14);
  canvas->fitTicks(canvas->size());
  const double around = point ? 2 * width : 0.01 * (high - low);
  const double top = std::max(highest, 1.0);
  const bool boxed = box_figures && !point;
  box->data()->clear();
  if (boxed) {
    box->setWidth(0.1 * top);
    box->setWhiskerWidth(0.06 * top);
    box->addData(1.16 * top, box_figures->low, box_figures->lower, box_figures->median, box_figures->upper,
                 box_figures->high);
  }
  canvas->setAll({QCPRange(low - around, high + around), QCPRange(0, top * (boxed ? 1.28 : 1.06))});
  canvas->replotSoon();
}

void HistogramChart::Plot::colour() {
  bars->setBrush(theme::seriesColor(0));
  bars->setPen(Qt::NoPen);
  const QPen line(theme::tokens().text, 1);
  box->setWhiskerPen(line);
  box->setWhiskerBarPen(line);
  box->setPen(line);
  box->setMedianPen(QPen(theme::seriesColor(1), 3));
  box->setBrush(theme::tokens().raised);
  canvas->xAxis->grid()->setVisible(false);
  canvas->colour();
}

std::optional<Readout> HistogramChart::Plot::readout(int bin) const {
  if (bin < 0 || static_cast<std::size_t>(bin) >= counts.size()) return std::nullopt;
  const auto index = static_cast<std::size_t>(bin);
  const std::int64_t all = total();
  const auto count = static_cast<double>(counts[index]);
  const double middle = high > low ? edge(index) + binWidth() / 2 : low;
  const QPointF at(canvas->xAxis->coordToPixel(middle), canvas->yAxis->coordToPixel(count));
  return Readout{
      at,
      theme::seriesColor(0),
      {HistogramChart::tr("%1 to %2").arg(edgeText(index, Figures::Read), edgeText(index + 1, Figures::Read)),
       all > 0 ? HistogramChart::tr("Rows: %1 (%2 of all)")
                     .arg(words::count(counts[index]), words::percent(count / static_cast<double>(all)))
               : HistogramChart::tr("Rows: %1").arg(words::count(counts[index]))}};
}

ChartTable HistogramChart::Plot::table(Figures figures) const {
  ChartTable table;
  table.text_columns = 0;
  const QString of = x_label.isEmpty() ? QString() : x_label;
  table.header << (of.isEmpty() ? HistogramChart::tr("From") : HistogramChart::tr("%1 from").arg(of))
               << HistogramChart::tr("To") << HistogramChart::tr("Rows") << HistogramChart::tr("Share");
  const auto all = static_cast<double>(total());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto count = static_cast<double>(counts[i]);
    table.rows.push_back({edgeText(i, figures), edgeText(i + 1, figures), figure(count, 0, false, figures),
                          all > 0 ? figure(count / all, 1, true, figures) : QString()});
  }
  return table;
}

HistogramChart::HistogramChart(QWidget* parent) : Chart(parent), plot_(std::make_unique<Plot>()) {
  Plot& plot = *plot_;
  plot.canvas = new PlotCanvas(this);
  plot.bars = new QCPBars(plot.canvas->xAxis, plot.canvas->yAxis);
  plot.bars->setAntialiased(false);
  // Lies along the values: its key is a height above the bars.
  plot.box = new QCPStatisticalBox(plot.canvas->yAxis, plot.canvas->xAxis);
  plot.canvas->read = [this](const QPointF& at) -> std::optional<Readout> {
    const Plot& here = *plot_;
    if (here.counts.empty()) return std::nullopt;
    const double x = here.canvas->xAxis->pixelToCoord(at.x());
    if (here.high > here.low && (x < here.low || x > here.high)) return std::nullopt;
    const double bin = here.high > here.low ? std::floor((x - here.low) / here.binWidth()) : 0;
    return here.readout(std::clamp(static_cast<int>(bin), 0, static_cast<int>(here.counts.size()) - 1));
  };
  plot.canvas->step = [this](int along, int) -> std::optional<Readout> {
    Plot& here = *plot_;
    if (here.counts.empty()) return std::nullopt;
    here.read_bin = std::clamp(here.read_bin + along, 0, static_cast<int>(here.counts.size()) - 1);
    return here.readout(here.read_bin);
  };
  plot.colour();
  setPlot(plot.canvas);
}

HistogramChart::~HistogramChart() {
  plot_->canvas->read = nullptr;
  plot_->canvas->step = nullptr;
}

void HistogramChart::setBox(const std::optional<Box>& box) {
  plot_->box_figures = box;
}

void HistogramChart::setHistogram(double low, double high, const std::vector<std::int64_t>& counts,
                                  Values values, const QString& x_label) {
  Plot& plot = *plot_;
  plot.low = low;
  plot.high = high;
  plot.counts = counts;
  plot.values = values;
  plot.x_label = x_label;
  plot.read_bin = -1;
  plot.fill();
  plot.colour();
  contentChanged();
}

ChartTable HistogramChart::table() const {
  return plot_->table(Figures::Read);
}

ChartTable HistogramChart::plainTable() const {
  return plot_->table(Figures::Plain);
}

bool HistogramChart::empty() const {
  return plot_->total() == 0;
}

void HistogramChart::paintPlot(QPainter& painter, const QSize& size) {
  plot_->canvas->paintInto(painter, size);
}

void HistogramChart::recolour() {
  if (plot_ != nullptr && plot_->bars != nullptr) plot_->colour();
}

}  // namespace lodestone::charts
