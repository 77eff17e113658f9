// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/difference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/rule.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr Text kTitleEnglish{"Title in English", "英文标题"};
constexpr Text kTitleChinese{"Title in Chinese", "中文标题"};
constexpr Text kSegment{"Segment", "人群"};
constexpr Text kRule{"Who is addressed", "触达对象"};
constexpr Text kSize{"Customers addressed", "触达客户数"};
constexpr Text kEligible{"Customers who fit the rule", "符合规则的客户数"};
constexpr Text kExcluded{"Left out", "被排除"};
constexpr Text kMembers{"List of customers (fingerprint)", "客户名单（指纹）"};
constexpr Text kOffer{"Offer", "优惠"};
constexpr Text kDiscount{"Discount", "折扣"};
constexpr Text kOfferCost{"Cost of a redemption", "每次兑换成本"};
constexpr Text kChannel{"Channel", "渠道"};
constexpr Text kStart{"First day", "开始日期"};
constexpr Text kEnd{"Last day", "结束日期"};
constexpr Text kBudget{"Budget", "预算"};
constexpr Text kCost{"Planned cost", "计划费用"};
constexpr Text kContacts{"Cost of the contacts", "触达费用"};
constexpr Text kRedemptions{"Cost of the redemptions", "兑换费用"};
constexpr Text kDiscounts{"Discounts given", "折扣支出"};
constexpr Text kIncremental{"Incremental conversions", "增量转化"};
constexpr Text kConversions{"All conversions", "全部转化"};
constexpr Text kRevenue{"Revenue of all conversions", "全部转化的收入"};
constexpr Text kRoi{"Return on investment", "投资回报率"};
constexpr Text kSatisfaction{"Satisfaction", "满意度"};
constexpr Text kCheck{"Check: {0}", "检查：{0}"};
constexpr Text kSubjectEnglish{"Message in English: subject", "英文消息：主题"};
constexpr Text kBodyEnglish{"Message in English: text", "英文消息：正文"};
constexpr Text kSubjectChinese{"Message in Chinese: subject", "中文消息：主题"};
constexpr Text kBodyChinese{"Message in Chinese: text", "中文消息：正文"};
constexpr Text kEvidence{"Evidence: {0}", "依据：{0}"};
constexpr Text kSource{"Source: {0}", "来源：{0}"};
constexpr Text kOther{"Other: {0}", "其他：{0}"};
constexpr Text kNotKnown{"not known", "未知"};
constexpr Text kNoEstimate{"no estimate: {0}", "无估计：{0}"};

constexpr std::size_t kFingerprint = 12;

enum class Precision { Rounded, Full };

/// How a field is read: the part of the content that it is about, and that part in words.
struct Field {
  std::string path;
  Json title;
  Json (*part)(const Json& content, const std::string& path);
  Json (*words)(const Json& part, const Json& content, Precision precision);
};

Json at(const Json& content, const std::string& path) {
  const Json* here = &content;
  for (const std::string& key : split(path, '.')) here = &field(*here, key);
  return *here;
}

/// The rule as text and as conditions: what is shown is made of both.
Json ruleAt(const Json& content, const std::string&) {
  const Json& audience = field(content, "audience");
  if (field(audience, "rule").is_null() && field(audience, "conditions").is_null()) return nullptr;
  return {{"rule", field(audience, "rule")}, {"conditions", field(audience, "conditions")}};
}

Json offerAt(const Json& content, const std::string&) {
  const Json& offer = field(content, "offer");
  if (field(offer, "id").is_null()) return nullptr;
  return {{"id", field(offer, "id")}, {"title", field(offer, "title")}};
}

Json channelAt(const Json& content, const std::string&) {
  if (field(content, "channel").is_null()) return nullptr;
  return {{"id", field(content, "channel")}, {"title", field(content, "channel_title")}};
}

Json same(const std::string& text) {
  return bothWords(text, text);
}

Json asText(const Json& part, const Json&, Precision) {
  if (part.is_null()) return nullptr;
  if (part.is_string()) return same(part.get<std::string>());
  return part.is_object() && part.contains("en") ? part : same(dumpJson(part));
}

/// By its title, or by its id where it has none.
Json asEntry(const Json& part, const Json& content, Precision precision) {
  if (part.is_null()) return nullptr;
  const Json& title = field(part, "title");
  return asText(title.is_null() ? field(part, "id") : title, content, precision);
}

Json asCount(const Json& part, const Json& content, Precision precision) {
  return part.is_number_integer() ? same(formatCount(part.get<std::int64_t>()))
                                  : asText(part, content, precision);
}

Json asPercent(const Json& part, const Json& content, Precision precision) {
  if (!part.is_number()) return asText(part, content, precision);
  const double value = part.get<double>();
  return same(precision == Precision::Full ? formatNumber(value * 100) + " %" : formatPercent(value, 0));
}

