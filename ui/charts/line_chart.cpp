// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/line_chart.h"

#include <QCheckBox>
#include <QLabel>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/line_plot.h"
#include "ui/charts/line_table.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

constexpr int kFrameMs = 16;
constexpr double kMostSmoothing = 0.99;

}  // namespace

struct LineChart::Plot {
  QWidget* area = nullptr;
  Legend* legend = nullptr;
  PlotCanvas* canvas = nullptr;
  std::unique_ptr<LinePlot> lines;
  QTimer* frame = nullptr;
  QLabel* smoothing_label = nullptr;
  QSlider* smoothing = nullptr;
  QCheckBox* logarithm = nullptr;
};

LineChart::LineChart(QWidget* parent) : Chart(parent), plot_(std::make_unique<Plot>()) {
  Plot& plot = *plot_;
  plot.area = new QWidget;
  auto* layout = new QVBoxLayout(plot.area);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace1);
  plot.legend = new Legend(plot.area);
  plot.canvas = new PlotCanvas(plot.area);
  plot.canvas->offerZoom();
  plot.lines = std::make_unique<LinePlot>(*plot.canvas, *plot.legend);
  layout->addWidget(plot.legend);
  layout->addWidget(plot.canvas, 1);
  plot.frame = new QTimer(this);
  plot.frame->setSingleShot(true);
  plot.frame->setInterval(kFrameMs);
  connect(plot.frame, &QTimer::timeout, this, [this] {
    plot_->lines->refresh();
    contentChanged();
  });
  plot.area->setFocusProxy(plot.canvas);
  words::say(this, [this] {
    plot_->canvas->setWhatsThis(
        tr("Wheel, + and − zoom; a drag moves; Backspace undoes the zoom; a double click or Home shows all; "
           "the arrow "
           "keys read the points."));
  });
  setPlot(plot.area);
}

LineChart::~LineChart() = default;

void LineChart::setAxes(const Axis& x, const Axis& y) {
  plot_->lines->setAxes(x, y);
  contentChanged();
}

void LineChart::setReference(Reference reference, double level, const QString& name) {
  plot_->lines->setReference(reference, level, name);
}

void LineChart::setMark(std::optional<double> x, const QString& name) {
  plot_->lines->setMark(x, name);
}

void LineChart::setSeries(const std::vector<LineSeries>& series) {
  plot_->lines->setSeries(series);
  contentChanged();
}

void LineChart::append(std::size_t series, double x, double y) {
  plot_->lines->append(series, x, y);
  if (!plot_->frame->isActive()) plot_->frame->start();
}

void LineChart::offerSmoothing() {
  Plot& plot = *plot_;
  if (plot.smoothing != nullptr) return;
  plot.smoothing_label = theme::label(theme::Role::Caption, this);
  plot.smoothing = new QSlider(Qt::Horizontal);
  plot.smoothing->setObjectName("chartSmoothing");
  plot.smoothing->setRange(0, 99);
  plot.smoothing->setPageStep(10);
  plot.smoothing->setFixedWidth(plot.smoothing->fontMetrics().averageCharWidth() * 9);
  plot.smoothing_label->setBuddy(plot.smoothing);
  connect(plot.smoothing, &QSlider::valueChanged, this, [this](int value) {
    plot_->lines->setSmoothing(value / 100.0);
    plot_->smoothing->setToolTip(tr("Smoothing: %1").arg(words::number(value / 100.0, 2)));
  });
  words::say(this, [this] {
    plot_->smoothing_label->setText(tr("Smoothing"));
    plot_->smoothing->setAccessibleName(tr("Smoothing"));
    plot_->smoothing->setAccessibleDescription(
        tr("Averages each line over its last points; the line itself stays, paler."));
    plot_->smoothing->setToolTip(
        tr("Smoothing: %1").arg(words::number(plot_->smoothing->value() / 100.0, 2)));
  });
  plot.smoothing->setValue(static_cast<int>(std::lround(plot.lines->smoothing() * 100)));
  addTool(plot.smoothing_label);
  addTool(plot.smoothing);
}

void LineChart::offerLogarithm() {
  Plot& plot = *plot_;
  if (plot.logarithm != nullptr) return;
  plot.logarithm = new QCheckBox;
  plot.logarithm->setObjectName("chartLogarithm");
  plot.logarithm->setChecked(plot.lines->logarithmic());
  connect(plot.logarithm, &QCheckBox::toggled, this, [this](bool on) { plot_->lines->setLogarithmic(on); });
  words::say(this, [this] {
    plot_->logarithm->setText(tr("Log scale"));
    plot_->logarithm->setToolTip(
        tr("Equal steps upwards are equal factors; values of zero and less are left out."));
  });
  addTool(plot.logarithm);
}

void LineChart::setSmoothing(double weight) {
  const double smoothing = std::clamp(weight, 0.0, kMostSmoothing);
  if (plot_->smoothing != nullptr) plot_->smoothing->setValue(static_cast<int>(std::lround(smoothing * 100)));
  plot_->lines->setSmoothing(smoothing);
}

void LineChart::setScale(Scale scale) {
  if (plot_->logarithm != nullptr) plot_->logarithm->setChecked(scale == Scale::Logarithmic);
  plot_->lines->setLogarithmic(scale == Scale::Logarithmic);
}

ChartTable LineChart::table() const {
  return lineTable(plot_->lines->series(), plot_->lines->xAxis(), plot_->lines->yAxis(), Figures::Read);
}

ChartTable LineChart::plainTable() const {
  return lineTable(plot_->lines->series(), plot_->lines->xAxis(), plot_->lines->yAxis(), Figures::Plain);
}

bool LineChart::empty() const {
  return plot_->lines->empty();
}

void LineChart::paintPlot(QPainter& painter, const QSize& size) {
  plot_->lines->refresh();
  const int legend =
      plot_->legend->isHidden() ? 0 : plot_->legend->heightForWidth(size.width()) + theme::kSpace1;
  if (legend > 0) plot_->legend->paint(painter, size.width());
  painter.save();
  painter.translate(0, legend);
  plot_->canvas->paintInto(painter, size - QSize(0, legend));
  painter.restore();
}

void LineChart::recolour() {
  if (plot_ != nullptr && plot_->lines != nullptr) plot_->lines->recolour();
}

}  // namespace lodestone::charts
