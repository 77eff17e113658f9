// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/bar_chart.h"

#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QToolTip>
#include <QVBoxLayout>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSeries>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/charts/figures.h"
#include "ui/charts/legend.h"
#include "ui/theme/theme.h"

namespace lodestone::charts {
namespace {

constexpr double kGroupWidth = 0.72;
constexpr double kFigureGap = 3;  ///< between the figures over neighbouring bars

QString orElse(const QString& text, const QString& other) {
  return text.isEmpty() ? other : text;
}

}  // namespace

struct BarChart::Plot {
  QWidget* area = nullptr;
  Legend* legend = nullptr;
  QChartView* view = nullptr;
  QChart* chart = nullptr;
  QBarSeries* bars = nullptr;
  QBarCategoryAxis* x = nullptr;
  QValueAxis* y = nullptr;
  std::vector<QGraphicsSimpleTextItem*> texts;
  QStringList categories;
  std::vector<BarSeries> series;
  Axis axis;
  int decimals = 2;
  int tick_decimals = 0;

  double value(std::size_t set, qsizetype category) const;
  QString text(std::size_t set, qsizetype category) const;
  void build();
  void fill();
  void setRange();
  void colour();
  void write();
  void writeValues(const QRectF& inner);
  QGraphicsSimpleTextItem* addText(const QString& text, const QColor& colour);
  ChartTable table(Figures figures) const;
};

double BarChart::Plot::value(std::size_t set, qsizetype category) const {
  const QVector<double>& values = series[set].values;
  return category < values.size() ? values[category] : std::nan("");
}

QString BarChart::Plot::text(std::size_t set, qsizetype category) const {
  return figure(value(set, category), decimals, axis.percent);
}

void BarChart::Plot::build() {
  bars->clear();
  x->setCategories(categories);
  for (const BarSeries& one : series) bars->append(new QBarSet(one.name));
  bars->setBarWidth(series.size() == 1 ? 0.5 : kGroupWidth);
}

void BarChart::Plot::fill() {
  const QList<QBarSet*> sets = bars->barSets();
  for (std::size_t i = 0; i < series.size(); ++i) {
    QBarSet* set = sets[static_cast<qsizetype>(i)];
    for (qsizetype c = 0; c < categories.size(); ++c) {
      const double height = value(i, c);
      const double drawn = std::isfinite(height) ? height : 0;
      if (c < set->count())
        set->replace(static_cast<int>(c), drawn);
      else
        set->append(drawn);
    }
  }
  setRange();
}

void BarChart::Plot::setRange() {
  double low = 0, high = 0;
  for (std::size_t i = 0; i < series.size(); ++i)
    for (qsizetype c = 0; c < categories.size(); ++c)
      if (const double height = value(i, c); std::isfinite(height)) {
        low = std::min(low, height);
        high = std::max(high, height);
      }
  low = std::min(axis.low.value_or(low), 0.0);
  high = std::max(axis.high.value_or(high), high);
  if (!(high > low)) high = low + 1;
  // Room for what stands on the bars.
  const double room = 0.09 * (high - low);
  const Ticks ticks = niceTicks(low, high, 5, axis.percent);
  tick_decimals = ticks.decimals;
  y->setTickType(QValueAxis::TicksDynamic);
  y->setTickAnchor(0);
  if (ticks.at.size() > 1) y->setTickInterval(ticks.at[1] - ticks.at[0]);
  y->setRange(low < 0 ? low - room : low, high + room);
}

void BarChart::Plot::colour() {
  const theme::Tokens& tokens = theme::tokens();
  const QFont font = theme::font(theme::Role::Caption);
  x->setLabelsFont(font);
  x->setLabelsColor(tokens.text);
  x->setLinePen(QPen(mixed(tokens.line, tokens.text2, 0.4), 1));
  y->setGridLinePen(QPen(mixed(tokens.surface, tokens.line, 0.7), 1));
  std::vector<LegendEntry> entries;
  const QList<QBarSet*> sets = bars->barSets();
  for (qsizetype i = 0; i < sets.size(); ++i) {
    const QColor fill = theme::seriesColor(static_cast<int>(i));
    sets[i]->setBrush(fill);
    sets[i]->setPen(Qt::NoPen);
    QPen pen(fill);
    pen.setStyle(Qt::NoPen);
    entries.push_back({sets[i]->label(), pen, Marker::Square});
  }
  if (entries.size() < 2) entries.clear();
  legend->setEntries(entries);
  write();
}

QGraphicsSimpleTextItem* BarChart::Plot::addText(const QString& words, const QColor& colour) {
  auto* item = new QGraphicsSimpleTextItem(words, chart);
  item->setFont(theme::font(theme::Role::Caption));
  item->setBrush(colour);
  item->setZValue(100);
  texts.push_back(item);
  return item;
}

void BarChart::Plot::write() {
  for (QGraphicsSimpleTextItem* item : texts) delete item;
  texts.clear();
  if (series.empty() || categories.isEmpty()) return;
  const QFontMetrics metrics(theme::font(theme::Role::Caption));
  int widest = 0;
  QStringList labels;
  const double interval = y->tickInterval();
  QVector<double> at;
  for (double tick = std::ceil(y->min() / interval - 1e-9) * interval; tick <= y->max() + 1e-9 * interval;
       tick += interval) {
    at.append(std::abs(tick) < 1e-9 * interval ? 0 : tick);
    labels.append(figure(at.back(), tick_decimals, axis.percent));
    widest = std::max(widest, metrics.horizontalAdvance(labels.back()));
  }
  const int top = axis.label.isEmpty() ? theme::kSpace2 : metrics.height() + theme::kSpace2;
  const QMargins margins(widest + theme::kSpace3, top, theme::kSpace2, 0);
  if (chart->margins() != margins) {
    chart->setMargins(margins);
    chart->layout()->activate();
  }
  const QRectF inner = chart->plotArea();
  const double span = y->max() - y->min();
  for (qsizetype i = 0; i < at.size(); ++i) {
    QGraphicsSimpleTextItem* item = addText(labels[i], theme::tokens().text2);
    const QRectF box = item->boundingRect();
    const double middle = inner.bottom() - (at[i] - y->min()) / span * inner.height();
    item->setPos(inner.left() - theme::kSpace2 - box.width(), middle - box.height() / 2);
  }
  if (!axis.label.isEmpty()) addText(axis.label, theme::tokens().text2)->setPos(0, 0);
  writeValues(inner);
}

void BarChart::Plot::writeValues(const QRectF& inner) {
  const double span = y->max() - y->min();
  const double category_width = inner.width() / static_cast<double>(categories.size());
  const double bar = category_width * bars->barWidth() / static_cast<double>(series.size());
  const QFontMetrics metrics(theme::font(theme::Role::Caption));
  const auto fits = [&](int places) {
    for (std::size_t i = 0; i < series.size(); ++i)
      for (qsizetype c = 0; c < categories.size(); ++c)
        if (metrics.horizontalAdvance(figure(value(i, c), places, axis.percent)) > bar - kFigureGap)
          return false;
    return true;
  };
  // Whole per cents rather than letters on their side.
  int written = decimals;
  while (axis.percent && written > 0 && !fits(written)) --written;
  for (std::size_t i = 0; i < series.size(); ++i)
    for (qsizetype c = 0; c < categories.size(); ++c) {
      QGraphicsSimpleTextItem* item =
          addText(figure(value(i, c), written, axis.percent), theme::tokens().text);
      const QRectF box = item->boundingRect();
      const double height = std::isfinite(value(i, c)) ? value(i, c) : 0;
      const double end = inner.bottom() - (height - y->min()) / span * inner.height();
      const double middle = inner.left() + category_width * (static_cast<double>(c) + 0.5) +
                            bar * (static_cast<double>(i) + 0.5 - static_cast<double>(series.size()) / 2);
      if (box.width() <= bar - kFigureGap || series.size() == 1) {
        item->setPos(middle - box.width() / 2, height < 0 ? end + 1 : end - box.height() - 1);
      } else if (box.height() <= bar * 1.3) {
        item->setRotation(-90);
        const double foot = height < 0 ? end + box.width() + 3 : end - 3;
        item->setPos(middle - box.height() / 2, std::max(foot, inner.top() + box.width()));
      } else {
        item->hide();
      }
    }
}

ChartTable BarChart::Plot::table(Figures figures) const {
  ChartTable table;
  table.header << QString();
  for (const BarSeries& one : series) table.header << orElse(one.name, axis.label);
  for (qsizetype c = 0; c < categories.size(); ++c) {
    QStringList row{categories[c]};
    for (std::size_t i = 0; i < series.size(); ++i)
      row << figure(value(i, c), decimals, axis.percent, figures);
    table.rows.push_back(row);
  }
  return table;
}

BarChart::BarChart(QWidget* parent) : Chart(parent), plot_(std::make_unique<Plot>()) {
  Plot& plot = *plot_;
  plot.area = new QWidget;
  auto* layout = new QVBoxLayout(plot.area);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace1);
  plot.legend = new Legend(plot.area);
  plot.chart = new QChart;
  plot.chart->legend()->hide();
  plot.chart->setBackgroundVisible(false);
  plot.chart->setAnimationOptions(QChart::NoAnimation);
  plot.chart->layout()->setContentsMargins(0, 0, 0, 0);
  plot.view = new QChartView(plot.chart, plot.area);
  plot.view->setObjectName("chartBars");
  plot.view->setFrameShape(QFrame::NoFrame);
  plot.view->setBackgroundBrush(Qt::NoBrush);
  plot.view->viewport()->setAutoFillBackground(false);
  plot.view->setRenderHint(QPainter::Antialiasing);
  plot.view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  plot.view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  plot.view->setFocusPolicy(Qt::NoFocus);
  plot.view->setMinimumSize(160, 120);
  plot.bars = new QBarSeries;
  plot.x = new QBarCategoryAxis;
  plot.x->setGridLineVisible(false);
  plot.y = new QValueAxis;
  plot.y->setLabelsVisible(false);
  plot.y->setLineVisible(false);
  plot.y->setMinorGridLineVisible(false);
  plot.chart->addSeries(plot.bars);
  plot.chart->addAxis(plot.x, Qt::AlignBottom);
  plot.chart->addAxis(plot.y, Qt::AlignLeft);
  plot.bars->attachAxis(plot.x);
  plot.bars->attachAxis(plot.y);
  layout->addWidget(plot.legend);
  layout->addWidget(plot.view, 1);
  connect(plot.chart, &QChart::plotAreaChanged, this, [this] {
    if (plot_) plot_->write();
  });
  connect(plot.bars, &QAbstractBarSeries::hovered, this, [this](bool on, int index, QBarSet* set) {
    const qsizetype found = plot_->bars->barSets().indexOf(set);
    if (!on || found < 0 || index < 0 || index >= plot_->categories.size()) return QToolTip::hideText();
    const QString name = orElse(set->label(), plot_->axis.label);
    const QString value = plot_->text(static_cast<std::size_t>(found), index);
    QToolTip::showText(QCursor::pos(),
                       name.isEmpty() ? tr("%1: %2").arg(plot_->categories[index], value)
                                      : tr("%1, %2: %3").arg(plot_->categories[index], name, value),
                       plot_->view);
  });
  plot.colour();
  setPlot(plot.area);
}

