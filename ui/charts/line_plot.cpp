// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/line_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/charts/figures.h"
#include "ui/charts/tickers.h"
#include "ui/theme/theme.h"

namespace lodestone::charts {
namespace {

/// Dashes and wide pens cost time and say nothing where a line has far more points than pixels.
constexpr qsizetype kDense = 20000;
constexpr double kFixedPad = 0.015;  ///< so that a line on the edge is seen whole
constexpr double kFreePad = 0.06;
constexpr double kReach = 100;  ///< pixels from the pointer to a point that it reads

/// Points in ascending order of x. A curve that comes from the right keeps its order, mirrored: its steps
/// stay steps.
LineSeries ascending(LineSeries series) {
  const auto n = std::min(series.x.size(), series.y.size());
  series.x.resize(n);
  series.y.resize(n);
  if (series.low.size() != n || series.high.size() != n) {
    series.low.clear();
    series.high.clear();
  }
  if (std::is_sorted(series.x.begin(), series.x.end())) return series;
  std::vector<qsizetype> order(static_cast<std::size_t>(n));
  for (qsizetype i = 0; i < n; ++i) order[static_cast<std::size_t>(i)] = i;
  if (std::is_sorted(series.x.begin(), series.x.end(), std::greater<>()))
    std::reverse(order.begin(), order.end());
  else
    std::stable_sort(order.begin(), order.end(),
                     [&](qsizetype a, qsizetype b) { return series.x[a] < series.x[b]; });
  const auto arranged = [&order](const QVector<double>& values) {
    QVector<double> result;
    if (values.isEmpty()) return result;
    result.reserve(values.size());
    for (const qsizetype i : order) result.append(values[i]);
    return result;
  };
  return {series.name,    arranged(series.x),   arranged(series.y),
          series.markers, arranged(series.low), arranged(series.high)};
}

QCPRange linearRange(const Axis& axis, double extent_low, double extent_high, double free_pad) {
  double low = axis.low.value_or(extent_low), high = axis.high.value_or(extent_high);
  if (!(low < high)) {
    const double around = std::max(std::abs(low) * 0.1, 0.5);
    if (!axis.low) low -= around;
    if (!axis.high || !(low < high)) high = std::max(high, low) + around;
  }
  const double span = high - low;
  double padded_low = low - span * (axis.low ? kFixedPad : free_pad);
  if (low >= 0 && padded_low < 0) padded_low = std::max(padded_low, -kFixedPad * span);
  return {padded_low, high + span * (axis.high ? kFixedPad : free_pad)};
}

}  // namespace

void LinePlot::Extent::add(double value) {
  if (!std::isfinite(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

LinePlot::LinePlot(PlotCanvas& canvas, Legend& legend) : canvas_(canvas), legend_(legend) {
  reference_line_ = new QCPItemStraightLine(&canvas_);
  reference_line_->setLayer("bands");
  mark_line_ = new QCPItemStraightLine(&canvas_);
  mark_line_->setLayer("marks");
  mark_text_ = new QCPItemText(&canvas_);
  mark_text_->setLayer("marks");
  mark_text_->position->setTypeX(QCPItemPosition::ptPlotCoords);
  mark_text_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  mark_text_->setPadding(QMargins(theme::kSpace1, 1, theme::kSpace1, 1));
  canvas_.read = [this](const QPointF& at) { return readAt(at); };
  canvas_.step = [this](int along, int across) { return step(along, across); };
  canvas_.view_changed = [this] { placeMark(); };
  applyTickers();
  recolour();
}

LinePlot::~LinePlot() {
  canvas_.read = nullptr;
  canvas_.step = nullptr;
  canvas_.view_changed = nullptr;
}

bool LinePlot::empty() const {
  return std::all_of(series_.begin(), series_.end(), [](const LineSeries& line) { return line.x.isEmpty(); });
}

double LinePlot::plotted(double y) const {
  return logarithmic_ && !(y > 0) ? std::numeric_limits<double>::quiet_NaN() : y;
}

void LinePlot::setAxes(const Axis& x, const Axis& y) {
  const bool moved =
      x.low != x_axis_.low || x.high != x_axis_.high || y.low != y_axis_.low || y.high != y_axis_.high;
  x_axis_ = x;
  y_axis_ = y;
  if (moved) canvas_.forgetZoom();
  applyTickers();
  refresh();
}

void LinePlot::applyTickers() {
  canvas_.xAxis->setLabel(x_axis_.label);
  canvas_.yAxis->setLabel(y_axis_.label);
  canvas_.xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new NumberTicker(x_axis_.percent)));
  canvas_.yAxis->setTicker(logarithmic_ ? QSharedPointer<QCPAxisTicker>(new LogTicker(y_axis_.percent))
                                        : QSharedPointer<QCPAxisTicker>(new NumberTicker(y_axis_.percent)));
  canvas_.fitTicks(canvas_.size());
}

void LinePlot::setReference(Reference reference, double level, const QString& name) {
  reference_ = reference;
  level_ = level;
  reference_name_ = name;
  recolour();
  refresh();
}

void LinePlot::setMark(std::optional<double> x, const QString& name) {
  mark_ = x;
  mark_name_ = name;
  placeMark();
  canvas_.replotSoon();
}

void LinePlot::setSeries(const std::vector<LineSeries>& series) {
  series_.clear();
  for (const LineSeries& line : series) series_.push_back(ascending(line));
  makeLines();
  for (Line& line : lines_) line.stale = true;
  measure();
  step_point_ = -1;
  refresh();
  recolour();
}

void LinePlot::makeLines() {
  const auto graph = [this](const char* layer) {
    auto* made = new SeriesGraph(canvas_.xAxis, canvas_.yAxis);
    made->setLayer(layer);
    return made;
  };
  while (lines_.size() < series_.size()) {
    Line line;
    line.low = graph("bands");
    line.high = graph("bands");
    line.low->setPen(Qt::NoPen);
    line.high->setPen(Qt::NoPen);
    line.high->setBand(line.low);
    line.raw = graph("main");
    line.smooth = graph("main");
    lines_.push_back(line);
  }
  while (lines_.size() > series_.size()) {
    for (SeriesGraph* old : {lines_.back().high, lines_.back().low, lines_.back().raw, lines_.back().smooth})
      canvas_.removePlottable(old);
    lines_.pop_back();
  }
}

void LinePlot::append(std::size_t series, double x, double y) {
  if (series >= series_.size()) {
    series_.resize(series + 1);
    makeLines();
    recolour();
  }
  LineSeries& points = series_[series];
  Line& line = lines_[series];
  points.low.clear();
  points.high.clear();
  if (!points.x.isEmpty() && x < points.x.back()) {
    const auto at = std::upper_bound(points.x.begin(), points.x.end(), x) - points.x.begin();
    points.x.insert(at, x);
    points.y.insert(at, y);
    line.stale = true;
  } else {
    points.x.append(x);
    points.y.append(y);
    if (!line.stale) {
      line.raw->addData(x, plotted(y));
      if (smoothing_ > 0) line.smooth->addData(x, plotted(line.smoother.next(y)));
    }
  }
  measurePoint(x, y);
}

void LinePlot::fillLine(std::size_t index) {
  Line& line = lines_[index];
  const LineSeries& points = series_[index];
  const auto fill = [&](SeriesGraph* graph, const QVector<double>& values) {
    QVector<QCPGraphData> data;
    data.reserve(values.size());
    for (qsizetype i = 0; i < values.size(); ++i) data.append({points.x[i], plotted(values[i])});
    graph->data()->set(data, true);
  };
  line.smoother = Smoother(smoothing_);
  QVector<double> smooth;
  if (smoothing_ > 0) {
    smooth.reserve(points.y.size());
    for (const double y : points.y) smooth.append(line.smoother.next(y));
  }
  fill(line.raw, points.y);
  fill(line.smooth, smooth);
  fill(line.low, points.low);
  fill(line.high, points.high);
  line.stale = false;
}

void LinePlot::measure() {
  x_extent_ = y_extent_ = y_positive_ = {};
  for (const LineSeries& line : series_) {
    for (qsizetype i = 0; i < line.x.size(); ++i) measurePoint(line.x[i], line.y[i]);
    for (const QVector<double>* edge : {&line.low, &line.high})
      for (qsizetype i = 0; i < edge->size(); ++i) measurePoint(line.x[i], (*edge)[i]);
  }
}

void LinePlot::measurePoint(double x, double y) {
  if (!std::isfinite(y)) return;
  x_extent_.add(x);
  y_extent_.add(y);
  if (y > 0) y_positive_.add(y);
}

View LinePlot::all() const {
  const bool markers =
      std::any_of(series_.begin(), series_.end(), [](const LineSeries& line) { return line.markers; });
  const auto extent = [](const Extent& e) { return e.any() ? e : Extent{0, 1}; };
  Extent y = extent(y_extent_);
  if (reference_ == Reference::Level) y.add(level_);
  const Extent x = extent(x_extent_);
  const QCPRange x_range = linearRange(x_axis_, x.low, x.high, markers ? kFreePad / 2 : 0);
  if (!logarithmic_) return {x_range, linearRange(y_axis_, y.low, y.high, kFreePad)};
  const Extent positive = y_positive_.any() ? y_positive_ : Extent{0.1, 1};
  double low = y_axis_.low && *y_axis_.low > 0 ? *y_axis_.low : positive.low;
  double high = y_axis_.high && *y_axis_.high > low ? *y_axis_.high : positive.high;
  const double factor = std::pow(std::max(high / low, 1.5), kFreePad);
  return {x_range, QCPRange(low / factor, high * factor)};
}

void LinePlot::refresh() {
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].stale) fillLine(i);
  canvas_.setAll(all());
  placeMark();
  canvas_.replotSoon();
}

