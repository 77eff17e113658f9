// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_card.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "core/campaign/wording.h"
#include "ui/charts/charts.h"
#include "ui/pages/strategies/labels.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

/// Text in a card lets a press through to the card.
QLabel* quietLabel(theme::Role role, QWidget* parent, const QString& name) {
  QLabel* label = theme::label(role, parent);
  label->setObjectName(name);
  label->setTextInteractionFlags(Qt::NoTextInteraction);
  return label;
}

}  // namespace

StrategyCard::StrategyCard(QWidget* parent)
    : Card(parent),
      number_(quietLabel(theme::Role::Caption, this, "cardNumber")),
      fresh_(quietLabel(theme::Role::Body, this, "cardFresh")),
      state_(new widgets::StateBadge(this)),
      title_(wrapped(quietLabel(theme::Role::Body, this, "cardTitle"))),
      audience_(wrapped(quietLabel(theme::Role::Caption, this, "cardAudience"))),
      offer_(wrapped(quietLabel(theme::Role::Body, this, "cardOffer"))),
      timing_(wrapped(quietLabel(theme::Role::Caption, this, "cardTiming"))),
      cost_(quietLabel(theme::Role::Body, this, "cardCost")),
      no_evidence_(wrapped(quietLabel(theme::Role::Caption, this, "cardNoEvidence"))) {
  setPressable(true);
  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace2);
  head->addWidget(number_);
  head->addWidget(fresh_);
  head->addStretch();
  head->addWidget(state_);
  body()->addLayout(head);
  state_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  body()->addWidget(strong(title_));
  addFacts();
  addMetrics();
  addChecks();
  theme::paintWith(this, [this] {
    QPalette palette = fresh_->palette();
    palette.setColor(QPalette::WindowText, theme::tokens().accent);
    fresh_->setPalette(palette);
  });
  fresh_->setFont(theme::font(theme::Role::Caption));
  fresh_->hide();
  words::say(this, [this] { showTexts(); });
}

void StrategyCard::addFacts() {
  auto* facts = new QVBoxLayout;
  facts->setSpacing(theme::kSpace1);
  facts->addWidget(audience_);
  auto* offer = new QHBoxLayout;
  offer->setSpacing(theme::kSpace2);
  offer->addWidget(offer_, 1, Qt::AlignBottom);
  offer->addWidget(cost_, 0, Qt::AlignBottom);
  facts->addLayout(offer);
  facts->addWidget(timing_);
  body()->addLayout(facts);
}

void StrategyCard::addMetrics() {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(theme::kSpace2);
  grid->setVerticalSpacing(0);
  grid->setColumnStretch(0, 1);
  for (std::size_t i = 0; i < metrics_.size(); ++i) {
    MetricRow& row = metrics_[i];
    row.name = quietLabel(theme::Role::Caption, this, "cardMetricName");
    row.value = quietLabel(theme::Role::Body, this, QString("cardValue%1").arg(i));
    row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.interval = quietLabel(theme::Role::Caption, this, QString("cardInterval%1").arg(i));
    row.interval->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.dot = new charts::IntervalDot(this);
    row.dot->setObjectName(QString("cardDot%1").arg(i));
    row.dot->setAttribute(Qt::WA_TransparentForMouseEvents);
    const int line = static_cast<int>(i) * 3;
    auto* words = new QHBoxLayout;
    words->setSpacing(theme::kSpace2);
    words->addWidget(row.name);
    words->addStretch();
    words->addWidget(row.value);
    words->addWidget(row.interval);
    grid->addLayout(words, line, 0);
    grid->addWidget(row.dot, line + 1, 0);
    grid->setRowMinimumHeight(line + 2, theme::kSpace1);
  }
  body()->addLayout(grid);
  body()->addWidget(no_evidence_);
}

void StrategyCard::addChecks() {
  body()->addStretch();
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace3);
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    checks_[i] = new VerdictMark(kVerdicts[i], this);
    checks_[i]->setObjectName(QString("cardChecks%1").arg(i));
    row->addWidget(checks_[i]);
  }
  row->addStretch();
  body()->addLayout(row);
}

