// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/epoch_charts.h"

#include <QHBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/charts.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

/// Few epochs are shown point by point.
constexpr std::size_t kMostMarkers = 30;

charts::LineSeries series(const QString& name, const std::vector<learn::Epoch>& epochs,
                          double learn::Epoch::*figure) {
  charts::LineSeries line;
  line.name = name;
  line.markers = epochs.size() <= kMostMarkers;
  for (const learn::Epoch& epoch : epochs) {
    if (!std::isfinite(epoch.*figure)) continue;
    line.x.push_back(epoch.epoch);
    line.y.push_back(epoch.*figure);
  }
  return line;
}

}  // namespace

EpochCharts::EpochCharts(QWidget* parent)
    : QWidget(parent), loss_(new charts::LineChart(this)), quality_(new charts::LineChart(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace3);
  row->addWidget(loss_, 1);
  row->addWidget(quality_, 1);
  loss_->setObjectName("loss_chart");
  loss_->offerSmoothing();
  loss_->offerLogarithm();
  quality_->setObjectName("epoch_quality_chart");
  quality_->offerSmoothing();
  words::say(this, [this] {
    loss_->setTitle(tr("Loss"));
    loss_->setAxes({tr("Epoch"), {}, {}, false}, {tr("Log loss"), {}, {}, false});
    quality_->setTitle(tr("Validation"));
    quality_->setAxes({tr("Epoch"), {}, {}, false}, {tr("Share"), {}, {}, false});
    show();
  });
}

void EpochCharts::setEmptyText(const QString& text) {
  loss_->setEmptyText(text);
  quality_->setEmptyText(text);
}

void EpochCharts::setEpochs(const std::vector<learn::Epoch>& epochs) {
  epochs_ = epochs;
  show();
}

void EpochCharts::append(const learn::Epoch& epoch) {
  epochs_.push_back(epoch);
  // The first decides which lines there are; the last with markers, that there are too many for them.
  if (epochs_.size() == 1 || epochs_.size() == kMostMarkers + 1) return show();
  const double x = epoch.epoch;
  loss_->append(0, x, epoch.loss);
  if (std::isfinite(epoch.validation_loss)) {
    loss_->append(1, x, epoch.validation_loss);
    quality_->append(0, x, epoch.validation_accuracy);
    quality_->append(1, x, epoch.validation_recall);
    quality_->append(2, x, epoch.validation_roc_auc);
  }
  summarise();
}

void EpochCharts::show() {
  const bool validated = !epochs_.empty() && std::isfinite(epochs_.front().validation_loss);
  std::vector<charts::LineSeries> losses, figures;
  if (!epochs_.empty()) losses.push_back(series(tr("Training"), epochs_, &learn::Epoch::loss));
  if (validated) {
    losses.push_back(series(tr("Validation"), epochs_, &learn::Epoch::validation_loss));
    figures.push_back(series(figureTitle("accuracy"), epochs_, &learn::Epoch::validation_accuracy));
    figures.push_back(series(figureTitle("recall"), epochs_, &learn::Epoch::validation_recall));
    figures.push_back(series(figureTitle("roc_auc"), epochs_, &learn::Epoch::validation_roc_auc));
  }
  loss_->setSeries(losses);
  quality_->setSeries(figures);
  summarise();
}

void EpochCharts::summarise() {
  if (epochs_.empty()) {
    loss_->setSummary({});
    quality_->setSummary({});
    return;
  }
  const learn::Epoch& last = epochs_.back();
  if (!std::isfinite(last.validation_loss)) {
    loss_->setSummary(tr("Training %1 after epoch %2.").arg(words::number(last.loss, 4)).arg(last.epoch));
    quality_->setSummary(tr("No validation rows were set aside."));
    return;
  }
  const auto best = std::min_element(epochs_.begin(), epochs_.end(), [](const auto& a, const auto& b) {
    return a.validation_loss < b.validation_loss;
  });
  loss_->setSummary(tr("Validation %1 after epoch %2; lowest %3 at epoch %4.")
                        .arg(words::number(last.validation_loss, 4))
                        .arg(last.epoch)
                        .arg(words::number(best->validation_loss, 4))
                        .arg(best->epoch));
  quality_->setSummary(tr("ROC AUC %1, accuracy %2, recall %3.")
                           .arg(words::number(last.validation_roc_auc, 3),
                                words::number(last.validation_accuracy, 3),
                                words::number(last.validation_recall, 3)));
}

learn::Epoch epochOf(const Json& json) {
  learn::Epoch epoch;
  const double number = words::figure(json, "epoch");
  epoch.epoch = std::isfinite(number) ? static_cast<int>(number) : 0;
  epoch.loss = words::figure(json, "loss");
  epoch.validation_loss = words::figure(json, "validation_loss");
  epoch.validation_accuracy = words::figure(json, "validation_accuracy");
  epoch.validation_recall = words::figure(json, "validation_recall");
  epoch.validation_roc_auc = words::figure(json, "validation_roc_auc");
  epoch.seconds = words::figure(json, "seconds");
  return epoch;
}

}  // namespace lodestone::pages
