// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/rows/row_reader.h"
#include "core/data/source.h"

namespace lodestone::data {

/// Reads a source's rows into the target's table: see Source::load. Columns get the type of at least 98 % of
/// their cells; a row with another cell is rejected with row, column, text and reason. One pass when the
/// beginning shows the types or the source declares them, else two. Memory does not grow with the rows.
/// name: of the source, for rejects. InvalidArgument when column_types names no column of it.
Result<Loaded> loadRows(RowReader& reader, const std::string& name, const ImportOptions& options,
                        ImportTarget& target, JobContext& job);

/// See Source::preview; reads the beginning alone.
Result<ImportPreview> previewRows(RowReader& reader, const std::string& name, const ImportOptions& options,
                                  JobContext& job);

}  // namespace lodestone::data
