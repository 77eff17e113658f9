// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/profile_findings.h"

namespace lodestone::data {

/// Suspected personal data, at most one finding: by the shape of the cells, or by the column's name.
void findPersonalData(const ColumnState& column, const ColumnValues& values, std::int64_t rows,
                      std::vector<Finding>& findings);

}  // namespace lodestone::data
