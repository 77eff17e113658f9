// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/assessment.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/choice.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr std::int64_t kFewestOfAnArm = 30;

constexpr Text kBootstrapByCustomer{"bootstrap of held-out rows by customer, 90 %, 1,000 resamples",
                                    "对留出行按客户自助抽样，90 %，1,000 次"};
constexpr Text kBootstrapByRow{"bootstrap of held-out rows, 90 %, 1,000 resamples",
                               "对留出行自助抽样，90 %，1,000 次"};
constexpr Text kThinArms{"{0}; groups with fewer than 10 conversions from their Beta posterior (Jeffreys)",
                         "{0}；转化少于 10 的组按其 Beta 后验分布（Jeffreys 先验）抽样"};
constexpr Text kNoHoldout{
    "The history has no campaigns with a holdout, so nobody can say what would have happened without a "
    "campaign.",
    "历史数据中没有带对照组的活动，因此无法得知不做活动会怎样。"};
constexpr Text kOnlyConfounded{
    "No campaign of the history left to chance who was treated: {0} of {0} have no holdout or are "
    "confounded.",
    "历史活动的触达对象都不是随机选择的：{0} 个活动全部没有对照组或存在混杂。"};
constexpr Text kNotTested{"No campaign in the history tested this offer ({0}) by this channel ({1}).",
                          "历史上没有活动通过该渠道（{1}）测试过该优惠（{0}）。"};
constexpr Text kNotTestedAtRandom{
    "Only campaigns without a random holdout used this offer ({0}) by this channel ({1}).",
    "该优惠（{0}）通过该渠道（{1}）只在没有随机对照的活动中使用过。"};
constexpr Text kTooFewOfAnArm{
    "Too few held-out rows of this segment: {0} treated and {1} in the holdout; {2} of each are needed.",
    "该人群的留出行太少：触达 {0} 行，对照 {1} 行；各需要 {2} 行。"};
constexpr Text kTooFewRows{"Too few held-out rows of this segment: {0}; {1} are needed.",
                           "该人群的留出行太少：{0} 行；需要 {1} 行。"};
constexpr Text kNoValue{"What a conversion is worth is not known: no column has the role amount or revenue.",
                        "不知道一次转化的价值：没有列设置为金额或收入角色。"};
constexpr Text kNothingSpent{"Nothing is spent, so there is no return on it.", "没有支出，因此没有回报率。"};
constexpr Text kNoSatisfaction{"No model predicts satisfaction yet.", "目前没有模型预测满意度。"};
constexpr Text kRevenueOf{"all conversions of the audience, after the discount",
                          "受众的全部转化，已扣除折扣"};
constexpr Text kNoConsent{"no consent to this channel", "未同意该渠道"};
constexpr Text kOverCapacity{"beyond the channel's capacity, lowest scores first",
                             "超出渠道容量，先去掉评分最低者"};
constexpr Text kReasonNoHoldout{"no holdout: {0} treated, {1} not", "没有对照组：触达 {0}，未触达 {1}"};
constexpr Text kReasonConfounded{
    "confounded: treated and untreated rows differed beforehand, most in {0} (standardised difference {1})",
    "存在混杂：触达与未触达的行事先就不同，差异最大的是 {0}（标准化差异 {1}）"};
constexpr Text kBadContent{"The strategy's content lacks {0}. Generate it anew.",
                           "策略内容缺少 {0}。请重新生成。"};

Json words(const Catalogue& catalogue, const Plan& plan, const Text& text) {
  const auto args = [&](Language language) {
    return std::vector<std::string>{offerTitle(catalogue, plan.offer, language),
                                    channelTitle(catalogue, plan.channel, language)};
  };
  return both(text, args(Language::English), args(Language::Chinese));
}

std::string countText(std::int64_t count) {
  return formatCount(count);
}

/// Which trials tell about the plan, and why none where none do.
struct Basis {
  std::vector<Trial> trials;
  bool experiment = false;
  Json gross_reason;
  Json incremental_reason;
};

Basis basisOf(const Workbench& bench, const Plan& plan, const std::optional<std::size_t>& pair,
              const std::vector<std::int64_t>& rows) {
  Basis basis;
  if (bench.evidence == Evidence::NoTreatment) {
    basis.trials = outcomesOf(bench, std::nullopt, rows);
    basis.incremental_reason = both(kNoHoldout);
    return basis;
  }
  if (!pair) {
    basis.gross_reason = words(bench.catalogue, plan, kNotTested);
    basis.incremental_reason = bench.evidence == Evidence::OnlyConfounded
                                   ? both(kOnlyConfounded, {std::to_string(bench.campaigns.size())})
                                   : basis.gross_reason;
    return basis;
  }
  if (bench.pair_tested[*pair]) {
    basis.trials = trialsOf(bench, *pair, rows, HistoryRows::HeldOut);
    basis.experiment = true;
    return basis;
  }
  basis.trials = outcomesOf(bench, pair, rows);
  basis.incremental_reason = bench.evidence == Evidence::OnlyConfounded
                                 ? both(kOnlyConfounded, {std::to_string(bench.campaigns.size())})
                                 : words(bench.catalogue, plan, kNotTestedAtRandom);
  return basis;
}

