// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/source.h"

namespace lodestone::data {

/// Which columns the inputs of a union must have.
enum class Columns {
  Any,   ///< the user named the files: the union of theirs
  Same,  ///< they came together in an archive: else they are different tables
};

struct UnionLoad {
  Loaded loaded;  ///< of all together
  std::vector<ImportedFile> files;
};

/// Reads each input into a table of its own in memory (with the database's room on disk behind it) and makes
/// the target's table of them all; does not commit. Columns go together by name, upper and lower case alike.
/// A column gets the type that holds the values of all inputs without loss; where that is text, inputs that
/// saw numbers or dates are read again, so that the text is as it stands in the file. InvalidArgument for
/// Columns::Same with others, or a file_column that is a column already.
Result<UnionLoad> loadUnion(Database& database, ImportTarget& target, const std::vector<SourceInput>& inputs,
                            Columns columns, const ImportOptions& options, JobContext& job);

}  // namespace lodestone::data
