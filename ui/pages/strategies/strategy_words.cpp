// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "core/campaign/generate.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/rule.h"
#include "core/campaign/wording.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using campaign::field;

namespace {

const char* keyOf(Metric metric) {
  switch (metric) {
    case Metric::IncrementalConversions:
      return "incremental_conversions";
    case Metric::Revenue:
      return "revenue";
    case Metric::Roi:
      break;
  }
  return "roi";
}

QString withSign(double value, const QString& text) {
  return value > 0 ? "+" + text : text;
}

}  // namespace

Estimate estimateOf(const Json& content, Metric metric) {
  const Json& json = field(field(content, "predicted"), keyOf(metric));
  Estimate out;
  const double value = words::figure(json, "value");
  if (!std::isfinite(value)) {
    out.reason = field(json, "reason");
    return out;
  }
  const double low = words::figure(json, "low");
  const double high = words::figure(json, "high");
  out.value = value;
  out.low = std::isfinite(low) ? low : value;
  out.high = std::isfinite(high) ? high : value;
  return out;
}

Verdict verdictOf(const Json& check) {
  const std::string status = campaign::textField(check, "status");
  if (status == "PASS") return Verdict::Pass;
  return status == "FAIL" ? Verdict::Fail : Verdict::Review;
}

std::array<int, 3> countChecks(const Json& content) {
  std::array<int, 3> counts{};
  for (const Json& check : field(content, "checks")) ++counts[static_cast<std::size_t>(verdictOf(check))];
  return counts;
}

SharedAxes sharedAxes(const std::vector<project::StrategyVersion>& strategies) {
  SharedAxes axes{};
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    auto& [low, high] = axes[i];
    for (const auto& strategy : strategies) {
      const Estimate estimate = estimateOf(strategy.content, kMetrics[i]);
      if (!estimate.value) continue;
      low = std::min({low, estimate.low, *estimate.value});
      high = std::max({high, estimate.high, *estimate.value});
    }
    if (low == high) high = low + 1;
  }
  return axes;
}

std::optional<double> predictedProfit(const Json& content) {
  const Estimate roi = estimateOf(content, Metric::Roi);
  const double cost = words::figure(content, "cost");
  const double discounts = words::figure(field(content, "cost_parts"), "discounts");
  if (!roi.value || !std::isfinite(cost)) return std::nullopt;
  return *roi.value * (cost + (std::isfinite(discounts) ? discounts : 0));
}

QString StrategyWords::title(const project::StrategyVersion& strategy) {
  return words::toQt(campaign::strategyTitle(strategy, words::language()));
}

QString StrategyWords::currency(const Json& content) {
  return words::toQt(campaign::textField(content, "currency"));
}

QString StrategyWords::size(const Json& content) {
  const std::int64_t size = campaign::countField(field(content, "audience"), "size");
  return (size == 1 ? tr("%1 customer") : tr("%1 customers")).arg(words::count(size));
}

QString StrategyWords::rule(const Json& content) {
  const Json& audience = field(content, "audience");
  const auto rule = campaign::ruleFromJson(field(audience, "conditions"));
  return words::toQt(rule ? campaign::ruleWords(*rule, words::language())
                          : campaign::textField(audience, "rule"));
}

QString StrategyWords::leftOut(const Json& content) {
  QStringList parts;
  for (const Json& each : field(field(content, "audience"), "excluded"))
    if (const std::int64_t count = campaign::countField(each, "count"); count > 0)
      parts.push_back(tr("%1 left out: %2").arg(words::count(count), words::said(field(each, "reason"))));
  return parts.join(tr("; "));
}

QString StrategyWords::offer(const Json& content) {
  const Json& offer = field(content, "offer");
  const QString title = words::said(field(offer, "title"));
  return title.isEmpty() ? words::toQt(campaign::textField(offer, "id")) : title;
}

QString StrategyWords::terms(const Json& content) {
  const Json& offer = field(content, "offer");
  const double discount = words::figure(offer, "discount");
  const double cost = words::figure(offer, "cost");
  QStringList parts;
  if (discount > 0) parts.append(tr("%1 discount").arg(words::percent(discount)));
  if (cost > 0) parts.append(tr("%1 for each conversion").arg(words::money(cost, currency(content))));
  return parts.isEmpty() ? tr("costs nothing") : parts.join(tr(", "));
}

QString StrategyWords::channel(const Json& content) {
  const QString title = words::said(field(content, "channel_title"));
  return title.isEmpty() ? words::toQt(campaign::textField(content, "channel")) : title;
}

