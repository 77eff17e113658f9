// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/quality_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <cmath>

#include "ui/charts/charts.h"
#include "ui/pages/models/figure_tile.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr const char* kTiles[] = {"roc_auc", "pr_auc", "f1", "precision", "recall", "accuracy"};
constexpr const char* kBars[] = {"accuracy", "precision", "recall", "f1"};
constexpr int kChartHeight = 270;

}  // namespace

QVector<double> xOf(const std::vector<learn::CurvePoint>& curve) {
  QVector<double> values;
  for (const learn::CurvePoint& point : curve) values.push_back(point.x);
  return values;
}

QVector<double> yOf(const std::vector<learn::CurvePoint>& curve) {
  QVector<double> values;
  for (const learn::CurvePoint& point : curve) values.push_back(point.y);
  return values;
}

QualityView::QualityView(QWidget* parent)
    : QWidget(parent),
      verdict_(theme::label(theme::Role::Body, this)),
      bars_(new charts::BarChart(this)),
      confusion_(new charts::ConfusionMatrix(this)),
      roc_(new charts::LineChart(this)),
      precision_recall_(new charts::LineChart(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  column->setSpacing(theme::kSpace2);
  verdict_->setObjectName("verdict");
  verdict_->setWordWrap(true);
  column->addWidget(verdict_);
  auto* tiles = new QGridLayout;
  tiles->setSpacing(theme::kSpace2);
  for (const char* figure : kTiles) {
    auto* tile = new FigureTile(QString("figure_") + figure, this);
    const int at = static_cast<int>(tiles_.size());
    tiles->addWidget(tile, 0, at);
    tiles->setColumnStretch(at, 1);
    tiles_.push_back(tile);
  }
  column->addLayout(tiles);
  auto* grid = new QGridLayout;
  grid->setSpacing(theme::kSpace4);
  bars_->setObjectName("quality_bars");
  confusion_->setObjectName("confusion_matrix");
  roc_->setObjectName("roc_chart");
  precision_recall_->setObjectName("precision_recall_chart");
  grid->addWidget(bars_, 0, 0);
  grid->addWidget(confusion_, 0, 1);
  grid->addWidget(roc_, 1, 0);
  grid->addWidget(precision_recall_, 1, 1);
  for (int at : {0, 1}) {
    grid->setColumnStretch(at, 1);
    grid->setRowMinimumHeight(at, kChartHeight);
  }
  column->addLayout(grid, 1);
  words::say(this, [this] { show(); });
}

void QualityView::setModel(const ModelDataPointer& model) {
  data_ = model;
  show();
}

void QualityView::show() {
  if (!data_) return;
  showTiles();
  showBars();
  showCurves();
  const project::ModelRecord& record = data_->record;
  const double area = partFigure(record, "test", "roc_auc");
  const double baseline = baselineFigure(record, "test", "roc_auc");
  const QString other = typeTitle(textOf(record.baseline, "type"));
  QString text = protocol(record);
  if (std::isfinite(area) && std::isfinite(baseline)) {
    const double ahead = area - baseline;
    const QString model_area = words::number(area, 3);
    const QString baseline_area = words::number(baseline, 3);
    if (std::abs(ahead) <= areaError(record))
      text +=
          " " +
          tr("It ranks them about as well as its baseline (%1): ROC AUC %2 against %3, closer than so few "
             "rows can tell apart.")
              .arg(other, model_area, baseline_area);
    else if (ahead > 0)
      text += " " + tr("It ranks them better than its baseline (%1): ROC AUC %2 against %3.")
                        .arg(other, model_area, baseline_area);
    else
      text +=
          " " + tr("It ranks them worse than its baseline (%1): ROC AUC %2 against %3. Prefer the baseline.")
                    .arg(other, model_area, baseline_area);
  }
  verdict_->setText(text);
}

void QualityView::showTiles() {
  const project::ModelRecord& record = data_->record;
  std::size_t at = 0;
  const Json& folds = record.card.is_object() && record.card.contains("cross_validation")
                          ? record.card["cross_validation"]
                          : record.card;
  for (const char* figure : kTiles) {
    QString note;
    const double baseline = baselineFigure(record, "test", figure);
    if (std::isfinite(baseline)) note = tr("baseline %1").arg(words::number(baseline, 3));
    if (folds.is_object() && folds.contains("mean") && folds.contains("deviation"))
      note += "\n" + tr("%1 ± %2 over %3 folds")
                         .arg(words::number(words::figure(folds["mean"], figure), 3),
                              words::number(words::figure(folds["deviation"], figure), 3))
                         .arg(folds.contains("folds") ? folds["folds"].size() : 0);
    tiles_[at++]->setFigure(figureTitle(figure), words::number(partFigure(record, "test", figure), 3), note);
  }
}

void QualityView::showBars() {
  const project::ModelRecord& record = data_->record;
  QStringList categories;
  std::vector<charts::BarSeries> series = {
      {tr("Training"), {}}, {tr("Validation"), {}}, {tr("Test"), {}}, {tr("Test, baseline"), {}}};
  for (const char* figure : kBars) {
    categories += figureTitle(figure);
    series[0].values.push_back(partFigure(record, "train", figure));
    series[1].values.push_back(partFigure(record, "validation", figure));
    series[2].values.push_back(partFigure(record, "test", figure));
    series[3].values.push_back(baselineFigure(record, "test", figure));
  }
  bars_->setTitle(tr("At a threshold of 0.5"));
  bars_->setSummary(tr("If training is far better than test, the model has learned by heart."));
  bars_->setBars(categories, series, {QString(), 0, 1, false}, 2);
  confusion_->setTitle(tr("Confusion matrix"));
  const charts::ConfusionMatrix::Counts counts = testCounts(record);
  confusion_->setSummary(tr("%1 of %2 “%3” found; %4 false alarms.")
                             .arg(words::count(counts.true_positives),
                                  words::count(counts.true_positives + counts.false_negatives),
                                  positiveWord(record), words::count(counts.false_positives)));
  confusion_->setCounts(counts, positiveWord(record), negativeWord(record));
}

void QualityView::showCurves() {
  const project::ModelRecord& record = data_->record;
  const QString empty = data_->held_out_problem ? words::said(*data_->held_out_problem)
                                                : tr("There are no held-out rows to draw it from.");
  const QString other = tr("Baseline");
  const auto lines = [&](const auto& curve, const auto& baseline) {
    std::vector<charts::LineSeries> series;
    if (!curve.empty()) series.push_back({tr("Model"), xOf(curve), yOf(curve), false, {}, {}});
    if (!baseline.empty()) series.push_back({other, xOf(baseline), yOf(baseline), false, {}, {}});
    return series;
  };
  roc_->setTitle(tr("ROC curve"));
  roc_->setEmptyText(empty);
  roc_->setAxes({tr("False positive rate"), 0, 1, false}, {tr("Recall"), 0, 1, false});
  roc_->setReference(charts::Reference::Diagonal, 0, tr("chance"));
  roc_->setSeries(lines(data_->roc, data_->baseline_roc));
  roc_->setSummary(tr("Area %1; baseline %2; chance 0.5.")
                       .arg(words::number(partFigure(record, "test", "roc_auc"), 3),
                            words::number(baselineFigure(record, "test", "roc_auc"), 3)));
  const double rows = partFigure(record, "test", "rows");
  const double rate = rows > 0 ? partFigure(record, "test", "positives") / rows : 0;
  precision_recall_->setTitle(tr("Precision and recall"));
  precision_recall_->setEmptyText(empty);
  precision_recall_->setAxes({tr("Recall"), 0, 1, false}, {tr("Precision"), 0, 1, false});
  precision_recall_->setReference(charts::Reference::Level, rate, tr("everybody"));
  precision_recall_->setSeries(lines(data_->precision_recall, data_->baseline_precision_recall));
  precision_recall_->setSummary(tr("Area %1; baseline %2; picking everybody %3.")
                                    .arg(words::number(partFigure(record, "test", "pr_auc"), 3),
                                         words::number(baselineFigure(record, "test", "pr_auc"), 3),
                                         words::number(rate, 3)));
}

}  // namespace lodestone::pages
