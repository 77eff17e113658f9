// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/data/import.h"

namespace lodestone::data {

/// The types that the options give to columns of a file, by index: names as they stand, else upper and lower
/// case alike. InvalidArgument naming a column that the file has not, unless other files may have it.
Result<std::map<std::size_t, std::string>> givenTypes(const std::vector<std::string>& names,
                                                      const ImportOptions& options, const std::string& file);

/// The same check for several files: each column must be in one of them. names: of all files together.
Result<> mustHaveGivenColumns(const std::vector<std::string>& names, const ImportOptions& options,
                              std::size_t files);

}  // namespace lodestone::data
