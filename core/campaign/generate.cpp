// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/generate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/campaign/assessment.h"
#include "core/campaign/choice.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr int kDaysAhead = 7;
constexpr int kDaysLong = 14;

constexpr Text kBadGoal{"There is no goal {0}. There are: conversions, revenue, profit.",
                        "没有目标 {0}。可选：conversions、revenue、profit。"};
constexpr Text kBadBudget{"A budget must be a positive amount of money; it is {0}.",
                          "预算必须是正数金额；现在是 {0}。"};
constexpr Text kNoAudience{
    "Nobody of the {0} rows may be addressed: none has a score and consent to a channel of the catalogue. "
    "Check the "
    "consent columns.",
    "{0} 行中没有可触达的客户：没有一行同时有评分并同意目录中的某个渠道。请检查同意列。"};
constexpr Text kBudgetTooSmall{
    "The budget of {0} pays for no contact. The least that any segment needs is {1}.",
    "预算 {0} 不足以触达任何人。任一人群至少需要 {1}。"};
constexpr Text kChoosing{"Choosing offers and channels", "正在选择优惠与渠道"};
constexpr Text kEstimating{"Estimating effects on held-out rows", "正在用留出行估计效果"};

std::int64_t today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::hours>(now).count() / 24;
}

Plan planFor(const Workbench& bench, const Segment& segment, const Choice& choice) {
  Plan plan;
  plan.segment = segment.title;
  plan.rule = segment.rule;
  plan.offer = bench.catalogue.offers[choice.pair.offer];
  plan.channel = bench.catalogue.channels[choice.pair.channel].id;
  plan.start = formatDate(today() + kDaysAhead);
  plan.end = formatDate(today() + kDaysAhead + kDaysLong - 1);
  return plan;
}

/// Segments by what the goal gets for the money, by the training rows.
std::vector<std::size_t> bestFirst(const std::vector<std::optional<Choice>>& choices) {
  std::vector<std::size_t> order(choices.size());
  std::iota(order.begin(), order.end(), 0);
  const auto worth = [&](std::size_t i) {
    if (!choices[i]) return -HUGE_VAL;
    const Choice& choice = *choices[i];
    // What costs nothing comes first if it gains, last if it loses.
    return choice.cost > 0 ? choice.goal_value / choice.cost : choice.goal_value * 1e12;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
  return order;
}

/// Spends what there is, segment by segment.
class Allocation {
 public:
  Allocation(const Workbench& bench, const std::optional<double>& budget) : bench_(bench), left_(budget) {
    for (const Channel& channel : bench.catalogue.channels)
      if (channel.capacity) capacity_[channel.id] = *channel.capacity;
  }

  /// The content that fits, or nothing.
  Result<std::optional<Json>> take(Plan plan, JobContext& job) {
    if (const auto found = capacity_.find(plan.channel); found != capacity_.end())
      plan.capacity = found->second;
    auto evaluation = evaluate(bench_, plan, job);
    if (!evaluation) return forward(evaluation);
    if (evaluation->audience.beyond_capacity > 0) bind("capacity:" + plan.channel);
    if (evaluation->audience.rows.empty()) return std::optional<Json>();
    if (left_ && evaluation->planned_cost > *left_) {
      bind("budget");
      noteSmallest(*evaluation);
      auto fits = shrink(plan, std::move(*evaluation), job);
      if (!fits) return forward(fits);
      if (!*fits) return std::optional<Json>();
      evaluation = std::move(**fits);
    }
    if (left_) *left_ -= evaluation->planned_cost;
    if (const auto found = capacity_.find(plan.channel); found != capacity_.end())
      found->second -= static_cast<std::int64_t>(evaluation->audience.rows.size());
    return std::optional<Json>(contentOf(bench_, plan, *evaluation));
  }

  const std::vector<std::string>& binding() const { return binding_; }
  const std::optional<double>& left() const { return left_; }
  double smallest() const { return smallest_; }

 private:
  void bind(const std::string& name) {
    if (std::find(binding_.begin(), binding_.end(), name) == binding_.end()) binding_.push_back(name);
  }

  void noteSmallest(const Evaluation& evaluation) {
    const double each = evaluation.planned_cost / static_cast<double>(evaluation.audience.rows.size());
    smallest_ = smallest_ == 0 ? each : std::min(smallest_, each);
  }

  /// Raises the score from which the plan addresses, until its cost fits.
  Result<std::optional<Evaluation>> shrink(Plan& plan, Evaluation evaluation, JobContext& job) {
    const std::vector<double>& scores = bench_.data.population.find(kScoreColumn)->numbers;
    const std::vector<std::int64_t> rows = evaluation.audience.rows;
    auto wanted = static_cast<double>(rows.size());
    for (int i = 0; i < 40; ++i) {
      wanted = std::floor(std::min(wanted * 0.97, wanted * *left_ / evaluation.planned_cost));
      if (wanted < 1) return std::optional<Evaluation>();
      const double last = scores[static_cast<std::size_t>(rows[static_cast<std::size_t>(wanted) - 1])];
      double threshold = roundSignificant(last, 3);
      if (threshold < last) threshold = roundSignificant(last * 1.006, 3);
      setLeastScore(plan.rule, threshold);
      auto again = evaluate(bench_, plan, job);
      if (!again) return forward(again);
      if (again->audience.rows.empty()) return std::optional<Evaluation>();
      evaluation = std::move(*again);
      if (evaluation.planned_cost <= *left_) return std::optional<Evaluation>(std::move(evaluation));
    }
    return std::optional<Evaluation>();
  }

  const Workbench& bench_;
  std::optional<double> left_;
  std::map<std::string, std::int64_t> capacity_;
  std::vector<std::string> binding_;
  double smallest_ = 0;
};

}  // namespace