void LinePlot::setSmoothing(double weight) {
  if (weight == smoothing_) return;
  smoothing_ = weight;
  for (Line& line : lines_) line.stale = true;
  refresh();
  recolour();
}

void LinePlot::setLogarithmic(bool logarithmic) {
  if (logarithmic == logarithmic_) return;
  logarithmic_ = logarithmic;
  for (Line& line : lines_) line.stale = true;
  canvas_.yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  applyTickers();
  canvas_.forgetZoom();
  refresh();
}

QPen LinePlot::penOf(std::size_t index) const {
  const bool dense = series_[index].x.size() > kDense;
  QPen pen = theme::seriesPen(static_cast<int>(index), dense ? 1 : 2);
  if (dense) pen.setStyle(Qt::SolidLine);
  pen.setJoinStyle(Qt::RoundJoin);
  return pen;
}

void LinePlot::recolour() {
  const theme::Tokens& tokens = theme::tokens();
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const QPen pen = penOf(i);
    const Marker marker = series_[i].markers ? markerOf(static_cast<int>(i)) : Marker::None;
    QPen pale = pen;
    pale.setColor(mixed(tokens.surface, pen.color(), 0.35));
    const bool dense = series_[i].x.size() > kDense;
    pale.setWidthF(dense ? 1 : 1.2);
    // Smooth edges of lines that cross each other thousands of times take seconds.
    lines_[i].raw->setAntialiased(!dense);
    lines_[i].smooth->setAntialiased(!dense);
    lines_[i].raw->setPen(smoothing_ > 0 ? pale : pen);
    lines_[i].raw->setMarker(smoothing_ > 0 ? Marker::None : marker);
    lines_[i].smooth->setPen(pen);
    lines_[i].smooth->setMarker(marker);
    QColor band = pen.color();
    band.setAlphaF(0.2F);
    lines_[i].high->setBrush(band);
    if (!series_[i].name.isEmpty()) entries.push_back({series_[i].name, pen, marker});
  }
  const QPen reference(tokens.text2, 1, Qt::DashLine);
  reference_line_->setPen(reference);
  reference_line_->setVisible(reference_ != Reference::None);
  reference_line_->point1->setCoords(0, reference_ == Reference::Level ? level_ : 0);
  reference_line_->point2->setCoords(1, reference_ == Reference::Level ? level_ : 1);
  if (reference_ != Reference::None && !reference_name_.isEmpty())
    entries.push_back({reference_name_, reference, Marker::None});
  // One line alone is what the title says.
  if (lines_.size() == 1 && entries.size() == 1) entries.clear();
  legend_.setEntries(entries);
  mark_line_->setPen(QPen(tokens.accent, 1.5));
  mark_text_->setColor(tokens.accent);
  mark_text_->setFont(theme::font(theme::Role::Caption));
  placeMark();
  canvas_.colour();
}

