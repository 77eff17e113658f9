// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/event_columns.h"
#include "core/data/new_table.h"

namespace lodestone::data {

struct FeatureSpec {
  TableName table;
  EventColumns columns;
  EventWords words;
  /// "2026-03-01" or "2026-03-01 12:00:00": what is known at that moment; later rows are left out. Empty: the
  /// latest time in the table.
  std::string as_of;
  int session_minutes = 30;  ///< a pause longer than this begins a new session, where no column tells
};

/// What was made, and out of what.
struct FeatureReport {
  std::string table;
  std::int64_t rows = 0;  ///< users
  std::vector<ColumnInfo> columns;
  std::int64_t source_rows = 0;
  std::int64_t used_rows = 0;   ///< with a user and a time, not later than as_of
  std::string as_of;            ///< "2026-03-01 00:00:00"
  EventWords words;             ///< as they were used
  std::vector<Notice> notices;  ///< missing_keys, later, missing_amounts, no_event_column
};

/// Recency, frequency and money of each user with a purchase; one row a user, by user. Needs user, time and
/// amount. A purchase is a row whose event is a word for purchase; without an event column every row.
///   USER           under its own name
///   last_purchase  TIMESTAMP
///   recency_days   whole days from the last purchase to as_of, rounded down
///   frequency      purchases
///   monetary       sum of their amounts, missing ones as 0; whole numbers and decimals exactly, fractions
///                  (DOUBLE) to a millionth, so that it is the same with any number of threads
///   r_score, f_score, m_score  1 to 5 by fifths of the users (NTILE), 5 the most recent, frequent, valuable;
///                  ties by user
///   rfm_score      100 r + 10 f + m
/// Hughes, Strategic Database Marketing (1994). InvalidArgument names the column or the word that is needed.
Result<FeatureReport> makeRfm(Database& database, const FeatureSpec& spec, const NewTable& target,
                              JobContext& job);

/// How each user behaves; one row a user, by user. Needs user and time; the other columns give what they can:
///   USER, first_seen, last_seen, tenure_days (first_seen to as_of), recency_days (last_seen to as_of),
///   events, active_days
///   sessions, events_per_session, session_minutes (mean)    not of dates without a time of day or a session
///   views, clicks, carts, purchases                         of the words that occur
///   click_rate       clicks / views
///   conversion_rate  purchases / clicks; without clicks in the table / views, without those / events
///   total_amount, mean_amount                               of purchases, with amount
///   days_since_purchase, days_between_purchases (mean), days_between_purchases_sd (sample)
///   items (distinct), categories (distinct), favourite_category, favourite_category_share
///   favourite_hour (0 to 23), night_share (0:00 to 5:59)    not of dates without a time of day
///   favourite_weekday (1 Monday to 7 Sunday), weekend_share
/// A favourite is the most frequent one, ties to the smallest. A share or rate of nothing is missing.
Result<FeatureReport> makeBehaviour(Database& database, const FeatureSpec& spec, const NewTable& target,
                                    JobContext& job);

}  // namespace lodestone::data
