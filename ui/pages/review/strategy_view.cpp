// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/strategy_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <cmath>

#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "ui/charts/charts.h"
#include "ui/pages/review/block_view.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using theme::Role;

namespace {

constexpr int kReadingWidth = 860;  // longer lines are hard to follow
constexpr std::size_t kHashDigits = 12;
constexpr int kChartLines = 11;  // title, summary, two intervals and their axis

}  // namespace

StrategyView::StrategyView(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      reading_(studio.jobs()),
      area_(nullptr),
      notice_(new widgets::Notice),
      title_(theme::label(Role::Page)),
      identity_(theme::label(Role::Caption)),
      state_(new widgets::StateBadge),
      decided_(new BlockView),
      effects_(new charts::IntervalChart),
      expected_(new BlockView),
      evidence_(new BlockView) {
  setObjectName("strategyDocument");
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(theme::kSpace5, theme::kSpace4, theme::kSpace5, theme::kSpace5);
  column->setSpacing(theme::kSpace2);
  title_->setObjectName("documentTitle");
  title_->setWordWrap(true);
  identity_->setObjectName("documentIdentity");
  identity_->setWordWrap(true);
  auto* head = new QHBoxLayout;
  head->setSpacing(theme::kSpace3);
  head->addWidget(state_, 0, Qt::AlignTop);
  head->addWidget(identity_, 1);
  effects_->setObjectName("effectsChart");
  effects_->setFixedHeight(kChartLines * QFontMetrics(theme::font(Role::Body)).lineSpacing());
  column->addWidget(title_);
  column->addLayout(head);
  column->addWidget(notice_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(decided_);
  column->addSpacing(theme::kSpace4);
  column->addWidget(effects_);
  column->addWidget(expected_);
  column->addSpacing(theme::kSpace4);
  column->addWidget(evidence_);
  column->addStretch(1);
  page->setMaximumWidth(kReadingWidth);
  for (auto [view, name] : {std::pair{decided_, "decidedBlocks"}, std::pair{expected_, "expectedBlocks"},
                            std::pair{evidence_, "evidenceBlocks"}})
    view->setObjectName(name);

  area_ = qobject_cast<QScrollArea*>(widgets::scrolled(page, "documentArea"));
  area_->setFocusPolicy(Qt::StrongFocus);
  area_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(area_);
  words::say(this, [this] {
    area_->setAccessibleName(tr("The strategy as a document"));
    decided_->setAccessibleName(tr("What is decided and why"));
    expected_->setAccessibleName(tr("Expected results and checks"));
    evidence_->setAccessibleName(tr("Evidence and method"));
    showTexts();
    if (!strategy_.id.empty()) read();
  });
}

void StrategyView::setStrategy(const project::StrategyVersion& strategy) {
  const bool other = strategy.id != strategy_.id;
  strategy_ = strategy;
  showTexts();
  if (other) area_->verticalScrollBar()->setValue(0);
  read();
}

void StrategyView::showTexts() {
  if (strategy_.id.empty()) return;
  title_->setText(words::toQt(campaign::strategyTitle(strategy_, words::language())));
  const QString by = strategy_.decided_by.empty() ? QString() : words::toQt(strategy_.decided_by);
  state_->setState(widgets::stateOf(strategy_.state), by);
  identity_->setText(tr("%1 · version %2 · written by %3 on %4 · content %5")
                         .arg(words::toQt(strategy_.id), words::count(strategy_.version),
                              words::toQt(strategy_.created_by), words::moment(strategy_.created_at),
                              words::toQt(strategy_.content_hash.substr(0, kHashDigits))));
  identity_->setToolTip(tr("Fingerprint of the content, to which an approval is bound: %1")
                            .arg(words::toQt(strategy_.content_hash)));
  showEffects();
}

void StrategyView::showEffects() {
  const Json& predicted = campaign::field(strategy_.content, "predicted");
  std::vector<charts::IntervalRow> rows;
  const auto add = [&](const QString& label, const char* key) {
    const Json& estimate = campaign::field(predicted, key);
    charts::IntervalRow row;
    row.label = label;
    const double value = words::figure(estimate, "value");
    if (std::isfinite(value)) {
      row.value = value;
      row.low = words::figure(estimate, "low");
      row.high = words::figure(estimate, "high");
      row.text = words::toQt(campaign::estimateText(estimate, 1, words::language()));
    } else {
      row.text = tr("no estimate");
    }
    rows.push_back(row);
    return std::isfinite(value);
  };
  const bool known = add(tr("Incremental conversions"), "incremental_conversions");
  const bool any = add(tr("All conversions"), "conversions") || known;
  effects_->setTitle(tr("Expected conversions with 90 % intervals"));
  effects_->setEmptyText(tr("No model predicts the effect of this strategy. The reasons stand below."));
  const auto& first = rows.front();
  effects_->setSummary(
      !known ? tr("There is no estimate of what the campaign itself brings.")
      : first.low > 0
          ? tr("The campaign itself brings about %1 conversions, and at least %2 with a certainty of 95 %.")
                .arg(words::number(*first.value, 1), words::number(first.low, 1))
          : tr("The campaign itself may bring about %1 conversions, or nothing: the interval reaches down to "
               "%2.")
                .arg(words::number(*first.value, 1), words::number(first.low, 1)));
  effects_->setVisible(any);
  if (any) effects_->setRows(rows, {.label = tr("Conversions")});
}

void StrategyView::read() {
  const auto project = studio_.project();
  if (project == nullptr || strategy_.id.empty()) return;
  const Language language = words::language();
  const QString key = words::toQt(strategy_.id) + '/' + QString::number(strategy_.version) + '/' +
                      words::toQt(strategy_.content_hash) + '/' + QString::number(static_cast<int>(language));
  if (key == shown_) {
    reading_.stop();
    return;
  }
  reading_.start(
      this, {tr("Reading %1").arg(words::toQt(strategy_.id)), jobs::Pool::Data, jobs::Shown::Quiet},
      [project, strategy = strategy_, language](JobContext& job) {
        return campaign::strategyDocument(*project, strategy, language, job);
      },
      [this, key](Result<campaign::StrategyDocument> document) {
        if (!document) {
          notice_->showError(document.error());
          return;
        }
        notice_->clear();
        shown_ = key;
        show(std::move(*document));
      });
}

void StrategyView::show(campaign::StrategyDocument document) {
  decided_->setBlocks(std::move(document.decided));
  expected_->setBlocks(std::move(document.expected));
  evidence_->setBlocks(std::move(document.evidence));
}

}  // namespace lodestone::pages
