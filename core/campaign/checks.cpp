// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/assessment.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr std::int64_t kPlenty = 200;
constexpr std::int64_t kFewest = 30;
constexpr double kClose = 0.01;  // of ROC AUC
constexpr double kWellCalibrated = 0.05;
constexpr double kBadlyCalibrated = 0.10;

constexpr Text kArms{
    "Held-out rows of this segment: {0} treated, {1} in the holdout; {2} of each are plenty, {3} are the "
    "least.",
    "该人群的留出行：触达 {0} 行，对照 {1} 行；各 {2} 行为充足，至少 {3} 行。"};
constexpr Text kRows{"Held-out rows of this segment: {0}; {1} are plenty, {2} are the least.",
                     "该人群的留出行：{0} 行；{1} 行为充足，至少 {2} 行。"};
constexpr Text kBeats{"The model ranks held-out rows better than its baseline: ROC AUC {0} against {1}.",
                      "模型对留出行的排序优于基线：ROC AUC {0} 对 {1}。"};
constexpr Text kTies{
    "The model ranks held-out rows hardly better than its baseline, or slightly worse: ROC AUC {0} against "
    "{1}.",
    "模型对留出行的排序与基线相差无几，或略差：ROC AUC {0} 对 {1}。"};
constexpr Text kLoses{
    "The model ranks held-out rows worse than its baseline, or no better than chance: ROC AUC {0} against "
    "{1}.",
    "模型对留出行的排序不如基线，或不优于随机：ROC AUC {0} 对 {1}。"};
constexpr Text kUnknownModel{
    "The record of the model {0} is not in this project, so its quality is not known.",
    "本项目中没有模型 {0} 的记录，因此其质量未知。"};
constexpr Text kCalibrated{
    "On held-out rows the scores are off by {0} on average, at a rate of positives of {1}.",
    "在留出行上，评分平均偏差 {0}，正例率为 {1}。"};
constexpr Text kHelps{"The campaign makes {0} more conversions than doing nothing (90 %: {1} to {2}).",
                      "与不做活动相比，多带来 {0} 次转化（90 %：{1} 至 {2}）。"};
constexpr Text kMayHelp{
    "Whether the campaign makes more conversions than doing nothing is not certain: {0} (90 %: {1} to {2}).",
    "与不做活动相比是否带来更多转化尚不确定：{0}（90 %：{1} 至 {2}）。"};
constexpr Text kHarms{"The campaign makes fewer conversions than doing nothing: {0} (90 %: {1} to {2}).",
                      "与不做活动相比，转化反而减少：{0}（90 %：{1} 至 {2}）。"};
constexpr Text kPays{"The campaign earns its money back: return on investment {0} (90 %: {1} to {2}).",
                     "活动能收回成本：投资回报率 {0}（90 %：{1} 至 {2}）。"};
constexpr Text kMayPay{
    "Whether the campaign earns its money back is not certain: return on investment {0} (90 %: {1} to {2}).",
    "活动能否收回成本尚不确定：投资回报率 {0}（90 %：{1} 至 {2}）。"};
constexpr Text kLosesMoney{
    "The campaign costs more than it earns: return on investment {0} (90 %: {1} to {2}).",
    "活动的支出大于收益：投资回报率 {0}（90 %：{1} 至 {2}）。"};
constexpr Text kHoldout{
    "The effect comes from campaigns that held out customers at random. {0} of {1} campaigns of the history "
    "do.",
    "效果来自随机设置对照组的活动。历史活动 {1} 个中有 {0} 个如此。"};
constexpr Text kNoHoldout{"The effect has no random holdout behind it: {0}",
                          "该效果没有随机对照作为依据：{0}"};
constexpr Text kAssumed{
    "The effect comes from campaigns with a random holdout, but the history does not say which offer or "
    "channel they "
    "used; {0} by {1} is assumed.",
    "效果来自带随机对照的活动，但历史数据未说明所用的优惠或渠道；这里假定为{0}（{1}）。"};
constexpr Text kConsent{"Only customers who consented to this channel are addressed; {0} were left out.",
                        "只触达同意该渠道的客户；已排除 {0} 人。"};
constexpr Text kConsentUnknown{
    "Consent is unknown: no column has the role consent for this channel. Make sure that everyone may be "
    "addressed.",
    "同意情况未知：没有列设置为该渠道的同意角色。请确认所有人都允许被触达。"};
constexpr Text kOverBudget{"The planned cost of {0} exceeds the budget of {1}.",
                           "计划费用 {0} 超出预算 {1}。"};

enum class Status { Pass, Review, Fail };

Json check(const char* name, Status status, Json message) {
  const char* word = status == Status::Pass ? "PASS" : status == Status::Review ? "REVIEW" : "FAIL";
  return {{"name", name}, {"status", word}, {"message", std::move(message)}};
}

