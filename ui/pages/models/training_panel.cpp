// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/training_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/pages/models/epoch_charts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kProgressSteps = 1000;

QToolButton* buttonOf(QAction* action, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(action->objectName() + "_button");
  button->setProperty("kind", "button");
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setDefaultAction(action);
  return button;
}

}  // namespace

TrainingPanel::TrainingPanel(QAction* pause, QAction* cancel, QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Section, this)),
      badge_(new widgets::StateBadge(this)),
      epoch_(theme::label(theme::Role::Body, this)),
      remaining_(theme::label(theme::Role::Caption, this)),
      device_label_(theme::label(theme::Role::Caption, this)),
      progress_(new QProgressBar(this)),
      notice_(new widgets::Notice(this)),
      charts_(new EpochCharts(this)) {
  setObjectName("training_panel");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace2);
  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace2);
  title_->setMinimumWidth(0);
  head->addWidget(title_, 1);
  head->addWidget(buttonOf(pause, this));
  head->addWidget(buttonOf(cancel, this));
  column->addLayout(head);
  auto* line = new QHBoxLayout;
  line->setSpacing(theme::kSpace3);
  line->addWidget(badge_);
  line->addWidget(epoch_);
  line->addWidget(remaining_);
  line->addStretch(1);
  line->addWidget(device_label_);
  column->addLayout(line);
  epoch_->setObjectName("training_epoch");
  remaining_->setObjectName("training_remaining");
  device_label_->setObjectName("training_device");
  progress_->setObjectName("training_progress");
  progress_->setRange(0, kProgressSteps);
  progress_->setTextVisible(false);
  column->addWidget(progress_);
  column->addWidget(notice_);
  column->addWidget(charts_, 1);
  charts_->setObjectName("training_charts");
  words::say(this, [this] {
    showTexts();
    if (notice_->isVisibleTo(this)) sayFallback();  // not once it was dismissed
  });
}

void TrainingPanel::begin(const QString& title, int epochs) {
  what_ = title;
  wanted_epochs_ = epochs;
  job_ = {};
  device_.reset();
  notice_->clear();
  charts_->setEpochs({});
  progress_->setValue(0);
  showTexts();
}

void TrainingPanel::setTitle(const QString& title) {
  what_ = title;
  showTexts();
}

void TrainingPanel::take(const TrainingFeed::News& news) {
  if (news.device) {
    device_ = news.device;
    sayFallback();
  }
  for (const learn::Epoch& epoch : news.epochs) charts_->append(epoch);
  if (news.device || !news.epochs.empty()) showTexts();
}

void TrainingPanel::showJob(const jobs::JobView& job) {
  job_ = job;
  showTexts();
}

int TrainingPanel::epochs() const {
  return charts_->count();
}

void TrainingPanel::showTexts() {
  title_->setText(what_);
  title_->setToolTip(what_);
  using State = jobs::JobView::State;
  const bool held = job_.state == State::Paused;
  const widgets::State state = job_.state == State::Queued ? widgets::State::Queued
                               : held                      ? widgets::State::Paused
                                                           : widgets::State::Running;
  badge_->setState(state, words::percent(job_.fraction, 0));
  progress_->setValue(static_cast<int>(std::lround(job_.fraction * kProgressSteps)));
  progress_->setAccessibleName(tr("Progress of the training"));
  const int epochs = charts_->count();
  if (epochs == 0)
    epoch_->setText(job_.what);
  else if (wanted_epochs_ == 0)
    epoch_->setText(tr("Epoch %1").arg(words::count(epochs)));
  else if (epochs < wanted_epochs_)
    epoch_->setText(tr("Epoch %1 of %2").arg(words::count(epochs), words::count(wanted_epochs_)));
  else
    epoch_->setText(tr("All %1 epochs done: %2").arg(words::count(epochs), job_.what));
  if (job_.state == State::Stopping)
    remaining_->setText(tr("stopping…"));
  else if (job_.remaining_seconds && !held)
    remaining_->setText(tr("about %1 left").arg(words::duration(*job_.remaining_seconds)));
  else
    remaining_->clear();
  charts_->setEmptyText(tr("The curves begin with the first epoch."));
  if (!device_) return device_label_->clear();
  device_label_->setText(tr("on %1").arg(words::toQt(device_->name)));
}

void TrainingPanel::sayFallback() {
  if (device_ && device_->fallback)
    notice_->showText(widgets::Notice::Kind::Warning, words::said(*device_->fallback, device_->args));
}

}  // namespace lodestone::pages
