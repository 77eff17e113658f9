// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

/// Which rows a join keeps.
enum class JoinKind {
  Left,   ///< every row of the left table, with what matches it
  Inner,  ///< what matches
  Full,   ///< every row of both
  Right,  ///< every row of the right table, with what matches it
  Semi,   ///< rows of the left table that match something; no columns of the right
  Anti,   ///< rows of the left table that match nothing; no columns of the right
};

/// A pair of columns that must be equal. A missing cell equals nothing, not even another missing one.
struct JoinKey {
  std::string left;
  std::string right;
};

enum class KeyText {
  Exact,  ///< texts as they stand
  Loose,  ///< without space at their ends, upper and lower case alike
};

struct JoinSpec {
  TableName left;
  TableName right;
  std::vector<JoinKey> keys;  ///< at least one
  JoinKind kind = JoinKind::Left;
  KeyText key_text = KeyText::Exact;
};

/// A key that matches nothing: its values as text, in the order of the keys, and how many rows have it.
struct UnmatchedKey {
  std::vector<std::string> values;
  std::int64_t rows = 0;
};

/// What a join makes of two tables. matched_left + unmatched_left = rows of the left table, and so on the
/// right. A row without a key is unmatched.
struct JoinReport {
  std::string table;      ///< empty: a preview
  std::int64_t rows = 0;  ///< of the result
  std::vector<ColumnInfo> columns;
  std::int64_t matched_left = 0;
  std::int64_t matched_right = 0;
  std::int64_t unmatched_left = 0;
  std::int64_t unmatched_right = 0;
  std::int64_t fan_out = 0;        ///< most rows of the right table that one row of the left one matches
  double mean_fan_out = 0;         ///< the mean over the rows of the left table that match; 0: none does
  std::int64_t fan_out_right = 0;  ///< most rows of the left table that one row of the right one matches
  bool multiplied = false;         ///< a row that the join keeps whole stands in the result more than once
  std::vector<UnmatchedKey> examples_left;  ///< the most frequent keys that match nothing, at most five
  std::vector<UnmatchedKey> examples_right;
  /// multiplied, key_types, key_times, unreadable_keys, spaces, case, missing_keys, nothing_matches
  std::vector<Notice> warnings;
};

/// What the join would make; changes nothing. The errors are those of joinTables().
Result<JoinReport> previewJoin(const Database& database, const JoinSpec& spec, JobContext& job);

/// Makes a table: the columns of the left table, then those of the right one. Keys of the same name on both
/// sides become one column; any other column of the right table whose name is taken gets "_" and the name of
/// its table behind it. Rows come in the order of the left table, what matches the same row in the order of
/// the right one, at last what only the right one has (Right: the right table's order first).
///
/// Keys of different types are compared as numbers, moments or texts, and a warning says so; a text that is
/// no such number matches nothing and is counted. NotFound names the tables or columns that there are.
/// InvalidArgument where keys cannot be compared. Unsupported where more than kMostJoinedRows would come out.
Result<JoinReport> joinTables(Database& database, const JoinSpec& spec, const NewTable& target,
                              JobContext& job);

/// A join that makes more rows than these is one by the wrong keys.
inline constexpr std::int64_t kMostJoinedRows = 2'000'000'000;

}  // namespace lodestone::data
