// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/event_source.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

namespace {

constexpr Text kNeeded{
    "Which column of {0} is the {1}? Give the table that role, or name the column. It has {2}.",
    "{0} 的哪一列是“{1}”？请为该表设置此角色，或指明列名。现有列：{2}。"};
constexpr Text kNoTime{
    "Column '{0}' of {1} is {2} and not a date or a time. Change its type first (step change_type).",
    "{1} 的列“{0}”类型为 {2}，不是日期或时间。请先更改其类型（步骤 change_type）。"};
constexpr Text kNoNumber{
    "Column '{0}' of {1} is {2} and not a number. Change its type first (step change_type).",
    "{1} 的列“{0}”类型为 {2}，不是数字。请先更改其类型（步骤 change_type）。"};
constexpr Text kNoMoment{"'{0}' is not a date. Write it like 2026-03-01 or 2026-03-01 12:30:00.",
                         "“{0}”不是日期。请写成 2026-03-01 或 2026-03-01 12:30:00。"};
constexpr Text kNoTimes{"Column '{0}' of {1} has no date or time at all: every cell is missing.",
                        "{1} 的列“{0}”没有任何日期或时间：所有单元格均缺失。"};
constexpr Text kNoWord{"No row of {1} has the event '{0}' in column {2}. There are: {3}.",
                       "{1} 的列 {2} 中没有事件“{0}”。现有的值：{3}。"};
constexpr Text kNoPurchase{"Which event in column {1} of {0} is a purchase? Name it: there are {2}.",
                           "{0} 的列 {1} 中哪个事件表示购买？请指明。现有的值：{2}。"};
constexpr Text kMissingKeys{"{0} rows of {1} have no user or no time and are left out.",
                            "{1} 有 {0} 行缺少用户或时间，未计入。"};
constexpr Text kLater{"{0} rows of {1} are later than {2} and are left out.",
                      "{1} 有 {0} 行晚于 {2}，未计入。"};

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 17> kUserNames{
    "user_id",   "userid",    "user",       "customer_id", "customerid", "customer",
    "client_id", "member_id", "visitor_id", "visitorid",   "account_id", "uid",
    "用户id",    "用户",      "客户id",     "客户",        "会员"};
constexpr std::array<std::string_view, 15> kTimeNames{
    "event_time", "timestamp",     "ts",         "time", "datetime", "date",     "created_at", "order_date",
    "order_time", "purchase_date", "event_date", "时间", "日期",     "下单时间", "购买时间"};
constexpr std::array<std::string_view, 13> kAmountNames{
    "amount",      "price",         "revenue", "total", "sales", "spend", "monetary",
    "order_value", "payment_value", "value",   "金额",  "价格",  "销售额"};
constexpr std::array<std::string_view, 12> kItemNames{"item_id",    "itemid",  "item", "product_id",
                                                      "productid",  "product", "sku",  "goods_id",
                                                      "article_id", "商品id",  "商品", "产品"};
constexpr std::array<std::string_view, 11> kEventNames{"event",  "event_type", "eventtype", "event_name",
                                                       "action", "behavior",   "behaviour", "behavior_type",
                                                       "行为",   "行为类型",   "事件"};
constexpr std::array<std::string_view, 9> kCategoryNames{
    "category",   "category_id", "category_code", "item_category", "product_category",
    "department", "品类",        "类别",          "类目"};
constexpr std::array<std::string_view, 5> kSessionNames{"session_id", "sessionid", "session", "user_session",
                                                        "visit_id"};

constexpr std::array<std::string_view, 14> kViewWords{
    "view", "views",  "page_view", "pageview", "pv",   "impression", "exposure",
    "show", "detail", "浏览",      "曝光",     "查看", "展示",       "访问"};
constexpr std::array<std::string_view, 5> kClickWords{"click", "clicked", "clicks", "tap", "点击"};
constexpr std::array<std::string_view, 9> kCartWords{"cart",        "add_to_cart", "addtocart",
                                                     "add to cart", "cart_add",    "basket",
                                                     "加购",        "加购物车",    "加入购物车"};
constexpr std::array<std::string_view, 15> kPurchaseWords{
    "purchase", "purchased", "buy",  "bought", "order", "transaction", "sale", "paid",
    "payment",  "pay",       "购买", "下单",   "支付",  "付款",        "成交"};

template <class Accept>
void guess(const TableInfo& table, std::string& column, Words names, Accept&& accept) {
  if (!column.empty()) return;
  for (const std::string_view name : names)
    for (const ColumnInfo& one : table.columns)
      if (lowerAscii(one.name) == name && accept(familyOf(one.type))) {
        column = one.name;
        return;
      }
}

/// Every spelling of the first usual word that occurs.
std::vector<std::string> usualWord(const std::vector<std::string>& occurring, Words usual) {
  std::vector<std::string> found;
  for (const std::string_view word : usual) {
    for (const std::string& one : occurring)
      if (lowerAscii(trim(one)) == word) found.push_back(one);
    if (!found.empty()) break;
  }
  return found;
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> list(words.begin(),
                                words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), kMost)));
  if (words.size() > kMost) list.emplace_back("…");
  return join(list, ", ");
}

