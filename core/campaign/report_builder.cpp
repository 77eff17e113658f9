// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/report_builder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/campaign/charts.h"
#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "core/project/audit_log.h"

namespace lodestone::campaign {

namespace {

using project::StrategyState;
using project::StrategyVersion;

constexpr Text kTitleMany{"Campaign strategies: {0} proposals", "营销策略报告：{0} 个方案"};
constexpr Text kTitleOne{"Campaign strategy {0}", "营销策略 {0}"};
constexpr Text kDraftOne{"DRAFT: this strategy is not approved. Do not send it.",
                         "草稿（DRAFT）：该策略未获批准，请勿执行。"};
constexpr Text kDraftMany{"DRAFT: {0} of {1} strategies are not approved. Do not send those.",
                          "草稿（DRAFT）：{1} 个策略中有 {0} 个未获批准，请勿执行。"};
constexpr Text kApproved{"Every strategy of this report is approved.", "本报告中的策略均已获批准。"};
constexpr Text kSummary{"Summary", "摘要"};
constexpr Text kSummaryText{
    "Who should be addressed, with what, and what it brings. The audiences come from the table {0}. The {2} "
    "strategies have audiences of {1} customers in all (one who is in two of them counts twice); {3} more "
    "are left out because they did not consent to the channel.",
    "本报告说明应触达谁、提供什么优惠以及预期收益。受众来自表 {0}。{2} "
    "个策略的受众合计 {1} 名客户（同时属于两个受众的客户计两次），另有 {3} 名因未同意相应渠道而被排除。"};
constexpr Text kSummaryOne{
    "Who should be addressed, with what, and what it brings. The audience comes from the table {0}. The "
    "strategy "
    "addresses {1} customers; {2} more are left out because they did not consent to the channel.",
    "本报告说明应触达谁、提供什么优惠以及预期收益。受众来自表 {0}。该策略触达 {1} 名客户，另有 {2} "
    "名因未同意该渠道而被排除。"};
constexpr Text kBrackets{"In brackets: 90 % intervals.", "括号内为 90 % 区间。"};
constexpr Text kSummaryMoney{
    "Carrying them all out costs about {0} for contacts and redemptions, beside the discounts that the "
    "customers use.",
    "全部执行约需 {0} 的触达与兑换费用，客户使用的折扣另计。"};
constexpr Text kSummaryEffect{
    "Incremental conversions are those that would not have come without the campaign: the held-out rows of "
    "campaigns "
    "with a random holdout tell them apart. All conversions include those who would have bought anyway.",
    "增量转化是指没有活动就不会发生的转化，由带随机对照组的历史活动的留出行估计。全部转化包含本来就会购买的顾"
    "客。"};
constexpr Text kSummaryNoEffect{
    "The history has no usable random holdout, so this report cannot say how many conversions would have "
    "come without "
    "the campaign. Keep a random part of each audience untreated, and the next report can.",
    "历史数据中没有可用的随机对照组，因此本报告无法说明没有活动时会有多少转化。请在每个受众中随机保留一部分不"
    "触达，下次报告即可给出增量效果。"};
constexpr Text kStrategy{"Strategy", "策略"};
constexpr Text kState{"State", "状态"};
constexpr Text kAudience{"Audience", "受众"};
constexpr Text kOfferChannel{"Offer and channel", "优惠与渠道"};
constexpr Text kConversions{"All conversions", "全部转化"};
constexpr Text kIncremental{"Incremental", "增量转化"};
constexpr Text kCost{"Cost", "费用"};
constexpr Text kRoi{"Return", "回报率"};
constexpr Text kIncrementalAxis{"incremental conversions", "增量转化"};
constexpr Text kIncrementalFigure{"Incremental conversions with 90 % intervals", "增量转化及 90 % 区间"};
constexpr Text kIncrementalNote{
    "A dot is the estimate, the band its interval, from held-out rows alone. Where a band crosses zero, the "
    "campaign may "
    "bring nothing.",
    "圆点为估计值，色带为区间，只用留出行估计。色带跨过零表示活动可能没有效果。"};
constexpr Text kSizeAxis{"customers to address", "可触达客户数"};
constexpr Text kSizeFigure{"The segments", "人群"};
constexpr Text kSizeNote{"Customers of each audience, and the rate of conversion of its held-out rows.",
                         "各受众的客户数，以及其留出行的转化率。"};
constexpr Text kNoEstimate{"no estimate", "无估计"};
constexpr Text kEvidence{"Evidence", "依据"};
constexpr Text kCampaignsUsed{"Campaigns behind the effects", "用于估计效果的活动"};
constexpr Text kCampaignsLeftOut{"Campaigns that take no part in the effects", "未参与效果估计的活动"};
constexpr Text kCampaign{"Campaign", "活动"};
constexpr Text kReason{"Reason", "原因"};
constexpr Text kOffer{"Offer", "优惠"};
constexpr Text kChannel{"Channel", "渠道"};
constexpr Text kTreated{"Treated", "触达"};
constexpr Text kHeld{"Holdout", "对照"};
constexpr Text kImbalance{"Largest difference beforehand", "事前最大差异"};
constexpr Text kNoCampaigns{"No campaign of the history has a random holdout for these offers and channels.",
                            "历史中没有针对这些优惠和渠道的随机对照活动。"};
constexpr Text kHow{"How the numbers are made", "数字如何得出"};
constexpr Text kHowSegments{
    "Segments are cut by the model's score and, where it is known, the value of a customer's orders. The "
    "rule of a segment "
    "is applied exactly as printed. Offers and channels were chosen on training rows; the effects were "
    "estimated on "
    "held-out rows only, so that choosing does not flatter them.",
    "人群按模型评分以及（如已知）客户订单价值划分，规则完全按所示执行。优惠与渠道在训练行上选择，效果只在留出"
    "行上估计，避免选择造成的高估。"};
constexpr Text kHowEffect{
    "Effect: within each campaign, the rate of conversion of treated rows minus that of its holdout; "
    "campaigns are weighted "
    "by their rows. Intervals: {0}.",
    "效果：在每个活动内，触达行的转化率减去对照行的转化率；按活动行数加权。区间：{0}。"};
constexpr Text kHowMoney{
    "With N contacts, rates p (treated) and q (holdout), order value V, discount d, margin m, cost c of a "
    "contact and u of "
    "a redemption: conversions N p; incremental N (p − q); revenue N p V (1 − d); cost N c + N p u; "
    "discounts N p V d; "
    "profit m V N (p − q) − discounts − cost; return = profit / (cost + discounts). The margin here is {0}.",
    "记触达数 N、触达转化率 p、对照转化率 q、订单价值 V、折扣 d、毛利率 m、每次触达成本 c、每次兑换成本 "
    "u：转化 N p；增量 N (p − q)；收入 "
    "N p V (1 − d)；费用 N c + N p u；折扣支出 N p V d；利润 m V N (p − q) − 折扣支出 − 费用；回报率 = 利润 "
    "/（费用 + 折扣支出）。此处毛利率为 {0}。"};
constexpr Text kHowConfounded{
    "A campaign is confounded where treated and holdout rows differed beforehand: a standardised mean "
    "difference beyond "
    "0.1 that is no chance (p < 0.001 after Bonferroni's correction). Such campaigns are left out.",
    "若触达行与对照行在活动前就存在差异（标准化均值差超过 0.1，且经 Bonferroni 校正后 p < "
    "0.001），则视为混杂活动并予以排除。"};

constexpr std::string_view kTitlePart = " · ";

struct Totals {
  std::int64_t size = 0;
  std::int64_t without_consent = 0;
  double cost = 0;
  bool any_effect = false;
};

std::int64_t sizeOf(const StrategyVersion& strategy) {
  return countField(field(strategy.content, "audience"), "size");
}

Totals totalsOf(const std::vector<StrategyVersion>& strategies) {
  Totals totals;
  for (const StrategyVersion& each : strategies) {
    totals.size += sizeOf(each);
    for (const Json& excluded : field(field(each.content, "audience"), "excluded"))
      if (textField(excluded, "kind") == "consent") totals.without_consent += countField(excluded, "count");
    if (const double cost = numberField(each.content, "cost"); std::isfinite(cost)) totals.cost += cost;
    totals.any_effect =
        totals.any_effect || textField(field(each.content, "evidence"), "kind") == "experiments";
  }
  return totals;
}

std::string offerAndChannel(const StrategyVersion& strategy, Language language) {
  return inLanguage(field(field(strategy.content, "offer"), "title"), language) + "\n" +
         inLanguage(field(strategy.content, "channel_title"), language);
}

/// The value on a line of its own, so that a column needs no more than the width of the interval.
std::string intervalBelow(const std::string& estimate) {
  for (const std::string_view bracket : {" (", "（"})
    if (const std::size_t at = estimate.find(bracket); at != std::string::npos)
      return estimate.substr(0, at) + "\n" + std::string(trim(estimate.substr(at)));
  return estimate;
}

Table overview(const std::vector<StrategyVersion>& strategies, Language language) {
  Table table;
  for (const Text& head :
       {kStrategy, kAudience, kOfferChannel, kConversions, kIncremental, kRoi, kCost, kState})
    table.header.emplace_back(head.in(language));
  table.numeric = {false, true, false, true, true, true, true, false};
  for (const StrategyVersion& each : strategies) {
    const Json& predicted = field(each.content, "predicted");
    table.rows.push_back(
        {each.id, formatCount(sizeOf(each)), offerAndChannel(each, language),
         intervalBelow(estimateText(field(predicted, "conversions"), 0, language)),
         intervalBelow(estimateText(field(predicted, "incremental_conversions"), 0, language)),
         intervalBelow(percentEstimateText(field(predicted, "roi"), language)),
         textField(each.content, "currency") + " " + formatGrouped(numberField(each.content, "cost"), 0),
         stateText(each.state, language)});
  }
  return table;
}

std::string chartLabel(const StrategyVersion& strategy, Language language) {
  // The segment beside the id, the offer and the channel below.
  const std::string title = strategyTitle(strategy, language);
  const std::size_t at = title.find(kTitlePart);
  return strategy.id + "  " +
         (at == std::string::npos ? title
                                  : title.substr(0, at) + "\n" + title.substr(at + kTitlePart.size()));
}

Figure effectsFigure(const std::vector<StrategyVersion>& strategies, Language language) {
  std::vector<IntervalRow> rows;
  for (const StrategyVersion& each : strategies) {
    const Json& estimate = field(field(each.content, "predicted"), "incremental_conversions");
    IntervalRow row{chartLabel(each, language)};
    if (const double value = numberField(estimate, "value"); std::isfinite(value)) {
      row.value = value;
      row.low = numberField(estimate, "low");
      row.high = numberField(estimate, "high");
      row.value_text = estimateText(estimate, 0, language);
    }
    rows.push_back(std::move(row));
  }
  const std::string title(kIncrementalFigure.in(language));
  const std::string note(kIncrementalNote.in(language));
  return {title,
          intervalChart({title, note, std::string(kIncrementalAxis.in(language)), ""}, rows,
                        std::string(kNoEstimate.in(language))),
          note};
}

Figure segmentsFigure(const std::vector<StrategyVersion>& strategies, Language language) {
  std::vector<Bar> bars;
  for (const StrategyVersion& each : strategies) {
    const double rate = numberField(field(each.content, "evidence"), "treated_rate");
    const std::string rate_text = std::isfinite(rate) ? "  (" + formatPercent(rate, 1) + ")" : "";
    bars.push_back({chartLabel(each, language), static_cast<double>(sizeOf(each)),
                    formatCount(sizeOf(each)) + rate_text});
  }
  const std::string title(kSizeFigure.in(language));
  const std::string note(kSizeNote.in(language));
  return {title, barChart({title, note, std::string(kSizeAxis.in(language)), ""}, bars), note};
}

std::string titleOf(const std::map<std::string, std::string>& titles, const std::string& id) {
  const auto found = titles.find(id);
  return found == titles.end() || found->second.empty() ? id : found->second;
}

/// What each campaign says, once, whichever strategies it stands behind.
void addEvidence(std::vector<Block>& blocks, const std::vector<StrategyVersion>& strategies,
                 Language language) {
  Table used;
  for (const Text& head : {kCampaign, kOffer, kChannel, kTreated, kHeld, kImbalance})
    used.header.emplace_back(head.in(language));
  used.numeric = {false, false, false, true, true, false};
  Table left_out;
  left_out.header = {std::string(kCampaign.in(language)), std::string(kReason.in(language))};
  left_out.numeric = {false, false};
  std::set<std::string> seen;
  std::map<std::string, std::string> offers;
  std::map<std::string, std::string> channels;
  for (const StrategyVersion& each : strategies) {
    const Json& offer = field(each.content, "offer");
    offers[textField(offer, "id")] = inLanguage(field(offer, "title"), language);
    channels[textField(each.content, "channel")] = inLanguage(field(each.content, "channel_title"), language);
  }
  for (const StrategyVersion& each : strategies) {
    const Json& evidence = field(each.content, "evidence");
    for (const Json& campaign : field(evidence, "campaigns")) {
      const std::string id = textField(campaign, "campaign");
      if (!seen.insert("used " + id + textField(campaign, "offer") + textField(campaign, "channel")).second)
        continue;
      const double difference = numberField(campaign, "largest_difference");
      used.rows.push_back(
          {id, titleOf(offers, textField(campaign, "offer")),
           titleOf(channels, textField(campaign, "channel")), formatCount(countField(campaign, "treated")),
           formatCount(countField(campaign, "holdout")),
           textField(campaign, "largest_difference_column") + " " + formatGrouped(difference, 3)});
    }
    for (const Json& campaign : field(evidence, "confounded"))
      if (seen.insert("out " + textField(campaign, "campaign")).second)
        left_out.rows.push_back(
            {textField(campaign, "campaign"), inLanguage(field(campaign, "reason"), language)});
  }
  blocks.emplace_back(Heading{2, std::string(kEvidence.in(language))});
  if (used.rows.empty()) {
    blocks.emplace_back(Paragraph{std::string(kNoCampaigns.in(language))});
  } else {
    blocks.emplace_back(Heading{3, std::string(kCampaignsUsed.in(language))});
    blocks.emplace_back(std::move(used));
  }
  if (left_out.rows.empty()) return;
  blocks.emplace_back(Heading{3, std::string(kCampaignsLeftOut.in(language))});
  blocks.emplace_back(std::move(left_out));
}

void addMethod(std::vector<Block>& blocks, const StrategyVersion& strategy, Language language) {
  const Json& conversions = field(field(strategy.content, "predicted"), "conversions");
  std::string method = inLanguage(field(conversions, "method"), language);
  if (method.empty()) method = kNoEstimate.in(language);
  const double margin = numberField(field(strategy.content, "evidence"), "margin");
  blocks.emplace_back(Heading{2, std::string(kHow.in(language))});
  blocks.emplace_back(Paragraph{std::string(kHowSegments.in(language))});
  blocks.emplace_back(Paragraph{fill(kHowEffect, language, {method})});
  blocks.emplace_back(Paragraph{fill(kHowMoney, language, {formatPercent(margin, 0)})});
  blocks.emplace_back(Paragraph{std::string(kHowConfounded.in(language))});
}

/// Who is addressed and why, what it costs, and what its effects are measured by.
void addReasons(std::vector<Block>& blocks, const std::vector<StrategyVersion>& strategies,
                Language language) {
  const Totals totals = totalsOf(strategies);
  const Json& first = strategies.front().content;
  const std::string table = textField(field(first, "source"), "table");
  const std::string size = formatCount(totals.size);
  const std::string left_out = formatCount(totals.without_consent);
  const std::string count = std::to_string(strategies.size());
  blocks.emplace_back(Paragraph{strategies.size() == 1
                                    ? fill(kSummaryOne, language, {table, size, left_out})
                                    : fill(kSummaryText, language, {table, size, count, left_out})});
  blocks.emplace_back(Paragraph{
      fill(kSummaryMoney, language, {textField(first, "currency") + " " + formatGrouped(totals.cost, 0)})});
  blocks.emplace_back(
      Paragraph{std::string((totals.any_effect ? kSummaryEffect : kSummaryNoEffect).in(language))});
}

void addSummary(std::vector<Block>& blocks, const std::vector<StrategyVersion>& strategies,
                Language language) {
  const auto drafts = std::count_if(strategies.begin(), strategies.end(), isDraft);
  if (drafts == 0)
    blocks.emplace_back(Notice{Notice::Kind::Ok, std::string(kApproved.in(language))});
  else if (strategies.size() == 1)
    blocks.emplace_back(Notice{Notice::Kind::Draft, std::string(kDraftOne.in(language))});
  else
    blocks.emplace_back(
        Notice{Notice::Kind::Draft,
               fill(kDraftMany, language, {std::to_string(drafts), std::to_string(strategies.size())})});
  blocks.emplace_back(Heading{2, std::string(kSummary.in(language))});
  addReasons(blocks, strategies, language);
  blocks.emplace_back(overview(strategies, language));
  blocks.emplace_back(Paragraph{std::string(kBrackets.in(language))});
  blocks.emplace_back(effectsFigure(strategies, language));
  blocks.emplace_back(segmentsFigure(strategies, language));
}

/// Applied last, to all that a reader sees.
void tieBlocks(std::vector<Block>& blocks) {
  for (Block& block : blocks) {
    if (auto* heading = std::get_if<Heading>(&block)) heading->text = tied(heading->text);
    if (auto* paragraph = std::get_if<Paragraph>(&block)) paragraph->text = tied(paragraph->text);
    if (auto* notice = std::get_if<Notice>(&block)) notice->text = tied(notice->text);
    if (auto* figure = std::get_if<Figure>(&block)) figure->summary = tied(figure->summary);
    if (auto* table = std::get_if<Table>(&block))
      for (auto& row : table->rows)
        for (std::string& cell : row) cell = tied(cell);
  }
}

}  // namespace

std::string tied(const std::string& text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool percent = i >= 1 && digit(text[i - 1]) && at(i + 1) == '%';
    const bool currency = i >= 3 && upper(text[i - 1]) && upper(text[i - 2]) && upper(text[i - 3]) &&
                          (i == 3 || !upper(text[i - 4])) && digit(at(i + 1));
    out += text[i] == ' ' && (percent || currency) ? std::string("\u00A0") : std::string(1, text[i]);
  }
  return out;
}

