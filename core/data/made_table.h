// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/data/new_table.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

/// Makes a table from a SELECT of the program's own and keeps what it was made of, both or neither; how many
/// rows it has. For makers outside core/data, such as a model that scores a table.
Result<std::int64_t> makeTable(Database& database, const NewTable& target, const std::string& select,
                               const Making& making, JobContext& job);

}  // namespace lodestone::data
