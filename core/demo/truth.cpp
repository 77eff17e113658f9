// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <fstream>

#include "core/demo/sampler.h"
#include "core/demo/tables.h"
#include "core/demo/truth_text.h"

namespace lodestone::demo {

namespace {

constexpr Text kProgress{"Writing {0}", "正在写入 {0}"};
constexpr Text kCannotWrite{"Cannot write {0}. Check the free space and your rights there.",
                            "无法写入 {0}。请检查磁盘空间和权限。"};

void putIds(TruthText& truth, std::string_view key, char letter, std::size_t count) {
  truth.open(key, '[');
  for (std::size_t i = 0; i < count; ++i) truth.word({}, idOf(letter, static_cast<std::int64_t>(i)));
  truth.close(']');
}

template <class Range>
void putTastes(TruthText& truth, std::string_view key, const Range& range) {
  truth.open(key, '[');
  for (const auto& element : range) truth.numbers({}, element.taste, 3, [](double value) { return value; });
  truth.close(']');
}

void putTastes(TruthText& truth, const Shop& shop) {
  truth.open("tastes", '{');
  truth.number("scale", kTasteScale, 3);
  truth.numbers("popularity", shop.products, 4, [](const Product& product) { return product.popularity; });
  putTastes(truth, "products", shop.products);
  putTastes(truth, "customers", shop.customers);
  truth.open("seasons", '[');
  for (const auto& months : shop.season) truth.numbers({}, months, 4, [](double value) { return value; });
  truth.close(']');
  truth.numbers("trends", shop.trend, 4, [](double value) { return value; });
  truth.numbers("category_of_product", shop.products, 0,
                [](const Product& product) { return static_cast<double>(product.category); });
  truth.open("pairs", '[');
  for (std::size_t i = 0; i < shop.products.size(); ++i) {
    const std::int32_t partner = shop.products[i].partner;
    if (partner < static_cast<std::int32_t>(i)) continue;
    truth.open({}, '[');
    truth.word({}, idOf('P', static_cast<std::int64_t>(i)));
    truth.word({}, idOf('P', partner));
    truth.close(']');
  }
  truth.close(']');
  truth.close('}');
}

void putBuying(TruthText& truth, const Shop& shop) {
  const Buying& buying = shop.buying;
  const Calendar calendar(shop.first_day, shop.options.days);
  truth.open("buying", '{');
  truth.open("population", '{');
  truth.number("r", buying.r, 4);
  truth.number("alpha", buying.alpha, 4);
  truth.number("a", buying.a, 4);
  truth.number("b", buying.b, 4);
  truth.number("p", buying.p, 4);
  truth.number("q", buying.q, 4);
  truth.number("gamma", buying.gamma, 4);
  truth.number("buyers", buying.buyers, 4);
  truth.number("first_order_rate", buying.first_order_rate, 6);
  truth.number("other_model", buying.other_model, 4);
  truth.close('}');
  truth.open("model", '[');
  for (const Customer& customer : shop.customers)
    truth.word({}, !customer.buyer ? "none" : (customer.other_model ? "seasonal" : "bg_nbd"));
  truth.close(']');
  truth.numbers("rate", shop.customers, 6,
                [](const Customer& customer) { return customer.buyer ? customer.rate : 0; });
  truth.numbers("dropout_chance", shop.customers, 4,
                [](const Customer& customer) { return customer.dropout_chance; });
  truth.open("dropout_date", '[');
  for (const Customer& customer : shop.customers) {
    if (customer.dropout_day < shop.options.days)
      truth.word({}, calendar.date(customer.dropout_day));
    else
      truth.nothing();
  }
  truth.close(']');
  truth.numbers("expected_order_value", shop.customers, 2,
                [&](const Customer& customer) { return buying.p / customer.spend_rate; });
  truth.close('}');
}

void putCampaigns(TruthText& truth, const Shop& shop) {
  truth.open("campaigns", '{');
  for (std::size_t i = 0; i < shop.campaigns.size(); ++i) {
    const Campaign& campaign = shop.campaigns[i];
    const auto treated = static_cast<double>(std::max<std::int64_t>(1, campaign.treated));
    const auto others = static_cast<double>(std::max<std::int64_t>(1, campaign.assigned - campaign.treated));
    truth.open(idOf('M', static_cast<std::int64_t>(i)), '{');
    truth.flag("random", campaign.random);
    truth.word("offer", kOfferNames[campaign.offer]);
    truth.word("channel", kChannelNames[campaign.channel]);
    truth.whole("treated", static_cast<std::uint64_t>(campaign.treated));
    truth.whole("held_out", static_cast<std::uint64_t>(campaign.assigned - campaign.treated));
    truth.number("average_effect", campaign.effect_of_treated / treated, 6);
    truth.number("base_of_treated", campaign.base_of_treated / treated, 6);
    truth.number("base_of_held_out", campaign.base_of_others / others, 6);
    truth.close('}');
  }
  truth.close('}');
}

void putEffects(TruthText& truth, const Shop& shop) {
  std::vector<double> base;
  for (const Customer& customer : shop.customers)
    base.push_back(baseConversion(shop, customer, shop.options.days, shop.window));
  truth.open("effects", '{');
  truth.open("offers", '[');
  for (const char* offer : kOfferNames) truth.word({}, offer);
  truth.close(']');
  truth.open("channels", '[');
  for (const char* channel : kChannelNames) truth.word({}, channel);
  truth.close(']');
  truth.whole("window_days", static_cast<std::uint64_t>(shop.window));
  truth.numbers("base_conversion", base, 4, [](double value) { return value; });
  truth.open("customer_effect", '{');
  for (std::size_t at = 0; at < kOffers * kChannels; ++at) {
    const std::string key = std::string(kOfferNames[at / kChannels]) + "|" + kChannelNames[at % kChannels];
    std::size_t i = 0;
    truth.numbers(key, shop.customers, 4, [&](const Customer& customer) {
      const double now = base[i++];
      return clippedEffect(now, customer.effect[at]);
    });
  }
  truth.close('}');
  putCampaigns(truth, shop);
  truth.close('}');
}

}  // namespace

Result<> writeTruth(const Shop& shop, const std::vector<TableRecord>& tables,
                    const std::filesystem::path& folder, DemoShopFiles& written, JobContext& job) {
  job.report(0, kProgress, {"truth.json"});
  TruthText truth;
  truth.open({}, '{');
  truth.whole("seed", shop.options.seed);
  truth.whole("days", static_cast<std::uint64_t>(shop.options.days));
  const Calendar calendar(shop.first_day, shop.options.days);
  truth.word("first_date", calendar.date(0));
  truth.word("last_date", calendar.date(shop.options.days - 1));
  putIds(truth, "customers", 'C', shop.customers.size());
  putIds(truth, "products", 'P', shop.products.size());
  putBuying(truth, shop);
  putEffects(truth, shop);
  if (auto go = job.checkpoint(); !go) return go;
  putTastes(truth, shop);
  putLaws(truth, shop);
  putTables(truth, tables, shop.options.dirt != Dirt::None);
  truth.close('}');
  truth.text() += '\n';
  const std::filesystem::path path = folder / "truth.json";
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(truth.text().data(), static_cast<std::streamsize>(truth.text().size()));
  file.close();
  if (!file) return fail(ErrorCode::Io, kCannotWrite, {path.string()}, {.file = path.string()});
  written.files.emplace_back("truth.json");
  return {};
}

}  // namespace lodestone::demo
