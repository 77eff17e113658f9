// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/model_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/pages/models/calibration_view.h"
#include "ui/pages/models/epoch_charts.h"
#include "ui/pages/models/model_words.h"
#include "ui/pages/models/quality_view.h"
#include "ui/pages/models/rows_view.h"
#include "ui/pages/models/threshold_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

ModelView::ModelView(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Section, this)),
      badge_(new widgets::StateBadge(this)),
      notice_(new widgets::Notice(this)),
      tabs_(new QTabWidget(this)),
      quality_(new QualityView(this)),
      threshold_(new ThresholdView(this)),
      calibration_(new CalibrationView(this)),
      curves_(new EpochCharts(this)),
      rows_(new RowsView(studio, this)) {
  setObjectName("model_view");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace2);
  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace3);
  title_->setObjectName("model_title");
  title_->setMinimumWidth(0);
  head->addWidget(title_, 1);
  head->addWidget(badge_);
  column->addLayout(head);
  column->addWidget(notice_);
  column->addWidget(tabs_, 1);
  tabs_->setObjectName("model_tabs");
  words::say(tabs_, [this] { tabs_->setAccessibleName(tr("Parts of the evaluation")); });
  tabs_->tabBar()->setExpanding(false);
  tabs_->tabBar()->setDrawBase(false);
  quality_tab_ = widgets::scrolled(quality_, "quality");
  threshold_tab_ = widgets::scrolled(threshold_, "threshold");
  calibration_->setObjectName("calibration");
  curves_->setObjectName("curves");
  curves_->layout()->setContentsMargins(0, theme::kSpace3, 0, 0);
  rows_->setObjectName("rows");
  for (QWidget* tab : {quality_tab_, threshold_tab_, static_cast<QWidget*>(calibration_),
                       static_cast<QWidget*>(curves_), static_cast<QWidget*>(rows_)})
    tabs_->addTab(tab, QString());
  connect(tabs_, &QTabWidget::tabBarClicked, this, [this](int at) {
    if (at >= 0 && tabs_->isTabEnabled(at)) wanted_tab_ = tabs_->widget(at)->objectName();
  });
  connect(tabs_, &QTabWidget::currentChanged, this, [this](int at) {
    // By keyboard; not when a training without the tab took it away.
    if (at >= 0 && tabs_->tabBar()->hasFocus()) wanted_tab_ = tabs_->widget(at)->objectName();
  });
  words::say(this, [this] { showTexts(); });
}

void ModelView::setModel(const ModelDataPointer& model) {
  data_ = model;
  quality_->setModel(model);
  threshold_->setModel(model);
  calibration_->setModel(model);
  rows_->setModel(model);
  std::vector<learn::Epoch> epochs;
  if (model)
    for (const Json& epoch : model->epochs) epochs.push_back(epochOf(epoch));
  curves_->setEpochs(epochs);
  showState();
  showTexts();
}

void ModelView::showState() {
  if (!data_) return;
  const bool done = data_->record.state == project::TrainingState::Done;
  for (int at = 0; at < tabs_->count(); ++at) tabs_->setTabEnabled(at, done || tabs_->widget(at) == curves_);
  for (int at = 0; at < tabs_->count(); ++at)
    if (tabs_->isTabEnabled(at) && tabs_->widget(at)->objectName() == wanted_tab_) tabs_->setCurrentIndex(at);
}

void ModelView::showTexts() {
  const std::pair<QWidget*, QString> titles[] = {{quality_tab_, tr("Quality")},
                                                 {threshold_tab_, tr("Threshold")},
                                                 {calibration_, tr("Calibration")},
                                                 {curves_, tr("Curves")},
                                                 {rows_, tr("Rows")}};
  for (const auto& [tab, title] : titles) {
    const int at = tabs_->indexOf(tab);
    tabs_->setTabText(at, title);
    tabs_->setTabToolTip(at, tabs_->isTabEnabled(at)
                                 ? QString()
                                 : tr("This training did not get to its end, so it has no figures."));
  }
  curves_->setEmptyText(
      tr("There are no epochs: this kind of model is made in one step, or the training ended before "
         "its first one."));
  if (!data_) return;
  const project::ModelRecord& record = data_->record;
  title_->setText(tr("%1 · %2 · %3 of %4")
                      .arg(words::toQt(record.id), typeTitle(record.type), words::toQt(record.target),
                           words::toQt(record.table)));
  title_->setToolTip(title_->text());
  badge_->setState(trainingState(record.state));
  notice_->clear();
  const QString why = words::toQt(record.message);
  if (record.state == project::TrainingState::Failed && !why.isEmpty())
    notice_->showText(widgets::Notice::Kind::Failure, why);
  else if (record.state == project::TrainingState::Interrupted)
    notice_->showText(
        widgets::Notice::Kind::Warning,
        tr("The program ended while this was training. Its epochs are kept; train again for a model."));
  else if (record.state == project::TrainingState::Cancelled)
    notice_->showText(widgets::Notice::Kind::Info,
                      tr("This training was cancelled. Its epochs are kept; train again for a model."));
}

}  // namespace lodestone::pages
