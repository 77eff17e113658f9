// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// Counts the rows that repeat an earlier one in the given columns (quoted names), missing cells being equal
/// to each other. Rows are compared by a hash of 64 bits: two different ones among n are taken for the same
/// with a chance of n^2 / 2^65, 3 in a million for ten million rows.
///
/// Two passes, as in external duplicate elimination by Bloom filters (Bloom, CACM 1970, with one hash): the
/// first marks hashes in a bitmap of 16 to 32 bits a row (at most 256 MB) and keeps those whose bit was taken
/// already, the second counts the kept ones.
Result<std::int64_t> countRepeats(Session& session, const TableName& table, std::int64_t rows,
                                  const std::vector<std::string>& columns, JobContext& job);

}  // namespace lodestone::data