std::string columnNames(const TableInfo& table) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : table.columns) names.push_back(column.name);
  return join(names, ", ");
}

/// Counts what of the source is used and what is left out, as figures and notices.
Result<> countRows(Session& session, const EventSource& source, const std::string& as_of,
                   FeatureReport& report, JobContext& job) {
  const std::string keyless = quoteIdentifier(source.user()->name) + " IS NULL OR " +
                              quoteIdentifier(source.time()->name) + " IS NULL";
  auto rows = session.rows("SELECT count(*), count_if(" + keyless + "), count_if(NOT (" + keyless + ") AND " +
                               source.moment() + " > TIMESTAMP " + quoteLiteral(as_of) + ") FROM " +
                               quoted(source.info().table),
                           job);
  if (!rows) return forward(rows);
  const auto count = [&](std::size_t i) { return rows->rows[0][i].get<std::int64_t>(); };
  const auto grouped = [&](std::size_t i) { return formatGrouped(static_cast<double>(count(i)), 0); };
  const std::string& table = source.info().table.name;
  report.source_rows = count(0);
  report.used_rows = count(0) - count(1) - count(2);
  report.as_of = as_of;
  if (count(1) > 0) report.notices.push_back({"missing_keys", "", kMissingKeys, {grouped(1), table}});
  if (count(2) > 0) report.notices.push_back({"later", "", kLater, {grouped(2), table, as_of}});
  return {};
}

}  // namespace

EventColumns guessEventColumns(const TableInfo& table, EventColumns given) {
  const auto any = [](TypeFamily) { return true; };
  guess(table, given.user, kUserNames, any);
  guess(table, given.time, kTimeNames,
        [](TypeFamily family) { return family == TypeFamily::Day || family == TypeFamily::Moment; });
  guess(table, given.amount, kAmountNames, [](TypeFamily family) { return family == TypeFamily::Number; });
  guess(table, given.item, kItemNames, any);
  guess(table, given.event, kEventNames, [](TypeFamily family) { return family == TypeFamily::Text; });
  guess(table, given.category, kCategoryNames, any);
  guess(table, given.session, kSessionNames, any);
  return given;
}

Result<EventSource> EventSource::open(const Database& database, const TableName& table,
                                      const EventColumns& columns, Needs needs) {
  auto info = database.table(table);
  if (!info) return forward(info);
  EventSource source;
  source.info_ = std::move(*info);
  if (auto found = source.find(columns); !found) return forward(found);
  if (auto right = source.check(needs); !right) return forward(right);
  return source;
}

Result<> EventSource::find(const EventColumns& columns) {
  const std::array<std::pair<const std::string*, std::optional<ColumnInfo>*>, 7> all{{
      {&columns.user, &user_},
      {&columns.time, &time_},
      {&columns.amount, &amount_},
      {&columns.item, &item_},
      {&columns.event, &event_},
      {&columns.category, &category_},
      {&columns.session, &session_},
  }};
  for (const auto& [name, column] : all) {
    if (name->empty()) continue;
    auto found = columnOf(info_, *name);
    if (!found) return forward(found);
    *column = std::move(*found);
  }
  return {};
}