Json asMoney(const Json& part, const Json& content, Precision precision) {
  if (part.is_null()) return both(kNotKnown);
  if (!part.is_number()) return asText(part, content, precision);
  const std::string currency = textField(content, "currency");
  return same(precision == Precision::Full ? currency + " " + formatNumber(part.get<double>())
                                           : formatMoney(part.get<double>(), currency));
}

Json asRule(const Json& part, const Json&, Precision) {
  if (part.is_null()) return nullptr;
  const auto rule = ruleFromJson(field(part, "conditions"));
  if (!rule) return same(textField(part, "rule"));
  return bothWords(ruleWords(*rule, Language::English), ruleWords(*rule, Language::Chinese));
}

Json asExcluded(const Json& part, const Json& content, Precision) {
  if (part.is_null()) return nullptr;
  const Json& audience = field(content, "audience");
  return bothWords(excludedText(audience, Language::English), excludedText(audience, Language::Chinese));
}

Json asFingerprint(const Json& part, const Json&, Precision) {
  return part.is_string() ? same(part.get<std::string>().substr(0, kFingerprint)) : Json(nullptr);
}

Json asEstimate(const Json& part, const Json&, Precision precision, bool percent, int decimals) {
  if (part.is_null()) return nullptr;
  if (!std::isfinite(numberField(part, "value"))) {
    const Json& reason = field(part, "reason");
    return both(kNoEstimate, {inLanguage(reason, Language::English)},
                {inLanguage(reason, Language::Chinese)});
  }
  if (precision == Precision::Full) return same(dumpJson(part));
  const auto in = [&](Language language) {
    return percent ? percentEstimateText(part, language) : estimateText(part, decimals, language);
  };
  return bothWords(in(Language::English), in(Language::Chinese));
}

Json asCountEstimate(const Json& part, const Json& content, Precision precision) {
  return asEstimate(part, content, precision, false, 1);
}

Json asShareEstimate(const Json& part, const Json& content, Precision precision) {
  return asEstimate(part, content, precision, true, 0);
}

Json asMoneyEstimate(const Json& part, const Json& content, Precision precision) {
  Json out = asEstimate(part, content, precision, false, 0);
  if (precision == Precision::Full || !out.is_object() || !std::isfinite(numberField(part, "value")))
    return out;
  for (auto& [language, text] : out.items())
    text = textField(content, "currency") + " " + text.get<std::string>();
  return out;
}

Json checkAt(const Json& content, const std::string& path) {
  const std::string name = path.substr(path.find('.') + 1);
  for (const Json& check : field(content, "checks"))
    if (textField(check, "name") == name) return check;
  return nullptr;
}

Json asCheck(const Json& part, const Json&, Precision) {
  if (part.is_null()) return nullptr;
  const auto in = [&](Language language) {
    return checkStatusWord(textField(part, "status"), language) + " — " +
           inLanguage(field(part, "message"), language);
  };
  return bothWords(in(Language::English), in(Language::Chinese));
}

std::vector<Field> decidedFields() {
  return {{"title.en", both(kTitleEnglish), at, asText},
          {"title.zh_CN", both(kTitleChinese), at, asText},
          {"segment", both(kSegment), at, asText},
          {"audience.rule", both(kRule), ruleAt, asRule},
          {"audience.size", both(kSize), at, asCount},
          {"audience.eligible", both(kEligible), at, asCount},
          {"audience.excluded", both(kExcluded), at, asExcluded},
          {"audience.members_hash", both(kMembers), at, asFingerprint},
          {"offer.id", both(kOffer), offerAt, asEntry},
          {"offer.discount", both(kDiscount), at, asPercent},
          {"offer.cost", both(kOfferCost), at, asMoney},
          {"channel", both(kChannel), channelAt, asEntry},
          {"timing.start", both(kStart), at, asText},
          {"timing.end", both(kEnd), at, asText},
          {"budget", both(kBudget), at, asMoney},
          {"cost", both(kCost), at, asMoney},
          {"cost_parts.contacts", both(kContacts), at, asMoney},
          {"cost_parts.redemptions", both(kRedemptions), at, asMoney},
          {"cost_parts.discounts", both(kDiscounts), at, asMoney},
          {"predicted.incremental_conversions", both(kIncremental), at, asCountEstimate},
          {"predicted.conversions", both(kConversions), at, asCountEstimate},
          {"predicted.revenue", both(kRevenue), at, asMoneyEstimate},
          {"predicted.roi", both(kRoi), at, asShareEstimate},
          {"predicted.satisfaction", both(kSatisfaction), at, asCountEstimate}};
}

