// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/database.h"
#include "core/data/profile.h"

namespace lodestone::data {

/// The most frequent values of a column as text, most frequent first, equally frequent ones in their order;
/// missing cells are none. NotFound naming the tables or columns that there are.
Result<std::vector<TopValue>> frequentValues(const Database& database, const TableName& table,
                                             const std::string& column, std::size_t most, JobContext& job);

/// The 5 % and 95 % quantiles (interpolated) of a column of numbers: what most of its values lie between.
/// Nothing where there are no values. InvalidArgument for a column of another kind.
Result<std::optional<std::pair<double, double>>> usualRange(const Database& database, const TableName& table,
                                                            const std::string& column, JobContext& job);

}  // namespace lodestone::data
