// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/profile_findings.h"

namespace lodestone::data {

/// What the spelling of a column's values tells: spaces around, variants of the same value, words for missing
/// cells, numbers and dates kept as text, yes and no in words.
void findInTexts(const ColumnState& column, const ColumnValues& values, std::int64_t rows,
                 std::vector<Finding>& findings);

}  // namespace lodestone::data