BarChart::~BarChart() {
  // The chart's last words reach nobody.
  plot_->chart->disconnect(this);
  plot_->bars->disconnect(this);
}

void BarChart::setBars(const QStringList& categories, const std::vector<BarSeries>& series, const Axis& y,
                       int decimals) {
  Plot& plot = *plot_;
  const bool same = plot.categories == categories &&
                    std::equal(plot.series.begin(), plot.series.end(), series.begin(), series.end(),
                               [](const BarSeries& a, const BarSeries& b) { return a.name == b.name; });
  plot.categories = categories;
  plot.series = series;
  plot.axis = y;
  plot.decimals = decimals;
  // Bars that only change their height stay where they are.
  if (!same) plot.build();
  plot.fill();
  plot.colour();
  contentChanged();
}

ChartTable BarChart::table() const {
  return plot_->table(Figures::Read);
}

ChartTable BarChart::plainTable() const {
  return plot_->table(Figures::Plain);
}

bool BarChart::empty() const {
  return plot_->categories.isEmpty() || plot_->series.empty();
}

void BarChart::paintPlot(QPainter& painter, const QSize& size) {
  Plot& plot = *plot_;
  const int legend = plot.legend->isHidden() ? 0 : plot.legend->heightForWidth(size.width()) + theme::kSpace1;
  if (legend > 0) plot.legend->paint(painter, size.width());
  const QSizeF place(size.width(), size.height() - legend);
  const QSizeF before = plot.chart->size();
  const auto resize = [&plot](const QSizeF& to) {
    plot.chart->resize(to);
    plot.chart->layout()->activate();
    plot.write();
  };
  resize(place);
  painter.save();
  painter.translate(0, legend);
  plot.chart->scene()->render(&painter, QRectF({0, 0}, place), QRectF({0, 0}, place));
  painter.restore();
  resize(before);
}

void BarChart::recolour() {
  if (plot_ != nullptr && plot_->legend != nullptr) plot_->colour();
}

}  // namespace lodestone::charts