QString StrategyWords::timing(const Json& content) {
  const Json& timing = field(content, "timing");
  return tr("%1 to %2")
      .arg(words::toQt(campaign::textField(timing, "start")),
           words::toQt(campaign::textField(timing, "end")));
}

QString StrategyWords::cost(const Json& content) {
  return words::money(words::figure(content, "cost"), currency(content));
}

QString StrategyWords::metric(Metric metric) {
  switch (metric) {
    case Metric::IncrementalConversions:
      return tr("Extra conversions");
    case Metric::Revenue:
      return tr("Revenue");
    case Metric::Roi:
      break;
  }
  return tr("ROI");
}

QString StrategyWords::figure(Metric metric, double value, const QString& currency) {
  switch (metric) {
    case Metric::IncrementalConversions:
      return withSign(value, withMinus(words::number(value, 1)));
    case Metric::Revenue:
      return words::money(value, currency, 0);
    case Metric::Roi:
      break;
  }
  return withSign(value, withMinus(words::percent(value, 0)));
}

QString StrategyWords::withMinus(QString number) {
  return number.replace('-', QChar(0x2212));
}

QString StrategyWords::interval(Metric metric, const Estimate& estimate, const QString& currency) {
  // The currency stands before the first end only: it is the same for both.
  const QString second = metric == Metric::Revenue ? words::money(estimate.high, {}, 0)
                                                   : figure(metric, estimate.high, currency);
  return tr("%1 to %2").arg(figure(metric, estimate.low, currency), second);
}

QString StrategyWords::estimate(Metric metric, const Estimate& estimate, const QString& currency) {
  if (!estimate.value) return noEvidence(estimate);
  return tr("%1 (%2)").arg(figure(metric, *estimate.value, currency), interval(metric, estimate, currency));
}

QString StrategyWords::noEvidence(const Estimate& estimate) {
  const QString reason = words::said(estimate.reason);
  return reason.isEmpty() ? tr("No evidence") : tr("No evidence: %1").arg(reason);
}

QString StrategyWords::verdict(Verdict verdict) {
  const char* status = verdict == Verdict::Pass ? "PASS" : verdict == Verdict::Fail ? "FAIL" : "REVIEW";
  return words::toQt(campaign::checkStatusWord(status, words::language()));
}

QString StrategyWords::verdictIcon(Verdict verdict) {
  return verdict == Verdict::Pass   ? "state-done"
         : verdict == Verdict::Fail ? "state-failed"
                                    : "state-warning";
}

QColor StrategyWords::verdictColour(Verdict verdict) {
  const theme::Tokens& tokens = theme::tokens();
  return verdict == Verdict::Pass ? tokens.ok : verdict == Verdict::Fail ? tokens.fail : tokens.warn;
}

QString StrategyWords::checkTitle(const Json& check) {
  return words::toQt(campaign::checkTitle(campaign::textField(check, "name"), words::language()));
}

QString StrategyWords::limit(const std::string& name,
                             const std::vector<std::pair<std::string, QString>>& channels) {
  if (name == "budget") return tr("budget");
  const std::string prefix = "capacity:";
  if (!name.starts_with(prefix)) return words::toQt(name);
  const std::string id = name.substr(prefix.size());
  for (const auto& [channel, title] : channels)
    if (channel == id) return tr("capacity of %1").arg(title);
  return tr("capacity of %1").arg(words::toQt(id));
}

QString StrategyWords::state(project::StrategyState state) {
  return widgets::stateWord(widgets::stateOf(state));
}

VerdictMark::VerdictMark(Verdict verdict, QWidget* parent)
    : QWidget(parent),
      verdict_(verdict),
      icon_(new QLabel(this)),
      text_(theme::label(theme::Role::Body, this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace1);
  row->addWidget(icon_);
  row->addWidget(text_);
  text_->setFont(theme::font(theme::Role::Caption));
  text_->setTextInteractionFlags(Qt::NoTextInteraction);
  theme::paintWith(this, [this] {
    const QColor colour = StrategyWords::verdictColour(verdict_);
    icon_->setPixmap(theme::pixmap(StrategyWords::verdictIcon(verdict_), colour, 16, devicePixelRatioF()));
    QPalette palette = text_->palette();
    palette.setColor(QPalette::WindowText, colour);
    text_->setPalette(palette);
  });
}

void VerdictMark::setText(const QString& text) {
  text_->setText(text);
  setAccessibleName(text);
}

}  // namespace lodestone::pages
