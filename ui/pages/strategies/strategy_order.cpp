// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_order.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/campaign/wording.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/words/words.h"

namespace lodestone::pages {

/// Texts of the table; a class so that they have a context.
class StrategyTableWords {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::StrategyTableWords)
 public:
  // Here and not where they are used: lupdate gets the context wrong in functions of other types.
  static QString noEvidence() { return tr("no evidence"); }
  static QString counted() { return tr("%1 %2"); }
  static QString toldCheck() { return tr("%1 · %2: %3"); }
  static QString comma() { return tr(", "); }
};

namespace {

constexpr double kLast = -std::numeric_limits<double>::max();

double promise(const project::StrategyVersion& strategy, Metric metric) {
  return estimateOf(strategy.content, metric).value.value_or(kLast);
}

double size(const project::StrategyVersion& strategy) {
  return static_cast<double>(campaign::countField(campaign::field(strategy.content, "audience"), "size"));
}

double worth(const project::StrategyVersion& strategy, StrategyOrder order) {
  switch (order) {
    case StrategyOrder::ExtraConversions:
      return promise(strategy, Metric::IncrementalConversions);
    case StrategyOrder::Roi:
      return promise(strategy, Metric::Roi);
    case StrategyOrder::Revenue:
      return promise(strategy, Metric::Revenue);
    case StrategyOrder::Cost: {
      const double cost = words::figure(strategy.content, "cost");
      return std::isfinite(cost) ? cost : kLast;
    }
    case StrategyOrder::Audience:
      return size(strategy);
    case StrategyOrder::Number:
    case StrategyOrder::Start:
      break;
  }
  return 0;
}

std::string start(const project::StrategyVersion& strategy) {
  return campaign::textField(campaign::field(strategy.content, "timing"), "start");
}

tables::ListCell metricCell(const project::StrategyVersion& strategy, Metric metric) {
  const Estimate estimate = estimateOf(strategy.content, metric);
  const QString currency = StrategyWords::currency(strategy.content);
  return {estimate.value ? StrategyWords::figure(metric, *estimate.value, currency)
                         : StrategyTableWords::noEvidence(),
          estimate.value.value_or(kLast), StrategyWords::estimate(metric, estimate, currency)};
}

tables::ListCell checksCell(const project::StrategyVersion& strategy) {
  const auto counts = countChecks(strategy.content);
  QStringList parts;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      parts.append(
          StrategyTableWords::counted().arg(words::count(counts[i]), StrategyWords::verdict(kVerdicts[i])));
  QStringList told;
  for (const Json& check : campaign::field(strategy.content, "checks"))
    told.append(StrategyTableWords::toldCheck().arg(StrategyWords::verdict(verdictOf(check)),
                                                    StrategyWords::checkTitle(check),
                                                    words::said(campaign::field(check, "message"))));
  return {parts.join(StrategyTableWords::comma()), counts[2] * 1000 + counts[1], told.join('\n')};
}

}  // namespace

void orderBy(std::vector<project::StrategyVersion>& strategies, StrategyOrder order) {
  std::stable_sort(strategies.begin(), strategies.end(), [&](const auto& a, const auto& b) {
    if (order == StrategyOrder::Start && start(a) != start(b)) return start(a) < start(b);
    const double x = worth(a, order);
    const double y = worth(b, order);
    return x != y ? x > y : a.id < b.id;
  });
}

std::vector<tables::ListColumn> strategyColumns() {
  using Kind = tables::ListColumn::Kind;
  return {{StrategyTableWords::tr("Id"), Kind::Text},
          {StrategyTableWords::tr("Title"), Kind::Text},
          {StrategyTableWords::tr("State"), Kind::State},
          {StrategyTableWords::tr("Customers"), Kind::Number},
          {StrategyTableWords::tr("Cost"), Kind::Number},
          {StrategyWords::metric(Metric::IncrementalConversions), Kind::Number},
          {StrategyWords::metric(Metric::Revenue), Kind::Number},
          {StrategyWords::metric(Metric::Roi), Kind::Number},
          {StrategyTableWords::tr("Starts"), Kind::Text},
          {StrategyTableWords::tr("Checks"), Kind::Text}};
}

std::vector<tables::ListRow> strategyRows(const std::vector<project::StrategyVersion>& strategies) {
  std::vector<tables::ListRow> rows;
  for (const auto& strategy : strategies) {
    const Json& content = strategy.content;
    const widgets::State state = widgets::stateOf(strategy.state);
    const double cost = words::figure(content, "cost");
    tables::ListRow row{words::toQt(strategy.id), {}};
    row.cells = {{row.id},
                 {StrategyWords::title(strategy), {}, StrategyWords::rule(content)},
                 {widgets::stateWord(state), static_cast<int>(state), {}, static_cast<int>(state)},
                 {words::count(static_cast<std::int64_t>(size(strategy))), size(strategy),
                  StrategyWords::leftOut(content)},
                 {StrategyWords::cost(content), std::isfinite(cost) ? cost : kLast},
                 metricCell(strategy, Metric::IncrementalConversions),
                 metricCell(strategy, Metric::Revenue),
                 metricCell(strategy, Metric::Roi),
                 {words::toQt(start(strategy)), {}, StrategyWords::timing(content)},
                 checksCell(strategy)};
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace lodestone::pages