/// Too few rows take the estimates away.
void judgeCounts(Evaluation& out) {
  const Effect& effect = out.effect;
  if (out.experiment && (effect.treated_rows < kFewestOfAnArm || effect.holdout_rows < kFewestOfAnArm))
    out.incremental_reason = both(
        kTooFewOfAnArm,
        {countText(effect.treated_rows), countText(effect.holdout_rows), std::to_string(kFewestOfAnArm)});
  if (!out.gross_reason.is_null()) return;
  if (effect.treated_rows < kFewestOfAnArm || effect.resamples.empty())
    out.gross_reason = both(kTooFewRows, {countText(effect.treated_rows), std::to_string(kFewestOfAnArm)});
}

template <class Get>
Interval intervalOf(const Evaluation& evaluation, Get get) {
  std::vector<double> values;
  for (const Rates& rates : evaluation.effect.resamples)
    values.push_back(get(outcomeOf(evaluation.terms, rates)));
  return percentileInterval(std::move(values));
}

Json estimateJson(double value, const Interval& interval, int decimals, const Json& method) {
  return {{"value", rounded(value, decimals)},
          {"low", rounded(interval.low, decimals)},
          {"high", rounded(interval.high, decimals)},
          {"method", method}};
}

Json noEstimate(const Json& reason) {
  return {{"value", nullptr}, {"reason", reason}};
}

Json predictedOf(const Workbench& bench, const Evaluation& evaluation) {
  const Text& bootstrap = bench.data.role("user").empty() ? kBootstrapByRow : kBootstrapByCustomer;
  const Json method = evaluation.effect.thin_arms
                          ? both(kThinArms, {std::string(bootstrap.in(Language::English))},
                                 {std::string(bootstrap.in(Language::Chinese))})
                          : both(bootstrap);
  const bool gross = evaluation.gross_reason.is_null();
  const bool valued = std::isfinite(evaluation.terms.order_value);
  Json out = Json::object();
  out["conversions"] =
      gross ? estimateJson(evaluation.outcome->conversions,
                           intervalOf(evaluation, [](const Outcome& o) { return o.conversions; }), 1, method)
            : noEstimate(evaluation.gross_reason);
  if (gross && valued) {
    out["revenue"] =
        estimateJson(evaluation.outcome->revenue,
                     intervalOf(evaluation, [](const Outcome& o) { return o.revenue; }), 2, method);
    out["revenue"]["of"] = both(kRevenueOf);
  } else {
    out["revenue"] = noEstimate(gross ? both(kNoValue) : evaluation.gross_reason);
  }
  out["incremental_conversions"] = evaluation.incremental ? estimateJson(evaluation.outcome->incremental,
                                                                         *evaluation.incremental, 1, method)
                                                          : noEstimate(evaluation.incremental_reason);
  if (evaluation.roi)
    out["roi"] = estimateJson(evaluation.outcome->roi, *evaluation.roi, 3, method);
  else if (!evaluation.incremental)
    out["roi"] = noEstimate(evaluation.incremental_reason);
  else
    out["roi"] = noEstimate(both(valued ? kNothingSpent : kNoValue));
  out["satisfaction"] = noEstimate(both(kNoSatisfaction));
  return out;
}

Json excludedOf(const Audience& audience) {
  Json out = Json::array();
  if (audience.consent == ConsentKnown::Yes)
    out.push_back({{"reason", both(kNoConsent)}, {"kind", "consent"}, {"count", audience.without_consent}});
  if (audience.beyond_capacity > 0)
    out.push_back(
        {{"reason", both(kOverCapacity)}, {"kind", "capacity"}, {"count", audience.beyond_capacity}});
  return out;
}

Json audienceOf(const Plan& plan, const Audience& audience) {
  Json out = {{"rule", ruleText(plan.rule)},      {"conditions", toJson(plan.rule)},
              {"size", audience.rows.size()},     {"eligible", audience.eligible},
              {"excluded", excludedOf(audience)}, {"members_hash", audience.members_hash}};
  if (plan.capacity) out["capacity"] = *plan.capacity;
  return out;
}

