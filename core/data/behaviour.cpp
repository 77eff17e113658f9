// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/text.h"
#include "core/data/event_source.h"
#include "core/data/features.h"

namespace lodestone::data {

namespace {

constexpr Text kDescribing{"Behaviour of the users of {0}", "正在计算 {0} 的用户行为"};
constexpr Text kBadPause{"A session ends after a pause of 1 to 1440 minutes, not {0}.",
                         "会话间隔须为 1 到 1440 分钟，而不是 {0}。"};

std::string share(const std::string& part, const std::string& whole) {
  return "CAST(" + part + " AS DOUBLE) / nullif(" + whole + ", 0)";
}

/// The most frequent of small whole numbers, ties to the smallest: count and number in one that max() finds.
std::string favouriteNumber(const std::string& count, const std::string& number) {
  return "63 - max(" + count + " * 64 + (63 - " + number + ")) % 64";
}

/// Builds one SELECT: each part adds a subquery with one row a user, and the columns that come of it.
class Behaviour {
 public:
  Behaviour(const EventSource& source, const FeatureReport& report, int session_minutes)
      : source_(source), words_(report.words), session_minutes_(session_minutes) {
    as_of_ = "TIMESTAMP " + quoteLiteral(report.as_of);
  }

  std::string sql() {
    addTotals();
    addSessions();
    addKinds();
    addPurchases();
    addCategories();
    addHabits();
    return "WITH e AS NOT MATERIALIZED (" + events() + ")" + subqueries_ + " SELECT " + columnList(columns_) +
           " FROM total" + joins_ + " ORDER BY total.u";
  }

 private:
  void column(std::string expression, std::string name) {
    columns_.push_back({std::move(expression), std::move(name)});
  }
  void subquery(const std::string& name, const std::string& select) {
    subqueries_ += ", " + name + " AS (" + select + ")";
    if (name != "total") joins_ += " LEFT JOIN " + name + " ON " + name + ".u = total.u";
  }
  bool has(const std::vector<std::string>& words) const { return source_.event() && !words.empty(); }
  /// Without an event column every row is a purchase.
  bool hasPurchases() const { return !source_.event() || !words_.purchase.empty(); }

  /// What every part reads: the rows that count, in plain names.
  std::string events() const {
    const auto plain = [](const std::optional<ColumnInfo>& from, const char* name) {
      return from ? ", " + quoteIdentifier(from->name) + " AS " + name : std::string();
    };
    std::string sql = "SELECT " + quoteIdentifier(source_.user()->name) + " AS u, " + source_.moment() +
                      " AS t" + plain(source_.item(), "item") + plain(source_.category(), "category") +
                      plain(source_.session(), "visit") + plain(source_.amount(), "amount");
    const auto kind = [&](const std::vector<std::string>& words, const char* name) {
      if (has(words)) sql += ", coalesce(" + source_.isOneOf(words) + ", false) AS " + std::string(name);
    };
    kind(words_.view, "is_view");
    kind(words_.click, "is_click");
    kind(words_.cart, "is_cart");
    kind(words_.purchase, "is_purchase");
    if (!source_.event()) sql += ", true AS is_purchase";
    return sql + " FROM " + quoted(source_.info().table) + " WHERE u IS NOT NULL AND t <= " + as_of_;
  }

  void addTotals() {
    std::string select =
        "SELECT u, min(t) AS low, max(t) AS high, count(*) AS n, count(DISTINCT CAST(t AS DATE)) AS days, "
        "count(*) FILTER (WHERE isodow(t) >= 6) AS weekend, count(*) FILTER (WHERE hour(t) < 6) AS night";
    if (has(words_.view)) select += ", count(*) FILTER (WHERE is_view) AS views";
    if (has(words_.click)) select += ", count(*) FILTER (WHERE is_click) AS clicks";
    if (has(words_.cart)) select += ", count(*) FILTER (WHERE is_cart) AS carts";
    if (hasPurchases()) select += ", count(*) FILTER (WHERE is_purchase) AS purchases";
    if (source_.item()) select += ", count(DISTINCT item) AS items";
    subquery("total", select + " FROM e GROUP BY u");
    column("total.u", source_.user()->name);
    column("low", "first_seen");
    column("high", "last_seen");
    column(wholeDays("low", as_of_), "tenure_days");
    column(wholeDays("high", as_of_), "recency_days");
    column("n", "events");
    column("days", "active_days");
  }

