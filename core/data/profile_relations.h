// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/profile_findings.h"

namespace lodestone::data {

/// What columns tell of each other, from the same rows of all of them (a random sample of a long table):
/// - correlated: number columns with |Pearson's r| of 0.95 or more, text columns of at most 50 values with
/// Cramer's
///   V of 0.95 or more (Cramer 1946), and text columns that are copies; among the first 200 columns;
/// - leak: columns that tell the target nearly without fail;
/// - key: two columns that have no pair of values twice, where no single column is unique; in tables of at
/// most a
///   million rows, checked in all of them.
/// Sorted by columns.
Result<std::vector<Finding>> findRelations(Session& session, const TableName& table, std::int64_t rows,
                                           const std::vector<ColumnState>& columns, JobContext& job);

}  // namespace lodestone::data
