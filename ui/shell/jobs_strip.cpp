// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::shell {

using jobs::JobView;

JobsStrip::JobsStrip(jobs::Jobs& jobs, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      icon_(new QLabel(this)),
      title_(theme::label(theme::Role::Body, this)),
      what_(theme::label(theme::Role::Caption, this)),
      bar_(new QProgressBar(this)),
      figures_(theme::label(theme::Role::Caption, this)),
      pause_(new QToolButton(this)),
      cancel_(new QPushButton(this)),
      others_(new QToolButton(this)),
      row_(new QHBoxLayout(this)) {
  setObjectName("jobsStrip");
  setProperty("surface", "panel");
  setAttribute(Qt::WA_StyledBackground);
  setMinimumHeight(34);
  row_->setContentsMargins(theme::kSpace4, 2, theme::kSpace2, 2);
  row_->setSpacing(theme::kSpace2);
  bar_->setRange(0, 1000);
  bar_->setFixedWidth(160);
  bar_->setTextVisible(false);
  what_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  for (QWidget* each : std::initializer_list<QWidget*>{icon_, title_}) row_->addWidget(each);
  row_->addWidget(what_, 1);
  for (QWidget* each : std::initializer_list<QWidget*>{bar_, figures_, pause_, cancel_, others_})
    row_->addWidget(each);
  title_->setObjectName("jobTitle");
  what_->setObjectName("jobWhat");
  bar_->setObjectName("jobProgress");
  figures_->setObjectName("jobFigures");
  pause_->setObjectName("jobPause");
  cancel_->setObjectName("jobCancel");
  others_->setObjectName("jobOthers");
  pause_->setIcon(theme::icon("pause"));
  cancel_->setProperty("kind", "flat");
  others_->setPopupMode(QToolButton::InstantPopup);
  others_->setMenu(new QMenu(others_));
  connect(others_->menu(), &QMenu::aboutToShow, this, &JobsStrip::showOthers);
  connect(cancel_, &QPushButton::clicked, this, [this] { jobs_.cancel(current_); });
  connect(pause_, &QToolButton::clicked, this, [this] {
    const JobView* job = jobs_.view(current_);
    if (job == nullptr) return;
    if (job->state == JobView::State::Paused)
      jobs_.resume(current_);
    else
      jobs_.pause(current_);
  });
  connect(&jobs_, &jobs::Jobs::shownCountChanged, this, &JobsStrip::refresh);
  connect(&jobs_, &jobs::Jobs::dataChanged, this, &JobsStrip::refresh);
  connect(&theme::notifier(), &theme::Notifier::changed, this, &JobsStrip::refresh);
  words::say(this, [this] {
    setAccessibleName(tr("Running work"));
    bar_->setAccessibleName(tr("Progress"));
    refresh();
  });
}

void JobsStrip::addTool(QWidget* tool) {
  row_->addWidget(tool);
}

void JobsStrip::refresh() {
  const int count = jobs_.shownCount();
  // The one that runs is shown; what waits behind it can wait in the menu.
  current_ = 0;
  for (int row = 0; row < count; ++row) {
    const auto view = jobs_.index(row).data(jobs::Jobs::ViewRole).value<JobView>();
    if (current_ == 0 || view.state != JobView::State::Queued) current_ = view.id;
    if (view.state != JobView::State::Queued) break;
  }
  const JobView* job = jobs_.view(current_);
  const bool idle = job == nullptr;
  for (QWidget* each : std::initializer_list<QWidget*>{bar_, figures_, cancel_}) each->setVisible(!idle);
  pause_->setVisible(!idle && job->pausable);
  others_->setVisible(count > 1);
  others_->setText(tr("+%1 more").arg(count - 1));
  if (idle) {
    icon_->setPixmap(theme::pixmap("state-done", theme::tokens().text2, 16, devicePixelRatioF()));
    title_->setText(tr("Nothing is running"));
    what_->clear();
    return;
  }
  const bool paused = job->state == JobView::State::Paused;
  const bool stopping = job->state == JobView::State::Stopping;
  const auto state = paused                                 ? widgets::State::Paused
                     : job->state == JobView::State::Queued ? widgets::State::Queued
                                                            : widgets::State::Running;
  icon_->setPixmap(
      theme::pixmap(widgets::stateIcon(state), widgets::stateColour(state), 16, devicePixelRatioF()));
  title_->setText(job->title);
  what_->setText(stopping                               ? tr("stopping…")
                 : paused                               ? tr("paused")
                 : job->state == JobView::State::Queued ? tr("waiting")
                                                        : job->what);
  bar_->setRange(0, job->fraction > 0 ? 1000 : 0);  // 0 to 0: busy, nobody knows how long
  bar_->setValue(static_cast<int>(job->fraction * 1000));
  QStringList figures;
  if (job->fraction > 0) figures << words::percent(job->fraction, 0);
  if (job->remaining_seconds && !paused && !stopping)
    figures << tr("%1 left").arg(words::duration(*job->remaining_seconds));
  if (!job->device.isEmpty()) figures << job->device;
  figures_->setText(figures.join(" · "));
  pause_->setIcon(theme::icon(paused ? "play" : "pause"));
  pause_->setToolTip(paused ? tr("Go on") : tr("Pause"));
  pause_->setAccessibleName(pause_->toolTip());
  cancel_->setText(tr("Cancel"));
  cancel_->setToolTip(tr("Stop it; nothing is left half done"));
  cancel_->setEnabled(!stopping);
}

void JobsStrip::showOthers() {
  QMenu* menu = others_->menu();
  menu->clear();
  for (int row = 0; row < jobs_.shownCount(); ++row) {
    const auto view = jobs_.index(row).data(jobs::Jobs::ViewRole).value<JobView>();
    if (view.id == current_) continue;
    menu->addAction(theme::icon("cancel"), tr("Cancel “%1”").arg(view.title), this,
                    [this, id = view.id] { jobs_.cancel(id); });
  }
}

}  // namespace lodestone::shell
