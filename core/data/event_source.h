// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/event_columns.h"
#include "core/data/features.h"
#include "core/data/table_making.h"

namespace lodestone::data {

/// A table of events, its columns looked up. The SQL expressions are over the table's own columns.
class EventSource {
 public:
  enum class Needs { UserAndTime, Amount, UserAndItem };

  /// NotFound for a column that is not there; InvalidArgument for one that is needed and not given, a time
  /// that is no date, an amount that is no number.
  static Result<EventSource> open(const Database& database, const TableName& table,
                                  const EventColumns& columns, Needs needs);

  const TableInfo& info() const { return info_; }
  const std::optional<ColumnInfo>& user() const { return user_; }
  const std::optional<ColumnInfo>& time() const { return time_; }
  const std::optional<ColumnInfo>& amount() const { return amount_; }
  const std::optional<ColumnInfo>& item() const { return item_; }
  const std::optional<ColumnInfo>& event() const { return event_; }
  const std::optional<ColumnInfo>& category() const { return category_; }
  const std::optional<ColumnInfo>& session() const { return session_; }

  bool hasTimeOfDay() const { return time_ && time_->type != "DATE"; }
  /// The time as TIMESTAMP, zoned ones in UTC.
  std::string moment() const;
  /// event IN (words); "true" without an event column.
  std::string isOneOf(const std::vector<std::string>& words) const;

  /// The moment of an as-of text as an SQL literal; InvalidArgument when it is none. Empty: the latest time.
  Result<std::string> asOf(Session& session, const std::string& text, JobContext& job) const;
  /// The words to use: the given ones, checked, and the usual ones that occur. InvalidArgument naming the
  /// words of the table where a given one does not occur, or no purchase is found.
  Result<EventWords> words(Session& session, const EventWords& given, bool needs_purchase,
                           JobContext& job) const;
  /// InvalidArgument where one of the words is not in the event column.
  Result<> checkWords(Session& session, const std::vector<std::string>& words, JobContext& job) const;

 private:
  Result<> find(const EventColumns& columns);
  Result<> check(Needs needs) const;
  Result<std::vector<std::string>> occurring(Session& session, JobContext& job) const;
  tl::unexpected<Error> noSuchWord(const std::string& word, const std::vector<std::string>& there) const;

  TableInfo info_;
  std::optional<ColumnInfo> user_;
  std::optional<ColumnInfo> time_;
  std::optional<ColumnInfo> amount_;
  std::optional<ColumnInfo> item_;
  std::optional<ColumnInfo> event_;
  std::optional<ColumnInfo> category_;
  std::optional<ColumnInfo> session_;
};

/// A column of a table that is being made: an expression and its name.
struct MadeColumn {
  std::string expression;
  std::string name;
};
/// "a AS "x", b AS "y"", names made distinct.
std::string columnList(const std::vector<MadeColumn>& columns);
/// The sum of amounts that is the same however rows are dealt out to threads, see makeRfm().
std::string exactSum(const std::string& expression, const ColumnInfo& amount);
/// Whole days between two moments, rounded down.
std::string wholeDays(const std::string& from, const std::string& to);

/// Features that are about to be made: the source, a transaction, and a report with the moment, the words and
/// what of the source is used and left out.
struct FeatureWork {
  EventSource source;
  Session session;
  FeatureReport report;
};
/// doing: what the job says meanwhile, {0} the table.
Result<FeatureWork> beginFeatures(const Database& database, const FeatureSpec& spec, const NewTable& target,
                                  EventSource::Needs needs, const Text& doing, JobContext& job);

/// With the moment and the words as they are used.
Making featureMaking(const FeatureWork& work, const std::string& operation, const FeatureSpec& spec);

/// Runs the SELECT into the target and fills in what the report says of it.
Result<FeatureReport> finishFeatures(FeatureWork work, const NewTable& target, const std::string& select,
                                     const Making& making, JobContext& job);

}  // namespace lodestone::data