void LinePlot::placeMark() {
  const bool in_sight = mark_ && canvas_.xAxis->range().contains(*mark_);
  mark_line_->setVisible(in_sight);
  mark_text_->setVisible(in_sight && !mark_name_.isEmpty());
  if (!in_sight) return;
  mark_line_->point1->setCoords(*mark_, 0);
  mark_line_->point2->setCoords(*mark_, 1);
  if (logarithmic_) mark_line_->point1->setCoords(*mark_, 0.1);
  mark_text_->setText(mark_name_);
  const QCPRange range = canvas_.xAxis->range();
  const bool right_half = *mark_ > range.center();
  mark_text_->setPositionAlignment(Qt::AlignTop | (right_half ? Qt::AlignRight : Qt::AlignLeft));
  mark_text_->position->setCoords(*mark_, 0.01);
}

// --- what the pointer reads ---

const SeriesGraph* LinePlot::shown(std::size_t index) const {
  return smoothing_ > 0 ? lines_[index].smooth : lines_[index].raw;
}

std::optional<Readout> LinePlot::readAt(const QPointF& at) const {
  double nearest = kReach * kReach;
  std::size_t best_series = 0;
  int best_point = -1;
  const QRectF inner = canvas_.inner().adjusted(-2, -2, 2, 2);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const SeriesGraph* graph = shown(i);
    const auto data = graph->data();
    const double reach = kReach / 4;
    auto point = data->findBegin(canvas_.xAxis->pixelToCoord(at.x() - reach));
    const auto end = data->findEnd(canvas_.xAxis->pixelToCoord(at.x() + reach));
    const auto stride = std::max<qsizetype>(1, (end - point) / 2000);
    for (; point < end; point += std::min<qsizetype>(stride, end - point)) {
      const QPointF pixel = graph->coordsToPixels(point->key, point->value);
      const QPointF way = pixel - at;
      const double distance = QPointF::dotProduct(way, way);
      if (!(distance < nearest) || !inner.contains(pixel)) continue;
      nearest = distance;
      best_series = i;
      best_point = static_cast<int>(point - data->constBegin());
    }
  }
  return best_point < 0 ? std::nullopt : readout(best_series, best_point);
}

