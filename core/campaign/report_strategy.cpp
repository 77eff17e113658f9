// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/text.h"
#include "core/campaign/generate.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/rule.h"
#include "core/campaign/wording.h"
#include "core/project/audit_log.h"

namespace lodestone::campaign {

namespace {

using project::StrategyState;
using project::StrategyVersion;

constexpr Text kRule{"Who", "对象"};
constexpr Text kSize{"{0} customers: {1} fit the rule, {2}", "{0} 名客户：{1} 名符合规则，{2}"};
constexpr Text kNoneLeftOut{"none left out", "无人被排除"};
constexpr Text kLeftOut{"{0} left out ({1})", "排除 {0} 名（{1}）"};
constexpr Text kAudience{"Audience", "受众"};
constexpr Text kOffer{"Offer", "优惠"};
constexpr Text kOfferTerms{"{0} (discount {1}, {2} for each redemption)", "{0}（折扣 {1}，每次兑换 {2}）"};
constexpr Text kChannel{"Channel", "渠道"};
constexpr Text kTiming{"Timing", "时间"};
constexpr Text kFromTo{"{0} to {1}", "{0} 至 {1}"};
constexpr Text kBudget{"Budget", "预算"};
constexpr Text kCost{"Planned cost", "计划费用"};
constexpr Text kCostParts{"{0}: contacts {1}, redemptions {2}; discounts given {3} beside it",
                          "{0}：触达 {1}，兑换 {2}；另有折扣支出 {3}"};
constexpr Text kUnknown{"not known", "未知"};
constexpr Text kMessage{"Message", "内容"};
constexpr Text kAspect{"What", "项目"};
constexpr Text kDecision{"Decision", "决定"};
constexpr Text kPredicted{"Expected result", "预期结果"};
constexpr Text kFigure{"Figure", "指标"};
constexpr Text kValue{"Estimate", "估计值"};
constexpr Text kInterval{"90 % interval", "90 % 区间"};
constexpr Text kRemark{"Remark", "说明"};
constexpr Text kIntervals{" Intervals: {0}.", "区间：{0}。"};
constexpr Text kTimes{"{0} ({1} times)", "{0}（{1} 次）"};
constexpr Text kConversions{"All conversions", "全部转化"};
constexpr Text kIncremental{"Incremental conversions", "增量转化"};
constexpr Text kRevenue{"Revenue of all conversions, after the discount", "全部转化的收入（已扣折扣）"};
constexpr Text kRoi{"Return on investment", "投资回报率"};
constexpr Text kSatisfaction{"Satisfaction", "满意度"};
constexpr Text kRowsBehind{
    "Behind these figures are {0} held-out rows: {1} treated ({2} converted) and {3} in the holdout ({4} "
    "converted).",
    "这些数字基于 {0} 个留出行：触达 {1} 行（转化 {2}），对照 {3} 行（转化 {4}）。"};
constexpr Text kRowsBehindPlain{"Behind these figures are {0} held-out rows, of which {1} converted.",
                                "这些数字基于 {0} 个留出行，其中 {1} 行转化。"};
constexpr Text kChecks{"Checks", "检查"};
constexpr Text kReview{"Review", "审核"};
constexpr Text kWhen{"When (UTC)", "时间（UTC）"};
constexpr Text kWho{"Who", "人员"};
constexpr Text kWhat{"What", "操作"};
constexpr Text kVersion{"Version", "版本"};
constexpr Text kComment{"Comment", "备注"};
constexpr Text kIdentity{"Version {0}, {1}. Content hash {2}", "版本 {0}，{1}。内容哈希 {2}"};
constexpr Text kTo{"{0} ({1} to {2})", "{0}（{1} 至 {2}）"};
constexpr Text kNoEstimate{"no estimate", "无估计"};

Notice::Kind statusKind(const std::string& status) {
  if (status == "PASS") return Notice::Kind::Ok;
  return status == "FAIL" ? Notice::Kind::Failure : Notice::Kind::Warning;
}

std::string moneyOr(const Json& parts, const char* key, const std::string& currency, Language language) {
  const double value = numberField(parts, key);
  return std::isfinite(value) ? formatMoney(value, currency) : std::string(kUnknown.in(language));
}

std::string ruleInWords(const Json& audience, Language language) {
  const auto rule = ruleFromJson(field(audience, "conditions"));
  return rule ? ruleWords(*rule, language) : textField(audience, "rule");
}

Table decisions(const Json& content, Language language) {
  const Json& audience = field(content, "audience");
  const Json& offer = field(content, "offer");
  const Json& timing = field(content, "timing");
  const Json& parts = field(content, "cost_parts");
  const Json& message = field(field(content, "content"), languageCode(language));
  const std::string currency = textField(content, "currency");
  const auto row = [&](const Text& name, std::string value) {
    return std::vector<std::string>{std::string(name.in(language)), std::move(value)};
  };
  Table table{{std::string(kAspect.in(language)), std::string(kDecision.in(language))}, {}, {false, false}};
  table.rows = {
      row(kRule, ruleInWords(audience, language)),
      row(kAudience, fill(kSize, language,
                          {formatCount(countField(audience, "size")),
                           formatCount(countField(audience, "eligible")), excludedText(audience, language)})),
      row(kOffer,
          fill(kOfferTerms, language,
               {inLanguage(field(offer, "title"), language), formatPercent(numberField(offer, "discount"), 0),
                formatMoney(numberField(offer, "cost"), currency)})),
      row(kChannel, inLanguage(field(content, "channel_title"), language)),
      row(kTiming, fill(kFromTo, language, {textField(timing, "start"), textField(timing, "end")})),
      row(kBudget, formatMoney(numberField(content, "budget"), currency)),
      row(kCost, fill(kCostParts, language,
                      {formatMoney(numberField(content, "cost"), currency),
                       moneyOr(parts, "contacts", currency, language),
                       moneyOr(parts, "redemptions", currency, language),
                       moneyOr(parts, "discounts", currency, language)})),
      row(kMessage, textField(message, "subject") + " — " + textField(message, "body"))};
  return table;
}

std::vector<std::string> predictedRow(const Text& name, const Json& estimate, int decimals, Language language,
                                      bool percent) {
  const double value = numberField(estimate, "value");
  if (!std::isfinite(value))
    return {std::string(name.in(language)), std::string(kNoEstimate.in(language)), "",
            inLanguage(field(estimate, "reason"), language)};
  const auto number = [&](double x) { return percent ? formatPercent(x, 0) : formatGrouped(x, decimals); };
  return {
      std::string(name.in(language)), number(value),
      fill(kFromTo, language, {number(numberField(estimate, "low")), number(numberField(estimate, "high"))}),
      ""};
}

Table predictions(const Json& content, Language language) {
  const Json& predicted = field(content, "predicted");
  Table table;
  for (const Text& head : {kFigure, kValue, kInterval, kRemark}) table.header.emplace_back(head.in(language));
  table.numeric = {false, true, true, false};
  table.rows = {predictedRow(kIncremental, field(predicted, "incremental_conversions"), 1, language, false),
                predictedRow(kConversions, field(predicted, "conversions"), 1, language, false),
                predictedRow(kRevenue, field(predicted, "revenue"), 0, language, false),
                predictedRow(kRoi, field(predicted, "roi"), 0, language, true),
                predictedRow(kSatisfaction, field(predicted, "satisfaction"), 1, language, false)};
  table.rows[2][0] += " (" + textField(content, "currency") + ")";
  return table;
}

std::string rowsBehind(const Json& evidence, Language language) {
  const auto count = [&](const char* key) { return formatCount(countField(evidence, key)); };
  if (!evidence.contains("holdout_rows"))
    return fill(kRowsBehindPlain, language, {count("treated_rows"), count("treated_conversions")});
  const std::int64_t rows = countField(evidence, "treated_rows") + countField(evidence, "holdout_rows");
  return fill(kRowsBehind, language,
              {formatCount(rows), count("treated_rows"), count("treated_conversions"), count("holdout_rows"),
               count("holdout_conversions")});
}

Result<Table> reviewTable(project::Project& project, const StrategyVersion& strategy, Language language) {
  auto entries = project.audit().entries();
  if (!entries) return forward(entries);
  Table table;
  for (const Text& head : {kWhen, kWho, kWhat, kVersion, kComment})
    table.header.emplace_back(head.in(language));
  table.numeric = {false, false, false, true, false};
  std::vector<int> repeated;
  int times = 0;
  for (const project::AuditEntry& entry : *entries) {
    if (entry.subject != strategy.id) continue;
    const auto detail = parseJson(entry.detail.empty() ? "{}" : entry.detail, "audit");
    std::vector<std::string> row{replaceAll(entry.at.substr(0, 16), "T", " "), entry.actor,
                                 actionText(entry.action, language), std::to_string(entry.version),
                                 detail ? textField(*detail, "comment") : ""};
    // The same again, most of all exporting, is told once.
    const bool again = !table.rows.empty() && row.back().empty() &&
                       std::equal(row.begin() + 1, row.end(), table.rows.back().begin() + 1);
    times = again ? times + 1 : 1;
    if (again) repeated.back() = times;
    if (again) continue;
    table.rows.push_back(std::move(row));
    repeated.push_back(1);
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (repeated[i] > 1)
      table.rows[i][2] = fill(kTimes, language, {table.rows[i][2], std::to_string(repeated[i])});
  return table;
}

}  // namespace

std::string actionText(const std::string& action, Language language) {
  static const std::vector<std::pair<std::string, Text>> kActions{
      {"create", Text{"created", "创建"}},    {"submit", Text{"submitted for review", "提交审核"}},
      {"approve", Text{"approved", "批准"}},  {"request-changes", Text{"requested changes", "要求修改"}},
      {"reject", Text{"rejected", "驳回"}},   {"edit", Text{"edited", "修改"}},
      {"comment", Text{"commented", "评论"}}, {"export", Text{"exported", "导出"}}};
  for (const auto& [id, text] : kActions)
    if (id == action) return std::string(text.in(language));
  return action;
}

std::string excludedText(const Json& audience, Language language) {
  std::vector<std::string> parts;
  for (const Json& each : field(audience, "excluded"))
    if (countField(each, "count") > 0)
      parts.push_back(
          fill(kLeftOut, language,
               {formatCount(countField(each, "count")), inLanguage(field(each, "reason"), language)}));
  return parts.empty() ? std::string(kNoneLeftOut.in(language))
                       : join(parts, language == Language::Chinese ? "，" : ", ");
}

std::string checkTitle(const std::string& name, Language language) {
  static const std::vector<std::pair<std::string, Text>> kNames{
      {"enough_data", Text{"Enough data", "数据充足"}},
      {"beats_baseline", Text{"Beats the baseline", "优于基线"}},
      {"calibrated", Text{"Calibrated", "已校准"}},
      {"effect", Text{"Effect", "效果"}},
      {"return", Text{"Return", "回报"}},
      {"holdout", Text{"Holdout", "对照组"}},
      {"consent", Text{"Consent", "同意"}},
      {"budget", Text{"Budget", "预算"}}};
  for (const auto& [id, text] : kNames)
    if (id == name) return std::string(text.in(language));
  return name;
}

std::string checkStatusWord(const std::string& status, Language language) {
  if (language == Language::English) return status;
  return status == "PASS" ? "通过" : status == "FAIL" ? "不通过" : "需复核";
}

std::string estimateText(const Json& estimate, int decimals, Language language, const std::string& currency) {
  const double value = numberField(estimate, "value");
  if (!std::isfinite(value)) return std::string(kNoEstimate.in(language));
  const std::string unit = currency.empty() ? "" : currency + " ";
  return fill(kTo, language,
              {unit + formatGrouped(value, decimals), formatGrouped(numberField(estimate, "low"), decimals),
               formatGrouped(numberField(estimate, "high"), decimals)});
}

std::string percentEstimateText(const Json& estimate, Language language) {
  const double value = numberField(estimate, "value");
  if (!std::isfinite(value)) return std::string(kNoEstimate.in(language));
  return fill(kTo, language,
              {formatPercent(value, 0), formatPercent(numberField(estimate, "low"), 0),
               formatPercent(numberField(estimate, "high"), 0)});
}

std::string stateText(StrategyState state, Language language) {
  const auto of = [&](const Text& text) { return std::string(text.in(language)); };
  switch (state) {
    case StrategyState::Draft:
      return of(Text{"✎ draft", "✎ 草稿"});
    case StrategyState::InReview:
      return of(Text{"in review", "审核中"});
    case StrategyState::Approved:
      return of(Text{"✓ approved", "✓ 已批准"});
    case StrategyState::ChangesRequested:
      return of(Text{"↩ changes requested", "↩ 要求修改"});
    case StrategyState::Rejected:
      return of(Text{"✕ rejected", "✕ 已驳回"});
    case StrategyState::Exported:
      return of(Text{"⇪ approved and exported", "⇪ 已批准并导出"});
    case StrategyState::Measured:
      return of(Text{"◎ measured", "◎ 已评估"});
  }
  return {};
}

StrategyDecision strategyDecision(const StrategyVersion& strategy, Language language) {
  StrategyDecision out;
  const auto heading = [&](const Text& text) { return Heading{3, std::string(text.in(language))}; };
  out.decided.emplace_back(decisions(strategy.content, language));
  out.expected.emplace_back(heading(kPredicted));
  out.expected.emplace_back(predictions(strategy.content, language));
  const Json& conversions = field(field(strategy.content, "predicted"), "conversions");
  const std::string method = inLanguage(field(conversions, "method"), language);
  out.expected.emplace_back(Paragraph{rowsBehind(field(strategy.content, "evidence"), language) +
                                      (method.empty() ? "" : fill(kIntervals, language, {method}))});
  out.expected.emplace_back(heading(kChecks));
  for (const Json& check : field(strategy.content, "checks")) {
    const std::string status = textField(check, "status");
    out.expected.emplace_back(Notice{statusKind(status), checkStatusWord(status, language) + " · " +
                                                             checkTitle(textField(check, "name"), language) +
                                                             " — " +
                                                             inLanguage(field(check, "message"), language)});
  }
  return out;
}

Result<std::vector<Block>> strategyBlocks(project::Project& project, const StrategyVersion& strategy,
                                          Language language) {
  std::vector<Block> blocks;
  blocks.emplace_back(Heading{2, strategy.id + " · " + strategyTitle(strategy, language)});
  blocks.emplace_back(Paragraph{fill(kIdentity, language,
                                     {std::to_string(strategy.version), stateText(strategy.state, language),
                                      strategy.content_hash.substr(0, 16)})});
  StrategyDecision decision = strategyDecision(strategy, language);
  std::move(decision.decided.begin(), decision.decided.end(), std::back_inserter(blocks));
  std::move(decision.expected.begin(), decision.expected.end(), std::back_inserter(blocks));
  auto review = reviewTable(project, strategy, language);
  if (!review) return forward(review);
  if (review->rows.empty()) return blocks;
  blocks.emplace_back(Heading{3, std::string(kReview.in(language))});
  blocks.emplace_back(std::move(*review));
  return blocks;
}

}  // namespace lodestone::campaign
