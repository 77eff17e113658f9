// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_comparison.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>

#include "core/campaign/wording.h"
#include "ui/charts/charts.h"
#include "ui/pages/strategies/labels.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using campaign::field;

StrategyComparison::StrategyComparison(QWidget* parent)
    : QWidget(parent),
      title_(theme::label(theme::Role::Section, this)),
      close_(new QPushButton(this)),
      first_(new QComboBox(this)),
      second_(new QComboBox(this)),
      table_(new QWidget),
      grid_(new QGridLayout(table_)) {
  setObjectName("strategyComparison");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  auto* head = new QHBoxLayout;
  head->addWidget(title_);
  head->addStretch();
  head->addWidget(close_);
  column->addLayout(head);
  auto* choices = new QHBoxLayout;
  choices->setSpacing(theme::kSpace3);
  for (QComboBox* choice : {first_, second_}) {
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(12);
    choices->addWidget(choice, 1);
    connect(choice, &QComboBox::activated, this, [this] { showRows(); });
  }
  first_->setObjectName("compareFirst");
  second_->setObjectName("compareSecond");
  close_->setObjectName("compareClose");
  column->addLayout(choices);
  table_->setObjectName("compareTable");
  grid_->setContentsMargins(0, 0, theme::kSpace2, 0);
  grid_->setHorizontalSpacing(theme::kSpace4);
  grid_->setVerticalSpacing(theme::kSpace2);
  auto* inside = new QWidget;
  auto* room = new QVBoxLayout(inside);
  room->setContentsMargins(0, 0, 0, 0);
  room->addWidget(table_);
  room->addStretch();
  column->addWidget(widgets::scrolled(inside, "compareScroll"), 1);
  connect(close_, &QPushButton::clicked, this, &StrategyComparison::closed);
  words::say(this, [this] { showTexts(); });
}

void StrategyComparison::setStrategies(const std::vector<Version>& strategies, const SharedAxes& axes) {
  strategies_ = strategies;
  axes_ = axes;
  showChoices();
  showRows();
}

void StrategyComparison::setPair(const QString& first, const QString& second) {
  const auto at = [](QComboBox* choice, const QString& id) { choice->setCurrentIndex(choice->findData(id)); };
  at(first_, first);
  if (first_->currentIndex() < 0 && first_->count() > 0) first_->setCurrentIndex(0);
  if (!second.isEmpty())
    at(second_, second);
  else
    second_->setCurrentIndex(first_->currentIndex() == 0 && second_->count() > 1 ? 1 : 0);
  showRows();
}

void StrategyComparison::focusFirst() {
  first_->setFocus(Qt::OtherFocusReason);
}

void StrategyComparison::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape)
    Q_EMIT closed();
  else
    QWidget::keyPressEvent(event);
}

void StrategyComparison::showTexts() {
  title_->setText(tr("Compare two strategies"));
  close_->setText(tr("Close"));
  close_->setToolTip(tr("Back to the strategies (Esc)"));
  first_->setAccessibleName(tr("First strategy"));
  second_->setAccessibleName(tr("Second strategy"));
  first_->setToolTip(tr("The strategy on the left"));
  second_->setToolTip(tr("The strategy on the right"));
  showChoices();
  showRows();
}

void StrategyComparison::showChoices() {
  for (QComboBox* choice : {first_, second_}) {
    const QSignalBlocker quiet(choice);
    const QString id = choice->currentData().toString();
    choice->clear();
    for (const Version& strategy : strategies_)
      choice->addItem(tr("%1 · %2").arg(words::toQt(strategy.id), StrategyWords::title(strategy)),
                      words::toQt(strategy.id));
    choice->setCurrentIndex(id.isEmpty() ? -1 : choice->findData(id));
  }
}

const project::StrategyVersion* StrategyComparison::find(const QString& id) const {
  for (const Version& strategy : strategies_)
    if (words::toQt(strategy.id) == id) return &strategy;
  return nullptr;
}

