// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/features.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "core/base/time.h"
#include "core/data/sequences.h"
#include "tests/core/data/table_fixture.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// One made event, for the references.
struct Event {
  int user = 0;
  std::int64_t time = 0;  // seconds since 1970
  std::string kind;
  int cents = 0;
  bool paid = true;  // has an amount
};

class FeaturesTest : public TableTest {
 protected:
  std::vector<Event> makeEvents(int count) {
    std::mt19937 numbers(11);
    std::vector<Event> events;
    std::string text =
        "CREATE TABLE e (user_id INT, ts TIMESTAMP, event VARCHAR, price DOUBLE);INSERT INTO e VALUES ";
    const std::int64_t start = daysFromCivil(2025, 1, 1) * 86400;
    for (int i = 0; i < count; ++i) {
      Event event;
      event.user = static_cast<int>(numbers() % 97);
      event.time = start + static_cast<std::int64_t>(numbers() % (200 * 86400));
      const auto kind = numbers() % 10;
      event.kind = kind < 6 ? "view" : kind < 8 ? "click" : "purchase";
      event.cents = static_cast<int>(numbers() % 20000);
      event.paid = numbers() % 20 != 0;
      text += (i == 0 ? "(" : ",(") + std::to_string(event.user) + ",'" + formatTimestamp(event.time) +
              "','" + event.kind + "'," + (event.paid ? std::to_string(event.cents) + "/100.0" : "NULL") +
              ")";
      events.push_back(event);
    }
    sql(text);
    return events;
  }
  FeatureSpec spec() {
    FeatureSpec spec{.table = {"e"}};
    spec.columns = guessEventColumns(must(database_.table({"e"})));
    return spec;
  }
};

/// NTILE(5) by its definition: the first n % 5 tiles have one more.
std::map<int, int> fifths(std::vector<std::pair<double, int>> values) {
  std::sort(values.begin(), values.end());
  std::map<int, int> tile;
  const std::size_t n = values.size();
  std::size_t at = 0;
  for (std::size_t t = 0; t < 5; ++t)
    for (std::size_t k = 0; k < n / 5 + (t < n % 5 ? 1 : 0); ++k)
      tile[values[at++].second] = static_cast<int>(t) + 1;
  return tile;
}

TEST_F(FeaturesTest, RfmAgreesWithItsDefinition) {
  const std::vector<Event> events = makeEvents(3000);
  FeatureSpec with = spec();
  with.as_of = "2025-07-01";
  const std::int64_t as_of = daysFromCivil(2025, 7, 1) * 86400;
  struct User {
    std::int64_t last = 0;
    int frequency = 0;
    std::int64_t cents = 0;
  };
  std::map<int, User> users;
  int later = 0;
  int unpaid = 0;
  for (const Event& event : events) {
    later += event.time > as_of ? 1 : 0;
    if (event.kind != "purchase" || event.time > as_of) continue;
    User& user = users[event.user];
    user.last = std::max(user.last, event.time);
    ++user.frequency;
    if (event.paid) user.cents += event.cents;
    unpaid += event.paid ? 0 : 1;
  }
  std::vector<std::pair<double, int>> recency;
  std::vector<std::pair<double, int>> frequency;
  std::vector<std::pair<double, int>> money;
  for (const auto& [id, user] : users) {
    recency.emplace_back(-static_cast<double>((as_of - user.last) / 86400), id);
    frequency.emplace_back(user.frequency, id);
    money.emplace_back(static_cast<double>(user.cents), id);
  }
  auto r = fifths(recency);
  auto f = fifths(frequency);
  auto m = fifths(money);
  Cells expected;
  for (const auto& [id, user] : users)
    expected.push_back({id, (as_of - user.last) / 86400, user.frequency,
                        static_cast<double>(user.cents) / 100, r[id], f[id], m[id],
                        r[id] * 100 + f[id] * 10 + m[id]});
  const FeatureReport report = must(makeRfm(database_, with, {"rfm"}, job_));
  EXPECT_THAT(names(report), ElementsAre("user_id", "last_purchase", "recency_days", "frequency", "monetary",
                                         "r_score", "f_score", "m_score", "rfm_score"));
  EXPECT_EQ(report.rows, static_cast<std::int64_t>(users.size()));
  EXPECT_EQ(rows("SELECT * EXCLUDE (last_purchase) FROM rfm"), expected);
  EXPECT_EQ(report.source_rows, 3000);
  EXPECT_EQ(report.used_rows, 3000 - later);
  EXPECT_THAT(notice(report.notices, "later"), HasSubstr(std::to_string(later) + " rows"));
  EXPECT_THAT(notice(report.notices, "missing_amounts"), HasSubstr(std::to_string(unpaid) + " purchases"));
  EXPECT_THAT(report.words.purchase, ElementsAre("purchase"));
}

