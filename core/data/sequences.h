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

struct SequenceSpec {
  TableName table;
  EventColumns columns;             ///< user and item; time and event where there are
  std::vector<std::string> events;  ///< kinds of event that count; empty: all
  int max_length = 50;              ///< the newest so many of a user are kept
  int min_length = 1;               ///< users with fewer are left out; counted before the cut to max_length
  std::string as_of;                ///< see FeatureSpec; empty: everything
};

struct SequenceReport {
  std::string table;
  std::int64_t rows = 0;
  std::int64_t users = 0;
  std::vector<ColumnInfo> columns;
  std::int64_t source_rows = 0;
  std::int64_t used_rows = 0;    ///< with user, item and time, of the kinds that count, not later than as_of
  std::int64_t short_users = 0;  ///< left out
  std::int64_t cut_users = 0;    ///< had more than max_length
  std::vector<Notice> notices;   ///< missing_keys
};

/// What each user did, in order, for models of sequences: a long table
///   USER under its own name, position (BIGINT, 1 the oldest that is kept, without gaps), ITEM, TIME and
///   EVENT under theirs
/// by user and position. Long and not a list a user: Frame holds columns of plain cells, a window and a CSV
/// file show them, and a query can filter or count them; USER and position are enough to build the padded
/// matrix that a model takes. Events at the same moment come in the order of the table's rows; without a time
/// column that order is the order.
Result<SequenceReport> makeSequences(Database& database, const SequenceSpec& spec, const NewTable& target,
                                     JobContext& job);

}  // namespace lodestone::data
