// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/tables.h"

#include <algorithm>
#include <array>

#include "core/demo/writing.h"

namespace lodestone::demo {

namespace {

constexpr Text kProgress{"Writing {0}", "正在写入 {0}"};
constexpr std::array<const char*, 4> kEventTypes{"view", "search", "cart", "purchase"};
constexpr std::array<const char*, kChannels> kConsentColumns{"email_consent", "sms_consent", "push_consent"};

// Accounts that the shop's own people made to try things: only dirty files have them.
void writeTestAccounts(const Writing& writing, TableWriter& table) {
  if (!writing.dirty()) return;
  const int count = writing.shop.options.dirt == Dirt::Some ? 3 : 15;
  for (int i = 0; i < count; ++i) {
    table.testAccount();
    table.cell(idOf('T', i)).date(writing.calendar, 0).whole(1900).cell("test").cell("test").cell("test");
    table.cell("test" + std::to_string(i + 1) + "@example.com").cell("000").flag(true).flag(true).flag(true);
    table.endRow();
  }
}

Result<> writeCustomers(Writing& writing) {
  TableWriter table(writing.folder, "customers",
                    {{"customer_id"},
                     {"signup_date", {Flaw::MixedDates}},
                     {"birth_year", {Flaw::Missing, Flaw::ImpossibleYear}},
                     {"gender", {Flaw::Missing}},
                     {"city", {Flaw::TrailingSpaces, Flaw::Missing}},
                     {"acquisition_channel", {Flaw::TrailingSpaces}},
                     {"email", {Flaw::Missing}},
                     {"phone", {Flaw::Missing, Flaw::TrailingSpaces}},
                     {"email_consent"},
                     {"sms_consent"},
                     {"push_consent"}},
                    writing.shop.options);
  for (std::size_t i = 0; i < writing.shop.customers.size(); ++i) {
    const Customer& customer = writing.shop.customers[i];
    const auto index = static_cast<std::int64_t>(i);
    // +999 is a country code that nobody has.
    std::string phone =
        std::to_string(10'000'000'000 + (index * 7919 + 1234567) % 9'000'000'000).insert(0, "+999");
    table.cell(idOf('C', index)).date(writing.calendar, customer.signup_day).whole(customer.birth_year);
    table.cell(writing.words.genders[customer.gender]).cell(writing.words.cities[customer.city]);
    table.cell(writing.words.acquisition_channels[customer.acquisition]);
    table.cell("customer" + std::to_string(i + 1) + "@example.com").cell(phone);
    for (const bool consent : customer.consent) table.flag(consent);
    if (customer.age >= 60) table.missMore();
    table.endRow();
  }
  writeTestAccounts(writing, table);
  return finishTable(writing, table);
}

Result<> writeProducts(Writing& writing) {
  TableWriter table(writing.folder, "products",
                    {{"product_id"},
                     {"title", {Flaw::TrailingSpaces}},
                     {"category", {Flaw::TrailingSpaces}},
                     {"brand", {Flaw::Missing}},
                     {"price"},
                     {"unit_cost", {Flaw::Missing}},
                     {"stock", {Flaw::Missing}},
                     {"lead_time_days"},
                     {"launch_date", {Flaw::MixedDates}},
                     {"description", {Flaw::Missing}}},
                    writing.shop.options);
  for (std::size_t i = 0; i < writing.shop.products.size(); ++i) {
    const Product& product = writing.shop.products[i];
    const std::string title = productTitle(writing.words, product);
    const std::string_view brand = writing.words.brands[product.brand];
    const std::string_view category = writing.words.categories[product.category];
    table.cell(idOf('P', static_cast<std::int64_t>(i))).cell(title).cell(category).cell(brand);
    table.money(product.price).money(product.unit_cost).whole(product.stock).whole(product.lead_time_days);
    table.date(writing.calendar, product.launch_day);
    table.cell(fillPattern(writing.words.description, {title, brand, category}));
    table.endRow();
  }
  return finishTable(writing, table);
}

Result<> writeEvents(Writing& writing) {
  TableWriter table(writing.folder, "events",
                    {{"event_id"},
                     {"session_id"},
                     {"customer_id"},
                     {"product_id"},
                     {"type"},
                     {"ts", {Flaw::MixedDates}},
                     {"query", {Flaw::TrailingSpaces}},
                     {"device", {Flaw::Missing}}},
                    writing.shop.options);
  // Sessions are numbered in the order in which they begin.
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(writing.shop.sessions), -1);
  std::int64_t sessions = 0;
  const std::vector<Event>& events = writing.shop.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i % 65536 == 0) {
      if (auto go = writing.job.checkpoint(); !go) return go;
      writing.job.report(0.05 + 0.6 * static_cast<double>(i) / static_cast<double>(events.size()), kProgress,
                         {"events.csv"});
    }
    const Event& event = events[i];
    std::int64_t& session = numbers[static_cast<std::size_t>(event.session)];
    if (session < 0) session = sessions++;
    const bool search = event.type == EventType::Search;
    const Product& product = writing.shop.products[static_cast<std::size_t>(event.product)];
    table.cell(idOf('E', static_cast<std::int64_t>(i)))
        .cell(idOf('S', session))
        .cell(idOf('C', event.customer));
    table.cell(search ? std::string() : idOf('P', event.product));
    table.cell(kEventTypes[static_cast<std::size_t>(event.type)]).moment(writing.calendar, event.moment);
    table.cell(search ? writing.words.nouns[product.category][product.noun] : std::string_view());
    table.cell(writing.words.devices[event.device]);
    table.endRow();
  }
  return finishTable(writing, table);
}

// An order's id by the assignment that it converts; empty where there is none.
using OrderIds = std::vector<std::string>;

