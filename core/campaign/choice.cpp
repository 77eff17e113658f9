// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "core/campaign/audience.h"

namespace lodestone::campaign {

namespace {

constexpr std::int64_t kFewestOfAnArm = 100;

bool enough(const QuickEstimate& estimate) {
  return estimate.treated_rows >= kFewestOfAnArm && estimate.holdout_rows >= kFewestOfAnArm &&
         std::isfinite(estimate.rates.treated);
}

/// Estimates by pair: over all segments, and in each.
struct Estimates {
  std::vector<QuickEstimate> pooled;                   // [pair]
  std::vector<std::vector<QuickEstimate>> by_segment;  // [segment][pair]
  double spread = 0;  // variance of the segments' true effects about the pooled one
};

Result<Estimates> estimatesOf(const Workbench& bench, const std::vector<Segment>& segments, JobContext& job) {
  Estimates out;
  std::vector<std::int64_t> all(static_cast<std::size_t>(bench.data.history.rows));
  std::iota(all.begin(), all.end(), 0);
  for (std::size_t pair = 0; pair < bench.pairs.size(); ++pair)
    out.pooled.push_back(quickEstimate(trialsOf(bench, pair, all, HistoryRows::Learned)));
  double excess = 0;
  double count = 0;
  for (const Segment& segment : segments) {
    if (auto go = job.checkpoint(); !go) return forward(go);
    auto rows = matchingRows(bench.data.history, segment.rule);
    if (!rows) return forward(rows);
    std::vector<QuickEstimate>& here = out.by_segment.emplace_back();
    for (std::size_t pair = 0; pair < bench.pairs.size(); ++pair) {
      here.push_back(quickEstimate(trialsOf(bench, pair, *rows, HistoryRows::Learned)));
      if (!enough(here.back())) continue;
      const double off = here.back().rates.difference() - out.pooled[pair].rates.difference();
      excess += off * off - here.back().variance;
      count += 1;
    }
  }
  out.spread = count > 0 ? std::max(0.0, excess / count) : 0;
  return out;
}

/// The rates of a pair in a segment; none where the history is too small.
std::optional<Rates> promised(const Estimates& estimates, std::size_t segment, std::size_t pair,
                              bool in_segment) {
  const QuickEstimate& pooled = estimates.pooled[pair];
  const QuickEstimate& here = estimates.by_segment[segment][pair];
  if (!in_segment) return enough(pooled) ? std::optional<Rates>(pooled.rates) : std::nullopt;
  if (!enough(here)) return std::nullopt;
  const double total = estimates.spread + here.variance;
  const double own = total > 0 ? estimates.spread / total : 1;
  const double effect =
      pooled.rates.difference() + own * (here.rates.difference() - pooled.rates.difference());
  return Rates{here.rates.holdout + effect, here.rates.holdout};
}

/// Audiences of a segment by channel of the catalogue.
Result<std::vector<Audience>> audiencesOf(const Workbench& bench, const Segment& segment) {
  std::vector<Audience> out;
  for (const Channel& channel : bench.catalogue.channels) {
    auto audience = selectAudience(bench.data.population, bench.data.tables.roles, segment.rule, channel.id,
                                   channel.capacity);
    if (!audience) return forward(audience);
    out.push_back(std::move(*audience));
  }
  return out;
}

Choice choiceOf(const Workbench& bench, OfferChannel pair, const std::vector<Audience>& audiences,
                const std::optional<Rates>& rates, Goal goal) {
  Choice choice{pair, rates};
  const Terms terms = termsOf(bench, bench.catalogue.offers[pair.offer],
                              bench.catalogue.channels[pair.channel], audiences[pair.channel].rows);
  choice.cost = terms.contacts * terms.contact_cost;
  if (!rates) return choice;
  const Outcome outcome = outcomeOf(terms, *rates);
  choice.goal_value = goalValue(goal, outcome);
  choice.cost = outcome.cost();
  return choice;
}

std::optional<Choice> bestByExperiment(const Workbench& bench, const Estimates& estimates,
                                       std::size_t segment, const std::vector<Audience>& audiences,
                                       Goal goal) {
  for (const bool in_segment : {true, false}) {
    std::optional<Choice> best;
    for (std::size_t pair = 0; pair < bench.pairs.size(); ++pair) {
      if (!bench.pair_tested[pair] || audiences[bench.pairs[pair].channel].rows.empty()) continue;
      const auto rates = promised(estimates, segment, pair, in_segment);
      if (!rates) continue;
      Choice choice = choiceOf(bench, bench.pairs[pair], audiences, rates, goal);
      choice.by_experiment = true;
      if (!best || choice.goal_value > best->goal_value) best = choice;
    }
    if (best) return best;
  }
  return std::nullopt;
}

/// Offers from the most generous to the least.
std::vector<std::size_t> byGenerosity(const Catalogue& catalogue) {
  std::vector<std::size_t> order(catalogue.offers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Offer& x = catalogue.offers[a];
    const Offer& y = catalogue.offers[b];
    return x.discount != y.discount ? x.discount > y.discount : x.unit_cost > y.unit_cost;
  });
  return order;
}

/// What history used at least once where it tells anything, else everything.
bool known(const Workbench& bench, OfferChannel pair) {
  return bench.pairs.empty() || std::find(bench.pairs.begin(), bench.pairs.end(), pair) != bench.pairs.end();
}

std::optional<Choice> byRuleOfThumb(const Workbench& bench, std::size_t segment, std::size_t segments,
                                    const std::vector<Audience>& audiences, Goal goal) {
  const auto offersOf = [&](std::size_t channel) {
    std::vector<std::size_t> offers = byGenerosity(bench.catalogue);
    std::erase_if(offers, [&](std::size_t offer) { return !known(bench, {offer, channel}); });
    return offers;
  };
  const auto rank = [&](std::size_t i) {
    return std::tuple(offersOf(i).empty(), audiences[i].consent == ConsentKnown::No,
                      bench.catalogue.channels[i].unit_cost);
  };
  std::optional<std::size_t> channel;
  for (std::size_t i = 0; i < audiences.size(); ++i)
    if (!audiences[i].rows.empty() && (!channel || rank(i) < rank(*channel))) channel = i;
  if (!channel) return std::nullopt;
  std::vector<std::size_t> offers = offersOf(*channel);
  if (offers.empty()) offers = byGenerosity(bench.catalogue);
  const std::size_t offer = offers[std::min(segment * offers.size() / segments, offers.size() - 1)];
  return choiceOf(bench, {offer, *channel}, audiences, std::nullopt, goal);
}

}  // namespace

