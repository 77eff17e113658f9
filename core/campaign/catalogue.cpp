// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/catalogue.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr const char* kSetting = "catalogue";

constexpr Text kNotAnObject{"The catalogue must be a JSON object with the lists offers and channels.",
                            "目录必须是包含 offers 和 channels 两个列表的 JSON 对象。"};
constexpr Text kNoId{"Entry {0} of the catalogue's {1} has no id. Give every entry an id of its own.",
                     "目录 {1} 的第 {0} 项没有 id。请为每一项指定唯一的 id。"};
constexpr Text kTwice{"The catalogue's {1} hold {0} twice. Give every entry an id of its own.",
                      "目录 {1} 中 {0} 重复。请为每一项指定唯一的 id。"};
constexpr Text kBadNumber{"{0} of {1} in the catalogue must be a number from {2} to {3}; it is {4}.",
                          "目录中 {1} 的 {0} 必须是 {2} 到 {3} 之间的数字；现在是 {4}。"};
constexpr Text kEmpty{"The catalogue has no {0}. Add at least one.", "目录中没有 {0}。请至少添加一项。"};

constexpr double kLargest = 1e9;

struct Range {
  double low;
  double high;
};

Result<double> numberOf(const Json& json, const char* key, const std::string& owner, double fallback,
                        Range range) {
  const Json& value = field(json, key);
  if (value.is_null()) return fallback;
  const double number = value.is_number() ? value.get<double>() : NAN;
  if (!(number >= range.low && number <= range.high))
    return fail(ErrorCode::InvalidArgument, kBadNumber,
                {key, owner, formatNumber(range.low), formatNumber(range.high), dumpJson(value)},
                {.item = owner});
  return number;
}

Result<std::string> idOf(const Json& json, std::size_t index, const char* list, std::set<std::string>& seen) {
  const std::string id(trim(textField(json, "id")));
  if (id.empty())
    return fail(ErrorCode::InvalidArgument, kNoId, {std::to_string(index + 1), list}, {.item = list});
  if (!seen.insert(id).second) return fail(ErrorCode::InvalidArgument, kTwice, {id, list}, {.item = id});
  return id;
}

void readTitle(const Json& json, const std::string& id, std::string& english, std::string& chinese) {
  english = inLanguage(field(json, "title"), Language::English);
  chinese = inLanguage(field(json, "title"), Language::Chinese);
  if (english.empty()) english = chinese.empty() ? id : chinese;
  if (chinese.empty()) chinese = english;
}

Result<Offer> offerOf(const Json& json, std::size_t index, std::set<std::string>& seen) {
  auto id = idOf(json, index, "offers", seen);
  if (!id) return forward(id);
  Offer offer{*id};
  readTitle(json, *id, offer.title_en, offer.title_zh);
  auto discount = numberOf(json, "discount", *id, 0, {0, 1});
  if (!discount) return forward(discount);
  auto unit_cost = numberOf(json, "unit_cost", *id, 0, {0, kLargest});
  if (!unit_cost) return forward(unit_cost);
  offer.discount = *discount;
  offer.unit_cost = *unit_cost;
  return offer;
}

Result<Channel> channelOf(const Json& json, std::size_t index, std::set<std::string>& seen) {
  auto id = idOf(json, index, "channels", seen);
  if (!id) return forward(id);
  Channel channel{*id};
  readTitle(json, *id, channel.title_en, channel.title_zh);
  auto unit_cost = numberOf(json, "unit_cost", *id, 0, {0, kLargest});
  if (!unit_cost) return forward(unit_cost);
  channel.unit_cost = *unit_cost;
  if (!field(json, "capacity").is_null()) {
    auto capacity = numberOf(json, "capacity", *id, 0, {0, 1e12});
    if (!capacity) return forward(capacity);
    channel.capacity = static_cast<std::int64_t>(*capacity);
  }
  return channel;
}

}  // namespace

