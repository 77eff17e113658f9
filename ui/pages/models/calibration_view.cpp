// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/calibration_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/charts/charts.h"
#include "ui/pages/models/model_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

CalibrationView::CalibrationView(QWidget* parent)
    : QWidget(parent), protocol_(theme::label(theme::Role::Body, this)), chart_(new charts::LineChart(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, theme::kSpace3, theme::kSpace2, theme::kSpace3);
  column->setSpacing(theme::kSpace3);
  protocol_->setWordWrap(true);
  column->addWidget(protocol_);
  chart_->setObjectName("calibration_chart");
  column->addWidget(chart_, 1);
  words::say(this, [this] { show(); });
}

void CalibrationView::setModel(const ModelDataPointer& model) {
  data_ = model;
  show();
}

void CalibrationView::show() {
  if (!data_) return;
  protocol_->setText(protocol(data_->record));
  charts::LineSeries line;
  line.name = tr("Model");
  line.markers = true;
  for (const learn::CalibrationBin& bin : data_->calibration) {
    line.x.push_back(bin.predicted);
    line.y.push_back(bin.observed);
  }
  chart_->setTitle(tr("Calibration"));
  chart_->setEmptyText(data_->held_out_problem ? words::said(*data_->held_out_problem)
                                               : tr("There are no held-out rows to draw it from."));
  chart_->setAxes({tr("Predicted share"), 0, 1, true}, {tr("What happened"), 0, 1, true});
  chart_->setReference(charts::Reference::Diagonal, 0, tr("right"));
  chart_->setSeries(line.x.isEmpty() ? std::vector<charts::LineSeries>()
                                     : std::vector<charts::LineSeries>{line});
  chart_->setSummary(
      line.x.isEmpty()
          ? QString()
          : tr("Ten groups of equal size; on the dotted line the scores are right. They are off by %1 on "
               "average.")
                .arg(words::percent(data_->calibration_error, 1)));
}

}  // namespace lodestone::pages