Result<Goal> goalFromText(const std::string& text) {
  if (text == "conversions") return Goal::Conversions;
  if (text == "revenue") return Goal::Revenue;
  if (text == "profit") return Goal::Profit;
  return fail(ErrorCode::InvalidArgument, kBadGoal, {text}, {.item = "goal"});
}

Result<Generated> generateStrategies(project::Project& project, const ScoredTables& tables,
                                     const GenerateOptions& options, JobContext& job) {
  if (options.budget && !(*options.budget > 0 && std::isfinite(*options.budget)))
    return fail(ErrorCode::InvalidArgument, kBadBudget, {formatNumber(*options.budget)}, {.item = "budget"});
  JobContext reading = job.part(0, 0.3);
  auto bench = openWorkbench(project, tables, options.seed, reading);
  if (!bench) return forward(bench);
  job.report(0.3, kChoosing);
  const std::string amount = bench->data.role("amount");
  const FrameColumn* past_amount = amount.empty() ? nullptr : bench->data.history.find(amount);
  const bool both_have_it = past_amount != nullptr && past_amount->kind == ColumnKind::Number;
  const std::vector<Segment> segments = makeSegments(bench->data.population, both_have_it ? amount : "");
  JobContext choosing = job.part(0.3, 0.5);
  auto choices = choosePairs(*bench, segments, options.goal, choosing);
  if (!choices) return forward(choices);

  Allocation allocation(*bench, options.budget);
  std::vector<std::optional<Json>> contents(segments.size());
  const std::vector<std::size_t> order = bestFirst(*choices);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double done = static_cast<double>(i) / static_cast<double>(order.size());
    job.report(0.5 + 0.5 * done, kEstimating);
    const auto& choice = (*choices)[order[i]];
    if (!choice) continue;
    JobContext estimating =
        job.part(0.5 + 0.5 * done, 0.5 + 0.5 * (done + 1.0 / static_cast<double>(order.size())));
    auto content = allocation.take(planFor(*bench, segments[order[i]], *choice), estimating);
    if (!content) return forward(content);
    contents[order[i]] = std::move(*content);
  }
  Generated out;
  for (auto& content : contents)
    if (content) out.strategies.push_back(std::move(*content));
  out.binding = allocation.binding();
  out.unspent = allocation.left();
  if (out.unspent) out.unspent = std::floor(*out.unspent * 100) / 100;
  if (!out.strategies.empty()) return out;
  if (allocation.smallest() > 0)
    return fail(ErrorCode::InvalidArgument, kBudgetTooSmall,
                {formatMoney(*options.budget, bench->catalogue.currency),
                 formatMoney(std::ceil(allocation.smallest() * 100) / 100, bench->catalogue.currency)},
                {.item = "budget"});
  return fail(ErrorCode::NotEnoughData, kNoAudience, {formatCount(bench->data.population.rows)},
              {.table = tables.population.name});
}

std::string strategyTitle(const project::StrategyVersion& strategy, Language language) {
  const std::string title = inLanguage(field(strategy.content, "title"), language);
  return title.empty() ? strategy.title : title;
}

Json strategyView(const project::StrategyVersion& strategy, Language language) {
  Json out = {{"id", strategy.id},
              {"title", strategyTitle(strategy, language)},
              {"state", project::strategyStateName(strategy.state)},
              {"version", strategy.version},
              {"content_hash", strategy.content_hash},
              {"created_by", strategy.created_by},
              {"created_at", strategy.created_at}};
  if (!strategy.submitted_by.empty()) out["submitted_by"] = strategy.submitted_by;
  if (!strategy.decided_by.empty()) {
    out["decided_by"] = strategy.decided_by;
    out["decided_at"] = strategy.decided_at;
  }
  if (!strategy.content.is_object()) return out;
  const Json content = localised(strategy.content, language, {"content"});
  for (const auto& [key, value] : content.items())
    if (key != "title") out[key] = value;
  return out;
}

}  // namespace lodestone::campaign