const Offer* Catalogue::offer(const std::string& id) const {
  const auto found = std::find_if(offers.begin(), offers.end(), [&](const Offer& o) { return o.id == id; });
  return found == offers.end() ? nullptr : &*found;
}

const Channel* Catalogue::channel(const std::string& id) const {
  const auto found =
      std::find_if(channels.begin(), channels.end(), [&](const Channel& c) { return c.id == id; });
  return found == channels.end() ? nullptr : &*found;
}

Catalogue defaultCatalogue() {
  Catalogue catalogue;
  catalogue.offers = {{"ten_percent_off", "10 % off", "九折", 0.10, 0},
                      {"twenty_percent_off", "20 % off", "八折", 0.20, 0},
                      {"free_shipping", "Free shipping", "包邮", 0, 4.90},
                      {"free_gift", "Free gift", "赠品", 0, 3.50}};
  catalogue.channels = {{"email", "e-mail", "邮件", 0.02, {}},
                        {"sms", "text message", "短信", 0.06, {}},
                        {"push", "push", "推送", 0.01, {}}};
  return catalogue;
}

Result<Catalogue> loadCatalogue(const project::Project& project) {
  auto text = project.setting(kSetting);
  if (!text) return forward(text);
  if (text->empty()) return defaultCatalogue();
  auto json = parseJson(*text, kSetting);
  if (!json) return forward(json);
  return catalogueFromJson(*json);
}

Result<> saveCatalogue(project::Project& project, const Catalogue& catalogue) {
  const Json json = toJson(catalogue);
  if (auto checked = catalogueFromJson(json); !checked) return forward(checked);
  return project.setSetting(kSetting, dumpJson(json));
}

Json toJson(const Catalogue& catalogue) {
  Json offers = Json::array();
  for (const Offer& offer : catalogue.offers)
    offers.push_back({{"id", offer.id},
                      {"title", bothWords(offer.title_en, offer.title_zh)},
                      {"discount", offer.discount},
                      {"unit_cost", offer.unit_cost}});
  Json channels = Json::array();
  for (const Channel& channel : catalogue.channels)
    channels.push_back({{"id", channel.id},
                        {"title", bothWords(channel.title_en, channel.title_zh)},
                        {"unit_cost", channel.unit_cost},
                        {"capacity", channel.capacity ? Json(*channel.capacity) : Json(nullptr)}});
  return {{"currency", catalogue.currency},
          {"margin", catalogue.margin},
          {"offers", std::move(offers)},
          {"channels", std::move(channels)}};
}

Result<Catalogue> catalogueFromJson(const Json& json) {
  if (!json.is_object() || !field(json, "offers").is_array() || !field(json, "channels").is_array())
    return fail(ErrorCode::InvalidArgument, kNotAnObject);
  Catalogue catalogue;
  if (const std::string currency = textField(json, "currency"); !currency.empty())
    catalogue.currency = currency;
  auto margin = numberOf(json, "margin", "catalogue", catalogue.margin, {0, 1});
  if (!margin) return forward(margin);
  catalogue.margin = *margin;
  std::set<std::string> offer_ids;
  for (const Json& entry : json["offers"]) {
    auto offer = offerOf(entry, catalogue.offers.size(), offer_ids);
    if (!offer) return forward(offer);
    catalogue.offers.push_back(std::move(*offer));
  }
  std::set<std::string> channel_ids;
  for (const Json& entry : json["channels"]) {
    auto channel = channelOf(entry, catalogue.channels.size(), channel_ids);
    if (!channel) return forward(channel);
    catalogue.channels.push_back(std::move(*channel));
  }
  if (catalogue.offers.empty()) return fail(ErrorCode::InvalidArgument, kEmpty, {"offers"});
  if (catalogue.channels.empty()) return fail(ErrorCode::InvalidArgument, kEmpty, {"channels"});
  return catalogue;
}

}  // namespace lodestone::campaign
