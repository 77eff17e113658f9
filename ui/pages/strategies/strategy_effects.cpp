// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_effects.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/campaign/wording.h"
#include "ui/charts/charts.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

StrategyEffects::StrategyEffects(QWidget* parent) : QWidget(parent), metrics_(new QButtonGroup(this)) {
  setObjectName("strategyEffects");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace1);
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    auto* button = new QPushButton(this);
    button->setObjectName(QString("metric%1").arg(i));
    button->setCheckable(true);
    button->setChecked(i == 0);
    metrics_->addButton(button, static_cast<int>(i));
    row->addWidget(button);
  }
  row->addStretch();
  column->addLayout(row);
  chart_ = new charts::IntervalChart(this);  // after the buttons above it: that is Tab's order
  chart_->setObjectName("effectsChart");
  column->addWidget(chart_, 1);
  connect(metrics_, &QButtonGroup::idClicked, this,
          [this](int id) { setMetric(kMetrics[static_cast<std::size_t>(id)]); });
  connect(chart_, &charts::IntervalChart::rowPressed, this, [this](int at) {
    if (at >= 0 && at < ids_.size()) Q_EMIT pressed(ids_[at]);
  });
  connect(chart_, &charts::Chart::failed, this, &StrategyEffects::failed);
  words::say(this, [this] { showTexts(); });
}

void StrategyEffects::setStrategies(const std::vector<project::StrategyVersion>& strategies,
                                    const SharedAxes& axes) {
  strategies_ = strategies;
  axes_ = axes;
  showRows();
}

void StrategyEffects::setMetric(Metric metric) {
  metric_ = metric;
  metrics_->button(static_cast<int>(metric))->setChecked(true);
  showTexts();
}

void StrategyEffects::select(const QString& id) {
  selected_ = id;
  chart_->select(static_cast<int>(ids_.indexOf(id)));
}

void StrategyEffects::showTexts() {
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    QAbstractButton* button = metrics_->button(static_cast<int>(i));
    button->setText(StrategyWords::metric(kMetrics[i]));
    button->setToolTip(tr("Compare all strategies by this figure"));
  }
  chart_->setEmptyText(tr("No strategy to show."));
  showRows();
}

void StrategyEffects::showRows() {
  std::vector<charts::IntervalRow> rows;
  ids_.clear();
  int known = 0;
  int above_zero = 0;
  QString currency;
  for (const auto& strategy : strategies_) {
    const Estimate estimate = estimateOf(strategy.content, metric_);
    currency = StrategyWords::currency(strategy.content);
    const QString id = words::toQt(strategy.id);
    rows.push_back({tr("%1 %2").arg(id, words::said(campaign::field(strategy.content, "segment"))),
                    estimate.value, estimate.low, estimate.high,
                    StrategyWords::estimate(metric_, estimate, currency)});
    ids_.append(id);
    known += estimate.value ? 1 : 0;
    above_zero += estimate.value && estimate.low > 0 ? 1 : 0;
  }
  const QString metric = StrategyWords::metric(metric_);
  chart_->setTitle(tr("%1 by strategy").arg(metric));
  chart_->setSummary(tr("%1 of %2 strategies have evidence; the 90 % interval is above zero for %3.")
                         .arg(words::count(known), words::count(static_cast<std::int64_t>(rows.size())),
                              words::count(above_zero)));
  const auto& [low, high] = axes_[static_cast<std::size_t>(metric_)];
  charts::Axis axis;
  axis.label =
      metric_ == Metric::Revenue && !currency.isEmpty() ? tr("%1 (%2)").arg(metric, currency) : metric;
  axis.low = low;
  axis.high = high;
  axis.percent = metric_ == Metric::Roi;
  chart_->setRows(rows, axis);
  chart_->select(static_cast<int>(ids_.indexOf(selected_)));
}

}  // namespace lodestone::pages