Result<> EventSource::check(Needs needs) const {
  const auto needed = [&](const std::optional<ColumnInfo>& column, const char* role) -> Result<> {
    if (column) return {};
    return fail(ErrorCode::InvalidArgument, kNeeded, {info_.table.name, role, columnNames(info_)},
                {.table = info_.table.name});
  };
  if (auto there = needed(user_, "user"); !there) return there;
  if (needs == Needs::UserAndItem) {
    if (auto there = needed(item_, "item"); !there) return there;
  } else if (auto there = needed(time_, "time"); !there) {
    return there;
  }
  if (needs == Needs::Amount)
    if (auto there = needed(amount_, "amount"); !there) return there;
  const auto wrong = [&](const Text& text, const ColumnInfo& column) {
    return fail(ErrorCode::InvalidArgument, text, {column.name, info_.table.name, column.type},
                {.column = column.name, .table = info_.table.name});
  };
  if (time_ && familyOf(time_->type) != TypeFamily::Day && familyOf(time_->type) != TypeFamily::Moment)
    return wrong(kNoTime, *time_);
  if (amount_ && familyOf(amount_->type) != TypeFamily::Number) return wrong(kNoNumber, *amount_);
  return {};
}

std::string EventSource::moment() const {
  const std::string name = quoteIdentifier(time_->name);
  if (time_->type == "TIMESTAMP") return name;
  if (time_->type == "TIMESTAMP WITH TIME ZONE") return "(" + name + " AT TIME ZONE 'UTC')";
  return "CAST(" + name + " AS TIMESTAMP)";
}

std::string EventSource::isOneOf(const std::vector<std::string>& words) const {
  if (!event_) return "true";
  std::vector<std::string> list;
  for (const std::string& word : words) list.push_back(quoteLiteral(word));
  const std::string name = quoteIdentifier(event_->name);
  return (event_->type == "VARCHAR" ? name : "CAST(" + name + " AS VARCHAR)") + " IN (" + join(list, ", ") +
         ")";
}

Result<std::string> EventSource::asOf(Session& session, const std::string& text, JobContext& job) const {
  const std::string given = "TRY_CAST(" + quoteLiteral(trim(text)) + " AS TIMESTAMP)";
  const std::string sql =
      text.empty() ? "(SELECT max(" + moment() + ") FROM " + quoted(info_.table) + ")" : given;
  auto rows = session.rows("SELECT CAST(" + sql + " AS VARCHAR)", job);
  if (!rows) return forward(rows);
  const Json& cell = rows->rows.at(0).at(0);
  if (cell.is_string() && cell.get_ref<const std::string&>().find("infinity") == std::string::npos)
    return cell.get<std::string>();
  if (!text.empty()) return fail(ErrorCode::InvalidArgument, kNoMoment, {text});
  return fail(ErrorCode::NotEnoughData, kNoTimes, {time_->name, info_.table.name},
              {.column = time_->name, .table = info_.table.name});
}

Result<std::vector<std::string>> EventSource::occurring(Session& session, JobContext& job) const {
  // More kinds than these are no kinds of events.
  auto rows = session.rows("SELECT DISTINCT CAST(" + quoteIdentifier(event_->name) +
                               " AS VARCHAR) AS word FROM " + quoted(info_.table) + " WHERE " +
                               quoteIdentifier(event_->name) + " IS NOT NULL ORDER BY word LIMIT 1000",
                           job);
  if (!rows) return forward(rows);
  std::vector<std::string> words;
  for (const auto& row : rows->rows) words.push_back(row[0].get<std::string>());
  return words;
}

tl::unexpected<Error> EventSource::noSuchWord(const std::string& word,
                                              const std::vector<std::string>& there) const {
  return fail(ErrorCode::InvalidArgument, kNoWord, {word, info_.table.name, event_->name, listed(there)},
              {.column = event_->name, .table = info_.table.name});
}

Result<> EventSource::checkWords(Session& session, const std::vector<std::string>& words,
                                 JobContext& job) const {
  if (words.empty()) return {};
  if (!event_)
    return fail(ErrorCode::InvalidArgument, kNeeded, {info_.table.name, "event", columnNames(info_)},
                {.table = info_.table.name});
  auto there = occurring(session, job);
  if (!there) return forward(there);
  for (const std::string& word : words)
    if (std::find(there->begin(), there->end(), word) == there->end()) return noSuchWord(word, *there);
  return {};
}