void StrategyCard::setStrategy(const project::StrategyVersion& strategy, const SharedAxes& axes) {
  const bool same = strategy.id == strategy_.id && strategy.version == strategy_.version &&
                    strategy.state == strategy_.state && strategy.content_hash == strategy_.content_hash &&
                    strategy.decided_by == strategy_.decided_by && axes == axes_;
  if (same) return;  // a search or a new order changes nothing in the card
  id_ = words::toQt(strategy.id);
  setObjectName("card-" + id_);
  strategy_ = strategy;
  axes_ = axes;
  showTexts();
}

void StrategyCard::setFresh(bool fresh) {
  fresh_->setVisible(fresh);
}

void StrategyCard::showTexts() {
  if (id_.isEmpty()) return;
  const Json& content = strategy_.content;
  number_->setText(tr("%1 · version %2").arg(id_).arg(strategy_.version));
  fresh_->setText(tr("New"));
  state_->setState(widgets::stateOf(strategy_.state), strategy_.state == project::StrategyState::Approved
                                                          ? words::toQt(strategy_.decided_by)
                                                          : QString());
  title_->setText(StrategyWords::title(strategy_));
  audience_->setText(tr("%1: %2").arg(StrategyWords::size(content), StrategyWords::rule(content)));
  offer_->setText(tr("%1 · %2").arg(StrategyWords::offer(content), StrategyWords::channel(content)));
  timing_->setText(StrategyWords::timing(content));
  cost_->setText(StrategyWords::cost(content));
  cost_->setToolTip(tr("Planned cost"));
  for (std::size_t i = 0; i < metrics_.size(); ++i) showMetric(i);
  const Estimate extra = estimateOf(content, Metric::IncrementalConversions);
  const Estimate revenue = estimateOf(content, Metric::Revenue);
  const Estimate& reason = extra.value ? revenue : extra;
  no_evidence_->setVisible(!reason.value);
  no_evidence_->setText(reason.value ? QString() : StrategyWords::noEvidence(reason));
  const auto counts = countChecks(content);
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    checks_[i]->setText(tr("%1 %2").arg(words::count(counts[i]), StrategyWords::verdict(kVerdicts[i])));
    checks_[i]->setVisible(counts[i] > 0);
  }
  setAccessibleName(tr("%1, %2, %3").arg(id_, title_->text(), StrategyWords::state(strategy_.state)));
  setAccessibleDescription(tr("%1. Cost %2. Extra conversions: %3")
                               .arg(audience_->text(), cost_->text(),
                                    StrategyWords::estimate(Metric::IncrementalConversions, extra,
                                                            StrategyWords::currency(content))));
}

void StrategyCard::showMetric(std::size_t index) {
  MetricRow& row = metrics_[index];
  const Metric metric = kMetrics[index];
  const QString currency = StrategyWords::currency(strategy_.content);
  const Estimate estimate = estimateOf(strategy_.content, metric);
  row.name->setText(StrategyWords::metric(metric));
  row.value->setText(estimate.value ? StrategyWords::figure(metric, *estimate.value, currency)
                                    : tr("no evidence"));
  // The currency stands beside it already, and the card is narrow.
  row.interval->setText(estimate.value ? StrategyWords::interval(metric, estimate, {}) : QString());
  row.interval->setVisible(estimate.value.has_value());
  row.dot->setVisible(estimate.value.has_value());
  row.dot->setInterval(estimate.value, estimate.low, estimate.high, axes_[index].first, axes_[index].second);
  const QString told =
      tr("%1: %2").arg(StrategyWords::metric(metric), StrategyWords::estimate(metric, estimate, currency));
  row.dot->setAccessibleName(told);
  for (QLabel* label : {row.name, row.value, row.interval}) label->setToolTip(told);
}

}  // namespace lodestone::pages
