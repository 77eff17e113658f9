// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a node left, as a chart.
#include <QLabel>
#include <QStackedWidget>
#include <cmath>
#include <string_view>

#include "ui/charts/charts.h"
#include "ui/pages/pipeline/run_output.h"
#include "ui/words/words.h"

namespace lodestone::pages {

void RunOutput::showCharts() {
  const StageOutputs& out = *outputs_;
  if (!out.scores.empty()) {
    chartScores();
  } else if (!out.model.empty()) {
    chartMetrics();
  } else if (!out.strategies.empty()) {
    chartStrategies();
  } else if (!out.parts.empty()) {
    chartParts();
  } else {
    chart_empty_->setText(
        out.table ? tr("Rows have no chart here. The table's columns show theirs in their headers.")
                  : tr("%1 left nothing to plot.").arg(label_));
    chart_places_->setCurrentWidget(chart_empty_);
  }
}

void RunOutput::chartScores() {
  const std::vector<std::int64_t>& scores = outputs_->scores;
  std::int64_t sum = 0;
  std::int64_t upper = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    sum += scores[i];
    if (2 * i >= scores.size()) upper += scores[i];
  }
  histogram_->setTitle(tr("Scores of the rows to address"));
  histogram_->setHistogram(0, 1, scores, charts::HistogramChart::Values::Numbers,
                           tr("Probability of the positive value"));
  histogram_->setSummary(
      tr("%1 of %2 rows score one half or more.").arg(words::count(upper), words::count(sum)));
  chart_places_->setCurrentWidget(histogram_);
}

void RunOutput::chartMetrics() {
  QStringList names;
  charts::BarSeries model{words::toQt(outputs_->model), {}};
  charts::BarSeries baseline{tr("Baseline"), {}};
  const std::pair<const char*, QString> kinds[] = {{"accuracy", tr("Accuracy")},
                                                   {"precision", tr("Precision")},
                                                   {"recall", tr("Recall")},
                                                   {"f1", tr("F1")},
                                                   {"roc_auc", tr("ROC AUC")}};
  for (const auto& [key, title] : kinds) {
    names << title;
    model.values << words::figure(memberOf(outputs_->metrics, {"test"}), key);
    baseline.values << words::figure(memberOf(outputs_->baseline, {"metrics", "test"}), key);
  }
  bars_->setTitle(tr("Quality on test rows"));
  bars_->setBars(names, {model, baseline}, {{}, 0.0, 1.0, false}, 3);
  bars_->setSummary(
      tr("ROC AUC %1, baseline %2.")
          .arg(words::number(model.values.back(), 3), words::number(baseline.values.back(), 3)));
  chart_places_->setCurrentWidget(bars_);
}

void RunOutput::chartStrategies() {
  const char* effect = effectOf(outputs_->strategies);
  const bool incremental = std::string_view(effect) == "incremental_conversions";
  std::vector<charts::IntervalRow> rows;
  bool any = false;
  QString why;
  for (const Json& one : outputs_->strategies) {
    const Json estimate = memberOf(one, {"predicted", effect});
    charts::IntervalRow row;
    row.label = words::said(memberOf(one, {"title"}));
    const double value = words::figure(estimate, "value");
    row.text = tr("no estimate");
    if (const QString reason = words::said(memberOf(estimate, {"reason"})); !reason.isEmpty()) why = reason;
    if (std::isfinite(value)) {
      any = true;
      row.value = value;
      row.low = words::figure(estimate, "low");
      row.high = words::figure(estimate, "high");
      row.text = tr("%1 (%2 to %3)")
                     .arg(words::number(value, 1), words::number(row.low, 1), words::number(row.high, 1));
    }
    rows.push_back(std::move(row));
  }
  if (!any) {
    chart_empty_->setText(why.isEmpty() ? tr("no estimate") : why);
    chart_places_->setCurrentWidget(chart_empty_);
    return;
  }
  intervals_->setTitle(incremental ? tr("Predicted extra conversions") : tr("Predicted conversions"));
  intervals_->setSummary(tr("%n strategies", nullptr, static_cast<int>(rows.size())));
  intervals_->setRows(rows, {incremental ? tr("Extra conversions") : tr("Conversions"), {}, {}, false});
  chart_places_->setCurrentWidget(intervals_);
}

void RunOutput::chartParts() {
  QStringList names;
  charts::BarSeries rows{tr("Rows"), {}};
  for (const auto& [part, count] : outputs_->parts) {
    names << (part == "train" ? tr("Training") : part == "test" ? tr("Test") : tr("Validation"));
    rows.values << static_cast<double>(count);
  }
  bars_->setTitle(tr("How the rows are split"));
  bars_->setSummary(tr("Test rows touch nothing but the final score."));
  bars_->setBars(names, {rows}, {tr("Rows"), 0.0, {}, false}, 0);
  chart_places_->setCurrentWidget(bars_);
}

}  // namespace lodestone::pages
