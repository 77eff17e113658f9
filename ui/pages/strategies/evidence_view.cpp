// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/evidence_view.h"

#include <QLabel>
#include <QVBoxLayout>
#include <cmath>

#include "core/campaign/wording.h"
#include "ui/pages/strategies/labels.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using campaign::countField;
using campaign::field;
using campaign::textField;

namespace {

QLabel* wrapping(theme::Role role, QWidget* parent, const QString& text) {
  return wrapped(theme::label(role, parent, text));
}

}  // namespace

EvidenceView::EvidenceView(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  setObjectName("strategyEvidence");
  column_->setContentsMargins(0, theme::kSpace2, 0, theme::kSpace2);
  column_->setSpacing(theme::kSpace2);
  words::say(this, [this] { showTexts(); });
}

void EvidenceView::setStrategy(const project::StrategyVersion& strategy) {
  strategy_ = strategy;
  showTexts();
}

void EvidenceView::showTexts() {
  widgets::clearLayout(column_);
  if (strategy_.id.empty()) return;
  showPromises(strategy_.content);
  showChecks(strategy_.content);
  showEvidence(strategy_.content);
  column_->addStretch();
}

void EvidenceView::addSection(const QString& title) {
  if (column_->count() > 0) column_->addSpacing(theme::kSpace2);
  column_->addWidget(strong(theme::label(theme::Role::Body, this, title)));
}

void EvidenceView::addPair(const QString& name, const QString& text) {
  auto* cell = new QVBoxLayout;
  cell->setSpacing(0);
  cell->addWidget(wrapping(theme::Role::Caption, this, name));
  cell->addWidget(wrapping(theme::Role::Body, this, text));
  column_->addLayout(cell);
}

void EvidenceView::addSentence(const QString& text) {
  if (!text.isEmpty()) column_->addWidget(wrapping(theme::Role::Body, this, text));
}

void EvidenceView::showPromises(const Json& content) {
  addSection(tr("What it promises"));
  const QString currency = StrategyWords::currency(content);
  for (const Metric metric : kMetrics)
    addPair(StrategyWords::metric(metric),
            StrategyWords::estimate(metric, estimateOf(content, metric), currency));
  const Json& parts = field(content, "cost_parts");
  const auto part = [&](const char* key) {
    const double value = words::figure(parts, key);
    return std::isfinite(value) ? words::money(value, currency) : tr("not known");
  };
  addPair(tr("Planned cost"),
          tr("%1: contacts %2, redemptions %3; discounts given beside it %4")
              .arg(StrategyWords::cost(content), part("contacts"), part("redemptions"), part("discounts")));
  const QString left_out = StrategyWords::leftOut(content);
  addPair(tr("Audience"), left_out.isEmpty() ? StrategyWords::size(content)
                                             : tr("%1; %2").arg(StrategyWords::size(content), left_out));
  const Json& method = field(field(field(content, "predicted"), "conversions"), "method");
  if (!method.is_null()) addPair(tr("How the intervals are made"), words::said(method));
}

void EvidenceView::showChecks(const Json& content) {
  addSection(tr("Checks"));
  for (const Json& check : field(content, "checks")) {
    auto* cell = new QVBoxLayout;
    cell->setSpacing(0);
    auto* mark = new VerdictMark(verdictOf(check), this);
    mark->setText(
        tr("%1 · %2").arg(StrategyWords::verdict(verdictOf(check)), StrategyWords::checkTitle(check)));
    cell->addWidget(mark, 0, Qt::AlignLeft);
    cell->addWidget(wrapping(theme::Role::Body, this, words::said(field(check, "message"))));
    column_->addLayout(cell);
  }
}

void EvidenceView::showEvidence(const Json& content) {
  const Json& evidence = field(content, "evidence");
  addSection(tr("Evidence"));
  addPair(tr("Model"),
          tr("%1, for %2 of table %3")
              .arg(words::toQt(textField(evidence, "model")), words::toQt(textField(evidence, "target")),
                   words::toQt(textField(evidence, "table"))));
  const auto count = [&](const char* key) { return words::count(countField(evidence, key)); };
  QString rows = tr("%1 of this segment; %2 treated, of whom %3 converted")
                     .arg(count("held_out_rows"), count("treated_rows"), count("treated_conversions"));
  if (evidence.contains("holdout_rows"))
    rows = tr("%1; %2 in the holdout, of whom %3 converted")
               .arg(rows, count("holdout_rows"), count("holdout_conversions"));
  addPair(tr("Held-out rows"), rows);
  QStringList used;
  for (const Json& campaign : field(evidence, "campaigns"))
    used.append(tr("%1: %2 treated, %3 in the holdout")
                    .arg(words::toQt(textField(campaign, "campaign")),
                         words::count(countField(campaign, "treated")),
                         words::count(countField(campaign, "holdout"))));
  addPair(tr("Campaigns with a random holdout"),
          used.isEmpty() ? tr("none with this offer and channel") : used.join('\n'));
  QStringList confounded;
  for (const Json& campaign : field(evidence, "confounded"))
    confounded.append(tr("%1: %2").arg(words::toQt(textField(campaign, "campaign")),
                                       words::said(field(campaign, "reason"))));
  if (!confounded.isEmpty()) addPair(tr("Campaigns left out"), confounded.join('\n'));
  const double value = words::figure(evidence, "order_value");
  if (std::isfinite(value))
    addPair(tr("Reckoned with"), tr("an order of %1 and a margin of %2")
                                     .arg(words::money(value, StrategyWords::currency(content)),
                                          words::percent(words::figure(evidence, "margin"), 0)));
}

}  // namespace lodestone::pages