bool isDraft(const StrategyVersion& strategy) {
  return strategy.state != StrategyState::Approved && strategy.state != StrategyState::Exported &&
         strategy.state != StrategyState::Measured;
}

Result<StrategyDocument> strategyDocument(project::Project& project, const StrategyVersion& strategy,
                                          Language language, JobContext& job) {
  StrategyDocument document;
  addReasons(document.decided, {strategy}, language);
  StrategyDecision decision = strategyDecision(strategy, language);
  std::move(decision.decided.begin(), decision.decided.end(), std::back_inserter(document.decided));
  document.expected = std::move(decision.expected);
  addEvidence(document.evidence, {strategy}, language);
  auto model = modelBlocks(project, field(strategy.content, "source"), language, job);
  if (!model) return forward(model);
  std::move(model->begin(), model->end(), std::back_inserter(document.evidence));
  addMethod(document.evidence, strategy, language);
  for (auto* part : {&document.decided, &document.expected, &document.evidence}) tieBlocks(*part);
  return document;
}

Result<ReportDocument> buildReport(project::Project& project, const std::vector<StrategyVersion>& strategies,
                                   Language language, JobContext& job) {
  ReportDocument report;
  report.language = language;
  report.made_at = momentText(nowUtc());
  report.draft = std::any_of(strategies.begin(), strategies.end(), isDraft);
  report.title = strategies.size() == 1
                     ? fill(kTitleOne, language,
                            {strategies.front().id + ": " + strategyTitle(strategies.front(), language)})
                     : fill(kTitleMany, language, {std::to_string(strategies.size())});
  auto head = project.audit().head();
  if (!head) return forward(head);
  report.audit_head = *head;
  if (strategies.empty()) return report;
  addSummary(report.blocks, strategies, language);
  const auto append = [&](std::vector<Block> blocks) {
    std::move(blocks.begin(), blocks.end(), std::back_inserter(report.blocks));
  };
  for (const StrategyVersion& each : strategies) {
    auto blocks = strategyBlocks(project, each, language);
    if (!blocks) return forward(blocks);
    append(std::move(*blocks));
  }
  addEvidence(report.blocks, strategies, language);
  std::set<std::string> sources;
  for (const StrategyVersion& each : strategies) {
    const Json& source = field(each.content, "source");
    if (!sources.insert(dumpJson(source)).second) continue;
    auto blocks = modelBlocks(project, source, language, job);
    if (!blocks) return forward(blocks);
    append(std::move(*blocks));
  }
  addMethod(report.blocks, strategies.front(), language);
  tieBlocks(report.blocks);
  return report;
}

}  // namespace lodestone::campaign