  void addSessions() {
    if (source_.session()) {
      subquery(
          "session",
          "SELECT u, count(*) AS sessions, sum(length) AS length FROM (SELECT u, visit, epoch_us(max(t)) - "
          "epoch_us(min(t)) AS length FROM e WHERE visit IS NOT NULL GROUP BY u, visit) GROUP BY u");
    } else if (source_.hasTimeOfDay()) {
      const std::string pause = std::to_string(std::int64_t{60'000'000} * session_minutes_);
      subquery("session",
               "SELECT u, count(*) FILTER (WHERE gap IS NULL OR gap > " + pause +
                   ") AS sessions, coalesce(sum(gap) FILTER (WHERE gap <= " + pause +
                   "), 0) AS length FROM (SELECT u, epoch_us(t) - lag(epoch_us(t)) OVER (PARTITION BY u "
                   "ORDER BY t) AS gap FROM e) GROUP BY u");
    } else {
      return;
    }
    column("sessions", "sessions");
    column(share("n", "sessions"), "events_per_session");
    column(share("length", "sessions") + " / 60000000", "session_minutes");
  }

  void addKinds() {
    if (has(words_.view)) column("views", "views");
    if (has(words_.click)) column("clicks", "clicks");
    if (has(words_.cart)) column("carts", "carts");
    if (hasPurchases()) column("purchases", "purchases");
    if (has(words_.view) && has(words_.click)) column(share("clicks", "views"), "click_rate");
    if (!has(words_.purchase)) return;
    const std::string before = has(words_.click) ? "clicks" : has(words_.view) ? "views" : "n";
    column(share("purchases", before), "conversion_rate");
  }

  void addPurchases() {
    if (!hasPurchases()) return;
    std::string select =
        "SELECT u, max(t) AS last, count(gap) AS gaps, sum(gap) AS gap_sum, "
        "stddev_samp(gap / 86400000000) AS gap_sd";
    std::string inner = "SELECT u, t, epoch_us(t) - lag(epoch_us(t)) OVER (PARTITION BY u ORDER BY t) AS gap";
    if (source_.amount()) {
      select += ", " + exactSum("amount", *source_.amount()) + " AS money, count(amount) AS paid";
      inner += ", amount";
    }
    subquery("bought", select + " FROM (" + inner + " FROM e WHERE is_purchase) GROUP BY u");
    if (source_.amount()) {
      column("coalesce(money, 0)", "total_amount");
      column(share("money", "paid"), "mean_amount");
    }
    column(wholeDays("last", as_of_), "days_since_purchase");
    column(share("gap_sum", "gaps") + " / 86400000000", "days_between_purchases");
    // Deviations are added up in whatever order the threads come; a millionth of a day is none of them.
    column("round(gap_sd, 6)", "days_between_purchases_sd");
  }

  void addCategories() {
    if (source_.item()) column("items", "items");
    if (!source_.category()) return;
    subquery(
        "liked",
        "SELECT u, category AS favourite, n AS favourite_count, kinds, counted FROM (SELECT u, category, n, "
        "row_number() OVER (PARTITION BY u ORDER BY n DESC, category) AS place, count(*) OVER (PARTITION BY "
        "u) AS "
        "kinds, sum(n) OVER (PARTITION BY u) AS counted FROM (SELECT u, category, count(*) AS n FROM e WHERE "
        "category IS NOT NULL GROUP BY u, category)) WHERE place = 1");
    column("coalesce(kinds, 0)", "categories");
    column("liked.favourite", "favourite_category");
    column(share("favourite_count", "counted"), "favourite_category_share");
  }

  void addHabits() {
    if (source_.hasTimeOfDay()) {
      subquery(
          "hours",
          "SELECT u, " + favouriteNumber("n", "h") +
              " AS favourite FROM (SELECT u, hour(t) AS h, count(*) AS n FROM e GROUP BY u, h) GROUP BY u");
      column("hours.favourite", "favourite_hour");
      column(share("night", "n"), "night_share");
    }
    subquery("weekdays",
             "SELECT u, " + favouriteNumber("n", "d") +
                 " AS favourite FROM (SELECT u, isodow(t) AS d, count(*) AS n FROM e GROUP BY u, d) GROUP "
                 "BY u");
    column("weekdays.favourite", "favourite_weekday");
    column(share("weekend", "n"), "weekend_share");
  }

  const EventSource& source_;
  const EventWords& words_;
  int session_minutes_;
  std::string as_of_;
  std::string subqueries_;
  std::string joins_;
  std::vector<MadeColumn> columns_;
};

}  // namespace

Result<FeatureReport> makeBehaviour(Database& database, const FeatureSpec& spec, const NewTable& target,
                                    JobContext& job) {
  if (spec.session_minutes < 1 || spec.session_minutes > 1440)
    return fail(ErrorCode::InvalidArgument, kBadPause, {std::to_string(spec.session_minutes)});
  auto work = beginFeatures(database, spec, target, EventSource::Needs::UserAndTime, kDescribing, job);
  if (!work) return forward(work);
  const std::string select = Behaviour(work->source, work->report, spec.session_minutes).sql();
  Making making = featureMaking(*work, "behaviour", spec);
  making.parameters["session_minutes"] = spec.session_minutes;
  return finishFeatures(std::move(*work), target, select, making, job);
}

}  // namespace lodestone::data