Result<OrderIds> writeOrders(Writing& writing) {
  TableWriter orders(writing.folder, "orders",
                     {{"order_id"},
                      {"customer_id"},
                      {"ts", {Flaw::MixedDates}},
                      {"total", {Flaw::Missing}, true},
                      {"discount", {Flaw::Missing}, true},
                      {"returned", {Flaw::Missing}}},
                     writing.shop.options);
  TableWriter items(writing.folder, "order_items",
                    {{"order_id"}, {"product_id"}, {"quantity"}, {"unit_price"}}, writing.shop.options);
  OrderIds converting(writing.shop.assignments.size());
  const std::vector<OrderPlace>& list = writing.shop.in_time;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i % 65536 == 0)
      if (auto go = writing.job.checkpoint(); !go) return forward(go);
    const Order& order = writing.shop.order(list[i]);
    const std::string id = idOf('O', static_cast<std::int64_t>(i));
    if (order.assignment >= 0) converting[static_cast<std::size_t>(order.assignment)] = id;
    orders.cell(id).cell(idOf('C', list[i].customer)).moment(writing.calendar, order.moment);
    orders.money(order.value - order.discount).money(order.discount).flag(order.returned);
    orders.endRow();
    for (const OrderItem& item : order.items) {
      items.cell(id).cell(idOf('P', item.product)).whole(item.quantity).money(item.unit_price);
      items.endRow();
    }
  }
  if (auto done = finishTable(writing, orders); !done) return forward(done);
  if (auto done = finishTable(writing, items); !done) return forward(done);
  return converting;
}

Result<> writeCampaigns(Writing& writing) {
  TableWriter table(writing.folder, "campaigns",
                    {{"campaign_id"},
                     {"name", {Flaw::TrailingSpaces}},
                     {"start"},
                     {"end"},
                     {"channel"},
                     {"offer"},
                     {"discount"},
                     {"audience_rule"},
                     {"budget"},
                     {"spend"}},
                    writing.shop.options);
  for (std::size_t i = 0; i < writing.shop.campaigns.size(); ++i) {
    const Campaign& campaign = writing.shop.campaigns[i];
    const std::string number = std::to_string(i + 1);
    const std::string_view rule = campaign.random ? writing.words.random_rule : writing.words.confounded_rule;
    table.cell(idOf('M', static_cast<std::int64_t>(i)));
    table.cell(fillPattern(writing.words.campaign, {writing.words.offers[campaign.offer],
                                                    writing.words.channels[campaign.channel], number}));
    table.date(writing.calendar, campaign.start).date(writing.calendar, campaign.end);
    table.cell(kChannelNames[campaign.channel]).cell(kOfferNames[campaign.offer]);
    table.money(static_cast<std::int64_t>(kOfferDiscounts[campaign.offer] * 100 + 0.5));
    table.cell(fillPattern(rule, {kConsentColumns[campaign.channel], "60", "40"}));
    table.money(campaign.budget).money(campaign.spend);
    table.endRow();
  }
  return finishTable(writing, table);
}

Result<> writeAssignments(Writing& writing, const OrderIds& converting) {
  std::vector<ColumnPlan> columns{{"campaign_id"}, {"customer_id"}, {"treated"}, {"sent_at"},     {"opened"},
                                  {"clicked"},     {"converted"},   {"revenue"}, {"unsubscribed"}};
  // The leak: known only after the outcome, and filled exactly where it is 1.
  const bool leak = writing.dirty();
  if (leak) columns.push_back({.name = "converting_order_id", .leak = true});
  TableWriter table(writing.folder, "assignments", std::move(columns), writing.shop.options);
  for (std::size_t i = 0; i < writing.shop.assignments.size(); ++i) {
    const Assignment& assignment = writing.shop.assignments[i];
    table.cell(idOf('M', assignment.campaign)).cell(idOf('C', assignment.customer)).flag(assignment.treated);
    if (assignment.treated)
      table.moment(writing.calendar, assignment.sent);
    else
      table.empty();
    table.flag(assignment.opened).flag(assignment.clicked).flag(assignment.converted);
    table.money(assignment.revenue).flag(assignment.unsubscribed);
    if (leak) table.cell(converting[i]);
    table.endRow();
  }
  return finishTable(writing, table);
}

}  // namespace

Result<> finishTable(Writing& writing, TableWriter& table) {
  auto done = table.finish();
  if (!done) return done;
  writing.written.files.push_back(table.path().filename());
  writing.written.rows.emplace_back(table.record().name, table.record().written);
  writing.records.push_back(table.record());
  return {};
}

Result<std::vector<TableRecord>> writeTables(const Shop& shop, const std::filesystem::path& folder,
                                             DemoShopFiles& written, JobContext& job) {
  const Calendar calendar(shop.first_day, shop.options.days);
  std::vector<TableRecord> records;
  Writing writing{shop, vocabulary(shop.options.data_language), calendar, folder, written, records, job};
  job.report(0, kProgress, {"customers.csv"});
  if (auto done = writeCustomers(writing); !done) return forward(done);
  if (auto done = writeProducts(writing); !done) return forward(done);
  if (auto done = writeEvents(writing); !done) return forward(done);
  job.report(0.65, kProgress, {"orders.csv"});
  auto converting = writeOrders(writing);
  if (!converting) return forward(converting);
  if (auto done = writeCampaigns(writing); !done) return forward(done);
  job.report(0.75, kProgress, {"assignments.csv"});
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = writeAssignments(writing, *converting); !done) return forward(done);
  job.report(0.8, kProgress, {"reviews.csv"});
  if (auto done = writeServiceTables(writing); !done) return forward(done);
  job.report(0.85, kProgress, {"demand.csv"});
  if (auto done = writePlanningTables(writing); !done) return forward(done);
  return records;
}

}  // namespace lodestone::demo