std::optional<Readout> LinePlot::step(int along, int across) {
  if (empty()) return std::nullopt;
  const auto count = static_cast<int>(lines_.size());
  const int series = (static_cast<int>(step_series_) + across + count) % count;
  double x = canvas_.xAxis->range().lower;
  if (step_series_ < series_.size() && step_point_ >= 0 && step_point_ < series_[step_series_].x.size())
    x = series_[step_series_].x[step_point_];
  const auto data = shown(static_cast<std::size_t>(series))->data();
  const auto begin =
      static_cast<int>(data->findBegin(canvas_.xAxis->range().lower, false) - data->constBegin());
  const auto end = static_cast<int>(data->findEnd(canvas_.xAxis->range().upper, false) - data->constBegin());
  if (begin >= end) return std::nullopt;
  int point = step_point_;
  if (across != 0 || point < 0)
    point = static_cast<int>(data->findBegin(x, false) - data->constBegin());
  else
    point += along * std::max(1, (end - begin) / 200);
  step_series_ = static_cast<std::size_t>(series);
  step_point_ = std::clamp(point, begin, end - 1);
  return readout(step_series_, step_point_);
}

std::optional<Readout> LinePlot::readout(std::size_t series, int point) const {
  const SeriesGraph* graph = shown(series);
  const auto value = graph->data()->at(point);
  const double raw = series_[series].y[point];
  const QCPRange x_range = canvas_.xAxis->range(), y_range = canvas_.yAxis->range();
  const bool whole = value->key == std::floor(value->key) && x_range.size() > 2 && !x_axis_.percent;
  const QString x =
      whole ? figure(value->key, 0, false) : figureWithin(value->key, x_range.size(), x_axis_.percent);
  const double spread = logarithmic_ ? std::abs(value->value) : y_range.size();
  QString y = figureWithin(value->value, spread, y_axis_.percent);
  if (smoothing_ > 0) y = tr("%1 (not smoothed: %2)").arg(y, figureWithin(raw, spread, y_axis_.percent));
  const auto row = [](const QString& label, const QString& text) {
    return label.isEmpty() ? text : tr("%1: %2").arg(label, text);
  };
  return Readout{graph->coordsToPixels(value->key, value->value),
                 penOf(series).color(),
                 {series_[series].name, row(x_axis_.label, x), row(y_axis_.label, y)}};
}

}  // namespace lodestone::charts