TEST_F(FeaturesTest, TheLatestTimeIsTheReferenceUnlessOneIsGiven) {
  sql("CREATE TABLE e AS SELECT * FROM (VALUES (1, DATE '2026-01-01', 5), (2, DATE '2026-01-11', 7), "
      "(NULL, DATE '2026-02-01', 1)) AS t(customer, \"date\", amount)");
  const FeatureReport report = must(makeRfm(database_, spec(), {"rfm"}, job_));
  EXPECT_EQ(report.as_of, "2026-02-01 00:00:00");
  EXPECT_THAT(kinds(report.notices), ElementsAre("missing_keys", "no_event_column"));
  EXPECT_EQ(rows("SELECT customer, recency_days, monetary FROM rfm"), (Cells{{1, 31, 5}, {2, 21, 7}}));
  FeatureSpec wrong = spec();
  wrong.as_of = "last week";
  EXPECT_EQ(makeRfm(database_, wrong, {"x"}, job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(FeaturesTest, WhichEventIsAPurchaseIsFoundOrAskedFor) {
  sql("CREATE TABLE e AS SELECT * FROM (VALUES (1, DATE '2026-01-01', 5, ' Buy'), (2, DATE '2026-01-11', 7, "
      "'BUY'), "
      "(3, DATE '2026-01-12', 8, 'view')) AS t(\"用户\", \"日期\", \"金额\", \"行为\")");
  EXPECT_THAT(must(makeRfm(database_, spec(), {"rfm"}, job_)).words.purchase, ElementsAre(" Buy", "BUY"));
  FeatureSpec given = spec();
  given.words.purchase = {"view"};
  EXPECT_EQ(must(makeRfm(database_, given, {"rfm", true}, job_)).rows, 1);
  given.words.purchase = {"sold"};
  EXPECT_THAT(messageOf(makeRfm(database_, given, {"x"}, job_).error()), HasSubstr("BUY"));
  sql("UPDATE e SET \"行为\" = 'acquired' WHERE \"行为\" <> 'view'");
  const auto asked = makeRfm(database_, spec(), {"x"}, job_);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, ErrorCode::InvalidArgument);
  EXPECT_THAT(messageOf(asked.error()), HasSubstr("acquired, view"));
}

TEST_F(FeaturesTest, WhatIsNeededIsAskedForByName) {
  sql("CREATE TABLE e AS SELECT 1 AS who, '1 March' AS \"date\", 'x' AS amount");
  EXPECT_THAT(messageOf(makeRfm(database_, spec(), {"x"}, job_).error()), HasSubstr("user"));
  FeatureSpec with = spec();
  with.columns.user = "who";
  EXPECT_THAT(messageOf(makeRfm(database_, with, {"x"}, job_).error()), HasSubstr("time"));
  with.columns.time = "date";
  with.columns.amount = "amount";
  EXPECT_THAT(messageOf(makeRfm(database_, with, {"x"}, job_).error()), HasSubstr("change_type"));
  with.columns.time = "when";
  EXPECT_EQ(makeRfm(database_, with, {"x"}, job_).error().code, ErrorCode::NotFound);
  EXPECT_FALSE(*database_.has({"x"}));
}

TEST_F(FeaturesTest, MoneyIsTheSameWithAnyNumberOfThreads) {
  const auto scores = [](int threads) {
    JobContext job;
    Database database = must(Database::openInMemory({.threads = threads}));
    if (!database.execute(
            "CREATE TABLE e AS SELECT hash(range) % 50 AS user_id, TIMESTAMP '2026-01-01' AS ts, "
            "(hash(range) % 100003) / 100.0::DOUBLE AS price FROM range(400000)",
            job))
      throw std::runtime_error("no table");
    FeatureSpec spec{.table = {"e"}, .columns = {.user = "user_id", .time = "ts", .amount = "price"}};
    must(makeRfm(database, spec, {"rfm"}, job));
    return must(database.rows("SELECT * FROM rfm", job)).rows;
  };
  EXPECT_EQ(scores(1), scores(4));
}

TEST_F(FeaturesTest, BehaviourOfTwoUsersByHand) {
  // 2026-03-02 is a Monday, 2026-03-07 a Saturday.
  sql("CREATE TABLE e AS SELECT * FROM (VALUES"
      "('a', TIMESTAMP '2026-03-02 10:00:00', 'view', 'i1', 'tea', NULL),"
      "('a', TIMESTAMP '2026-03-02 10:10:00', 'click', 'i1', 'tea', NULL),"
      "('a', TIMESTAMP '2026-03-02 10:20:00', 'purchase', 'i1', 'tea', 4.0),"
      "('a', TIMESTAMP '2026-03-02 20:00:00', 'view', 'i2', 'pot', NULL),"
      "('a', TIMESTAMP '2026-03-04 10:20:00', 'purchase', 'i2', 'pot', 6.0),"
      "('a', TIMESTAMP '2026-03-07 05:20:00', 'purchase', 'i3', 'tea', NULL),"
      "('b', TIMESTAMP '2026-03-07 23:00:00', 'view', 'i1', NULL, NULL)"
      ") AS t(user_id, ts, event, item, category, price)");
  FeatureSpec with = spec();
  with.as_of = "2026-03-10";
  const FeatureReport report = must(makeBehaviour(database_, with, {"b"}, job_));
  EXPECT_EQ(report.rows, 2);
  const auto value = [&](const std::string& user, const std::string& column) {
    return rows("SELECT \"" + column + "\" FROM b WHERE user_id = '" + user + "'").at(0).at(0);
  };
  const std::vector<std::pair<std::string, Json>> of_a{{"first_seen", "2026-03-02 10:00:00"},
                                                       {"tenure_days", 7},
                                                       {"recency_days", 2},
                                                       {"events", 6},
                                                       {"active_days", 3},
                                                       {"sessions", 4},
                                                       {"events_per_session", 1.5},
                                                       {"session_minutes", 5.0},
                                                       {"views", 2},
                                                       {"clicks", 1},
                                                       {"purchases", 3},
                                                       {"click_rate", 0.5},
                                                       {"conversion_rate", 3.0},
                                                       {"total_amount", 10.0},
                                                       {"mean_amount", 5.0},
                                                       {"days_since_purchase", 2},
                                                       {"items", 3},
                                                       {"categories", 2},
                                                       {"favourite_category", "tea"},
                                                       {"favourite_hour", 10},
                                                       {"favourite_weekday", 1},
                                                       {"night_share", 1.0 / 6},
                                                       {"weekend_share", 1.0 / 6},
                                                       {"favourite_category_share", 4.0 / 6}};
  for (const auto& [column, expected] : of_a) EXPECT_EQ(value("a", column), expected) << column;
  const double first = 2;
  const double second = 2 + 19.0 / 24;
  EXPECT_NEAR(value("a", "days_between_purchases").get<double>(), (first + second) / 2, 1e-9);
  EXPECT_NEAR(value("a", "days_between_purchases_sd").get<double>(), (second - first) / std::sqrt(2.0), 1e-6);
  EXPECT_EQ(value("b", "sessions"), Json(1));
  for (const ColumnInfo& column : report.columns) EXPECT_NE(column.type, "HUGEINT") << column.name;
  EXPECT_EQ(value("b", "purchases"), Json(0));
  EXPECT_EQ(value("b", "total_amount"), Json(0.0));
  EXPECT_EQ(value("b", "favourite_category"), Json(nullptr));
  EXPECT_EQ(value("b", "conversion_rate"), Json(nullptr)) << "no click to convert";
  EXPECT_EQ(value("b", "favourite_hour"), Json(23));
}

TEST_F(FeaturesTest, BehaviourGivesWhatTheColumnsAllow) {
  sql("CREATE TABLE e AS SELECT * FROM (VALUES (1, DATE '2026-01-01'), (1, DATE '2026-01-05')) AS t(user_id, "
      "\"date\")");
  const FeatureReport report = must(makeBehaviour(database_, spec(), {"b"}, job_));
  EXPECT_THAT(names(report),
              ElementsAre("user_id", "first_seen", "last_seen", "tenure_days", "recency_days", "events",
                          "active_days", "purchases", "days_since_purchase", "days_between_purchases",
                          "days_between_purchases_sd", "favourite_weekday", "weekend_share"));
  EXPECT_EQ(rows("SELECT purchases, days_between_purchases FROM b"), (Cells{{2, 4.0}}));
  sql("ALTER TABLE e ADD COLUMN session VARCHAR DEFAULT 's'");
  FeatureSpec with = spec();
  must(makeBehaviour(database_, with, {"b", true}, job_));
  EXPECT_EQ(rows("SELECT sessions FROM b"), (Cells{{1}}));
  with.session_minutes = 0;
  EXPECT_EQ(makeBehaviour(database_, with, {"b", true}, job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(FeaturesTest, SequencesKeepTheNewestInOrderAndBreakTiesByRow) {
  sql("CREATE TABLE e AS SELECT * FROM (VALUES (2, 'x', TIMESTAMP '2026-01-01', 'view'),"
      "(1, 'c', TIMESTAMP '2026-01-03', 'view'), (1, 'b', TIMESTAMP '2026-01-02', 'buy'),"
      "(1, 'a', TIMESTAMP '2026-01-02', 'view'), (1, 'd', TIMESTAMP '2026-01-04', 'view'),"
      "(1, 'lost', NULL, 'view'), (3, 'y', TIMESTAMP '2026-01-01', 'view'), (3, 'z', TIMESTAMP '2026-01-05', "
      "'buy'))"
      " AS t(user_id, item_id, ts, event)");
  SequenceSpec with{.table = {"e"},
                    .columns = guessEventColumns(must(database_.table({"e"}))),
                    .events = {},
                    .max_length = 3,
                    .min_length = 2,
                    .as_of = ""};
  const SequenceReport report = must(makeSequences(database_, with, {"s"}, job_));
  EXPECT_THAT(names(report), ElementsAre("user_id", "position", "item_id", "ts", "event"));
  EXPECT_EQ(rows("SELECT user_id, position, item_id FROM s"),
            (Cells{{1, 1, "a"}, {1, 2, "c"}, {1, 3, "d"}, {3, 1, "y"}, {3, 2, "z"}}))
      << "b comes before a in the table, so of the two at the same moment b is cut";
  EXPECT_EQ(report.users, 2);
  EXPECT_EQ(report.short_users, 1);
  EXPECT_EQ(report.cut_users, 1);
  EXPECT_EQ(report.used_rows, 7);
  EXPECT_THAT(kinds(report.notices), ElementsAre("missing_keys"));
  with.events = {"buy"};
  with.min_length = 1;
  must(makeSequences(database_, with, {"s", true}, job_));
  EXPECT_EQ(rows("SELECT user_id, position, item_id FROM s"), (Cells{{1, 1, "b"}, {3, 1, "z"}}));
  with.as_of = "2026-01-04";
  EXPECT_EQ(must(makeSequences(database_, with, {"s", true}, job_)).rows, 1);
  with.events = {"sold"};
  EXPECT_EQ(makeSequences(database_, with, {"t"}, job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(FeaturesTest, AwkwardNamesWork) {
  sql("CREATE TABLE e (\"frequency\" INT, \"or\"\"der; DROP TABLE e\" TIMESTAMP, \"select\" DECIMAL(10,2), "
      "\"u\" INT);"
      "INSERT INTO e VALUES (1, '2026-01-01', 2.50, 9), (1, '2026-01-02', 0.25, 9)");
  FeatureSpec with{
      .table = {"e"},
      .columns = {.user = "frequency", .time = "or\"der; DROP TABLE e", .amount = "select", .item = "u"}};
  must(makeRfm(database_, with, {"rfm"}, job_));
  EXPECT_EQ(rows("SELECT frequency, frequency_2, monetary FROM rfm"), (Cells{{1, 2, 2.75}}));
  EXPECT_EQ(must(makeBehaviour(database_, with, {"behaviour"}, job_)).rows, 1);
  with.columns.user = "u";
  EXPECT_EQ(must(makeBehaviour(database_, with, {"behaviour", true}, job_)).rows, 1);
}

}  // namespace
}  // namespace lodestone::data