void StrategyComparison::showRows() {
  widgets::clearLayout(grid_);
  row_ = 0;
  const Version* first = find(first_->currentData().toString());
  const Version* second = find(second_->currentData().toString());
  if (first == nullptr || second == nullptr) return;
  for (int column = 0; column < 4; ++column) grid_->setColumnStretch(column, column == 0 ? 2 : 3);
  const QString heads[] = {tr("What"), words::toQt(first->id), words::toQt(second->id), tr("Difference")};
  for (int column = 0; column < 4; ++column) {
    grid_->addWidget(strong(theme::label(theme::Role::Body, table_, heads[column])), row_, column);
  }
  ++row_;
  const Json& a = first->content;
  const Json& b = second->content;
  const QString currency =
      StrategyWords::currency(a) == StrategyWords::currency(b) ? StrategyWords::currency(a) : QString();
  for (const Metric metric : kMetrics) addMetric(metric, *first, *second);
  addNumbers(tr("Planned cost"), words::figure(a, "cost"), words::figure(b, "cost"), 2, currency);
  addNumbers(tr("Budget"), words::figure(a, "budget"), words::figure(b, "budget"), 2, currency);
  const auto size = [](const Json& content) {
    return static_cast<double>(campaign::countField(field(content, "audience"), "size"));
  };
  addNumbers(tr("Customers"), size(a), size(b), 0, {});
  addWords(tr("Who"), StrategyWords::rule(a), StrategyWords::rule(b));
  addWords(tr("Offer"), StrategyWords::offer(a), StrategyWords::offer(b));
  addWords(tr("Terms"), StrategyWords::terms(a), StrategyWords::terms(b));
  addWords(tr("Channel"), StrategyWords::channel(a), StrategyWords::channel(b));
  addWords(tr("When"), StrategyWords::timing(a), StrategyWords::timing(b));
  addWords(tr("State"), StrategyWords::state(first->state), StrategyWords::state(second->state));
  addChecks(*first, *second);
}

void StrategyComparison::addLabel(int column, const QString& text, bool differs) {
  QLabel* label = theme::label(column == 0 ? theme::Role::Caption : theme::Role::Body, table_, text);
  wrapped(label)->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  if (differs) strong(label);
  grid_->addWidget(label, row_, column);
}

void StrategyComparison::addWords(const QString& name, const QString& first, const QString& second) {
  const bool differs = first != second;
  addLabel(0, name, false);
  addLabel(1, first, differs);
  addLabel(2, second, differs);
  addLabel(3, differs ? tr("differs") : tr("the same"), false);
  ++row_;
}

void StrategyComparison::addNumbers(const QString& name, double first, double second, int decimals,
                                    const QString& currency) {
  const auto text = [&](double value) {
    return currency.isEmpty() ? StrategyWords::withMinus(words::number(value, decimals))
                              : words::money(value, currency, decimals);
  };
  const double difference = second - first;
  addLabel(0, name, false);
  addLabel(1, text(first), difference != 0);
  addLabel(2, text(second), difference != 0);
  addLabel(3, difference == 0 ? tr("the same") : (difference > 0 ? "+" : "") + text(difference), false);
  ++row_;
}

QWidget* StrategyComparison::metricCell(Metric metric, const Version& strategy) {
  const Estimate estimate = estimateOf(strategy.content, metric);
  auto* cell = new QWidget(table_);
  auto* column = new QVBoxLayout(cell);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  QLabel* text =
      theme::label(theme::Role::Body, cell,
                   StrategyWords::estimate(metric, estimate, StrategyWords::currency(strategy.content)));
  column->addWidget(wrapped(text));
  auto* dot = new charts::IntervalDot(cell);
  const auto& [low, high] = axes_[static_cast<std::size_t>(metric)];
  dot->setInterval(estimate.value, estimate.low, estimate.high, low, high);
  dot->setAccessibleName(text->text());
  dot->setVisible(estimate.value.has_value());
  column->addWidget(dot);
  column->addStretch();
  return cell;
}

void StrategyComparison::addMetric(Metric metric, const Version& first, const Version& second) {
  addLabel(0, StrategyWords::metric(metric), false);
  grid_->addWidget(metricCell(metric, first), row_, 1);
  grid_->addWidget(metricCell(metric, second), row_, 2);
  const Estimate a = estimateOf(first.content, metric);
  const Estimate b = estimateOf(second.content, metric);
  QString told = tr("cannot be told without evidence");
  if (a.value && b.value) {
    // Shares differ by points, not by per cent.
    const double by = *b.value - *a.value;
    const QString difference =
        metric == Metric::Roi
            ? tr("%1 points").arg((by > 0 ? "+" : "") + StrategyWords::withMinus(words::number(by * 100, 0)))
            : StrategyWords::figure(metric, by, StrategyWords::currency(second.content));
    // Said with care: whether intervals overlap is no test of the difference.
    const bool apart = a.high < b.low || b.high < a.low;
    told = apart ? tr("%1; the intervals do not overlap").arg(difference)
                 : tr("%1; the intervals overlap, so it may be chance").arg(difference);
  }
  addLabel(3, told, false);
  ++row_;
}

void StrategyComparison::addChecks(const Version& first, const Version& second) {
  const auto text = [](const Version& strategy) {
    const auto counts = countChecks(strategy.content);
    QStringList parts;
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (counts[i] > 0)
        parts.append(tr("%1 %2").arg(words::count(counts[i]), StrategyWords::verdict(kVerdicts[i])));
    return parts.join(tr(", "));
  };
  addWords(tr("Checks"), text(first), text(second));
}

}  // namespace lodestone::pages
