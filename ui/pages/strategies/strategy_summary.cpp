// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_summary.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSet>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/campaign/wording.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::StrategyState;

StrategySummary::StrategySummary(QWidget* parent) : QWidget(parent) {
  setObjectName("strategySummary");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace5);
  const std::array names{"summaryCount", "summaryCost", "summaryProfit", "summaryWaiting"};
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    auto* cell = new QVBoxLayout;
    cell->setSpacing(0);
    cell->addStretch();  // Chinese lines are higher: the captions stand on one line
    figures_[i] = {theme::label(theme::Role::Section, this), theme::label(theme::Role::Caption, this)};
    figures_[i].value->setObjectName(names[i]);
    figures_[i].caption->setObjectName(QString(names[i]) + "Caption");
    cell->addWidget(figures_[i].value);
    cell->addWidget(figures_[i].caption);
    row->addLayout(cell);
  }
  row->addStretch();
  words::say(this, [this] { showTexts(); });
}

void StrategySummary::setStrategies(const std::vector<project::StrategyVersion>& strategies) {
  strategies_ = strategies;
  showTexts();
}

void StrategySummary::showTexts() {
  std::int64_t drafts = 0;
  std::int64_t waiting = 0;
  double cost = 0;
  QString currency;
  for (const auto& strategy : strategies_) {
    drafts += strategy.state == StrategyState::Draft ? 1 : 0;
    waiting += strategy.state == StrategyState::InReview ? 1 : 0;
    currency = StrategyWords::currency(strategy.content);
    const double each = words::figure(strategy.content, "cost");
    if (strategy.state != StrategyState::Rejected && std::isfinite(each)) cost += each;
  }
  figures_[0].value->setText(words::count(static_cast<std::int64_t>(strategies_.size())));
  figures_[0].caption->setText(tr("strategies, %1 drafts").arg(words::count(drafts)));
  figures_[1].value->setText(words::money(cost, currency));
  figures_[1].caption->setText(tr("planned cost"));
  figures_[1].caption->setToolTip(tr("Without the rejected ones."));
  showProfit();
  figures_[3].value->setText(words::count(waiting));
  figures_[3].caption->setText(tr("waiting for review"));
}

void StrategySummary::showProfit() {
  double profit = 0;
  int told = 0;
  int asked = 0;
  QString currency;
  QSet<QString> audiences;
  bool twice = false;
  for (const auto& strategy : strategies_) {
    if (strategy.state == StrategyState::Rejected) continue;
    ++asked;
    currency = StrategyWords::currency(strategy.content);
    const QString members =
        words::toQt(campaign::textField(campaign::field(strategy.content, "audience"), "members_hash"));
    twice = twice || (!members.isEmpty() && audiences.contains(members));
    audiences.insert(members);
    if (const auto each = predictedProfit(strategy.content)) {
      profit += *each;
      ++told;
    }
  }
  // Interval ends do not add up, so none is written beside the sum.
  figures_[2].value->setText(told > 0 ? tr("about %1").arg(words::signedMoney(profit, currency))
                                      : tr("not known"));
  QString caption =
      tr("predicted extra profit, evidence for %1 of %2").arg(words::count(told), words::count(asked));
  if (twice) caption += tr("; some reach the same customers");
  figures_[2].caption->setText(caption);
  const QString care =
      tr("The sum of what each strategy promises by itself (return on investment times what is spent), "
         "without the "
         "rejected ones and those without evidence. Where two reach the same customers it counts them twice. "
         "See each "
         "interval before relying on it.");
  figures_[2].value->setToolTip(care);
  figures_[2].caption->setToolTip(care);
}

}  // namespace lodestone::pages