Result<EventWords> EventSource::words(Session& session, const EventWords& given, bool needs_purchase,
                                      JobContext& job) const {
  for (const auto* list : {&given.view, &given.click, &given.cart, &given.purchase})
    if (auto known = checkWords(session, *list, job); !known) return forward(known);
  if (!event_) return EventWords{};
  auto there = occurring(session, job);
  if (!there) return forward(there);
  EventWords words = given;
  if (words.view.empty()) words.view = usualWord(*there, kViewWords);
  if (words.click.empty()) words.click = usualWord(*there, kClickWords);
  if (words.cart.empty()) words.cart = usualWord(*there, kCartWords);
  if (words.purchase.empty()) words.purchase = usualWord(*there, kPurchaseWords);
  if (needs_purchase && words.purchase.empty())
    return fail(ErrorCode::InvalidArgument, kNoPurchase, {info_.table.name, event_->name, listed(*there)},
                {.column = event_->name, .table = info_.table.name});
  return words;
}

std::string columnList(const std::vector<MadeColumn>& columns) {
  DistinctNames names;
  std::vector<std::string> list;
  for (const MadeColumn& column : columns)
    list.push_back(column.expression + " AS " + quoteIdentifier(names.add(column.name)));
  return join(list, ", ");
}

Json toJson(const EventColumns& columns) {
  Json object = Json::object();
  const auto tell = [&](const char* name, const std::string& column) {
    if (!column.empty()) object[name] = column;
  };
  tell("user", columns.user);
  tell("time", columns.time);
  tell("amount", columns.amount);
  tell("item", columns.item);
  tell("event", columns.event);
  tell("category", columns.category);
  tell("session", columns.session);
  return object;
}

Json toJson(const EventWords& words) {
  return {{"view", words.view}, {"click", words.click}, {"cart", words.cart}, {"purchase", words.purchase}};
}

std::string exactSum(const std::string& expression, const ColumnInfo& amount) {
  if (amount.type == "DOUBLE" || amount.type == "FLOAT")
    return "round(coalesce(fsum(" + expression + "), 0), 6)";
  const std::string sum = "coalesce(sum(" + expression + "), 0)";
  return amount.type.starts_with("DECIMAL") ? sum : "CAST(" + sum + " AS BIGINT)";
}

std::string wholeDays(const std::string& from, const std::string& to) {
  return "(epoch_us(" + to + ") - epoch_us(" + from + ")) // 86400000000";
}

Result<FeatureWork> beginFeatures(const Database& database, const FeatureSpec& spec, const NewTable& target,
                                  EventSource::Needs needs, const Text& doing, JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  auto source = EventSource::open(database, spec.table, spec.columns, needs);
  if (!source) return forward(source);
  job.report(0, doing, {source->info().table.name});
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto as_of = source->asOf(*session, spec.as_of, job);
  if (!as_of) return forward(as_of);
  FeatureReport report;
  if (auto counted = countRows(*session, *source, *as_of, report, job); !counted) return forward(counted);
  auto words = source->words(*session, spec.words, needs == EventSource::Needs::Amount, job);
  if (!words) return forward(words);
  report.words = std::move(*words);
  return FeatureWork{std::move(*source), std::move(*session), std::move(report)};
}

Making featureMaking(const FeatureWork& work, const std::string& operation, const FeatureSpec& spec) {
  Json parameters = toJson(spec.columns);
  parameters["as_of"] = work.report.as_of;
  parameters["words"] = toJson(work.report.words);
  return {operation, std::move(parameters), {work.source.info().table}};
}

Result<FeatureReport> finishFeatures(FeatureWork work, const NewTable& target, const std::string& select,
                                     const Making& making, JobContext& job) {
  auto prepared = work.session.prepare(select);
  if (!prepared) return forward(prepared);
  work.report.columns = columnsOf(*prepared);
  auto rows = makeTable(work.session, target, select, making, job);
  if (!rows) return forward(rows);
  work.report.rows = *rows;
  work.report.table = target.name;
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = work.session.commit(); !done) return forward(done);
  return std::move(work.report);
}

}  // namespace lodestone::data
