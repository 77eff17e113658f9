// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/interval_chart.h"

#include "ui/charts/figures.h"
#include "ui/charts/interval_view.h"

namespace lodestone::charts {
namespace {

ChartTable tableOf(const std::vector<IntervalRow>& rows, const Axis& axis, const QStringList& header,
                   Figures figures) {
  QVector<double> values;
  for (const IntervalRow& row : rows)
    if (row.value) values << *row.value << row.low << row.high;
  const int decimals = axis.percent ? 1 : decimalsOfColumn(values);
  ChartTable table;
  table.header = header;
  table.text_columns = 2;
  for (const IntervalRow& row : rows) {
    const auto cell = [&](double value) {
      return row.value ? figure(value, decimals, axis.percent, figures) : QString();
    };
    table.rows.push_back({row.label, row.text, cell(row.value.value_or(0)), cell(row.low), cell(row.high)});
  }
  return table;
}

}  // namespace

struct IntervalChart::Plot {
  IntervalView* view = nullptr;
};

IntervalChart::IntervalChart(QWidget* parent) : Chart(parent), plot_(std::make_unique<Plot>()) {
  plot_->view = new IntervalView(this);
  plot_->view->pressed = [this](int row) { Q_EMIT rowPressed(row); };
  plot_->view->restyle();
  setPlot(plot_->view);
}

IntervalChart::~IntervalChart() = default;

void IntervalChart::setRows(const std::vector<IntervalRow>& rows, const Axis& x) {
  plot_->view->setRows(rows, x);
  contentChanged();
}

void IntervalChart::select(int row) {
  plot_->view->select(row);
}

ChartTable IntervalChart::table() const {
  const QString estimate = plot_->view->axis().label.isEmpty() ? tr("Estimate") : plot_->view->axis().label;
  return tableOf(plot_->view->rows(), plot_->view->axis(),
                 {tr("Name"), tr("In words"), estimate, tr("From"), tr("To")}, Figures::Read);
}

ChartTable IntervalChart::plainTable() const {
  return tableOf(plot_->view->rows(), plot_->view->axis(), table().header, Figures::Plain);
}

bool IntervalChart::empty() const {
  return plot_->view->rows().empty();
}

QSize IntervalChart::pictureSize() const {
  return {std::max(plot_->view->width(), 480), plot_->view->wholeHeight()};
}

void IntervalChart::paintPlot(QPainter& painter, const QSize& size) {
  plot_->view->paintWhole(painter, size);
}

void IntervalChart::recolour() {
  if (plot_ != nullptr && plot_->view != nullptr) plot_->view->restyle();
}

}  // namespace lodestone::charts