std::vector<Field> checkFields(const Json& before, const Json& after) {
  std::vector<Field> fields;
  std::set<std::string> seen;
  for (const Json* content : {&before, &after})
    for (const Json& check : field(*content, "checks")) {
      const std::string name = textField(check, "name");
      if (seen.insert(name).second)
        fields.push_back(
            {"checks." + name,
             both(kCheck, {checkTitle(name, Language::English)}, {checkTitle(name, Language::Chinese)}),
             checkAt, asCheck});
    }
  return fields;
}

std::vector<Field> messageFields() {
  return {{"content.en.subject", both(kSubjectEnglish), at, asText},
          {"content.en.body", both(kBodyEnglish), at, asText},
          {"content.zh_CN.subject", both(kSubjectChinese), at, asText},
          {"content.zh_CN.body", both(kBodyChinese), at, asText}};
}

FieldPair compare(const Field& about, const Json& before, const Json& after) {
  const Json old_part = about.part(before, about.path);
  const Json new_part = about.part(after, about.path);
  FieldPair pair{about.path, about.title, about.words(old_part, before, Precision::Rounded),
                 about.words(new_part, after, Precision::Rounded), old_part != new_part};
  if (pair.changed && pair.before == pair.after) {
    pair.before = about.words(old_part, before, Precision::Full);
    pair.after = about.words(new_part, after, Precision::Full);
  }
  if (pair.changed && pair.before == pair.after) {  // words that hide what differs
    pair.before = same(dumpJson(old_part));
    pair.after = same(dumpJson(new_part));
  }
  return pair;
}

/// Lists stay whole.
void leaves(const Json& json, const std::string& path, std::map<std::string, Json>& out) {
  if (!json.is_object() || json.empty()) {
    out[path] = json;
    return;
  }
  for (const auto& [key, value] : json.items()) leaves(value, path.empty() ? key : path + "." + key, out);
}

bool covered(const std::string& path, const std::vector<FieldPair>& pairs) {
  // What fields above are made of.
  for (const char* part : {"checks", "audience.conditions", "offer.title", "channel_title"})
    if (path == part || path.starts_with(std::string(part) + ".")) return true;
  return std::any_of(pairs.begin(), pairs.end(), [&](const FieldPair& pair) {
    return path == pair.path || (path.starts_with(pair.path) && path[pair.path.size()] == '.');
  });
}

Json titleOf(const std::string& path) {
  const std::size_t dot = path.find('.');
  const std::string rest = dot == std::string::npos ? path : path.substr(dot + 1);
  if (path.starts_with("evidence.")) return both(kEvidence, {rest});
  if (path.starts_with("source.")) return both(kSource, {rest});
  return both(kOther, {path});
}

void addOthers(const Json& before, const Json& after, std::vector<FieldPair>& pairs) {
  std::map<std::string, Json> old_leaves;
  std::map<std::string, Json> new_leaves;
  leaves(before, "", old_leaves);
  leaves(after, "", new_leaves);
  std::set<std::string> paths;
  for (const auto* each : {&old_leaves, &new_leaves})
    for (const auto& [path, value] : *each) paths.insert(path);
  const std::size_t known = pairs.size();
  const std::vector<FieldPair> shown(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(known));
  for (const std::string& path : paths) {
    if (covered(path, shown)) continue;
    const auto old_leaf = old_leaves.find(path);
    const auto new_leaf = new_leaves.find(path);
    const bool was = old_leaf != old_leaves.end();
    const bool is = new_leaf != new_leaves.end();
    if (was && is && old_leaf->second == new_leaf->second) continue;
    const auto words = [&](bool there, const auto& leaf) {
      return there ? asText(leaf->second.is_null() ? Json("null") : leaf->second, {}, Precision::Full)
                   : Json(nullptr);
    };
    pairs.push_back({path, titleOf(path), words(was, old_leaf), words(is, new_leaf), true});
  }
}

}  // namespace

std::vector<FieldPair> compareContents(const Json& before, const Json& after) {
  std::vector<Field> fields = decidedFields();
  for (auto&& more : {checkFields(before, after), messageFields()})
    fields.insert(fields.end(), more.begin(), more.end());
  std::vector<FieldPair> pairs;
  for (const Field& about : fields) {
    FieldPair pair = compare(about, before, after);
    if (!pair.before.is_null() || !pair.after.is_null()) pairs.push_back(std::move(pair));
  }
  addOthers(before, after, pairs);
  return pairs;
}

std::vector<FieldPair> differences(const Json& before, const Json& after) {
  std::vector<FieldPair> pairs = compareContents(before, after);
  std::erase_if(pairs, [](const FieldPair& pair) { return !pair.changed; });
  return pairs;
}

}  // namespace lodestone::campaign
