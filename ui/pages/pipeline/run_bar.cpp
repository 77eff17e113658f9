// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/run_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kParts = 1000;

}  // namespace

RunBar::RunBar(QAction* pause, QAction* cancel, QWidget* parent)
    : QWidget(parent),
      words_(theme::label(theme::Role::Body, this)),
      device_(theme::label(theme::Role::Caption, this)),
      bar_(new QProgressBar(this)),
      pause_(new QToolButton(this)),
      cancel_(new QToolButton(this)) {
  setObjectName("run_bar");
  words_->setObjectName("run_bar_words");
  words_->setMinimumWidth(1);  // gives way; the tooltip has all of it
  device_->setObjectName("run_bar_device");
  bar_->setObjectName("run_bar_progress");
  bar_->setRange(0, kParts);
  bar_->setTextVisible(false);
  for (const auto& [button, action] : {std::pair{pause_, pause}, std::pair{cancel_, cancel}}) {
    button->setObjectName("run_bar_" + action->objectName());
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
  }
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(theme::kSpace3, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  row->setSpacing(theme::kSpace3);
  row->addWidget(words_, 3);
  row->addWidget(bar_, 2);
  row->addWidget(device_);
  row->addWidget(pause_);
  row->addWidget(cancel_);
  words::say(this, [this] { showTexts(); });
  hide();
}

void RunBar::showProgress(const RunProgress& progress) {
  progress_ = progress;
  showTexts();
}

void RunBar::showTexts() {
  bar_->setAccessibleName(tr("Progress of the run"));
  bar_->setValue(static_cast<int>(std::lround(progress_.fraction * kParts)));
  QStringList parts;
  if (progress_.steps == 0) {
    parts << tr("Preparing the run");
  } else {
    if (!progress_.nodes.isEmpty()) parts << progress_.nodes;
    parts << tr("%1 of %2 stages done").arg(words::count(progress_.done), words::count(progress_.steps));
    if (progress_.cycles > 1)
      parts
          << tr("round %1 of %2 at most").arg(words::count(progress_.cycle), words::count(progress_.cycles));
  }
  if (progress_.paused)
    parts << tr("paused");
  else if (progress_.remaining_seconds)
    parts << tr("%1 left").arg(words::duration(*progress_.remaining_seconds));
  const QString all = parts.join(QStringLiteral(" · "));
  words_->setText(all);
  words_->setToolTip(all);
  bar_->setAccessibleDescription(all);
  device_->setText(progress_.device);
  device_->setToolTip(tr("Where models are trained in this run"));
  device_->setVisible(!progress_.device.isEmpty());
}

}  // namespace lodestone::pages
