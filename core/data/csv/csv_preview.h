// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/csv/csv_plan.h"

namespace lodestone::data {

/// What the plan makes of the file's beginning. Cells that do not read as their column's type stand as they
/// are.
ImportPreview previewOf(const TextFile& source, const CsvPlan& plan);

}  // namespace lodestone::data