Json enoughData(const Evaluation& evaluation) {
  const Effect& effect = evaluation.effect;
  const auto judge = [](std::int64_t rows) {
    return rows >= kPlenty ? Status::Pass : rows >= kFewest ? Status::Review : Status::Fail;
  };
  if (!evaluation.experiment)
    return check("enough_data", judge(effect.treated_rows),
                 both(kRows, {formatCount(effect.treated_rows), formatCount(kPlenty), formatCount(kFewest)}));
  return check("enough_data", judge(std::min(effect.treated_rows, effect.holdout_rows)),
               both(kArms, {formatCount(effect.treated_rows), formatCount(effect.holdout_rows),
                            formatCount(kPlenty), formatCount(kFewest)}));
}

Json beatsBaseline(const ModelFigures& model) {
  if (!std::isfinite(model.roc_auc) || !std::isfinite(model.baseline_roc_auc))
    return check("beats_baseline", Status::Review, both(kUnknownModel, {model.id}));
  const std::vector<std::string> figures{formatGrouped(model.roc_auc, 3),
                                         formatGrouped(model.baseline_roc_auc, 3)};
  const double ahead = model.roc_auc - model.baseline_roc_auc;
  if (model.roc_auc <= 0.5 || ahead < -kClose)
    return check("beats_baseline", Status::Fail, both(kLoses, figures));
  // As near as rounding shows is no better.
  if (ahead < 0.0005) return check("beats_baseline", Status::Review, both(kTies, figures));
  return check("beats_baseline", Status::Pass, both(kBeats, figures));
}

Json calibrated(const ModelFigures& model) {
  const double error = model.calibration_error;
  const double rate = std::min(model.positive_rate, 1 - model.positive_rate);
  // An error that is small in points may still be large beside a rare outcome.
  const bool well = error <= kWellCalibrated && error <= 0.25 * rate;
  const bool badly = error > kBadlyCalibrated || error > 0.75 * rate || !std::isfinite(error);
  return check("calibrated",
               well    ? Status::Pass
               : badly ? Status::Fail
                       : Status::Review,
               both(kCalibrated, {formatPercent(error, 2), formatPercent(model.positive_rate, 1)}));
}

struct Verdicts {
  const Text& good;
  const Text& unsure;
  const Text& bad;
};

Json judged(const char* name, const Interval& interval, const Verdicts& verdicts,
            const std::vector<std::string>& figures) {
  if (interval.low > 0) return check(name, Status::Pass, both(verdicts.good, figures));
  if (interval.high < 0) return check(name, Status::Fail, both(verdicts.bad, figures));
  return check(name, Status::Review, both(verdicts.unsure, figures));
}

Json effectCheck(const Evaluation& evaluation) {
  if (!evaluation.incremental) return check("effect", Status::Review, evaluation.incremental_reason);
  const Interval& interval = *evaluation.incremental;
  return judged("effect", interval, {kHelps, kMayHelp, kHarms},
                {formatGrouped(evaluation.outcome->incremental, 1), formatGrouped(interval.low, 1),
                 formatGrouped(interval.high, 1)});
}

Json holdoutCheck(const Workbench& bench, const Plan& plan, const Evaluation& evaluation) {
  if (!evaluation.experiment) {
    const Json& reason = evaluation.incremental_reason;
    return check(
        "holdout", Status::Review,
        both(kNoHoldout, {inLanguage(reason, Language::English)}, {inLanguage(reason, Language::Chinese)}));
  }
  if (bench.assumed_pair) {
    const auto args = [&](Language language) {
      return std::vector<std::string>{offerTitle(bench.catalogue, plan.offer, language),
                                      channelTitle(bench.catalogue, plan.channel, language)};
    };
    return check("holdout", Status::Review, both(kAssumed, args(Language::English), args(Language::Chinese)));
  }
  std::int64_t random = 0;
  for (const CampaignReview& each : bench.campaigns)
    random += each.verdict == CampaignReview::Verdict::Random ? 1 : 0;
  return check("holdout", Status::Pass,
               both(kHoldout, {std::to_string(random), std::to_string(bench.campaigns.size())}));
}

}  // namespace

Json checksOf(const Workbench& bench, const Plan& plan, const Evaluation& evaluation) {
  Json out = Json::array();
  out.push_back(enoughData(evaluation));
  out.push_back(beatsBaseline(bench.model));
  out.push_back(calibrated(bench.model));
  out.push_back(effectCheck(evaluation));
  if (evaluation.roi)
    out.push_back(judged("return", *evaluation.roi, {kPays, kMayPay, kLosesMoney},
                         {formatPercent(evaluation.outcome->roi, 0), formatPercent(evaluation.roi->low, 0),
                          formatPercent(evaluation.roi->high, 0)}));
  out.push_back(holdoutCheck(bench, plan, evaluation));
  if (evaluation.audience.consent == ConsentKnown::Yes)
    out.push_back(
        check("consent", Status::Pass, both(kConsent, {formatCount(evaluation.audience.without_consent)})));
  else
    out.push_back(check("consent", Status::Review, both(kConsentUnknown)));
  if (plan.budget && evaluation.planned_cost > *plan.budget + 0.005)
    out.push_back(check("budget", Status::Fail,
                        both(kOverBudget, {formatMoney(evaluation.planned_cost, bench.catalogue.currency),
                                           formatMoney(*plan.budget, bench.catalogue.currency)})));
  return out;
}

}  // namespace lodestone::campaign
