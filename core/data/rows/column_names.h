// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace lodestone::data {

/// As many names as there are columns, distinct also for DuckDB, which does not tell A from a: blanks around
/// are gone, line breaks are blanks, a missing name is "column_3", a second "x" is "x_2".
std::vector<std::string> distinctNames(const std::vector<std::string>& given, std::size_t columns);

}  // namespace lodestone::data