Json confoundedOf(const Workbench& bench) {
  Json out = Json::array();
  for (const CampaignReview& each : bench.campaigns) {
    if (each.verdict == CampaignReview::Verdict::Random) continue;
    Json entry = {{"campaign", each.id}};
    if (each.verdict == CampaignReview::Verdict::NoHoldout) {
      entry["reason"] = both(kReasonNoHoldout, {countText(each.treated), countText(each.holdout)});
    } else {
      entry["reason"] = both(kReasonConfounded, {each.column, formatGrouped(each.difference, 2)});
      entry["column"] = each.column;
      entry["difference"] = rounded(each.difference, 3);
    }
    out.push_back(std::move(entry));
  }
  return out;
}

/// The random campaigns whose rows made the estimate.
Json campaignsUsed(const Workbench& bench, const Evaluation& evaluation) {
  Json out = Json::array();
  if (!evaluation.experiment) return out;
  const OfferChannel pair = bench.pairs[*evaluation.pair];
  for (std::size_t k = 0; k < bench.campaigns.size(); ++k) {
    const CampaignReview& each = bench.campaigns[k];
    if (each.verdict != CampaignReview::Verdict::Random) continue;
    bool used = false;
    for (std::size_t row = 0; row < bench.row_pair.size() && !used; ++row)
      used = bench.data.campaign[row] == static_cast<std::int32_t>(k) && bench.data.treated[row] == 1 &&
             bench.row_pair[row] == static_cast<std::int32_t>(*evaluation.pair);
    if (!used) continue;
    out.push_back({{"campaign", each.id},
                   {"offer", bench.catalogue.offers[pair.offer].id},
                   {"channel", bench.catalogue.channels[pair.channel].id},
                   {"treated", each.treated},
                   {"holdout", each.holdout},
                   {"largest_difference", rounded(each.difference, 3)},
                   {"largest_difference_column", each.column}});
  }
  return out;
}

Json evidenceOf(const Workbench& bench, const Evaluation& evaluation) {
  const Effect& effect = evaluation.effect;
  Json out = {{"model", bench.model.id},
              {"table", bench.data.tables.source},
              {"target", bench.model.target},
              {"kind", bench.evidence == Evidence::Experiments      ? "experiments"
                       : bench.evidence == Evidence::OnlyConfounded ? "only_confounded"
                                                                    : "no_treatment"},
              {"campaigns", campaignsUsed(bench, evaluation)},
              {"confounded", confoundedOf(bench)},
              {"held_out_rows", evaluation.held_out_rows},
              {"treated_rows", effect.treated_rows},
              {"treated_conversions", effect.treated_conversions},
              {"treated_rate", rounded(effect.rates.treated, 5)}};
  if (evaluation.experiment) {
    out["holdout_rows"] = effect.holdout_rows;
    out["holdout_conversions"] = effect.holdout_conversions;
    out["holdout_rate"] = rounded(effect.rates.holdout, 5);
  }
  out["order_value"] = rounded(evaluation.terms.order_value, 2);
  out["margin"] = evaluation.terms.margin;
  out["confidence"] = kConfidence;
  out["resamples"] = kResamples;
  out["seed"] = bench.seed;
  return out;
}

Json costParts(const Evaluation& evaluation) {
  const bool known = evaluation.gross_reason.is_null();
  return {{"contacts", rounded(evaluation.terms.contacts * evaluation.terms.contact_cost, 2)},
          {"redemptions", known ? rounded(evaluation.outcome->redemption_cost, 2) : Json(nullptr)},
          {"discounts", known ? rounded(evaluation.outcome->discounts, 2) : Json(nullptr)}};
}

}  // namespace

Result<Evaluation> evaluate(const Workbench& bench, const Plan& plan, JobContext& job) {
  Evaluation out;
  auto audience =
      selectAudience(bench.data.population, bench.data.tables.roles, plan.rule, plan.channel, plan.capacity);
  if (!audience) return forward(audience);
  out.audience = std::move(*audience);
  const Channel* channel = bench.catalogue.channel(plan.channel);
  out.terms =
      termsOf(bench, plan.offer, channel == nullptr ? Channel{plan.channel} : *channel, out.audience.rows);
  auto rows = matchingRows(bench.data.history, plan.rule);
  if (!rows) return forward(rows);
  for (const std::int64_t row : *rows)
    out.held_out_rows += bench.data.part[static_cast<std::size_t>(row)] == HistoryPart::Test ? 1 : 0;
  out.pair = bench.pairOf(plan.offer, plan.channel);
  Basis basis = basisOf(bench, plan, out.pair, *rows);
  out.experiment = basis.experiment;
  out.gross_reason = std::move(basis.gross_reason);
  out.incremental_reason = std::move(basis.incremental_reason);
  // The plan's own stream: its numbers do not depend on what else is estimated.
  Random random(bench.seed, "bootstrap " + ruleText(plan.rule));
  auto effect = estimateEffect(basis.trials, kResamples, random, job);
  if (!effect) return forward(effect);
  out.effect = std::move(*effect);
  judgeCounts(out);
  out.planned_cost = out.terms.contacts * out.terms.contact_cost;
  if (!out.gross_reason.is_null()) return out;
  out.outcome = outcomeOf(out.terms, out.effect.rates);
  out.planned_cost = out.outcome->cost();
  if (!out.incremental_reason.is_null()) return out;
  out.incremental = intervalOf(out, [](const Outcome& o) { return o.incremental; });
  if (std::isfinite(out.outcome->roi)) {
    out.roi = intervalOf(out, [](const Outcome& o) { return std::isfinite(o.roi) ? o.roi : 0; });
  }
  return out;
}

