// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_inspector.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/pages/strategies/evidence_view.h"
#include "ui/pages/strategies/labels.h"
#include "ui/pages/strategies/name_prompt.h"
#include "ui/pages/strategies/strategy_form.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/pages/strategies/versions_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::StrategyState;

namespace {

QWidget* inset(QWidget* content) {
  auto* room = new QWidget;
  auto* layout = new QVBoxLayout(room);
  layout->setContentsMargins(0, 0, theme::kSpace4, 0);
  layout->addWidget(content);
  return room;
}

}  // namespace

StrategyInspector::StrategyInspector(QWidget* parent)
    : QWidget(parent),
      stack_(new QStackedWidget(this)),
      nothing_(new widgets::EmptyState("strategies")),
      number_(theme::label(theme::Role::Caption)),
      state_(new widgets::StateBadge),
      title_(theme::label(theme::Role::Section)),
      locked_(theme::label(theme::Role::Caption)),
      notice_(new widgets::Notice),
      name_prompt_(new NamePrompt),
      submit_(new QPushButton),
      review_(new QPushButton),
      tabs_(new QTabWidget),
      form_(new StrategyForm),
      evidence_(new EvidenceView),
      history_(new VersionsView) {
  setObjectName("strategyInspector");
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, 0, 0);
  column->setSpacing(theme::kSpace2);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(0, 0, theme::kSpace4, 0);
  head->addWidget(number_);
  head->addStretch();
  state_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  head->addWidget(state_);
  column->addLayout(head);
  auto* above = new QVBoxLayout;
  above->setContentsMargins(0, 0, theme::kSpace4, 0);
  above->setSpacing(theme::kSpace2);
  title_->setObjectName("inspectorTitle");
  locked_->setObjectName("inspectorLocked");
  notice_->setObjectName("inspectorNotice");
  submit_->setObjectName("submitStrategy");
  review_->setObjectName("openInReview");
  for (QLabel* label : {title_, locked_}) {
    above->addWidget(wrapped(label));
  }
  above->addWidget(notice_);
  above->addWidget(name_prompt_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(theme::kSpace2);
  buttons->addWidget(submit_);
  buttons->addWidget(review_);
  buttons->addStretch();
  above->addLayout(buttons);
  column->addLayout(above);
  tabs_->setObjectName("inspectorTabs");
  words::say(tabs_, [this] { tabs_->setAccessibleName(tr("Parts of the strategy")); });
  tabs_->addTab(widgets::scrolled(inset(form_), "planScroll"), QString());
  tabs_->addTab(widgets::scrolled(inset(evidence_), "evidenceScroll"), QString());
  tabs_->addTab(widgets::scrolled(inset(history_), "historyScroll"), QString());
  column->addWidget(tabs_, 1);
  stack_->addWidget(nothing_);
  stack_->addWidget(content);
  connect(submit_, &QPushButton::clicked, this, &StrategyInspector::submitPressed);
  connect(review_, &QPushButton::clicked, this, &StrategyInspector::reviewPressed);
  words::say(this, [this] { showTexts(); });
}

void StrategyInspector::setCatalogue(const campaign::Catalogue& catalogue) {
  form_->setCatalogue(catalogue);
}

void StrategyInspector::setStrategy(const std::optional<project::StrategyVersion>& strategy) {
  const bool other =
      strategy.has_value() != strategy_.has_value() || (strategy && strategy->id != strategy_->id);
  strategy_ = strategy;
  if (other) {
    notice_->clear();
    name_prompt_->hide();
    history_->setHistory({});
  }
  if (strategy_) {
    form_->setStrategy(*strategy_);
    evidence_->setStrategy(*strategy_);
  }
  showTexts();
}

void StrategyInspector::setHistory(const StrategyHistory& history) {
  history_->setHistory(history);
}

void StrategyInspector::setBusy(bool busy) {
  busy_ = busy;
  showTexts();
}

void StrategyInspector::editNow() {
  if (!strategy_) return;
  tabs_->setCurrentIndex(0);
  form_->focusFirst();
}

QString StrategyInspector::submitProblem() const {
  if (!strategy_) return tr("Select a strategy first.");
  if (busy_) return tr("%1 is being worked out anew. Wait a moment.").arg(words::toQt(strategy_->id));
  switch (strategy_->state) {
    case StrategyState::Draft:
    case StrategyState::ChangesRequested:
      return {};
    case StrategyState::InReview:
      return tr("%1 is in review already.").arg(words::toQt(strategy_->id));
    case StrategyState::Rejected:
      return tr("%1 was rejected. Edit it to make a new draft.").arg(words::toQt(strategy_->id));
    case StrategyState::Approved:
    case StrategyState::Exported:
    case StrategyState::Measured:
      break;
  }
  return tr("%1 is approved already.").arg(words::toQt(strategy_->id));
}

void StrategyInspector::showTexts() {
  nothing_->setTexts(tr("No strategy selected"), tr("Select one to see its evidence and to change it."));
  tabs_->setTabText(0, tr("Plan"));
  tabs_->setTabText(1, tr("Evidence"));
  tabs_->setTabText(2, tr("History"));
  submit_->setText(tr("Send to review"));
  review_->setText(tr("Open in Review"));
  widgets::enableOrSay(submit_, {});
  submit_->setToolTip(tr("Hands this draft to another person to decide on (Ctrl+Return)"));
  review_->setToolTip(tr("Shows it as a document, with comments, decision and export (Ctrl+R)"));
  stack_->setCurrentIndex(strategy_ ? 1 : 0);
  if (!strategy_) return;
  number_->setText(tr("%1 · version %2").arg(words::toQt(strategy_->id)).arg(strategy_->version));
  state_->setState(widgets::stateOf(strategy_->state));
  title_->setText(StrategyWords::title(*strategy_));
  const bool in_review = strategy_->state == StrategyState::InReview;
  const QString reason =
      tr("%1 was sent to review by %2 and is locked until it is decided. The reviewer can request changes.")
          .arg(words::toQt(strategy_->id), words::toQt(strategy_->submitted_by));
  locked_->setVisible(in_review);
  locked_->setText(in_review ? reason : QString());
  form_->setLocked(in_review ? reason : QString());
  const QString problem = submitProblem();
  widgets::enableOrSay(submit_, problem);
  // One primary button: the step that comes next.
  submit_->setProperty("kind", problem.isEmpty() ? "primary" : "");
  review_->setProperty("kind", problem.isEmpty() ? "" : "primary");
  for (QPushButton* button : {submit_, review_}) {
    button->style()->unpolish(button);
    button->style()->polish(button);
  }
}

}  // namespace lodestone::pages