Terms termsOf(const Workbench& bench, const Offer& offer, const Channel& channel,
              const std::vector<std::int64_t>& rows) {
  return {.contacts = static_cast<double>(rows.size()),
          .contact_cost = channel.unit_cost,
          .discount = offer.discount,
          .redemption_cost = offer.unit_cost,
          .margin = bench.catalogue.margin,
          .order_value = orderValue(bench, rows)};
}

double goalValue(Goal goal, const Outcome& outcome) {
  const double wanted = goal == Goal::Profit    ? outcome.profit
                        : goal == Goal::Revenue ? outcome.incremental_revenue
                                                : outcome.incremental;
  return std::isfinite(wanted) ? wanted : outcome.incremental;
}

Result<std::vector<std::optional<Choice>>> choosePairs(const Workbench& bench,
                                                       const std::vector<Segment>& segments, Goal goal,
                                                       JobContext& job) {
  std::vector<std::optional<Choice>> choices;
  Estimates estimates;
  if (bench.evidence == Evidence::Experiments) {
    auto made = estimatesOf(bench, segments, job);
    if (!made) return forward(made);
    estimates = std::move(*made);
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto audiences = audiencesOf(bench, segments[i]);
    if (!audiences) return forward(audiences);
    std::optional<Choice> choice;
    if (bench.evidence == Evidence::Experiments)
      choice = bestByExperiment(bench, estimates, i, *audiences, goal);
    if (!choice) choice = byRuleOfThumb(bench, i, segments.size(), *audiences, goal);
    choices.push_back(choice);
  }
  return choices;
}

}  // namespace lodestone::campaign