Json contentOf(const Workbench& bench, const Plan& plan, const Evaluation& evaluation) {
  const Json cost = rounded(evaluation.planned_cost, 2);
  Json content = Json::object();
  content["title"] = plan.title.is_null() ? standardTitle(bench.catalogue, plan) : plan.title;
  content["segment"] = plan.segment;
  content["audience"] = audienceOf(plan, evaluation.audience);
  content["offer"] = {{"id", plan.offer.id},
                      {"title", bothWords(offerTitle(bench.catalogue, plan.offer, Language::English),
                                          offerTitle(bench.catalogue, plan.offer, Language::Chinese))},
                      {"discount", plan.offer.discount},
                      {"cost", plan.offer.unit_cost}};
  content["channel"] = plan.channel;
  content["channel_title"] = bothWords(channelTitle(bench.catalogue, plan.channel, Language::English),
                                       channelTitle(bench.catalogue, plan.channel, Language::Chinese));
  content["timing"] = {{"start", plan.start}, {"end", plan.end}};
  content["budget"] = plan.budget ? Json(*plan.budget) : cost;
  content["content"] = plan.message.is_null() ? standardMessage(bench.catalogue, plan) : plan.message;
  content["cost"] = cost;
  content["cost_parts"] = costParts(evaluation);
  content["currency"] = bench.catalogue.currency;
  content["predicted"] = predictedOf(bench, evaluation);
  content["evidence"] = evidenceOf(bench, evaluation);
  content["checks"] = checksOf(bench, plan, evaluation);
  content["source"] = bench.data.tables.toJson();
  return content;
}

Result<Json> assess(const Workbench& bench, const Plan& plan, JobContext& job) {
  auto evaluation = evaluate(bench, plan, job);
  if (!evaluation) return forward(evaluation);
  return contentOf(bench, plan, *evaluation);
}

Result<Plan> planOf(const Json& content, const Catalogue& catalogue) {
  Plan plan;
  const Json& audience = field(content, "audience");
  auto rule = ruleFromJson(field(audience, "conditions"));
  if (!rule) return forward(rule);
  plan.rule = std::move(*rule);
  if (const Json& capacity = field(audience, "capacity"); capacity.is_number_integer())
    plan.capacity = capacity.get<std::int64_t>();
  plan.segment = field(content, "segment");
  const Json& offer = field(content, "offer");
  plan.offer.id = textField(offer, "id");
  if (const Offer* known = catalogue.offer(plan.offer.id); known != nullptr) plan.offer = *known;
  plan.offer.discount = numberField(offer, "discount");
  plan.offer.unit_cost = numberField(offer, "cost");
  plan.channel = textField(content, "channel");
  plan.start = textField(field(content, "timing"), "start");
  plan.end = textField(field(content, "timing"), "end");
  if (plan.offer.id.empty() || !std::isfinite(plan.offer.discount) || !std::isfinite(plan.offer.unit_cost))
    return fail(ErrorCode::Corrupt, kBadContent, {"offer"}, {.item = "offer"});
  if (plan.channel.empty()) return fail(ErrorCode::Corrupt, kBadContent, {"channel"}, {.item = "channel"});
  if (plan.start.empty() || plan.end.empty())
    return fail(ErrorCode::Corrupt, kBadContent, {"timing"}, {.item = "timing"});
  // What was made by rule is made anew; what somebody wrote stays.
  if (const Json& title = field(content, "title"); title != standardTitle(catalogue, plan))
    plan.title = title;
  if (const Json& message = field(content, "content"); message != standardMessage(catalogue, plan))
    plan.message = message;
  if (field(content, "budget") != field(content, "cost"))
    if (const double budget = numberField(content, "budget"); std::isfinite(budget)) plan.budget = budget;
  return plan;
}

}  // namespace lodestone::campaign
